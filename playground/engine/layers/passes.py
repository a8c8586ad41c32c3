"""One layer's part of a forward or backward pass: the layer itself, its activation, muted units, penalty on outputs."""

import numpy as np

from playground.engine import activations
from playground.engine.layers.base import Layer, Memory, Tensor, activation_of
from playground.engine.penalties import record_activity_penalty
from playground.engine.recorder import Recorder


def record_activation(ops: Recorder, layer: Layer, y: Tensor) -> None:
    """Record the activation of ``layer`` on its weighted sums y.value, in place; softmax goes over the channels.

    Muted units, or channels, are 0 afterwards.
    """
    activation, value = activations.get(activation_of(layer)), y.by_channel(y.value)
    if y.slope is None:
        activation.forward(ops, value)
    else:
        activation.train_forward(ops, value, y.by_channel(y.slope))
    for unit in layer.muted:
        ops.call(value[unit].fill, 0.0)


def record_layer_backward(
    ops: Recorder, layer: Layer, x: Tensor, y: Tensor, m: Memory, *, seeded: bool = False, sloped: bool = False
) -> None:
    """Record the gradients of ``layer`` from y.gradient.

    seeded: y.gradient is already the one of the weighted sum (loss and activation in one). sloped: y.slope is written.
    """
    record_activity_penalty(ops, layer, y, seeded=seeded)
    assert y.gradient is not None
    for unit in layer.muted:
        ops.call(y.by_channel(y.gradient)[unit].fill, 0.0)
    if not seeded:
        assert y.slope is not None
        value, gradient, slope = (y.by_channel(array) for array in (y.value, y.gradient, y.slope))
        if sloped:
            ops.call(np.multiply, gradient, slope, gradient)
        else:
            activations.get(activation_of(layer)).backward(ops, value, gradient, slope)
    layer.backward(ops, x, y, m)
