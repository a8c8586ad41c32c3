"""Activations: the bend after the weighted sum, simplest first. Each is applied in place, on a whole layer at once.

Slopes are computed from the *output* y, so that nothing of the weighted sum z need be kept: tanh' = 1 − y². Where the
output does not tell the slope (silu, gelu and sine come back to the same y), it is written beforehand, from z.
Names and definitions follow Keras 3. The module is long because it is one list, meant to be read from top to bottom.
"""

from typing import ClassVar

import numpy as np

from playground.engine import normal
from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry


class Activation:
    """One activation function.

    ``range`` tells pictures which scale fits: "signed" (around 0), "unit" (0..1) or "positive" (0 and up).
    ``early_slope``: the slope must be written from the weighted sum z, before the output takes its place.
    ``elementwise``: each output depends on one weighted sum only.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    range: ClassVar[str] = "signed"
    linear: ClassVar[bool] = False
    early_slope: ClassVar[bool] = False
    elementwise: ClassVar[bool] = True

    @property
    def slope_from_output(self) -> bool:
        """Whether ``backward`` multiplies by a slope that any of the outputs alone tells, at any time."""
        return self.elementwise and not self.early_slope and not self.linear

    def forward(self, ops: Recorder, y: Array) -> None:
        """Record y ← f(y); y: (units, batch)."""
        raise NotImplementedError

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        """Record s ← f′ written in terms of the output y (of z with ``early_slope``); both (units, batch)."""
        raise NotImplementedError

    def train_forward(self, ops: Recorder, y: Array, s: Array) -> None:
        """Record y ← f(y) as ``forward`` does, and s ← f′ where it cannot wait until ``backward``."""
        if self.early_slope:
            self.slope(ops, y, s)
        self.forward(ops, y)

    def backward(self, ops: Recorder, y: Array, g: Array, s: Array) -> None:
        """Record g ← ∂loss/∂z, given g = ∂loss/∂y; s is the array that ``train_forward`` had."""
        if not self.early_slope:
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
    many = 1500
    """From so many numbers on, two calls that run on vectors are faster than ``sign``, which does not."""

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.maximum, y, np.zeros_like(y), out=y)  # full zeros: a scalar 0 is four times slower

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        """S = 1 where y > 0, else 0"""
        if y.size < self.many:
            ops.call(np.sign, y, s)
            return
        above = np.zeros(y.shape, np.bool_)
        ops.call(np.greater, y, np.zeros_like(y), out=above)
        ops.call(np.copyto, s, above)


@_register
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


@_register
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


@_register
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
        """S = λ where y > 0, else y + λ α"""
        low = ops.empty(*y.shape)
        ops.call(np.minimum, y, np.zeros_like(y), out=low)
        ops.call(np.greater, y, ops.constant(0), out=s)
        ops.call(np.multiply, s, ops.constant(self.scale - self.scale * self.alpha), s)
        ops.call(np.add, s, ops.constant(self.scale * self.alpha), s)
        ops.call(np.add, s, low, s)


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
        """S = sign(y − y²) / 6: zero where y is 0 or 1."""
        ops.call(np.multiply, y, y, s)
        ops.call(np.subtract, y, s, s)
        ops.call(np.sign, s, s)
        ops.call(np.multiply, s, ops.constant(1 / 6), s)


@_register
class Softsign(Activation):
    """f(z) = z / (1 + |z|), f′ = (1 − |y|)². Turian et al., 2009."""

    name, title, help = "softsign", "softsign", "Like tanh, but comes close to −1 and 1 much more slowly."

    def forward(self, ops: Recorder, y: Array) -> None:
        below = ops.empty(*y.shape)
        ops.call(np.abs, y, below)
        ops.call(np.add, below, ops.constant(1), below)
        ops.call(np.divide, y, below, y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.abs, y, s)
        ops.call(np.subtract, ops.constant(1), s, s)
        ops.call(np.multiply, s, s, s)


@_register
class Softplus(Activation):
    """f(z) = log(1 + eᶻ), f′ = 1 − e⁻ʸ. Dugas et al., 2001."""

    name, title, help, range = "softplus", "softplus", "A ReLU with a rounded corner; always above 0.", "positive"

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.logaddexp, y, np.zeros_like(y), out=y)  # log(exp(z) + exp(0)) without overflow

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.negative, y, s)
        ops.call(np.expm1, s, s)
        ops.call(np.negative, s, s)


@_register
class Sine(Activation):
    """f(z) = sin z, f′ = cos z. Sitzmann et al., 2020, with their ω₀ = 1; Keras has no such name."""

    name, title, help, early_slope = "sine", "sine", "A wave: the same output comes back again and again.", True

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.sin, y, y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(np.cos, y, s)


@_register
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
        ACTIVATIONS["sigmoid"].forward(ops, gate)
        return gate


@_register
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


@_register
class Step(Activation):
    """f(z) = 1 where z > 0, else 0; f′ = 0 everywhere, so no gradient passes. Rosenblatt, 1958; not in Keras."""

    name, title, range = "step", "step", "unit"
    help = "Fires or does not. It cannot be trained: its slope is 0, so the layers before it never change."

    def forward(self, ops: Recorder, y: Array) -> None:
        ops.call(np.greater, y, ops.constant(0), out=y)

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(s.fill, 0.0)


@_register
class Softmax(Activation):
    """f(z)ᵢ = exp(zᵢ) / Σⱼ exp(zⱼ), over the units; the largest z is subtracted first so that nothing overflows."""

    name, title, help, range = "softmax", "softmax", "Turns all units together into probabilities.", "unit"
    elementwise = False

    def forward(self, ops: Recorder, y: Array) -> None:
        row, spread, ones = ops.empty(1, y.shape[1]), ops.empty(*y.shape), np.ones((y.shape[0], 1), y.dtype)
        ops.call(np.maximum.reduce, y, 0, None, row, True)
        ops.dot(ones, row, spread)  # a product with ones copies the row below itself; half the time of broadcasting
        ops.call(np.subtract, y, spread, y)
        ops.call(np.exp, y, y)
        ops.dot(ones.T, y, row)
        ops.dot(ones, row, spread)
        ops.call(np.divide, y, spread, y)

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
