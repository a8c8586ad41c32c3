"""Where a slider's positions stand: a list of values, made from a setting's declaration."""

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QLocale

from playground.engine.settings import SettingInfo

_LOG_STEPS = (1, 2, 3, 5, 7)  # within a decade
_LINEAR_STEPS = 100


class Scale(msgspec.Struct, frozen=True):
    """The values a slider can take, ascending."""

    values: tuple[float, ...]
    whole: bool

    @classmethod
    def of(cls, info: SettingInfo, values: Sequence[float] | None = None) -> "Scale":
        """The scale for a declared number: ``values``, or steps over its range (linear, or 1 2 3 5 7 in a decade)."""
        whole = info.kind == "int"
        if values is None:
            values = _log_values(info) if info.scale == "log" else _linear_values(info)
        return cls(tuple(values), whole)

    @property
    def last(self) -> int:
        """The largest position."""
        return len(self.values) - 1

    def value(self, position: int) -> float:
        """The value at ``position``."""
        value = self.values[max(0, min(position, self.last))]
        return int(value) if self.whole else value

    def position(self, value: float) -> int:
        """The position nearest to ``value`` (which need not be on the scale)."""
        right = bisect_left(self.values, value)
        if right == 0:
            return 0
        if right > self.last:
            return self.last
        return right if self.values[right] - value <= value - self.values[right - 1] else right - 1


def _ends(info: SettingInfo) -> tuple[float, float]:
    low = info.ge if info.ge is not None else info.gt if info.gt is not None else 0.0
    high = info.le if info.le is not None else info.lt if info.lt is not None else 1.0
    return low, high


def _linear_values(info: SettingInfo) -> list[float]:
    low, high = _ends(info)
    step = info.step or (1 if info.kind == "int" else (high - low) / _LINEAR_STEPS)
    first = low if info.ge is not None else low + step
    count = math.floor((high - first) / step + 1e-9) + 1
    values = [round(first + step * index, 10) for index in range(count)]
    return [value for value in values if info.accepts(int(value) if info.kind == "int" else value)]


def _log_values(info: SettingInfo) -> list[float]:
    low, high = _ends(info)
    floor = low if low > 0 else (1.0 if info.kind == "int" else 1e-5)
    decades = range(math.floor(math.log10(floor)), math.ceil(math.log10(max(high, floor))) + 1)
    values = [float(f"{step}e{decade}") for decade in decades for step in _LOG_STEPS]
    if info.kind == "int":
        values = [value for value in values if value >= 1]
    kept = [value for value in values if info.accepts(int(value) if info.kind == "int" else value)]
    return ([0.0] if info.ge == 0 else []) + kept


def number(value: float, digits: int = 3) -> str:
    """``value`` in the user's way of writing numbers, to ``digits`` significant digits: 0.03, 1.5e-5, 7,242."""
    locale = QLocale()
    if not math.isfinite(value):
        return "–" if math.isnan(value) else "∞"
    if value == int(value) and abs(value) < 1e15:
        return locale.toString(int(value))
    if 1e-4 <= abs(value) < 1e5:
        places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        text: str = locale.toString(round(value, places), "f", places)
        return text.rstrip("0").rstrip(locale.decimalPoint()) if locale.decimalPoint() in text else text
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    short = mantissa.rstrip("0").rstrip(".").replace(".", locale.decimalPoint())
    return f"{short}e{int(power)}"


def field_text(value: float) -> str:
    """``value`` as it stands in a field: as :func:`number`, but without marks between thousands, which nobody types."""
    if value == int(value) and abs(value) < 1e6:
        return str(int(value))
    return number(value, 6) if abs(value) < 1e5 else f"{value:g}".replace("e+0", "e").replace("e+", "e")


def typed(text: str) -> float | None:
    """The number that was typed; both "0.03" and "0,03" mean three hundredths. None where it is no number."""
    text = text.strip().replace("−", "-")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def text_of(info: SettingInfo) -> Callable[[float], str]:
    """How to write values of a declared number, with its unit."""
    if info.unit == "%" and info.kind == "float":
        return lambda value: f"{QLocale().toString(round(100 * value))} %"
    unit = f" {info.unit}" if info.unit else ""
    return lambda value: number(value) + unit
