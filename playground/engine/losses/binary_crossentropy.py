"""Binary cross-entropy: the surprise at the true one of two classes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import targets
from playground.engine.errors import BuildError
from playground.engine.losses.base import LOSSES, SMALL, Loss, over_outputs
from playground.engine.recorder import Array
from playground.texts import Text


@LOSSES.register("binary_crossentropy")
class BinaryCrossentropy(Loss, frozen=True, tag="binary_crossentropy"):
    """mean −(t log p + (1 − t) log(1 − p)); p must lie in 0..1."""

    title = "binary cross-entropy"
    help = "How surprised the network is by the true class, of two: confident mistakes cost most."
    fused_activation = "sigmoid"

    def check(self, output_activation: str, output_shape: tuple[int, ...]) -> None:
        if output_activation != "sigmoid":
            raise BuildError(
                Text(
                    "Binary cross-entropy needs probabilities, but the output layer's activation is %1; "
                    "choose sigmoid there, or another loss.",
                    output_activation,
                )
            )

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        return targets.from_zero_to_one(y, self.title)

    def each(self, p: Array, t: Array) -> Array:
        p = np.clip(p.astype(np.float64), SMALL, 1 - SMALL)
        return over_outputs(-(t * np.log(p) + (1 - t) * np.log1p(-p)))

    def each_from_logits(self, z: Array, t: Array) -> Array:
        """The same as mean max(z, 0) − z t + log(1 + exp(−|z|)), for each example."""
        return over_outputs(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z))))
