"""Categorical cross-entropy: the surprise at the true one of several classes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import targets
from playground.engine.errors import BuildError
from playground.engine.losses.base import LOSSES, SMALL, Loss
from playground.engine.recorder import Array
from playground.texts import Text


@LOSSES.register("categorical_crossentropy")
class CategoricalCrossentropy(Loss, frozen=True, tag="categorical_crossentropy"):
    """mean over the batch of −Σ t log p over the classes; t is one-hot, or the number of the class from 0.

    Keras has a loss of its own for class numbers, sparse_categorical_crossentropy, with the same values.
    """

    title = "categorical cross-entropy"
    help = "How surprised the network is by the true class, of several: confident mistakes cost most."
    fused_activation = "softmax"

    def check(self, output_activation: str, output_shape: tuple[int, ...]) -> None:
        if output_shape[-1] < 2:
            raise BuildError(
                Text(
                    "Categorical cross-entropy needs one output unit per class, but there is %1; "
                    "choose binary cross-entropy for two classes.",
                    output_shape[-1],
                )
            )
        if output_activation != "softmax":
            raise BuildError(
                Text(
                    "Categorical cross-entropy needs the probabilities of all classes, but the output layer's "
                    "activation is %1; choose softmax there, or another loss.",
                    output_activation,
                )
            )

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        return targets.from_zero_to_one(targets.one_hot(y, output_shape[-1]), self.title)

    def count(self, shape: tuple[int, ...]) -> int:
        return shape[-1]

    def each(self, p: Array, t: Array) -> Array:
        return np.asarray(-(t * np.log(np.clip(p.astype(np.float64), SMALL, 1.0))).sum(axis=1))

    def each_from_logits(self, z: Array, t: Array) -> Array:
        """The same as log Σ exp z − Σ t z, for each example."""
        z = z - z.max(axis=1, keepdims=True)
        return np.asarray(np.log(np.exp(z).sum(axis=1)) - (t * z).sum(axis=1))
