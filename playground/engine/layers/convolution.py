"""Convolution: units that look at a small window of an image, the same unit at every place.

Both layers first copy what stands in each window into the columns of one matrix ("im2col"), against which the kernel is
a plain matrix product. Columns are (numbers in a window, places · batch), with a row of ones for the bias.
Source: LeCun et al., 1989; Chellapilla et al., 2006, for the columns.
"""

from typing import Annotated

import numpy as np

from playground.engine.constraints import Constraint
from playground.engine.layers.base import LAYERS, Layer, Memory, Shape, Tensor
from playground.engine.layers.weights import (
    ActivationName,
    ActivityRegularizer,
    BiasInitializer,
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    draw,
)
from playground.engine.layers.windows import KernelSize, Padding, Strides, Windows, windows_on
from playground.engine.recorder import Array, Recorder
from playground.engine.regularizers import Regularizer
from playground.engine.settings import number

BLOCK = 256
"""Columns of a block, at least: BLAS is fastest on many products of this width, which stay in the cache."""


@LAYERS.register("conv2d")
class Conv2D(Layer, frozen=True, tag="conv2d"):
    """y = f(Wᵀ c + b) at every place, c being the numbers in the window there.

    kernel W: (height, width, channels, filters), bias b: (filters,). The window is not mirrored (strictly speaking a
    cross-correlation, as in Keras and PyTorch).
    """

    title = "Conv2D"
    help = "Units that look for the same small pattern everywhere in an image; each makes an image of its own."

    filters: Annotated[int, number("Filters", "How many patterns the layer looks for.", ge=1, le=1024, step=1)] = 8
    kernel_size: KernelSize = 3
    strides: Strides = 1
    padding: Padding = "valid"
    activation: ActivationName = "linear"
    kernel_initializer: KernelInitializer = "glorot_uniform"
    bias_initializer: BiasInitializer = "zeros"
    kernel_regularizer: KernelRegularizer = None
    activity_regularizer: ActivityRegularizer = None
    kernel_constraint: KernelConstraint = None

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self._windows(input_shape).places, self.filters)

    def parameter_shape(self, input_shape: Shape) -> Shape:
        high, wide = self._windows(input_shape).kernel
        return (high * wide * input_shape[2] + 1, self.filters)

    def initialize(self, weights: Array, input_shape: Shape, rng: np.random.Generator) -> None:
        draw(self.named_parameters(weights, input_shape), self.kernel_initializer, self.bias_initializer, rng)

    def named_parameters(self, weights: Array, input_shape: Shape) -> dict[str, Array]:
        shape = (*self._windows(input_shape).kernel, input_shape[2], self.filters)
        return {"kernel": weights[:-1].reshape(shape), "bias": weights[-1]}

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """Columns ← windows; z = Wᵀ columns, block by block."""
        windows = self._windows(x.shape)
        views, columns = windows.record_entry(ops, x, m), self._columns(x, y, m)
        ops.call(np.copyto, columns[:-1].reshape(views.shape), views)
        ops.call(np.matmul, m.weights.T, in_blocks(columns), in_blocks(y.by_channel(y.value)))

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """∂L/∂W = Σ over the blocks of columns (∂L/∂z)ᵀ; ∂L/∂columns = W ∂L/∂z, added up where windows overlap."""
        assert y.gradient is not None
        windows, columns = self._windows(x.shape), in_blocks(self._columns(x, y, m))
        g = in_blocks(y.by_channel(y.gradient))
        products = m.array("products", len(g), *m.gradient.shape)
        ops.call(np.matmul, columns, g.transpose(0, 2, 1), products)
        ops.call(np.add.reduce, products, 0, None, m.gradient)
        if x.gradient is None:
            return
        parts = m.array("parts", len(m.weights) - 1, y.by_channel(y.gradient).shape[1])
        ops.call(np.matmul, m.weights[:-1], g, in_blocks(parts))
        shape = (*windows.kernel, x.shape[2], *windows.places, x.value.shape[1])
        windows.record_scatter(ops, parts.reshape(shape), x, m)

    def _windows(self, input_shape: Shape) -> Windows:
        return windows_on(self, input_shape, self.kernel_size, self.strides, self.padding)

    def _columns(self, x: Tensor, y: Tensor, m: Memory) -> Array:
        return m.array("columns", len(m.weights), y.by_channel(y.value).shape[1], fill=1)


@LAYERS.register("depthwise_conv2d")
class DepthwiseConv2D(Layer, frozen=True, tag="depthwise_conv2d"):
    """As Conv2D, but every channel is looked at by itself, by ``depth_multiplier`` units of its own.

    kernel: (height, width, channels, depth_multiplier), bias: (channels · depth_multiplier,); the outputs of one
    channel stand side by side. Source: Chollet, 2017 (Xception); in PyTorch Conv2d with as many groups as channels.
    """

    title = "Depthwise Conv2D"
    help = "Looks for patterns in each channel by itself: far fewer weights than Conv2D."

    kernel_size: KernelSize = 3
    strides: Strides = 1
    padding: Padding = "valid"
    depth_multiplier: Annotated[
        int, number("Depth multiplier", "How many patterns are looked for in each channel.", ge=1, le=64, step=1)
    ] = 1
    activation: ActivationName = "linear"
    depthwise_initializer: KernelInitializer = "glorot_uniform"
    bias_initializer: BiasInitializer = "zeros"
    depthwise_regularizer: KernelRegularizer = None
    activity_regularizer: ActivityRegularizer = None
    depthwise_constraint: KernelConstraint = None

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self._windows(input_shape).places, input_shape[2] * self.depth_multiplier)

    def parameter_shape(self, input_shape: Shape) -> Shape:
        high, wide = self._windows(input_shape).kernel
        return (high * wide + 1, input_shape[2] * self.depth_multiplier)

    def initialize(self, weights: Array, input_shape: Shape, rng: np.random.Generator) -> None:
        draw(self.named_parameters(weights, input_shape), self.depthwise_initializer, self.bias_initializer, rng)

    def named_parameters(self, weights: Array, input_shape: Shape) -> dict[str, Array]:
        shape = (*self._windows(input_shape).kernel, input_shape[2], self.depth_multiplier)
        return {"kernel": weights[:-1].reshape(shape), "bias": weights[-1]}

    def regularizers(self) -> dict[str, Regularizer]:
        return {} if self.depthwise_regularizer is None else {"kernel": self.depthwise_regularizer}

    def constraints(self) -> dict[str, Constraint]:
        return {} if self.depthwise_constraint is None else {"kernel": self.depthwise_constraint}

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """For each channel: columns ← windows, z = Wᵀ columns."""
        windows = self._windows(x.shape)
        views, columns = windows.record_entry(ops, x, m), self._columns(x, y, m)
        target = columns[:, :-1].reshape(x.shape[2], *windows.kernel, *views.shape[3:])
        ops.call(np.copyto, target, views.transpose(2, 0, 1, 3, 4, 5))
        ops.call(np.matmul, self._of_channels(m.weights, x).transpose(0, 2, 1), columns, self._of_inputs(y.value, x))

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """For each channel: ∂L/∂W = columns (∂L/∂z)ᵀ, ∂L/∂columns = W ∂L/∂z, added up where windows overlap."""
        assert y.gradient is not None
        windows, columns, g = self._windows(x.shape), self._columns(x, y, m), self._of_inputs(y.gradient, x)
        weights = self._of_channels(m.weights, x)
        products = m.array("products", *weights.shape)
        ops.call(np.matmul, columns, g.transpose(0, 2, 1), products)
        ops.call(np.copyto, self._of_channels(m.gradient, x), products)
        if x.gradient is None:
            return
        parts = m.array("parts", x.shape[2], len(m.weights) - 1, g.shape[2])
        ops.call(np.matmul, weights[:, :-1], g, parts)
        shape = (x.shape[2], *windows.kernel, *windows.places, x.value.shape[1])
        windows.record_scatter(ops, parts.reshape(shape).transpose(1, 2, 0, 3, 4, 5), x, m)

    def _windows(self, input_shape: Shape) -> Windows:
        return windows_on(self, input_shape, self.kernel_size, self.strides, self.padding)

    def _columns(self, x: Tensor, y: Tensor, m: Memory) -> Array:
        return m.array("columns", x.shape[2], len(m.weights), y.by_channel(y.value).shape[1], fill=1)

    def _of_channels(self, weights: Array, x: Tensor) -> Array:
        """Weights (numbers in a window + 1, channels · multiplier) as (channels, numbers + 1, multiplier)."""
        return weights.reshape(len(weights), x.shape[2], self.depth_multiplier).transpose(1, 0, 2)

    def _of_inputs(self, array: Array, x: Tensor) -> Array:
        """Outputs as (channels of the input, multiplier, places · batch)."""
        return array.reshape(x.shape[2], self.depth_multiplier, -1)


def in_blocks(matrix: Array) -> Array:
    """A matrix (rows, columns) as a stack of blocks of ``BLOCK`` columns or more: a view (blocks, rows, width)."""
    rows, columns = matrix.shape
    width = next((width for width in range(BLOCK, columns // 2 + 1) if columns % width == 0), columns)
    return matrix.reshape(rows, columns // width, width).transpose(1, 0, 2)
