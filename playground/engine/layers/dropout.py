"""Layers that disturb what passes, in training only, so that the network relies on no single number."""

from typing import Annotated

import numpy as np

from playground.engine.layers.base import LAYERS, Layer, Memory, Tensor
from playground.engine.recorder import Recorder
from playground.engine.settings import number


@LAYERS.register("dropout")
class Dropout(Layer, frozen=True, tag="dropout"):
    """y = x · k / (1 − rate), k drawn anew for every number and step: 0 with probability ``rate``, else 1.

    Divided by 1 − rate so that the mean stays the same; after training y = x. Source: Srivastava et al., 2014.
    """

    title = "Dropout"
    help = "Leaves out numbers by chance while training, so that the network relies on no single one."

    rate: Annotated[float, number("Rate", "The share of the numbers that are left out.", ge=0, lt=1, step=0.05)] = 0.5

    @property
    def differs_in_training(self) -> bool:
        return True

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        if not m.training:
            ops.call(np.copyto, y.value, x.value)
            return
        keep = m.array("keep", *x.value.shape)
        ops.call(m.rng.random, None, keep.dtype, keep)
        ops.call(np.greater_equal, keep, ops.constant(self.rate), out=keep)
        ops.call(np.multiply, keep, ops.constant(1 / (1 - self.rate)), keep)
        ops.call(np.multiply, x.value, keep, y.value)

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """∂L/∂x = ∂L/∂y · k / (1 − rate)"""
        if x.gradient is not None:
            ops.call(np.multiply, y.gradient, m.array("keep", *x.value.shape), x.gradient)


@LAYERS.register("gaussian_noise")
class GaussianNoise(Layer, frozen=True, tag="gaussian_noise"):
    """y = x + stddev · n, n drawn from the bell curve anew for every number and step; after training y = x."""

    title = "Gaussian noise"
    help = "Adds small numbers by chance while training, so that the network does not learn examples by heart."

    stddev: Annotated[float, number("Standard deviation", "How strong the noise is.", ge=0, le=1e6, step=0.05)] = 0.1

    @property
    def differs_in_training(self) -> bool:
        return True

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        if not m.training:
            ops.call(np.copyto, y.value, x.value)
            return
        ops.call(m.rng.standard_normal, None, y.value.dtype, y.value)
        ops.call(np.multiply, y.value, ops.constant(self.stddev), y.value)
        ops.call(np.add, y.value, x.value, y.value)

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        if x.gradient is not None:
            ops.call(np.copyto, x.gradient, y.gradient)
