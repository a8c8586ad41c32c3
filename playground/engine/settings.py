"""One declaration per setting: a Struct field whose annotation carries range, unit, title and help.

The same declaration drives validation, the generated form, the tool-tip, the file format and the contract tests:

    class Dense(Layer, tag="dense"):
        units: Annotated[int, number("Units", "How many units the layer has.", ge=1, le=4096)] = 4
        activation: Annotated[str, choice("Activation", "…", ACTIVATIONS.names)] = "linear"
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec

S = TypeVar("S", bound=msgspec.Struct)


class SettingError(ValueError):
    """A setting outside its range; the message names the setting, the value and the remedy."""


def number(
    title: str,
    help: str,
    *,
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    lt: float | None = None,
    unit: str = "",
    scale: str = "linear",
    step: float | None = None,
) -> msgspec.Meta:
    """Declare a number: ``ge``/``le`` ends are allowed values, ``gt``/``lt`` ends are not.

    ``scale`` ("linear" or "log") and ``step`` tell a slider or spin box how to move; ``unit`` stands behind the value.
    """
    limits: dict[str, Any] = {"ge": ge, "gt": gt, "le": le, "lt": lt}
    return msgspec.Meta(title=title, description=help, extra={"unit": unit, "scale": scale, "step": step}, **limits)


def flag(title: str, help: str, *, shared: bool = False) -> msgspec.Meta:
    """Declare a yes/no setting, or one without a range. shared: a whole family of settings classes has it."""
    return msgspec.Meta(title=title, description=help, extra={"shared": shared})


def choice(title: str, help: str, names: Callable[[], tuple[str, ...]]) -> msgspec.Meta:
    """Declare a setting that takes one of the names that ``names()`` lists (usually a registry's ``names``)."""
    return msgspec.Meta(title=title, description=help, extra={"choices": names})


@dataclass(frozen=True)
class SettingInfo:
    """What a form needs to know about one setting. ``kind``: "int", "float", "bool", "choice", "text",
    "texts", "numbers" (any number of them) or "struct".

    ``pair``: instead of one number it may be two, for height and width. ``shared``: every layer has it, and the window
    a place of its own for it.
    """

    name: str
    kind: str
    title: str
    help: str
    default: Any
    optional: bool = False
    pair: bool = False
    shared: bool = False
    unit: str = ""
    scale: str = "linear"
    step: float | None = None
    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None
    choices: tuple[str, ...] = ()

    def range_text(self) -> str:
        """The allowed range in words: "from 1 to 4096", "above 0 and below 1"."""
        low = high = ""
        if self.ge is not None or self.gt is not None:
            low = f"from {_text(self.ge)}" if self.ge is not None else f"above {_text(self.gt)}"
        if self.le is not None or self.lt is not None:
            high = f"to {_text(self.le)}" if self.le is not None else f"below {_text(self.lt)}"
        if low and high:
            joint = " " if self.ge is not None and self.le is not None else " and "
            return f"{low}{joint}{high if joint == ' ' else high.replace('to ', 'up to ')}"
        return low.replace("from", "at least") or high.replace("to ", "at most ")

    def accepts(self, value: Any) -> bool:
        """Whether ``value`` has the right type and lies in the range."""
        if value is None:
            return self.optional
        if self.pair and isinstance(value, tuple):
            return len(value) == 2 and all(replace(self, pair=False, optional=False).accepts(item) for item in value)
        if self.kind == "bool":
            return isinstance(value, bool)
        if self.kind == "choice":
            return value in self.choices
        if self.kind not in ("int", "float"):
            return True
        if isinstance(value, bool) or not isinstance(value, int if self.kind == "int" else (int, float)):
            return False
        return (
            (isinstance(value, int) or math.isfinite(value))
            and (self.ge is None or value >= self.ge)
            and (self.gt is None or value > self.gt)
            and (self.le is None or value <= self.le)
            and (self.lt is None or value < self.lt)
        )


def _text(limit: float | None) -> str:
    """A limit as people write it: 1000000, 0.5, 1e-07."""
    return str(int(limit)) if limit is not None and limit == int(limit) else f"{limit:g}"


_KINDS: dict[Any, str] = {
    int: "int",
    float: "float",
    bool: "bool",
    str: "text",
    tuple[str, ...]: "texts",
    tuple[float, ...]: "numbers",
}


@cache
def describe(cls: type[msgspec.Struct]) -> tuple[SettingInfo, ...]:
    """Read the declarations of a settings class, in the order of its fields."""
    return tuple(_describe_field(field) for field in msgspec.structs.fields(cls))


def _describe_field(field: msgspec.structs.FieldInfo) -> SettingInfo:
    kind, declared, optional, pair = _unwrapped(field.type)
    extra = (declared.extra if declared else None) or {}
    default = field.default if field.default is not msgspec.NODEFAULT else None
    if field.default_factory is not msgspec.NODEFAULT:
        default = field.default_factory()
    name = "choice" if "choices" in extra else _KINDS.get(kind, "struct")
    limits = {end: getattr(declared, end, None) for end in ("ge", "gt", "le", "lt")} if name in ("int", "float") else {}
    return SettingInfo(
        name=field.name,
        kind=name,
        title=(declared.title if declared else None) or field.name,
        help=(declared.description if declared else None) or "",
        default=default,
        optional=optional,
        pair=pair,
        shared=extra.get("shared", False),
        unit=extra.get("unit", ""),
        scale=extra.get("scale", "linear"),
        step=extra.get("step"),
        choices=tuple(extra["choices"]()) if "choices" in extra else (),
        **limits,
    )


def _unwrapped(hint: Any) -> tuple[Any, msgspec.Meta | None, bool, bool]:
    """Take ``Annotated[type, declaration] | Annotated[tuple[type, ...], …] | None`` apart.

    Returns the type, its declaration, whether None is allowed, and whether a pair is. (``msgspec.inspect`` tells the
    same, but translates every type below as well: 40 ms for a whole project.)
    """
    parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    optional, pair = type(None) in parts, any(map(_is_tuple, parts[1:]))
    inner = [part for part in parts if part is not type(None) and not (pair and _is_tuple(part))]
    hint = inner[0] if len(inner) == 1 else hint
    if get_origin(hint) is not Annotated:
        return hint, None, optional, pair
    kind, *notes = get_args(hint)
    return kind, next((note for note in notes if isinstance(note, msgspec.Meta)), None), optional, pair


def _is_tuple(hint: Any) -> bool:
    return get_origin(get_args(hint)[0] if get_origin(hint) is Annotated else hint) is tuple


def check(settings: S) -> S:
    """Return ``settings`` if every value keeps its declaration, also in settings that stand inside them.

    Raises:
        SettingError: naming the first setting out of range, its value and the range.
    """
    for info in describe(type(settings)):
        value = getattr(settings, info.name)
        if isinstance(value, msgspec.Struct):
            check(value)
        if info.accepts(value):
            continue
        if info.kind == "choice":
            allowed = f"one of: {', '.join(info.choices)}"
        else:
            kind = {"int": "a whole number", "float": "a number"}.get(info.kind, info.kind)
            allowed = " ".join(filter(None, [kind, info.range_text(), "(or two of them)" if info.pair else ""]))
        raise SettingError(f"{info.title} is {value!r}; it must be {allowed}.")
    return settings
