"""Loss functions: one number that says how far the predictions are from the true targets; simplest first.

All are means over the batch and over the outputs, as in Keras 3. Predictions p and targets t are (outputs, batch).
Sigmoid + binary cross-entropy and softmax + categorical cross-entropy are computed from the logits z, where the
gradient is simply p − t and nothing overflows.

With weights w of the examples a loss is Σ wᵢ lossᵢ / batch, Keras' "sum_over_batch_size"; with class weights PyTorch
divides by Σ wᵢ instead. The module is long because it is one list, meant to be read from top to bottom.
"""

from typing import Annotated, Any, ClassVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine import targets
from playground.engine.activations import ACTIVATIONS
from playground.engine.errors import BuildError
from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry
from playground.engine.settings import number

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
        return _mean(self.each(p, t), weights)

    def values_from_logits(self, z: Array, t: Array, weights: Array | None = None) -> Array:
        """The same for p = f(z) with the activation ``fused_activation``."""
        return _mean(self.each_from_logits(z, t), weights)


LOSSES: Registry[type[Loss]] = Registry("loss")


@LOSSES.register("mean_squared_error")
class MeanSquaredError(Loss, frozen=True, tag="mean_squared_error"):
    """mean (p − t)²"""

    title = "mean squared error"
    help = "The mean of the squared differences: large mistakes count most."

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        ops.call(np.subtract, p, t, g)
        self.scale(ops, g, 2)

    def each(self, p: Array, t: Array) -> Array:
        return _over_outputs(np.square(p - t))


@LOSSES.register("mean_absolute_error")
class MeanAbsoluteError(Loss, frozen=True, tag="mean_absolute_error"):
    """mean |p − t|"""

    title = "mean absolute error"
    help = "The mean of the differences without their signs: outliers count less."

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        ops.call(np.subtract, p, t, g)
        ops.call(np.sign, g, g)
        self.scale(ops, g)

    def each(self, p: Array, t: Array) -> Array:
        return _over_outputs(np.abs(p - t))


@LOSSES.register("huber")
class Huber(Loss, frozen=True, tag="huber"):
    """mean of ½ d² where |d| ≤ δ, else δ |d| − ½ δ²; d = p − t. Its slope is d, cut off at ±δ.

    Source: Huber, 1964. PyTorch's SmoothL1Loss is this divided by δ.
    """

    title = "Huber"
    help = "Squares small differences and takes large ones as they are: outliers count less, and the bottom is smooth."

    delta: Annotated[float, number("Delta", "Differences up to this size are squared.", gt=0, le=1e6, scale="log")] = (
        1.0
    )

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        ops.call(np.subtract, p, t, g)
        ops.call(np.clip, g, ops.constant(-self.delta), ops.constant(self.delta), out=g)
        self.scale(ops, g)

    def each(self, p: Array, t: Array) -> Array:
        distance = np.abs(p - t)
        near = np.minimum(distance, self.delta)
        return _over_outputs(near * (distance - 0.5 * near))


@LOSSES.register("log_cosh")
class LogCosh(Loss, frozen=True, tag="log_cosh"):
    """mean log cosh d = |d| + log(1 + exp(−2 |d|)) − log 2; d = p − t. Its slope is tanh d."""

    title = "log cosh"
    help = "Like Huber without a setting: nearly squares small differences, takes large ones as they are."

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        ops.call(np.subtract, p, t, g)
        ops.call(np.tanh, g, g)
        self.scale(ops, g)

    def each(self, p: Array, t: Array) -> Array:
        distance = np.abs(p - t)
        return _over_outputs(distance + np.log1p(np.exp(-2 * distance)) - np.log(2))


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

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        return targets.from_zero_to_one(y, self.title)

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        raise NotImplementedError

    def each(self, p: Array, t: Array) -> Array:
        p = np.clip(p.astype(np.float64), SMALL, 1 - SMALL)
        return _over_outputs(-(t * np.log(p) + (1 - t) * np.log1p(-p)))

    def each_from_logits(self, z: Array, t: Array) -> Array:
        """Mean max(z, 0) − z t + log(1 + exp(−|z|))"""
        return _over_outputs(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z))))


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
                f"Categorical cross-entropy needs one output unit per class, but there is {output_shape[-1]}; "
                "choose binary cross-entropy for two classes."
            )
        if output_activation != "softmax":
            raise BuildError(
                "Categorical cross-entropy needs the probabilities of all classes, but the output layer's activation "
                f"is {output_activation}; choose softmax there, or another loss."
            )

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        return targets.from_zero_to_one(targets.one_hot(y, output_shape[-1]), self.title)

    def count(self, shape: tuple[int, ...]) -> int:
        return shape[-1]

    def each(self, p: Array, t: Array) -> Array:
        return np.asarray(-(t * np.log(np.clip(p.astype(np.float64), SMALL, 1.0))).sum(axis=1))

    def each_from_logits(self, z: Array, t: Array) -> Array:
        """Log Σ exp z − Σ t z"""
        z = z - z.max(axis=1, keepdims=True)
        return np.asarray(np.log(np.exp(z).sum(axis=1)) - (t * z).sum(axis=1))


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
                f"The {self.title} loss needs outputs on both sides of 0, but the output layer's activation is "
                f"{output_activation}; choose tanh or linear there, or another loss."
            )

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        return targets.two_sides(y, self.title)

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """G = −s where s p < 1, else 0"""
        side, wrong = self._side(ops, t), ops.empty(*p.shape)
        ops.call(np.multiply, p, side, wrong)
        ops.call(np.less, wrong, ops.constant(1), out=wrong)
        ops.call(np.multiply, wrong, side, g)
        self.scale(ops, g, -1)

    def each(self, p: Array, t: Array) -> Array:
        return _over_outputs(np.maximum(1 - (2.0 * (t > 0) - 1) * p, 0))

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
        """G = −2 s max(1 − s p, 0)"""
        side = self._side(ops, t)
        ops.call(np.multiply, p, side, g)
        ops.call(np.subtract, ops.constant(1), g, g)
        ops.call(np.maximum, g, ops.constant(0), out=g)
        ops.call(np.multiply, g, side, g)
        self.scale(ops, g, -2)

    def each(self, p: Array, t: Array) -> Array:
        return _over_outputs(np.square(np.maximum(1 - (2.0 * (t > 0) - 1) * p, 0)))


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
                f"KL divergence compares probabilities of several classes, but the output layer has {output_shape[-1]} "
                f"unit(s) with the activation {output_activation}; choose softmax there, or another loss."
            )

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        return targets.from_zero_to_one(y, self.title)

    def count(self, shape: tuple[int, ...]) -> int:
        return shape[-1]

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """G = −t / p"""
        true = ops.empty(*p.shape)
        ops.call(np.maximum, p, ops.constant(SMALL), out=g)
        ops.call(np.maximum, t, ops.constant(SMALL), out=true)
        ops.call(np.divide, true, g, g)
        self.scale(ops, g, -1)

    def each(self, p: Array, t: Array) -> Array:
        p, t = np.clip(p.astype(np.float64), SMALL, 1.0), np.clip(t.astype(np.float64), SMALL, 1.0)
        return np.asarray((t * np.log(t / p)).sum(axis=1))


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
                "The Poisson loss needs predictions that are never negative, but the output layer's activation is "
                f"{output_activation}; choose softplus there, or another loss."
            )

    def prepare(self, y: NDArray[Any], output_shape: tuple[int, ...]) -> NDArray[Any]:
        return targets.not_negative(y, self.title)

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        """G = 1 − t / p"""
        ops.call(np.add, p, ops.constant(SMALL), g)
        ops.call(np.divide, t, g, g)
        ops.call(np.subtract, ops.constant(1), g, g)
        self.scale(ops, g)

    def each(self, p: Array, t: Array) -> Array:
        return _over_outputs(p - t * np.log(p + SMALL))


AnyLoss = LOSSES.union()


def _over_outputs(values: Array) -> Array:
    """The mean of each example: (batches, outputs, …, batch) → (batches, batch)."""
    return np.asarray(values.mean(axis=1))


def _mean(values: Array, weights: Array | None) -> Array:
    """The mean of each batch, each example counting by its weight: (batches, batch) → (batches,)."""
    return np.asarray((values if weights is None else values * weights).mean(axis=-1))


def get(name: str, **settings: Any) -> Any:
    """The loss called ``name`` (exact Keras name) with these settings.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return LOSSES[name](**settings)
