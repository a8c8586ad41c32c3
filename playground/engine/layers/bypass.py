"""What stands in a network where a layer is bypassed."""

from collections.abc import Iterator

import numpy as np

from playground.engine.layers.base import Layer, Memory, Shape, ShapeError, Tensor, size
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import check


class Bypass(Layer, frozen=True, tag="bypass"):
    """y = x: the input passes unchanged, and costs nothing; the weights of ``layer`` wait for its return.

    Made by ``placed`` from layers with ``bypassed``; nothing else makes or stores it.
    """

    title = "Bypassed"
    help = "Passes its input on unchanged."

    layer: Layer

    def shares(self, input_shape: Shape) -> bool:
        return True

    def parameter_shape(self, input_shape: Shape) -> Shape:
        try:
            self.layer.output_shape(input_shape)
        except ShapeError:
            return ()  # it would not fit here, so nothing waits
        return self.layer.parameter_shape(input_shape)

    def frozen(self, input_shape: Shape) -> Iterator[slice]:
        yield slice(0, size(self.parameter_shape(input_shape) or (0,)))

    def moving_shape(self, input_shape: Shape) -> Shape:
        return self.layer.moving_shape(input_shape) if self.parameter_shape(input_shape) else ()

    def initialize(self, weights: Array, input_shape: Shape, rng: np.random.Generator) -> None:
        if weights.size:
            self.layer.initialize(weights, input_shape, rng)

    def initialize_moving(self, moving: Array, input_shape: Shape) -> None:
        if moving.size:
            self.layer.initialize_moving(moving, input_shape)

    def named_parameters(self, weights: Array, input_shape: Shape) -> dict[str, Array]:
        return self.layer.named_parameters(weights, input_shape) if weights.size else {}

    def named_moving(self, moving: Array, input_shape: Shape) -> dict[str, Array]:
        return self.layer.named_moving(moving, input_shape) if moving.size else {}

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """Nothing to do: x and y are the same numbers."""

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """Nothing to do: so are their gradients, and the weights get none."""


def placed(layer: Layer) -> Layer:
    """What runs where ``layer`` stands: the layer itself, or a Bypass."""
    return Bypass(check(layer), bypassed=True) if layer.bypassed else layer
