"""Constraints: what weights may be; enforced after every update. Simplest first, defined as in Keras 3."""

from typing import Annotated, Any, ClassVar

import msgspec
import numpy as np

from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry
from playground.engine.settings import number

SMALL = 1e-7
"""Keeps the division by a norm finite (Keras' epsilon)."""


class Constraint(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base of all constraints."""

    title: ClassVar[str]
    help: ClassVar[str]

    def record(self, ops: Recorder, w: Array) -> None:
        """Record how the kernel w, in Keras' shape (…, units), is brought back into bounds, in place."""
        raise NotImplementedError


CONSTRAINTS: Registry[type[Constraint]] = Registry("constraint")


@CONSTRAINTS.register("non_neg")
class NonNeg(Constraint, frozen=True, tag="non_neg"):
    """w ← max(w, 0)"""

    title, help = "not negative", "Weights below 0 become 0."

    def record(self, ops: Recorder, w: Array) -> None:
        ops.call(np.maximum, w, ops.constant(0), out=w)


@CONSTRAINTS.register("max_norm")
class MaxNorm(Constraint, frozen=True, tag="max_norm"):
    """w ← w · min(|w|, max_value) / (|w| + 1e-7) for the incoming weights of each unit, |w| = √Σ w².

    For a Dense kernel this is Keras' axis = 0, for a convolution its axis = (0, 1, 2). Source: Srivastava et al., 2014.
    """

    title, help = "maximum norm", "The incoming weights of a unit together stay below a length."

    max_value: Annotated[float, number("Maximum", "The greatest length.", gt=0, le=1e6)] = 2.0

    def record(self, ops: Recorder, w: Array) -> None:
        squares, norm, factor = ops.empty(*w.shape), ops.empty(w.shape[-1]), ops.empty(w.shape[-1])
        ops.call(np.multiply, w, w, squares)
        ops.call(np.add.reduce, squares, tuple(range(w.ndim - 1)), None, norm)
        ops.call(np.sqrt, norm, norm)
        ops.call(np.minimum, norm, ops.constant(self.max_value), out=factor)
        ops.call(np.add, norm, ops.constant(SMALL), norm)
        ops.call(np.divide, factor, norm, factor)
        ops.call(np.multiply, w, factor, w)


AnyConstraint = CONSTRAINTS.union()


def get(name: str, **settings: Any) -> Any:
    """The constraint called ``name`` (exact Keras name) with these settings.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return CONSTRAINTS[name](**settings)
