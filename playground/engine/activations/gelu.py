"""The sum, weighed by the share of the bell curve below it."""

import numpy as np

from playground.engine import normal
from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Gelu(Activation):
    """f(z) = z Φ(z), f′ = Φ + z φ, with the bell curve's area Φ and density φ.

    Exact, as by default in Keras 3 and PyTorch; not the approximation by tanh. Source: Hendrycks & Gimpel, 2016.
    """

    name, title, help, early_slope = "gelu", "GELU", "A soft ReLU that weighs each sum by how large it is.", True

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.multiply, y, self._area(ops, y), y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        self._slope(ops, y, self._area(ops, y), s)

    def train_forward(self, ops: Recorder, y: Array, s: Array) -> None:
        """As in the base, but with Φ, the costly part, computed once."""
        area = self._area(ops, y)
        self._slope(ops, y, area, s)
        ops.call(np.multiply, y, area, y)

    def _area(self, ops: Recorder, z: Array) -> Array:
        area = ops.empty(*z.shape)
        normal.area(ops, z, area)
        return area

    def _slope(self, ops: Recorder, z: Array, area: Array, s: Array) -> None:
        normal.density(ops, z, s)
        ops.call(np.multiply, z, s, s)
        ops.call(np.add, s, area, s)
