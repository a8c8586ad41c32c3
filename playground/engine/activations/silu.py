"""The sum, gated by its own sigmoid."""

import numpy as np

from playground.engine.activations.base import Activation, register
from playground.engine.activations.sigmoid import Sigmoid
from playground.engine.recorder import Array, Recorder


@register
class Silu(Activation):
    """f(z) = z σ(z), f′ = σ (1 + z (1 − σ)) with σ = sigmoid; also called swish.

    Source: Elfwing et al., 2017; Ramachandran et al., 2017.
    """

    name, title, help, early_slope = "silu", "SiLU (swish)", "A ReLU with a soft dip just below 0.", True

    def forward(self, ops: Recorder, y: Array) -> None:
        gate = self._gate(ops, y)
        ops.call(np.multiply, y, gate, y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        gate = self._gate(ops, y)
        ops.call(np.subtract, ops.constant(1), gate, s)
        ops.call(np.multiply, y, s, s)
        ops.call(np.add, s, ops.constant(1), s)
        ops.call(np.multiply, s, gate, s)

    def _gate(self, ops: Recorder, z: Array) -> Array:
        gate = ops.empty(*z.shape)
        ops.call(np.copyto, gate, z)
        Sigmoid().forward(ops, gate)
        return gate
