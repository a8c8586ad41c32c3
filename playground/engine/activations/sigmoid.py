"""Squeezed between 0 and 1, smoothly or by straight pieces."""

import numpy as np

from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Sigmoid(Activation):
    """f(z) = 1 / (1 + e⁻ᶻ) = ½ tanh(z/2) + ½, f′ = y (1 − y)"""

    name, title, help, range = "sigmoid", "sigmoid", "Squeezes everything between 0 and 1.", "unit"

    def forward(self, ops: Recorder, y: Array) -> None:
        half = ops.constant(0.5)
        ops.call(np.multiply, y, half, y)
        ops.call(np.tanh, y, y)
        ops.call(np.multiply, y, half, y)
        ops.call(np.add, y, half, y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.multiply, y, y, s)
        ops.call(np.subtract, y, s, s)


@register
class HardSigmoid(Activation):
    """f(z) = z/6 + ½, cut off at 0 and 1; f′ = 1/6 between.

    Keras 3 and PyTorch agree (Keras 2 had 0.2 z + ½). Source: Courbariaux et al., 2015.
    """

    name, title, range = "hard_sigmoid", "hard sigmoid", "unit"
    help = "A sigmoid made of three straight pieces: 0, a ramp, and 1."

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.multiply, y, ops.constant(1 / 6), y)
        ops.call(np.add, y, ops.constant(0.5), y)
        ops.call(np.clip, y, ops.constant(0), ops.constant(1), out=y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        """Record s ← sign(y − y²) / 6: zero where y is 0 or 1."""
        ops.call(np.multiply, y, y, s)
        ops.call(np.subtract, y, s, s)
        ops.call(np.sign, s, s)
        ops.call(np.multiply, s, ops.constant(1 / 6), s)
