"""Formulas of the plane that the user types: read safely, never by Python, and computed over arrays.

They serve as data (``sources.formula``) and as inputs of the network (``features``).
"""

from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data.formula import trial
from playground.data.formula.nodes import CONSTANTS, FUNCTIONS, VARIABLES, Node
from playground.data.formula.parser import read
from playground.data.formula.tokens import MAX_LENGTH, FormulaError

__all__ = ["CONSTANTS", "FUNCTIONS", "MAX_LENGTH", "VARIABLES", "Formula", "FormulaError", "parse", "trial"]

Floats = NDArray[np.floating[Any]]


class Formula(msgspec.Struct, frozen=True):
    """A function of a point (x1, x2) that the user typed."""

    text: str
    tree: Node

    @property
    def is_condition(self) -> bool:
        """Whether it is true or false at each place, not a number."""
        return self.tree.condition

    @property
    def code(self) -> str:
        """The formula as NumPy code of the arrays x1 and x2 (a condition as booleans)."""
        return self.tree.code()

    def __call__(self, x1: Floats, x2: Floats) -> NDArray[Any]:
        """Its values at points: float64 like x1 (bool for a condition); NaN or ±inf where it has none."""
        x1, x2 = np.asarray(x1, np.float64), np.asarray(x2, np.float64)
        with np.errstate(all="ignore"):
            places = {"x1": x1, "x2": x2, "x": x1, "y": x2, "r": np.hypot(x1, x2), "angle": np.arctan2(x2, x1)}
            values = np.asarray(self.tree.values(places))
        return np.broadcast_to(values, np.broadcast_shapes(values.shape, x1.shape)).copy()


@lru_cache(maxsize=256)
def parse(text: str) -> Formula:
    """Read a formula such as "sin(x1) + x2^2" or "y > 2x and r < 4".

    Raises:
        FormulaError: one sentence with the character that it is about and what is expected there.
    """
    return Formula(text, read(text))
