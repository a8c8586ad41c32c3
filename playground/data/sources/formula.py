"""Data that the user defines by a formula: two classes by a condition, or a number at each place."""

from functools import lru_cache
from typing import Annotated, Any

import msgspec
import numpy as np

from playground.data.dataset import DOMAIN, Task
from playground.data.formula import FormulaError, parse, trial
from playground.data.sources.base import OWN_SOURCES, Floats, Source
from playground.data.sources.shapes import RADIUS, shaken
from playground.engine.settings import flag
from playground.texts import Text

LEAST_SHARE = 0.01
"""Each of the two classes must fill at least this part of the plane."""


class Facts(msgspec.Struct, frozen=True):
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
    x1, x2 = trial.places()
    values = formula(x1, x2)
    if formula.is_condition:
        share = float(values.mean())
        if not LEAST_SHARE <= share <= 1.0 - LEAST_SHARE:
            label = 1 if share > 0.5 else 0
            raise FormulaError(
                f"With this condition (nearly) all points of the plane fall into class {label}; x1 and x2 go from "
                f"−{DOMAIN:g} to {DOMAIN:g}.{_remedy(expression)}",
                0,
            )
        return Facts(True, share=share)
    trial.check(values, x1, x2)
    return Facts(False, float(values.min()), float(values.max()))


def _remedy(expression: str) -> str:
    """What to write instead of an equation, which holds on a line only."""
    plain = expression.replace("<=", "").replace(">=", "").replace("!=", "")
    return " Write > or < instead of =, so that there are points on both sides." if "=" in plain else ""


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
            return Text("Class 1 where %1, class 0 elsewhere.", self.expression)
        if not found.scaled:
            return Text("The number %1 at each point.", self.expression)
        return Text(
            "The number %1 at each point; its values from %2 to %3 are brought to −1 … 1.",
            self.expression,
            *(f"{end:.3g}".replace("-", "−") for end in (found.lowest, found.highest)),
        )

    @property
    def task(self) -> Task:
        return Task.BINARY if facts(self.expression).is_condition else Task.REGRESSION

    @property
    def class_names(self) -> tuple[str, ...]:
        return ("class 0", "class 1") if facts(self.expression).is_condition else ()

    def targets(self, points: Floats) -> Floats:
        """What belongs to points (n, 2): the class, 0 or 1, or the number from −1 to 1; float64 (n,)."""
        values, found = parse(self.expression)(points[:, 0], points[:, 1]), facts(self.expression)
        if found.is_condition:
            return values.astype(np.float64)
        if found.scaled:
            values = 2.0 * (values - found.lowest) / (found.highest - found.lowest) - 1.0
        numbers: Floats = np.clip(values, -1.0, 1.0)  # between the points that were tried it may go further
        return np.nan_to_num(numbers)

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        points = RADIUS * (2.0 * rng.random((count, 2)) - 1.0)
        values = self.targets(points)
        if self.task is Task.BINARY:
            return shaken(points, noise, shake), values.astype(np.int64)
        return points, values[:, np.newaxis] + noise * (2.0 * shake.random((count, 1)) - 1.0)
