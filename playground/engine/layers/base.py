"""What a layer is: a frozen declaration that knows its shapes and records its maths."""

import math
from dataclasses import dataclass, field
from typing import Any, ClassVar

import msgspec
import numpy as np

from playground.engine.constraints import Constraint
from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry
from playground.engine.regularizers import Regularizer

Shape = tuple[int, ...]


class ShapeError(ValueError):
    """An input shape that a layer cannot take; the message says what it got and what it needs."""


@dataclass
class Tensor:
    """The output of one layer in a running network, with the gradient of the loss with respect to it.

    shape: without the batch, as at public borders (units,) or (height, width, channels).
    value, gradient, slope: (numbers per example, batch). ``value1`` and ``gradient1`` have one row more: the row of
    ones that makes the bias one more row of the weights. ``gradient`` is None where nobody needs it (the input).
    """

    shape: Shape
    value: Array
    value1: Array
    gradient: Array | None = None
    gradient1: Array | None = None
    slope: Array | None = None


@dataclass
class Memory:
    """What one layer keeps while a network runs: its weights, their gradient, and scratch arrays of its own."""

    weights: Array
    gradient: Array
    scratch: dict[str, Any] = field(default_factory=dict)


class Layer(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base of all layers: settings only; arrays are handed in.

    ``forward`` and ``backward`` do not calculate: they write down, once, the NumPy calls that every training step
    replays. Tensors are batch-last.
    """

    title: ClassVar[str]
    help: ClassVar[str]
    differs_in_training: ClassVar[bool] = False

    def output_shape(self, input_shape: Shape) -> Shape:
        """The shape of what comes out.

        Raises:
            ShapeError: when ``input_shape`` does not fit.
        """
        return input_shape

    def parameter_shape(self, input_shape: Shape) -> Shape:
        """The shape of the weights with the bias in the last row; () when there are none."""
        return ()

    def initialize(self, weights: Array, rng: np.random.Generator) -> None:
        """Draw the initial weights."""

    def named_parameters(self, weights: Array) -> dict[str, Array]:
        """Views of the weights by their Keras names, in Keras' shapes."""
        return {}

    def regularizers(self) -> dict[str, Regularizer]:
        """Penalties on parameters, by the parameters' names."""
        return _of_kernel(getattr(self, "kernel_regularizer", None))

    def constraints(self) -> dict[str, Constraint]:
        """What parameters must keep to after every update, by the parameters' names."""
        return _of_kernel(getattr(self, "kernel_constraint", None))

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """Record y.value from x.value."""
        raise NotImplementedError

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """Record m.gradient and, where x.gradient is wanted, x.gradient, both from y.gradient."""
        raise NotImplementedError


LAYERS: Registry[type[Layer]] = Registry("layer")


def _of_kernel(rule: Any) -> dict[str, Any]:
    return {} if rule is None else {"kernel": rule}


def size(shape: Shape) -> int:
    """How many numbers an array of this shape holds."""
    return math.prod(shape)
