"""Loss functions: one number that says how far the predictions are from the true targets; simplest first.

All are means over the batch and over the outputs, as in Keras 3. Predictions p and targets t are (outputs, batch).
Sigmoid + binary cross-entropy and softmax + categorical cross-entropy are computed from the logits z, where the
gradient is simply p − t and nothing overflows.
"""

from typing import Any, ClassVar

import msgspec
import numpy as np

from playground.engine.errors import BuildError
from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry

SMALL = 1e-7
"""Probabilities are kept this far from 0 and 1 before their logarithm is taken (Keras' epsilon)."""


class Loss(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base of all losses."""

    title: ClassVar[str]
    help: ClassVar[str]
    fused_activation: ClassVar[str] = ""

    def check(self, output_activation: str, output_shape: tuple[int, ...]) -> None:
        """Raise BuildError when the output layer does not suit this loss."""

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """Record g ← ∂loss/∂p."""
        raise NotImplementedError

    def fused_seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """Record g ← ∂loss/∂z for p = f(z) with the activation ``fused_activation``: (p − t) / count."""
        ops.call(np.subtract, p, t, g)
        ops.call(np.multiply, g, ops.constant(1 / self.count(p.shape)), g)

    def count(self, shape: tuple[int, ...]) -> int:
        """What the sum over a batch is divided by."""
        return int(np.prod(shape))

    def values(self, p: Array, t: Array) -> Array:
        """The mean loss of each batch; p, t: (batches, outputs, batch) → (batches,)."""
        raise NotImplementedError

    def values_from_logits(self, z: Array, t: Array) -> Array:
        """The same for p = f(z) with the activation ``fused_activation``."""
        raise NotImplementedError


LOSSES: Registry[type[Loss]] = Registry("loss")


@LOSSES.register("mean_squared_error")
class MeanSquaredError(Loss, frozen=True, tag="mean_squared_error"):
    """mean (p − t)²"""

    title = "mean squared error"
    help = "The mean of the squared differences: large mistakes count most."

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        ops.call(np.subtract, p, t, g)
        ops.call(np.multiply, g, ops.constant(2 / self.count(p.shape)), g)

    def values(self, p: Array, t: Array) -> Array:
        return _mean(np.square(p - t))


@LOSSES.register("mean_absolute_error")
class MeanAbsoluteError(Loss, frozen=True, tag="mean_absolute_error"):
    """mean |p − t|"""

    title = "mean absolute error"
    help = "The mean of the differences without their signs: outliers count less."

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        ops.call(np.subtract, p, t, g)
        ops.call(np.sign, g, g)
        ops.call(np.multiply, g, ops.constant(1 / self.count(p.shape)), g)

    def values(self, p: Array, t: Array) -> Array:
        return _mean(np.abs(p - t))


@LOSSES.register("binary_crossentropy")
class BinaryCrossentropy(Loss, frozen=True, tag="binary_crossentropy"):
    """mean −(t log p + (1 − t) log(1 − p)); p must lie in 0..1."""

    title = "binary cross-entropy"
    help = "How surprised the network is by the true class, of two: confident mistakes cost most."
    fused_activation = "sigmoid"

    def check(self, output_activation: str, output_shape: tuple[int, ...]) -> None:
        if output_activation != "sigmoid":
            raise BuildError(
                f"Binary cross-entropy needs probabilities, but the output layer's activation is {output_activation}; "
                "choose sigmoid there, or another loss."
            )

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        raise NotImplementedError

    def values(self, p: Array, t: Array) -> Array:
        p = np.clip(p.astype(np.float64), SMALL, 1 - SMALL)
        return _mean(-(t * np.log(p) + (1 - t) * np.log1p(-p)))

    def values_from_logits(self, z: Array, t: Array) -> Array:
        """Mean max(z, 0) − z t + log(1 + exp(−|z|))"""
        return _mean(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z))))


@LOSSES.register("categorical_crossentropy")
class CategoricalCrossentropy(Loss, frozen=True, tag="categorical_crossentropy"):
    """mean over the batch of −Σ t log p over the classes; t is one-hot."""

    title = "categorical cross-entropy"
    help = "How surprised the network is by the true class, of several: confident mistakes cost most."
    fused_activation = "softmax"

    def check(self, output_activation: str, output_shape: tuple[int, ...]) -> None:
        if output_shape[-1] < 2:
            raise BuildError(
                f"Categorical cross-entropy needs one output unit per class, but there is {output_shape[-1]}; "
                "choose binary cross-entropy for two classes."
            )
        if output_activation != "softmax":
            raise BuildError(
                "Categorical cross-entropy needs the probabilities of all classes, but the output layer's activation "
                f"is {output_activation}; choose softmax there, or another loss."
            )

    def count(self, shape: tuple[int, ...]) -> int:
        return shape[-1]

    def values(self, p: Array, t: Array) -> Array:
        p = np.clip(p.astype(np.float64), SMALL, 1.0)
        return _mean(-(t * np.log(p)).sum(axis=1, keepdims=True))

    def values_from_logits(self, z: Array, t: Array) -> Array:
        """Mean over the batch of log Σ exp z − Σ t z"""
        z = z - z.max(axis=1, keepdims=True)
        return _mean(np.log(np.exp(z).sum(axis=1, keepdims=True)) - (t * z).sum(axis=1, keepdims=True))


AnyLoss = LOSSES.union()


def _mean(values: Array) -> Array:
    """The mean of each batch: (batches, …, batch) → (batches,)."""
    return np.asarray(values.mean(axis=(1, 2)))


def get(name: str, **settings: Any) -> Any:
    """The loss called ``name`` (exact Keras name) with these settings.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return LOSSES[name](**settings)
