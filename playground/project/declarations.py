"""Read the declarations of the project's settings, and check a whole project against them."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import isfinite
from typing import Annotated, Any, get_args, get_origin

import msgspec

from playground.data.block import Block
from playground.data.features import FEATURES, MOST_FORMULAS, feature, formulas, is_formula
from playground.data.formula import FormulaError
from playground.engine.settings import SettingError, SettingInfo, describe
from playground.project.model import MAX_LAYERS, Project

Struct = msgspec.Struct
MAX_TEXT = 1000
"""Characters of a setting that is a text."""
MAX_TEXTS = 1000
"""Entries of a setting that is a list of texts."""


def tag(settings: Struct | type[Struct]) -> str:
    """The name by which files and menus know a layer, loss, optimizer or source: "dense", "adam" …"""
    return str(settings.__struct_config__.tag or "")


@cache
def infos(cls: type[Struct]) -> dict[str, SettingInfo]:
    """The settings of a class by name; a setting that takes one of several kinds is described as a choice of tags."""
    return {info.name: _refined(cls, info) for info in describe(cls)}


def _refined(cls: type[Struct], info: SettingInfo) -> SettingInfo:
    kinds_of_field = kinds(cls, info.name)
    if kinds_of_field:
        return replace(info, kind="choice", choices=tuple(kinds_of_field))
    if info.name == "features":
        return replace(info, kind="names", choices=FEATURES.names())
    return info


@cache
def kinds(cls: type[Struct], field: str) -> dict[str, type[Struct]]:
    """The classes that a field (or the items of a tuple field) can hold, by tag; empty for plain settings."""
    hint = next(item.type for item in msgspec.structs.fields(cls) if item.name == field)
    return {
        tag(part): part for part in _parts(hint) if isinstance(part, type) and issubclass(part, Struct) and tag(part)
    }


def _parts(hint: Any) -> list[Any]:
    """The alternatives of a type, without what is wrapped around them (Annotated, tuple, union)."""
    if get_origin(hint) is Annotated:
        return _parts(get_args(hint)[0])
    inner = [part for part in get_args(hint) if part is not Ellipsis]
    return [part for alternative in inner for part in _parts(alternative)] or [hint]


def walk(settings: Struct, path: str = "") -> Iterator[tuple[str, SettingInfo, Any]]:
    """Yield (path, declaration, value) of every setting below ``settings``, parents before children."""
    for name, info in infos(type(settings)).items():
        value, here = getattr(settings, name), f"{path}.{name}" if path else name
        yield here, info, value
        if isinstance(value, Struct):
            yield from walk(value, here)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Struct):
                    yield from walk(item, f"{here}.{index}")


def blocks(settings: Struct) -> Iterator[Block]:
    """The user's own data that stand in a tree of settings."""
    return (value for _, _, value in walk(settings) if isinstance(value, Block))


def refusal(info: SettingInfo, value: Any) -> str | None:
    """A sentence that says why a setting cannot take ``value``, or None when it can."""
    if isinstance(value, Struct) or (isinstance(value, tuple) and info.kind == "choice"):
        return None  # parts of the tree: their own settings are checked one by one
    if info.kind == "names":
        return _features_refusal(info, value)
    if isinstance(value, Block):
        return None
    if info.kind in ("text", "texts"):
        return _text_refusal(info, value)
    if info.kind == "numbers":
        return _numbers_refusal(info, value)
    if info.kind == "struct":
        return None if _whole_numbers(value) else f"{info.title} is {shown(value)}; it must be a list of whole numbers."
    if not _huge(value) and info.accepts(value):
        return None
    if info.kind == "choice":
        allowed = f"one of: {', '.join(info.choices)}" + (", or nothing" if info.optional else "")
    else:
        kind = {"int": "a whole number", "float": "a number", "bool": "yes or no (true or false)"}[info.kind]
        allowed = f"{kind} {info.range_text()}".strip() + (", or nothing" if info.optional else "")
    return f"{info.title} is {shown(value)}; it must be {allowed}."


def _features_refusal(info: SettingInfo, value: Any) -> str | None:
    known = ", ".join(info.choices)
    if not isinstance(value, tuple) or not value:
        return f"{info.title} is {shown(value)}; it must be at least one of: {known}."
    for name in value:
        if isinstance(name, str) and is_formula(name):
            try:
                feature(name)
            except FormulaError as error:
                return f"The feature {shown(name)} is no formula: {error}"
        elif name not in info.choices:
            return f"There is no feature named {shown(name)}; known features: {known}."
    if len(set(value)) < len(value):
        return f"{info.title} is {shown(value)}; each feature can be used once only."
    if len(formulas(value)) > MOST_FORMULAS:
        return f"There are {len(formulas(value))} features by formula; the most is {MOST_FORMULAS}."
    return None


def _numbers_refusal(info: SettingInfo, value: Any) -> str | None:
    if not isinstance(value, tuple) or not all(isinstance(item, (int, float)) and isfinite(item) for item in value):
        return f"{info.title} is {shown(value)}; it must be a list of numbers."
    return f"{info.title} has {len(value):,} entries; the most is {MAX_TEXTS:,}." if len(value) > MAX_TEXTS else None


def _text_refusal(info: SettingInfo, value: Any) -> str | None:
    texts = (value,) if info.kind == "text" else value
    if not isinstance(texts, tuple) or not all(isinstance(text, str) for text in texts):
        return f"{info.title} is {shown(value)}; it must be {'a text' if info.kind == 'text' else 'a list of texts'}."
    if len(texts) > MAX_TEXTS:
        return f"{info.title} has {len(texts):,} entries; the most is {MAX_TEXTS:,}."
    long = next((text for text in texts if len(text) > MAX_TEXT), None)
    return None if long is None else f"{info.title} is {shown(long)}; it must have at most {MAX_TEXT} characters."


def _whole_numbers(value: Any) -> bool:
    """Whether it is a tuple of whole numbers from 0 up."""
    whole = isinstance(value, tuple) and all(isinstance(item, int) and not isinstance(item, bool) for item in value)
    return whole and all(item >= 0 and not _huge(item) for item in value)


def _huge(value: Any) -> bool:
    """Whether a whole number is beyond every range here (and beyond what a float can hold)."""
    return isinstance(value, int) and abs(value) > 10**20


def shown(value: Any) -> str:
    """A value as text for a message, shortened."""
    if _huge(value):
        return "a number with more than 20 digits"
    text = f"{value:g}" if isinstance(value, float) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def validate(project: Project) -> Project:
    """Return the project if every setting keeps its declaration.

    Raises:
        SettingError: a sentence that names the first wrong setting, its value and the range.
    """
    count = len(project.network.layers)
    if not 1 <= count <= MAX_LAYERS:
        raise SettingError(f"The network has {count} layers; it must have from 1 to {MAX_LAYERS}.")
    for path, info, value in walk(project):
        reason = refusal(info, value)
        if reason:
            raise SettingError(f"{_place(path)}{reason}")
    return project


def _place(path: str) -> str:
    """Which layer a path speaks of, as the beginning of a sentence; empty for settings outside the layers."""
    parts = path.split(".")
    return f"Layer {int(parts[2]) + 1}: " if path.startswith("network.layers.") else ""
