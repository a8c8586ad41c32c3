"""Squeezed between −1 and 1, slowly."""

import numpy as np

from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Softsign(Activation):
    """f(z) = z / (1 + |z|), f′ = (1 − |y|)². Turian et al., 2009."""

    name, title, help = "softsign", "softsign", "Like tanh, but comes close to −1 and 1 much more slowly."

    def forward(self, ops: Recorder, y: Array) -> None:
        below = ops.empty(*y.shape)
        ops.call(np.abs, y, below)
        ops.call(np.add, below, ops.constant(1), below)
        ops.call(np.divide, y, below, y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.abs, y, s)
        ops.call(np.subtract, ops.constant(1), s, s)
        ops.call(np.multiply, s, s, s)
