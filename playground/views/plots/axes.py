"""Axes with quiet ticks: decades or round numbers, written in the user's way."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg

from playground.views.scales import number


class NumberAxis(pg.AxisItem):
    """An axis for plain numbers, or for decades when ``log`` (positions are then exponents of ten)."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=-4)
        self.log = False

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, Sequence[float]]]:
        """Places of the ticks; on a decade axis one per decade, fewer where they would crowd."""
        if not self.log:
            levels = super().tickValues(low, high, size)
            return [levels[0]] if len(levels[0][1]) >= 3 or len(levels) < 2 else [levels[0], levels[1]]
        first, last = math.ceil(low), math.floor(high)
        step = max(1, -(-(last - first) // max(1, int(size // 26))))
        return [(float(step), [float(place) for place in range(last, first - 1, -step)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """The numbers at the ticks."""
        return [_power(round(value)) if self.log else number(round(value, 10)) for value in values]


class ShareAxis(pg.AxisItem):
    """A second axis on the right for 0 … 1, laid over whatever the view shows.

    ``range_of`` gives the view's present (low, high); a share s stands at low + s · (high − low).
    """

    def __init__(self, range_of: Callable[[], tuple[float, float]]) -> None:
        super().__init__("right", maxTickLength=-4)
        self._range_of = range_of
        self.percent = True

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, Sequence[float]]]:
        """Five ticks, three where there is little room."""
        bottom, top = self._range_of()
        count = 4 if size > 110 else 2
        return [((top - bottom) / count, [bottom + (top - bottom) * k / count for k in range(count + 1)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Percentages for accuracy, numbers for other metrics."""
        bottom, top = self._range_of()
        shares: list[Any] = [(value - bottom) / (top - bottom) for value in values]
        return [f"{round(100 * share)} %" if self.percent else number(round(share, 3)) for share in shares]


def _power(exponent: int) -> str:
    """Ten to the power of ``exponent``, short: 0.01, 100, 1e-8."""
    return number(10.0**exponent) if -3 <= exponent <= 3 else f"1e{exponent}"
