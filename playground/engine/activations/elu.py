"""What is negative bends smoothly towards a floor."""

import numpy as np

from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Elu(Activation):
    """f(z) = z where z > 0, else exp(z) − 1, f′ = y + 1 there. Clevert et al., 2015."""

    name, title, help = "elu", "ELU", "Bends what is negative smoothly towards −1."

    def forward(self, ops: Recorder, y: Array) -> None:
        low = ops.empty(*y.shape)
        ops.call(np.minimum, y, np.zeros_like(y), out=low)
        ops.call(np.expm1, low, low)
        ops.call(np.maximum, y, low, out=y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.minimum, y, np.zeros_like(y), out=s)
        ops.call(np.add, s, ops.constant(1), s)


@register
class Selu(Activation):
    """f(z) = λ z where z > 0, else λ α (exp(z) − 1); with lecun_normal weights it keeps mean 0 and variance 1.

    Source: Klambauer et al., 2017.
    """

    name, title, help = "selu", "SELU", "ELU, scaled so that deep stacks keep their signals at an even size."
    alpha, scale = 1.6732632423543772, 1.0507009873554805

    def forward(self, ops: Recorder, y: Array) -> None:
        low = ops.empty(*y.shape)
        ops.call(np.minimum, y, np.zeros_like(y), out=low)
        ops.call(np.expm1, low, low)
        ops.call(np.multiply, low, ops.constant(self.alpha), low)
        ops.call(np.maximum, y, np.zeros_like(y), out=y)
        ops.call(np.add, y, low, y)
        ops.call(np.multiply, y, ops.constant(self.scale), y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        """Record s ← λ where y > 0, else y + λ α."""
        low = ops.empty(*y.shape)
        ops.call(np.minimum, y, np.zeros_like(y), out=low)
        ops.call(np.greater, y, ops.constant(0), out=s)
        ops.call(np.multiply, s, ops.constant(self.scale - self.scale * self.alpha), s)
        ops.call(np.add, s, ops.constant(self.scale * self.alpha), s)
        ops.call(np.add, s, low, s)
