"""Squeezed between −1 and 1."""

import numpy as np

from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Tanh(Activation):
    """f(z) = tanh z, f′ = 1 − y²"""

    name, title, help = "tanh", "tanh", "Squeezes everything between −1 and 1."

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.tanh, y, y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.multiply, y, y, s)
        ops.call(np.subtract, ops.constant(1), s, s)
