"""Poisson: for counts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import targets
from playground.engine.activations import ACTIVATIONS
from playground.engine.errors import BuildError
from playground.engine.losses.base import LOSSES, SMALL, Loss, over_outputs
from playground.engine.recorder import Array, Recorder
from playground.texts import Text


@LOSSES.register("poisson")
class Poisson(Loss, frozen=True, tag="poisson"):
    """mean p − t log(p + 1e-7), for counts t ≥ 0.

    PyTorch's PoissonNLLLoss takes log p unless told otherwise, with 1e-8.
    """

    title = "Poisson"
    help = "For targets that are counts: how often something happens."

    def check(self, output_activation: str, output_shape: tuple[int, ...]) -> None:
        if ACTIVATIONS[output_activation].range == "signed":
            raise BuildError(
                Text(
                    "The Poisson loss needs predictions that are never negative, but the output layer's activation is "
                    "%1; choose softplus there, or another loss.",
                    output_activation,
                )
            )

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        return targets.not_negative(y, self.title)

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """Record g ← (1 − t / p) / count."""
        ops.call(np.add, p, ops.constant(SMALL), g)
        ops.call(np.divide, t, g, g)
        ops.call(np.subtract, ops.constant(1), g, g)
        self.scale(ops, g)

    def each(self, p: Array, t: Array) -> Array:
        return over_outputs(p - t * np.log(p + SMALL))
