"""Layers that bring numbers to mean 0 and variance 1, then to a scale and an offset that are learned.

x̂ = (x − μ) / √(σ² + ε),  y = γ x̂ + β; the layers differ in what the mean μ and the variance σ² are taken over.
Below, x is (channels, places): for lists the units and the batch; for images the channels, and pixels of all images.
"""

from typing import Annotated

import numpy as np

from playground.engine.layers.base import LAYERS, Layer, Memory, Shape, Tensor
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import number

_EPSILON = number("Epsilon", "A small number that keeps the division finite.", gt=0, le=1, scale="log")


class Normalization(Layer, frozen=True):
    """Base: weights (2, channels) with γ, at first 1, above β, at first 0."""

    def parameter_shape(self, input_shape: Shape) -> Shape:
        return (2, input_shape[-1])

    def initialize(self, weights: Array, input_shape: Shape, rng: np.random.Generator) -> None:
        weights[0], weights[1] = 1, 0

    def named_parameters(self, weights: Array, input_shape: Shape) -> dict[str, Array]:
        return {"gamma": weights[0], "beta": weights[1]}

    def _record_scale(self, ops: Recorder, normal: Array, y: Tensor, m: Memory) -> None:
        """Record y = γ x̂ + β."""
        gamma, beta = m.weights[:, :, None]
        out = y.by_channel(y.value)
        ops.call(np.multiply, normal, gamma, out)
        ops.call(np.add, out, beta, out)

    def _record_weight_gradients(self, ops: Recorder, normal: Array, y: Tensor, m: Memory) -> None:
        """∂L/∂γ = Σ g x̂ and ∂L/∂β = Σ g over all places, with g = ∂L/∂y."""
        assert y.gradient is not None
        g = y.by_channel(y.gradient)
        product, ones = m.array("product", *g.shape), m.array("ones", g.shape[1], fill=1)
        ops.call(np.multiply, g, normal, product)
        ops.dot(product, ones, m.gradient[0])
        ops.dot(g, ones, m.gradient[1])


@LAYERS.register("batch_normalization")
class BatchNormalization(Normalization, frozen=True, tag="batch_normalization"):
    """Mean and variance of each channel over the mini-batch; after training, their moving means.

    moving ← momentum · moving + (1 − momentum) · batch, at first 0 and 1; a frozen layer uses the moving means in
    training, too, and leaves them alone (as in Keras). The variance is the mean of the squares, also
    in the moving one (PyTorch divides that by n − 1, and its momentum is 1 − ours). Source: Ioffe & Szegedy, 2015.
    """

    title = "Batch normalization"
    help = "Brings each unit to mean 0 and spread 1 over the mini-batch: deep networks train faster."

    momentum: Annotated[
        float, number("Momentum", "How slowly mean and variance for later use follow.", ge=0, lt=1, step=0.01)
    ] = 0.99
    epsilon: Annotated[float, _EPSILON] = 1e-3

    @property
    def differs_in_training(self) -> bool:
        return self.trainable

    def moving_shape(self, input_shape: Shape) -> Shape:
        return (2, input_shape[-1])

    def initialize_moving(self, moving: Array, input_shape: Shape) -> None:
        moving[0], moving[1] = 0, 1

    def named_moving(self, moving: Array, input_shape: Shape) -> dict[str, Array]:
        return {"moving_mean": moving[0], "moving_variance": moving[1]}

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        value = x.by_channel(x.value)
        normal, root = m.array("normal", *value.shape), m.array("root", len(value), 1)
        of_batch = m.training and self.trainable
        mean, variance = m.array("batch", 2, len(value)) if of_batch else m.moving
        share = m.array("share", value.shape[1], fill=1 / value.shape[1])
        if of_batch:
            ops.dot(value, share, mean)
        ops.call(np.subtract, value, mean[:, None], normal)
        if of_batch:
            squares = m.array("product", *value.shape)
            ops.call(np.multiply, normal, normal, squares)
            ops.dot(squares, share, variance)
            self._record_moving(ops, m)
        ops.call(np.add, variance[:, None], ops.constant(self.epsilon), root)
        ops.call(np.sqrt, root, root)
        ops.call(np.divide, normal, root, normal)
        self._record_scale(ops, normal, y, m)

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """∂L/∂x = γ (g − mean g − x̂ mean(g x̂)) / √(σ² + ε): the means are ∂L/∂β and ∂L/∂γ over the places.

        Frozen, μ and σ are constants: ∂L/∂x = γ g / √(σ² + ε).
        """
        assert y.gradient is not None
        g = y.by_channel(y.gradient)
        normal, root = m.array("normal", *g.shape), m.array("root", len(g), 1)
        self._record_weight_gradients(ops, normal, y, m)
        if x.gradient is None:
            return
        out, along, factor = x.by_channel(x.gradient), m.array("product", *g.shape), m.array("factor", len(g), 1)
        if self.trainable:
            means = m.array("means", *m.gradient.shape)
            ops.call(np.multiply, m.gradient, ops.constant(1 / g.shape[1]), means)
            ops.call(np.multiply, normal, means[0, :, None], along)
            ops.call(np.subtract, g, along, out)
            ops.call(np.subtract, out, means[1, :, None], out)
            g = out
        ops.call(np.divide, m.weights[0, :, None], root, factor)
        ops.call(np.multiply, g, factor, out)

    def _record_moving(self, ops: Recorder, m: Memory) -> None:
        batch, part = m.array("batch", *m.moving.shape), m.array("part", *m.moving.shape)
        ops.call(np.multiply, m.moving, ops.constant(self.momentum), m.moving)
        ops.call(np.multiply, batch, ops.constant(1 - self.momentum), part)
        ops.call(np.add, m.moving, part, m.moving)


@LAYERS.register("layer_normalization")
class LayerNormalization(Normalization, frozen=True, tag="layer_normalization"):
    """Mean and variance over the units of each example; in images over the channels of each pixel (Keras' axis −1).

    The same in training and afterwards. Source: Ba et al., 2016.
    """

    title = "Layer normalization"
    help = "Brings the units of each example to mean 0 and spread 1; does not depend on the mini-batch."

    epsilon: Annotated[float, _EPSILON] = 1e-3

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        value = x.by_channel(x.value)
        normal, squares = m.array("normal", *value.shape), m.array("product", *value.shape)
        mean, root = m.array("mean", value.shape[1]), m.array("root", value.shape[1])
        share = m.array("share", len(value), fill=1 / len(value))
        ops.dot(share, value, mean)
        ops.call(np.subtract, value, mean, normal)
        ops.call(np.multiply, normal, normal, squares)
        ops.dot(share, squares, root)
        ops.call(np.add, root, ops.constant(self.epsilon), root)
        ops.call(np.sqrt, root, root)
        ops.call(np.divide, normal, root, normal)
        self._record_scale(ops, normal, y, m)

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """∂L/∂x = (h − mean h − x̂ mean(h x̂)) / √(σ² + ε), with h = γ g and means over the channels."""
        assert y.gradient is not None
        g = y.by_channel(y.gradient)
        normal, root = m.array("normal", *g.shape), m.array("root", g.shape[1])
        self._record_weight_gradients(ops, normal, y, m)
        if x.gradient is None:
            return
        h, along, mean = x.by_channel(x.gradient), m.array("product", *g.shape), m.array("mean", g.shape[1])
        share = m.array("share", len(g), fill=1 / len(g))
        ops.call(np.multiply, g, m.weights[0, :, None], h)
        ops.call(np.multiply, h, normal, along)
        ops.dot(share, along, mean)
        ops.call(np.multiply, normal, mean, along)
        ops.dot(share, h, mean)
        ops.call(np.subtract, h, along, h)
        ops.call(np.subtract, h, mean, h)
        ops.call(np.divide, h, root, h)
