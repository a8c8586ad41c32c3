"""Hinge: the right side of 0 is not enough, it wants a margin."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import targets
from playground.engine.activations import ACTIVATIONS
from playground.engine.errors import BuildError
from playground.engine.losses.base import LOSSES, Loss, over_outputs
from playground.engine.recorder import Array, Recorder
from playground.texts import Text


@LOSSES.register("hinge")
class Hinge(Loss, frozen=True, tag="hinge"):
    """mean max(1 − s p, 0), s = +1 for class 1 and −1 for class 0 (targets 0 and 1, or −1 and 1, as in Keras).

    Source: Cortes & Vapnik, 1995.
    """

    title = "hinge"
    help = "Wants class 1 above +1 and class 0 below −1; what is beyond costs nothing."
    threshold = 0.0

    def check(self, output_activation: str, output_shape: tuple[int, ...]) -> None:
        if ACTIVATIONS[output_activation].range != "signed":
            raise BuildError(
                Text(
                    "The %1 loss needs outputs on both sides of 0, but the output layer's activation is "
                    "%2; choose tanh or linear there, or another loss.",
                    Text(self.title),
                    output_activation,
                )
            )

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        return targets.two_sides(y, self.title)

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """Record g ← −s / count where s p < 1, else 0."""
        side, wrong = self._side(ops, t), ops.empty(*p.shape)
        ops.call(np.multiply, p, side, wrong)
        ops.call(np.less, wrong, ops.constant(1), out=wrong)
        ops.call(np.multiply, wrong, side, g)
        self.scale(ops, g, -1)

    def each(self, p: Array, t: Array) -> Array:
        return over_outputs(self._shortfall(p, t))

    def _shortfall(self, p: Array, t: Array) -> Array:
        """How far each output is from +1 on its side: max(1 − s p, 0)."""
        side = np.where(t > 0, 1.0, -1.0)
        return np.maximum(1 - side * p, 0)

    def _side(self, ops: Recorder, t: Array) -> Array:
        """Record s ← +1 where t > 0, else −1; returns s."""
        side = ops.empty(*t.shape)
        ops.call(np.greater, t, ops.constant(0), out=side)
        ops.call(np.multiply, side, ops.constant(2), side)
        ops.call(np.subtract, side, ops.constant(1), side)
        return side


@LOSSES.register("squared_hinge")
class SquaredHinge(Hinge, frozen=True, tag="squared_hinge"):
    """mean max(1 − s p, 0)², s as for hinge."""

    title = "squared hinge"
    help = "As hinge, but large mistakes count more."

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """Record g ← −2 s max(1 − s p, 0) / count."""
        side = self._side(ops, t)
        ops.call(np.multiply, p, side, g)
        ops.call(np.subtract, ops.constant(1), g, g)
        ops.call(np.maximum, g, ops.constant(0), out=g)
        ops.call(np.multiply, g, side, g)
        self.scale(ops, g, -2)

    def each(self, p: Array, t: Array) -> Array:
        return over_outputs(np.square(self._shortfall(p, t)))
