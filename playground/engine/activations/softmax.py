"""All units together: probabilities."""

import numpy as np

from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Softmax(Activation):
    """f(z)ᵢ = exp(zᵢ) / Σⱼ exp(zⱼ), over the units; the largest z is subtracted first so that nothing overflows."""

    name, title, help, range = "softmax", "softmax", "Turns all units together into probabilities.", "unit"
    elementwise = False

    def forward(self, ops: Recorder, y: Array) -> None:
        row, spread, ones = ops.empty(1, y.shape[1]), ops.empty(*y.shape), np.ones((y.shape[0], 1), y.dtype)
        ops.call(np.maximum.reduce, y, 0, None, row, True)
        ops.dot(ones, row, spread)  # a product with ones copies the row below itself; half the time of broadcasting
        ops.call(np.subtract, y, spread, y)
        ops.call(np.exp, y, y)
        ops.dot(ones.T, y, row)
        ops.dot(ones, row, spread)
        ops.call(np.divide, y, spread, y)

    def backward(self, ops: Recorder, y: Array, g: Array, s: Array) -> None:
        """Record g ← y (g − Σⱼ gⱼ yⱼ)."""
        total, ones = ops.empty(y.shape[1]), np.ones(y.shape[0], y.dtype)
        ops.call(np.multiply, g, y, s)
        ops.dot(ones, s, total)
        ops.call(np.subtract, g, total, g)
        ops.call(np.multiply, g, y, g)
