"""What is negative is cut off, or let through a little."""

import numpy as np

from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Relu(Activation):
    """f(z) = max(z, 0); slope 0 at the kink. Nair & Hinton, 2010."""

    name, title, help, range = "relu", "ReLU", "Cuts off what is negative.", "positive"
    many = 1500
    """From so many numbers on, two calls that run on vectors are faster than ``sign``, which does not."""

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.maximum, y, np.zeros_like(y), out=y)  # full zeros: a scalar 0 is four times slower

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        """Record s ← 1 where y > 0, else 0."""
        if y.size < self.many:
            ops.call(np.sign, y, s)
            return
        above = np.zeros(y.shape, np.bool_)
        ops.call(np.greater, y, np.zeros_like(y), out=above)
        ops.call(np.copyto, s, above)


@register
class LeakyRelu(Activation):
    """f(z) = z where z > 0, else 0.2 z (Keras 3's negative_slope; PyTorch's is 0.01). Maas et al., 2013."""

    name, title, help = "leaky_relu", "leaky ReLU", "Lets a fifth of what is negative through."
    negative_slope = 0.2

    def forward(self, ops: Recorder, y: Array) -> None:
        scaled = ops.empty(*y.shape)
        ops.call(np.multiply, y, ops.constant(self.negative_slope), scaled)
        ops.call(np.maximum, y, scaled, out=y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.greater, y, ops.constant(0), out=s)
        ops.call(np.maximum, s, ops.constant(self.negative_slope), out=s)
