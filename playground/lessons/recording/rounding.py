"""Round numbers with some slack, so that a pupil need not hit what the teacher had to the last digit."""

import math
from collections.abc import Callable

SLACK = 1.25
"""How far a number may lie from what the teacher had, as a factor."""


def digits(value: float, count: int = 2) -> float:
    """The number with so many significant digits."""
    return float(f"{value:.{count}g}")


def above(value: float) -> float:
    """A round number some slack above one that is not negative."""
    return _rounded(max(value * SLACK, 1e-6), math.ceil)


def below(value: float) -> float:
    """A round number some slack below one that is not negative."""
    return _rounded(value / SLACK, math.floor) if value > 0 else 0.0


def whole_below(value: int) -> int:
    """A round count some slack below, at least 1."""
    return max(1, int(below(value)))


def _rounded(value: float, towards: Callable[[float], int]) -> float:
    unit = 10.0 ** (math.floor(math.log10(value)) - 1)
    step = unit if value / unit < 20 else 5 * unit
    return float(f"{towards(round(value / step, 9)) * step:.6g}")
