"""Activation: the bend as a layer of its own."""

from typing import Annotated

import numpy as np

from playground.engine.activations import ACTIVATIONS
from playground.engine.layers.base import LAYERS, Layer, Memory, Tensor
from playground.engine.layers.weights import ActivityRegularizer
from playground.engine.recorder import Recorder
from playground.engine.settings import choice


@LAYERS.register("activation")
class Activation(Layer, frozen=True, tag="activation"):
    """y = f(x)

    The layer itself only copies: the program bends what a layer gives by its ``activation``, as for all layers.
    Softmax goes over the units, in images over the channels of each pixel.
    """

    title = "Activation"
    help = "Bends every number, as the activation of a layer does."

    activation: Annotated[str, choice("Activation", "How each number is bent.", ACTIVATIONS.names)] = "relu"
    activity_regularizer: ActivityRegularizer = None

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        ops.call(np.copyto, y.value, x.value)

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        if x.gradient is not None:
            ops.call(np.copyto, x.gradient, y.gradient)
