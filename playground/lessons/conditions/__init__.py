"""What steps of lessons wait for: one file per family, all in one registry."""

from typing import TYPE_CHECKING

from playground.lessons.conditions import (  # noqa: F401  registers
    deeds,
    drawings,
    layers,
    progress,
    scores,
    settings,
    weights,
)
from playground.lessons.conditions.base import CONDITIONS, Condition

if TYPE_CHECKING:
    AnyCondition = Condition
else:
    AnyCondition = CONDITIONS.union()

__all__ = ["CONDITIONS", "AnyCondition", "Condition"]
