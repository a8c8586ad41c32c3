"""Layers in a row: which fit behind each other, and the edits that rearrange them."""

from collections.abc import Sequence
from typing import Any

import msgspec

from playground.engine.layers import Layer, ShapeError
from playground.engine.layers.base import shape_after
from playground.engine.settings import SettingError
from playground.project import paths
from playground.project.adapt import input_shape
from playground.project.edit import Edit, EditError, Origin
from playground.project.model import MAX_LAYERS, Project
from playground.texts import Text


def size_name(layer: Layer) -> str | None:
    """The setting that says how many units or channels a layer has, None where it has no such setting."""
    return next((name for name in ("units", "filters") if hasattr(layer, name)), None)


def shapes(project: Project) -> list[tuple[int, ...]]:
    """What comes into each layer and, last, out of the network; shorter where a layer does not fit."""
    found = [input_shape(project)]
    for layer in project.network.layers:
        try:
            found.append(found[-1] if layer.bypassed else shape_after(layer, found[-1]))
        except (ShapeError, SettingError):
            break
    return found


def misfit(project: Project) -> tuple[int, str] | None:
    """The first layer that cannot take what the layer before gives, with a sentence; None when all fit."""
    reached, layers = shapes(project), project.network.layers
    index = len(reached) - 1
    if index == len(layers):
        return None
    try:
        shape_after(layers[index], reached[-1])
    except (ShapeError, SettingError) as error:
        return index, Text("Layer %1 (%2): %3", index + 1, Text(layers[index].title), error.args[0])
    raise AssertionError("the layer fits after all")


def arranged(project: Project, label: str, layers: Sequence[Layer], origin: Origin, **facts: Any) -> Edit:
    """The edit, provided that shapes fit all the way through, or that they did not fit before either.

    Raises:
        EditError: when they would not fit any more, or there are too many layers.
    """
    if len(layers) > MAX_LAYERS:
        raise EditError(Text("That would make %1 layers; %2 is the most: remove some first.", len(layers), MAX_LAYERS))
    changed = with_layers(project, layers)
    trouble = misfit(changed)
    if trouble is not None and misfit(project) is None:
        raise EditError(trouble[1])
    return Edit(label, changed, origin=origin, **facts)


def with_layers(project: Project, layers: Sequence[Layer]) -> Project:
    """The project with other layers."""
    return msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=tuple(layers)))


def known(project: Project, index: int) -> Layer:
    """The layer at ``index``.

    Raises:
        EditError: when there is none.
    """
    layers = project.network.layers
    if not 0 <= index < len(layers):
        raise EditError(Text("There is no layer %1; the network has %2.", index + 1, len(layers)))
    return layers[index]


def hidden(project: Project, index: int, what: str) -> Layer:
    """The layer at ``index``, which is not the output layer; ``what`` cannot be done to that one.

    Raises:
        EditError: for the output layer, or when there is none.
    """
    layer = known(project, index)
    if index == len(project.network.layers) - 1:
        raise EditError(Text("The output layer cannot be %1: it makes the prediction. Choose a layer before it.", what))
    return layer


def with_setting(project: Project, index: int, setting: str, value: Any) -> Project:
    """The project with another value of one setting of a layer.

    Raises:
        EditError: when the layer has no such setting or the value is out of range.
    """
    layer = known(project, index)
    if not hasattr(layer, setting):
        raise EditError(
            Text("Layer %1 (%2) has no %3; choose a layer that has.", index + 1, Text(layer.title), setting)
        )
    try:
        return paths.set(project, f"network.layers.{index}.{setting}", value)
    except SettingError as error:
        raise EditError(error.args[0]) from error
