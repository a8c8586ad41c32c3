"""Data that the user defines by a formula: two classes by a condition, or a number at each place."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

import numpy as np

from playground.data.dataset import DOMAIN, Task
from playground.data.formula import FormulaError, parse
from playground.data.sources.base import OWN_SOURCES, Floats, Source
from playground.data.sources.shapes import RADIUS, shaken
from playground.engine.settings import flag

_GRID = 61
"""Points along each side of the plane at which a formula is tried."""
LEAST_SHARE = 0.01
"""Each of the two classes must fill at least this part of the plane."""


@dataclass(frozen=True)
class Facts:
    """What a formula gives over the plane. lowest, highest: of its numbers; share: where its condition is true."""

    is_condition: bool
    lowest: float = 0.0
    highest: float = 1.0
    share: float = 0.5

    @property
    def scaled(self) -> bool:
        """Whether the numbers are brought to −1 … 1; those that lie within already stay as they are."""
        return not self.is_condition and max(abs(self.lowest), abs(self.highest)) > 1.0


@lru_cache(maxsize=64)
def facts(expression: str) -> Facts:
    """Try a formula over the plane.

    Raises:
        FormulaError: when it cannot be understood, when all points fall into one class, or when it has no value
            somewhere or the same one everywhere.
    """
    formula = parse(expression)
    side = np.linspace(-DOMAIN, DOMAIN, _GRID)
    x1, x2 = (part.ravel() for part in np.meshgrid(side, side))
    values = formula(x1, x2)
    if formula.is_condition:
        share = float(values.mean())
        if not LEAST_SHARE <= share <= 1.0 - LEAST_SHARE:
            label = 1 if share > 0.5 else 0
            raise FormulaError(
                f"With this condition (nearly) all points of the plane fall into class {label}; x1 and x2 go from "
                f"−{DOMAIN:g} to {DOMAIN:g}.",
                0,
            )
        return Facts(True, share=share)
    check_numbers(values, x1, x2)
    return Facts(False, float(values.min()), float(values.max()))


def check_numbers(values: Floats, x1: Floats, x2: Floats) -> None:
    """Raise FormulaError where a formula has no value at one of the points, or the same one at all of them."""
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        place = f"x1 = {x1[bad[0]]:.3g}, x2 = {x2[bad[0]]:.3g}".replace("-", "−")
        raise FormulaError(
            f"The formula has no value at {place}; keep what stands under log, sqrt or a fraction line above 0, for "
            "example with abs(x1) + 1.",
            0,
        )
    if values.max() - values.min() < 1e-9:
        raise FormulaError("The formula has the same value everywhere; let it depend on x1 or x2.", 0)


@OWN_SOURCES.register("formula")
class Formula(Source, frozen=True, tag="formula"):
    """Points of which a formula says the class or the number."""

    expression: Annotated[
        str,
        flag(
            "Formula",
            "A condition such as y > sin(x), which makes two classes, or a number such as sin(x) * y at each point.",
        ),
    ] = "y > 3 sin(x)"

    title = "Formula"

    def __post_init__(self) -> None:
        facts(self.expression)

    @property
    def description(self) -> str:
        found = facts(self.expression)
        if found.is_condition:
            return f"Class 1 where {self.expression}, class 0 elsewhere."
        if not found.scaled:
            return f"The number {self.expression} at each point."
        ends = f"from {found.lowest:.3g} to {found.highest:.3g}".replace("-", "−")
        return f"The number {self.expression} at each point; its values {ends} are brought to −1 … 1."

    @property
    def task(self) -> Task:
        return Task.BINARY if facts(self.expression).is_condition else Task.REGRESSION

    @property
    def class_names(self) -> tuple[str, ...]:
        return ("class 0", "class 1") if facts(self.expression).is_condition else ()

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        points = RADIUS * (2.0 * rng.random((count, 2)) - 1.0)
        values, found = parse(self.expression)(points[:, 0], points[:, 1]), facts(self.expression)
        if found.is_condition:
            return shaken(points, noise, shake), values.astype(np.int64)
        if found.scaled:
            values = 2.0 * (values - found.lowest) / (found.highest - found.lowest) - 1.0
        values = np.nan_to_num(np.clip(values, -1.0, 1.0))  # between the points that were tried it may go further
        return points, values[:, np.newaxis] + noise * (2.0 * shake.random((count, 1)) - 1.0)
