"""What steps of lessons wait for: one file per family, all in one registry."""

from typing import TYPE_CHECKING

from playground.lessons.conditions import deeds, layers, progress, scores, settings, weights  # noqa: F401  registers
from playground.lessons.conditions.base import CONDITIONS, Condition

if TYPE_CHECKING:
    AnyCondition = Condition
else:
    AnyCondition = CONDITIONS.union()

__all__ = ["CONDITIONS", "AnyCondition", "Condition"]
