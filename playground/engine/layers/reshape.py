"""Layers that only rearrange numbers."""

from playground.engine.layers.base import LAYERS, Layer, Memory, Shape, Tensor, size
from playground.engine.recorder import Recorder


@LAYERS.register("flatten")
class Flatten(Layer, frozen=True, tag="flatten"):
    """Turn a picture into one list of numbers, row by row. Costs nothing: the numbers stay where they are."""

    title = "Flatten"
    help = "Turns a picture into one list of numbers."

    def output_shape(self, input_shape: Shape) -> Shape:
        return (size(input_shape),)

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None: ...

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None: ...
