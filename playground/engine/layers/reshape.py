"""Layers that only rearrange numbers."""

from typing import Annotated

import numpy as np

from playground.engine.layers.base import LAYERS, Layer, Memory, Shape, ShapeError, Tensor
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import flag
from playground.engine.tensors import same_order, size
from playground.texts import Text


class Rearrangement(Layer, frozen=True):
    """Base: the same numbers in another shape, in the public order (row by row, channels last).

    Costs nothing where the order in memory is the same for both shapes; else, with several channels, it is a copy.
    """

    def shares(self, input_shape: Shape) -> bool:
        return same_order(input_shape) and same_order(self.output_shape(input_shape))

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        if not self.shares(x.shape):
            _record_copy(ops, x, x.value, y, y.value, m)

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        if x.gradient is not None and not self.shares(x.shape):
            assert y.gradient is not None
            _record_copy(ops, y, y.gradient, x, x.gradient, m)


@LAYERS.register("flatten")
class Flatten(Rearrangement, frozen=True, tag="flatten"):
    """Turn a picture into one list of numbers, row by row, the channels of a pixel side by side (as in Keras)."""

    title = "Flatten"
    help = "Turns a picture into one list of numbers."

    def output_shape(self, input_shape: Shape) -> Shape:
        return (size(input_shape),)


@LAYERS.register("reshape")
class Reshape(Rearrangement, frozen=True, tag="reshape"):
    """See the same numbers in another shape: a list (n,) or an image (height, width, channels)."""

    title = "Reshape"
    help = "Arranges the same numbers in another shape, say as a picture."

    target_shape: Annotated[
        tuple[int, ...], flag("Target shape", "How the numbers are arranged: one length, or height, width, channels.")
    ] = (1, 1, 1)

    def output_shape(self, input_shape: Shape) -> Shape:
        if len(self.target_shape) not in (1, 3) or min(self.target_shape) < 1:
            raise ShapeError(
                Text(
                    "The target shape %1 must be one length, or height, width and channels of an image.",
                    str(self.target_shape),
                )
            )
        if size(self.target_shape) != size(input_shape):
            raise ShapeError(
                Text(
                    "It gets %1 numbers %2, but the target shape %3 holds %4; both must be equal.",
                    size(input_shape),
                    str(input_shape),
                    str(self.target_shape),
                    size(self.target_shape),
                )
            )
        return tuple(self.target_shape)


def _record_copy(ops: Recorder, x: Tensor, source: Array, y: Tensor, target: Array, m: Memory) -> None:
    """Record target ← source, shaped like y and x, number by number in the public order."""
    if same_order(y.shape):
        here = x.public(source)
        ops.call(np.copyto, target.reshape(here.shape), here)
    elif same_order(x.shape):
        there = y.public(target)
        ops.call(np.copyto, there, source.reshape(there.shape))
    else:
        numbers, here, there = m.array("list", *source.shape), x.public(source), y.public(target)
        ops.call(np.copyto, numbers.reshape(here.shape), here)
        ops.call(np.copyto, there, numbers.reshape(there.shape))
