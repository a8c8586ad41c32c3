"""Features of the plane: what the network may see of a point (x₁, x₂).

Networks train best when every input has mean 0 and a spread of about 1. Points reach 6 in each direction and scatter
by about 3, so the polynomial features are built from u = x / 3 (|u| ≤ 2): x₁ → u₁, x₁² → u₁², x₁x₂ → u₁u₂. Sine and
cosine take x itself, so that about two waves cross the plane. Samples and picture grids both go through ``expand``.

Besides the ready-made features there are those of the user: a name that begins with "=" is a formula.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data.formula import parse, trial
from playground.engine.registry import Registry

SCALE = 3.0
"""Coordinates are divided by this before polynomial features are made."""

MARK = "="
"""What the name of a feature by formula begins with."""

MOST_FORMULAS = 6
"""Features by formula that a project can have."""

REACH = 2.0
"""Features by formula that go beyond ± this are divided, so that they do not."""

Column = NDArray[np.floating[Any]]


class Feature(msgspec.Struct, frozen=True):
    """One input that the network can be given.

    ``title`` is its name on screen, ``help`` one sentence about its use, ``function(x1, x2)`` maps two columns to one.
    """

    name: str
    title: str
    help: str
    function: Callable[[Column, Column], Column]


FEATURES: Registry[Feature] = Registry("feature")
"""All features in the order in which networks receive them."""


def _add(name: str, title: str, help: str, function: Callable[[Column, Column], Column]) -> None:
    FEATURES.register(name)(Feature(name, title, help, function))


_add("x1", "x₁", "The horizontal position.", lambda x1, x2: x1 / SCALE)
_add("x2", "x₂", "The vertical position.", lambda x1, x2: x2 / SCALE)
_add("x1_squared", "x₁²", "Grows to the left and to the right.", lambda x1, x2: (x1 / SCALE) ** 2)
_add("x2_squared", "x₂²", "Grows upwards and downwards.", lambda x1, x2: (x2 / SCALE) ** 2)
_add("x1_x2", "x₁x₂", "Tells opposite quadrants apart.", lambda x1, x2: (x1 / SCALE) * (x2 / SCALE))
_add("sin_x1", "sin x₁", "A wave from left to right.", lambda x1, x2: np.sin(x1))
_add("sin_x2", "sin x₂", "A wave from bottom to top.", lambda x1, x2: np.sin(x2))
_add("cos_x1", "cos x₁", "A wave from left to right, highest in the middle.", lambda x1, x2: np.cos(x1))
_add("cos_x2", "cos x₂", "A wave from bottom to top, highest in the middle.", lambda x1, x2: np.cos(x2))


def is_formula(name: str) -> bool:
    """Whether a feature is one of the user's own."""
    return name.startswith(MARK)


def feature(name: str) -> Feature:
    """The feature of that name: a ready-made one, or "=…" for a formula of x1 and x2.

    Raises:
        UnknownNameError: for a name that no feature has.
        FormulaError: for a formula that cannot be understood, that has no value somewhere, or always the same one.
    """
    return _by_formula(name) if is_formula(name) else FEATURES[name]


def ordered(names: Sequence[str]) -> tuple[str, ...]:
    """The same features in the order in which networks receive them: ready-made ones, then formulas as they stand."""
    return tuple(name for name in FEATURES if name in names) + formulas(names)


def formulas(names: Sequence[str]) -> tuple[str, ...]:
    """The features by formula among them."""
    return tuple(name for name in names if is_formula(name))


@lru_cache(maxsize=64)
def _by_formula(name: str) -> Feature:
    text = name.removeprefix(MARK).strip()
    formula = parse(text)
    x1, x2 = trial.places()
    tried = formula(x1, x2)
    trial.check(tried, x1, x2)
    most = float(np.abs(tried.astype(np.float64)).max())
    divisor = most / REACH if most > REACH else 1.0

    def compute(x1: Column, x2: Column) -> Column:
        values = formula(x1, x2).astype(np.float64) / divisor
        return np.nan_to_num(np.clip(values, -REACH, REACH))

    help = f"{text}, 1 where it is true." if formula.is_condition else f"{text}."
    if divisor != 1.0:
        help = f"{text}, divided by {divisor:.3g} so that it stays within ±{REACH:g}."
    return Feature(name, pretty(text), f"Your own: {help}", compute)


def pretty(text: str) -> str:
    """A formula as it is written on paper."""
    for plain, written in (("x1", "x₁"), ("x2", "x₂"), ("**", "^"), ("^2", "²"), ("^3", "³"), ("*", "·"), ("-", "−")):
        text = text.replace(plain, written)
    return text


def expand(points: NDArray[np.floating[Any]], names: Sequence[str]) -> NDArray[np.float32]:
    """Compute the named features of points of the plane.

    points: float (n, 2); returns float32 (n, len(names)), one column per name in the order given.

    Raises:
        UnknownNameError, FormulaError: as ``feature``.
    """
    x1, x2 = points[:, 0], points[:, 1]
    result = np.empty((points.shape[0], len(names)), np.float32)
    for column, name in enumerate(names):
        result[:, column] = feature(name).function(x1, x2)
    return result
