"""Activations: the bend after the weighted sum, simplest first. Each is applied in place, on a whole layer at once.

Slopes are computed from the *output* y, so that nothing of the weighted sum need be kept: tanh' = 1 − y².
Names and definitions follow Keras 3.
"""

from typing import ClassVar

import numpy as np

from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry


class Activation:
    """One activation function.

    ``range`` tells pictures which scale fits: "signed" (around 0), "unit" (0..1) or "positive" (0 and up).
    """

    name: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    range: ClassVar[str] = "signed"
    linear: ClassVar[bool] = False

    def forward(self, ops: Recorder, y: Array) -> None:
        """Record y ← f(y); y: (units, batch)."""
        raise NotImplementedError

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        """Record s ← f′ written in terms of the output y; both (units, batch)."""
        raise NotImplementedError

    def backward(self, ops: Recorder, y: Array, g: Array, s: Array) -> None:
        """Record g ← ∂loss/∂(weighted sum), given g = ∂loss/∂y; s is scratch space."""
        self.slope(ops, y, s)
        ops.call(np.multiply, g, s, g)


ACTIVATIONS: Registry[Activation] = Registry("activation")


def _register(cls: type[Activation]) -> type[Activation]:
    ACTIVATIONS.register(cls.name)(cls())
    return cls


@_register
class Linear(Activation):
    """f(z) = z"""

    name, title, help, linear = "linear", "linear", "Passes the weighted sum on unchanged.", True

    def forward(self, ops: Recorder, y: Array) -> None: ...

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(s.fill, 1.0)

    def backward(self, ops: Recorder, y: Array, g: Array, s: Array) -> None: ...


@_register
class Relu(Activation):
    """f(z) = max(z, 0); slope 0 at the kink. Nair & Hinton, 2010."""

    name, title, help, range = "relu", "ReLU", "Cuts off what is negative.", "positive"

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.maximum, y, np.zeros_like(y), out=y)  # full zeros: a scalar 0 is four times slower

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.sign, y, s)


@_register
class LeakyRelu(Activation):
    """f(z) = z where z > 0, else 0.2 z (Keras 3's negative_slope). Maas et al., 2013."""

    name, title, help = "leaky_relu", "leaky ReLU", "Lets a fifth of what is negative through."
    negative_slope = 0.2

    def forward(self, ops: Recorder, y: Array) -> None:
        scaled = ops.empty(*y.shape)
        ops.call(np.multiply, y, ops.constant(self.negative_slope), scaled)
        ops.call(np.maximum, y, scaled, out=y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.greater, y, ops.constant(0), out=s)
        ops.call(np.maximum, s, ops.constant(self.negative_slope), out=s)


@_register
class Elu(Activation):
    """f(z) = z where z > 0, else exp(z) − 1. Clevert et al., 2015."""

    name, title, help = "elu", "ELU", "Bends what is negative smoothly towards −1."

    def forward(self, ops: Recorder, y: Array) -> None:
        low = ops.empty(*y.shape)
        ops.call(np.minimum, y, np.zeros_like(y), out=low)
        ops.call(np.expm1, low, low)
        ops.call(np.maximum, y, low, out=y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.minimum, y, np.zeros_like(y), out=s)
        ops.call(np.add, s, ops.constant(1), s)


@_register
class Tanh(Activation):
    """f(z) = tanh z, f′ = 1 − y²"""

    name, title, help = "tanh", "tanh", "Squeezes everything between −1 and 1."

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.tanh, y, y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.multiply, y, y, s)
        ops.call(np.subtract, ops.constant(1), s, s)


@_register
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


@_register
class Softmax(Activation):
    """f(z)ᵢ = exp(zᵢ) / Σⱼ exp(zⱼ), over the units; the largest z is subtracted first so that nothing overflows."""

    name, title, help, range = "softmax", "softmax", "Turns all units together into probabilities.", "unit"

    def forward(self, ops: Recorder, y: Array) -> None:
        top, total, ones = ops.empty(y.shape[1]), ops.empty(y.shape[1]), np.ones(y.shape[0], y.dtype)
        ops.call(np.maximum.reduce, y, 0, None, top)
        ops.call(np.subtract, y, top, y)
        ops.call(np.exp, y, y)
        ops.dot(ones, y, total)
        ops.call(np.divide, y, total, y)

    def backward(self, ops: Recorder, y: Array, g: Array, s: Array) -> None:
        """G ← y (g − Σⱼ gⱼ yⱼ)"""
        total, ones = ops.empty(y.shape[1]), np.ones(y.shape[0], y.dtype)
        ops.call(np.multiply, g, y, s)
        ops.dot(ones, s, total)
        ops.call(np.subtract, g, total, g)
        ops.call(np.multiply, g, y, g)


def get(name: str) -> Activation:
    """The activation called ``name``.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return ACTIVATIONS[name]
