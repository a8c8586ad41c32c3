"""A wave."""

import numpy as np

from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Sine(Activation):
    """f(z) = sin z, f′ = cos z. Sitzmann et al., 2020, with their ω₀ = 1; Keras has no such name."""

    name, title, help, early_slope = "sine", "sine", "A wave: the same output comes back again and again.", True

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.sin, y, y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.cos, y, s)
