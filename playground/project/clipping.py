"""Layers as text, so that they can be copied from one window to another."""

import json
from typing import Any

import msgspec

from playground.engine.layers import AnyLayer, Layer
from playground.engine.settings import SettingError, check
from playground.project.declarations import walk
from playground.project.edit import EditError
from playground.project.model import MAX_LAYERS

FORMAT = "deep-learning-playground layers"
VERSION = 1
LONGEST = 1_000_000
"""Characters that are read at most."""


def to_text(layers: tuple[Layer, ...]) -> str:
    """The settings of some layers as JSON text."""
    content = {"format": FORMAT, "version": VERSION, "layers": msgspec.to_builtins(layers)}
    return json.dumps(content, indent=1)


def from_text(text: str) -> tuple[Layer, ...]:
    """The layers that ``to_text`` wrote.

    Raises:
        EditError: when the text is something else, or names what this version does not know.
    """
    content = _content(text)
    if content.get("version", 0) > VERSION:
        raise EditError("The copied layers come from a newer version of this program; update it to paste them.")
    try:
        layers: tuple[Layer, ...] = msgspec.convert(content["layers"], tuple[AnyLayer, ...])
        for layer in layers:
            check(layer)
            for _, _, value in walk(layer):
                if isinstance(value, msgspec.Struct):
                    check(value)
    except (msgspec.ValidationError, SettingError, RecursionError) as error:
        raise EditError(f"The copied layers cannot be used: {error}.".replace("..", ".")) from error
    if not 0 < len(layers) < MAX_LAYERS:
        raise EditError(f"The clipboard holds {len(layers)} layers; copy from 1 to {MAX_LAYERS - 1}.")
    return layers


def _content(text: str) -> dict[str, Any]:
    refusal = "The clipboard holds no layers; select some, copy them, and paste again."
    if len(text) > LONGEST or FORMAT not in text:
        raise EditError(refusal)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise EditError(refusal) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT or "layers" not in content:
        raise EditError(refusal)
    if not isinstance(content.get("version"), int):
        raise EditError(refusal)
    return content
