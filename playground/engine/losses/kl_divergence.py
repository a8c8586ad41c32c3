"""KL divergence: how far one list of shares is from another."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import targets
from playground.engine.errors import BuildError
from playground.engine.losses.base import LOSSES, SMALL, Loss
from playground.engine.recorder import Array, Recorder
from playground.texts import Text


@LOSSES.register("kl_divergence")
class KLDivergence(Loss, frozen=True, tag="kl_divergence"):
    """mean over the batch of Σ t log(t / p) over the classes; t and p are first kept above 1e-7.

    PyTorch's KLDivLoss takes log p, and by default divides by the number of classes too.
    Source: Kullback & Leibler, 1951.
    """

    title = "KL divergence"
    help = "How much surprise the predicted probabilities add to the true ones; for targets that are shares."

    def check(self, output_activation: str, output_shape: tuple[int, ...]) -> None:
        if output_activation != "softmax" or output_shape[-1] < 2:
            raise BuildError(
                Text(
                    "KL divergence compares probabilities of several classes, but the output layer has %1 "
                    "unit(s) with the activation %2; choose softmax there, or another loss.",
                    output_shape[-1],
                    output_activation,
                )
            )

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        return targets.from_zero_to_one(y, self.title)

    def count(self, shape: tuple[int, ...]) -> int:
        return shape[-1]

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """Record g ← −t / p / count."""
        true = ops.empty(*p.shape)
        ops.call(np.maximum, p, ops.constant(SMALL), out=g)
        ops.call(np.maximum, t, ops.constant(SMALL), out=true)
        ops.call(np.divide, true, g, g)
        self.scale(ops, g, -1)

    def each(self, p: Array, t: Array) -> Array:
        p, t = np.clip(p.astype(np.float64), SMALL, 1.0), np.clip(t.astype(np.float64), SMALL, 1.0)
        return np.asarray((t * np.log(t / p)).sum(axis=1))
