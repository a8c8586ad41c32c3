"""Dense: every unit sees every input."""

from typing import Annotated

import numpy as np

from playground.engine.layers.base import LAYERS, Layer, Memory, Shape, ShapeError, Tensor
from playground.engine.layers.weights import (
    ActivationName,
    ActivityRegularizer,
    BiasInitializer,
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    draw,
)
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import number
from playground.texts import Text


@LAYERS.register("dense")
class Dense(Layer, frozen=True, tag="dense"):
    """y = f(Wᵀ x + b): each unit weighs all inputs, adds its bias and bends the sum by the activation f.

    kernel W: (inputs, units), drawn by Glorot's uniform rule; bias b: (units,), zero at first (Keras' defaults;
    PyTorch draws both uniformly within ±1/√inputs).
    Source: Glorot & Bengio, 2010; Goodfellow et al., *Deep Learning*, chapter 6.
    """

    title = "Dense"
    help = "Every unit sees every output of the layer before."
    reads_rows = True

    units: Annotated[int, number("Units", "How many units the layer has.", ge=1, le=1024, step=1)] = 4
    activation: ActivationName = "linear"
    kernel_initializer: KernelInitializer = "glorot_uniform"
    bias_initializer: BiasInitializer = "zeros"
    kernel_regularizer: KernelRegularizer = None
    activity_regularizer: ActivityRegularizer = None
    kernel_constraint: KernelConstraint = None

    def output_shape(self, input_shape: Shape) -> Shape:
        if len(input_shape) != 1:
            raise ShapeError(
                Text(
                    "A Dense layer needs a list of numbers, but gets %1; put a Flatten layer before it.",
                    " × ".join(map(str, input_shape)),
                )
            )
        return (self.units,)

    def parameter_shape(self, input_shape: Shape) -> Shape:
        return (input_shape[0] + 1, self.units)

    def initialize(self, weights: Array, input_shape: Shape, rng: np.random.Generator) -> None:
        draw(self.named_parameters(weights, input_shape), self.kernel_initializer, self.bias_initializer, rng)

    def named_parameters(self, weights: Array, input_shape: Shape) -> dict[str, Array]:
        return {"kernel": weights[:-1], "bias": weights[-1]}

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """Record z = Wᵀ x + b; the bias is the last row of the weights, against the row of ones below x."""
        ops.dot(m.weights.T, x.value1, y.value)

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """∂L/∂W = x (∂L/∂z)ᵀ, ∂L/∂x = W ∂L/∂z"""
        assert y.gradient is not None
        ops.dot(x.value1, y.gradient.T, m.gradient)
        if x.gradient1 is not None:
            ops.dot(m.weights, y.gradient, x.gradient1)
