"""All or nothing."""

import numpy as np

from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Step(Activation):
    """f(z) = 1 where z > 0, else 0; f′ = 0 everywhere, so no gradient passes. Rosenblatt, 1958; not in Keras."""

    name, title, range = "step", "step", "unit"
    help = "Fires or does not. It cannot be trained: its slope is 0, so the layers before it never change."

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.greater, y, ops.constant(0), out=y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(s.fill, 0.0)
