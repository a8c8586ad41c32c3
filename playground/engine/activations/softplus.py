"""A ReLU with a rounded corner."""

import numpy as np

from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Softplus(Activation):
    """f(z) = log(1 + eᶻ), f′ = 1 − e⁻ʸ. Dugas et al., 2001."""

    name, title, help, range = "softplus", "softplus", "A ReLU with a rounded corner; always above 0.", "positive"

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.logaddexp, y, np.zeros_like(y), out=y)  # log(exp(z) + exp(0)) without overflow

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.negative, y, s)
        ops.call(np.expm1, s, s)
        ops.call(np.negative, s, s)
