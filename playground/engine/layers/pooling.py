"""Pooling: one number for each window of an image, channel by channel."""

from typing import Annotated

import numpy as np

from playground.engine.layers.base import LAYERS, Layer, Memory, Shape, Tensor, image_shape
from playground.engine.layers.windows import Padding, Pair, Windows, windows_on
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import number

_PoolSize = (
    Annotated[int, number("Pool size", "Height and width of the window, in pixels.", ge=1, le=64, step=1)] | Pair
)
_Strides = (
    Annotated[int, number("Strides", "How far the window moves; by default its own size.", ge=1, le=64, step=1)]
    | Pair
    | None
)


class Pooling(Layer, frozen=True):
    """Base of the layers with a window; without strides it moves by its own size."""

    pool_size: _PoolSize = 2
    strides: _Strides = None
    padding: Padding = "valid"

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self._windows(input_shape).places, input_shape[2])

    def _windows(self, input_shape: Shape) -> Windows:
        strides = self.pool_size if self.strides is None else self.strides
        return windows_on(self, input_shape, self.pool_size, strides, self.padding)

    def _record_parts(self, ops: Recorder, x: Tensor, m: Memory) -> Array:
        """Where the gradients go that each window gives its numbers, shaped like the windows' views.

        Windows that do not overlap write straight into x.gradient; ``_record_sum`` must follow.
        """
        assert x.gradient is not None
        windows, gradient = self._windows(x.shape), x.natural(x.gradient)
        if windows.overlap or windows.pads:
            return m.array("parts", *windows.views(windows.surrounded(x, m)).shape)
        if not windows.cover(x.shape):
            ops.call(gradient.fill, 0.0)
        return windows.views(gradient)

    def _record_sum(self, ops: Recorder, parts: Array, x: Tensor, m: Memory) -> None:
        windows = self._windows(x.shape)
        if windows.overlap or windows.pads:
            windows.record_scatter(ops, parts, x, m)


@LAYERS.register("max_pooling2d")
class MaxPooling2D(Pooling, frozen=True, tag="max_pooling2d"):
    """y = the largest number in the window; what is put around the image never is."""

    title = "Max pooling 2D"
    help = "Keeps the largest number of each window: a smaller image that still shows where something was found."

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        windows, top = self._windows(x.shape), y.natural(y.value)
        views = windows.record_entry(ops, x, m, around=-np.inf)
        first, *others = (views[offset] for offset in windows.offsets())
        if not others:
            ops.call(np.copyto, top, first)
        for view in others:
            ops.call(np.maximum, first, view, out=top)
            first = top

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """The first number of a window that is the largest gets the gradient; equal ones after it get nothing."""
        if x.gradient is None:
            return
        windows, top = self._windows(x.shape), y.natural(y.value)
        views, parts = windows.views(windows.surrounded(x, m, around=-np.inf)), self._record_parts(ops, x, m)
        assert y.gradient is not None
        left, rest = y.natural(y.gradient), m.array("rest", *top.shape)
        found = m.scratch.setdefault("found", np.zeros(top.shape, np.bool_))
        *others, last = windows.offsets()
        for offset in others:
            ops.call(np.equal, views[offset], top, out=found)
            ops.call(np.multiply, left, found, parts[offset])
            ops.call(np.subtract, left, parts[offset], rest)
            left = rest
        ops.call(np.copyto, parts[last], left)
        self._record_sum(ops, parts, x, m)


@LAYERS.register("average_pooling2d")
class AveragePooling2D(Pooling, frozen=True, tag="average_pooling2d"):
    """y = the mean of the numbers in the window; what is put around the image does not count.

    Keras on PyTorch counts the zeros of a padding that is the same on both sides; on TensorFlow and JAX it does not.
    """

    title = "Average pooling 2D"
    help = "Keeps the mean of each window: a smaller, smoother image."

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        views, mean = self._windows(x.shape).record_entry(ops, x, m), y.natural(y.value)
        ops.call(np.add.reduce, views, (0, 1), None, mean)
        ops.call(np.multiply, mean, self._share(x, m), mean)

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """Every number of a window gets the same share of the gradient."""
        if x.gradient is None:
            return
        assert y.gradient is not None
        gradient, parts = y.natural(y.gradient), self._record_parts(ops, x, m)
        shared = m.array("shared", *gradient.shape)
        ops.call(np.multiply, gradient, self._share(x, m), shared)
        ops.call(np.copyto, parts, shared)
        self._record_sum(ops, parts, x, m)

    def _share(self, x: Tensor, m: Memory) -> Array:
        """1 / (pixels of the image within the window), for each place: (rows, columns, 1)."""
        height, width, _ = x.shape
        pixels = np.ones((height * width, 1), m.weights.dtype)
        ones = Tensor((height, width, 1), pixels, pixels)
        counting, scratch = Recorder(m.weights.dtype), Memory(m.weights, m.gradient, m.moving)
        counts = self._windows(x.shape).record_entry(counting, ones, scratch)
        for call in counting.calls:
            call()
        return np.asarray(1 / counts.sum(axis=(0, 1, 2)), m.weights.dtype)


@LAYERS.register("global_average_pooling2d")
class GlobalAveragePooling2D(Layer, frozen=True, tag="global_average_pooling2d"):
    """y = the mean of each channel: a list of as many numbers as channels. Source: Lin et al., 2013."""

    title = "Global average pooling 2D"
    help = "The mean of each channel: from images to a list of numbers without any weights."

    def output_shape(self, input_shape: Shape) -> Shape:
        return (image_shape(self, input_shape)[2],)

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        pixels = _pixels(x, x.value)
        ops.call(np.add.reduce, pixels, 1, None, y.value)
        ops.call(np.multiply, y.value, ops.constant(1 / pixels.shape[1]), y.value)

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        if x.gradient is None:
            return
        assert y.gradient is not None
        pixels, share = _pixels(x, x.gradient), m.array("share", *y.value.shape)
        ops.call(np.multiply, y.gradient, ops.constant(1 / pixels.shape[1]), share)
        ops.call(np.copyto, pixels, share[:, None])


def _pixels(x: Tensor, array: Array) -> Array:
    """(channels, pixels, batch)"""
    return array.reshape(x.shape[2], -1, array.shape[1])
