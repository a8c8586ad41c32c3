"""What a loss is: one number that says how far the predictions are from the true targets."""

from typing import Any, ClassVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry

SMALL = 1e-7
"""Probabilities are kept this far from 0 and 1 before their logarithm is taken (Keras' epsilon)."""


class Loss(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base of all losses. ``threshold``: predictions of a single output above it stand for class 1."""

    title: ClassVar[str]
    help: ClassVar[str]
    fused_activation: ClassVar[str] = ""
    threshold: ClassVar[float] = 0.5

    def check(self, output_activation: str, output_shape: tuple[int, ...]) -> None:
        """Raise BuildError when the output layer does not suit this loss."""

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        """The targets as (n, *output_shape); raise BuildError for values that this loss cannot take."""
        return y

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """Record g ← ∂loss/∂p."""
        raise NotImplementedError

    def fused_seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """Record g ← ∂loss/∂z for p = f(z) with the activation ``fused_activation``: (p − t) / count."""
        ops.call(np.subtract, p, t, g)
        self.scale(ops, g)

    def scale(self, ops: Recorder, g: Array, factor: float = 1.0) -> None:
        """Record g ← factor · g / count."""
        ops.call(np.multiply, g, ops.constant(factor / self.count(g.shape)), g)

    def count(self, shape: tuple[int, ...]) -> int:
        """What the sum over a batch is divided by."""
        return int(np.prod(shape))

    def each(self, p: Array, t: Array) -> Array:
        """The loss of each example; p, t: (batches, outputs, batch) → (batches, batch)."""
        raise NotImplementedError

    def each_from_logits(self, z: Array, t: Array) -> Array:
        """The same for p = f(z) with the activation ``fused_activation``."""
        raise NotImplementedError

    def values(self, p: Array, t: Array, weights: Array | None = None) -> Array:
        """The mean loss of each batch; p, t: (batches, outputs, batch), weights: (batches, batch) → (batches,)."""
        return weighted_mean(self.each(p, t), weights)

    def values_from_logits(self, z: Array, t: Array, weights: Array | None = None) -> Array:
        """The same for p = f(z) with the activation ``fused_activation``."""
        return weighted_mean(self.each_from_logits(z, t), weights)


LOSSES: Registry[type[Loss]] = Registry("loss")


def over_outputs(values: Array) -> Array:
    """The mean of each example: (batches, outputs, …, batch) → (batches, batch)."""
    return np.asarray(values.mean(axis=1))


def weighted_mean(values: Array, weights: Array | None) -> Array:
    """The mean of each batch, each example counting by its weight: (batches, batch) → (batches,)."""
    return np.asarray((values if weights is None else values * weights).mean(axis=-1))
