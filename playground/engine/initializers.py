"""Initializers: the numbers that weights start with; simplest first. Names, defaults and definitions follow Keras 3.

The rules of Glorot, He and LeCun keep signals at an even size from layer to layer: their variance falls with the number
of inputs (fan_in) and outputs (fan_out) of a unit. PyTorch draws the weights of its Linear layers by another rule,
uniform within ±1/√fan_in.
"""

import math
from typing import Annotated, Any, ClassVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine.registry import Registry
from playground.engine.settings import number

Values = NDArray[np.float64]
Shape = tuple[int, ...]

_MEAN = number("Mean", "The middle of the numbers.", ge=-1e6, le=1e6)
_SPREAD = number("Standard deviation", "How far the numbers spread.", ge=0, le=1e6)


class Initializer(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base of all initializers."""

    title: ClassVar[str]
    help: ClassVar[str]

    def draw(self, shape: Shape, rng: np.random.Generator) -> Values:
        """Numbers for a kernel in Keras' shape, (inputs, units) or (height, width, inputs, units), or a bias."""
        raise NotImplementedError


INITIALIZERS: Registry[type[Initializer]] = Registry("initializer")


@INITIALIZERS.register("zeros")
class Zeros(Initializer, frozen=True, tag="zeros"):
    """0; right for biases, but units that start the same stay the same."""

    title, help = "zeros", "All 0: right for biases; kernels of a hidden layer would never come apart."

    def draw(self, shape: Shape, rng: np.random.Generator) -> Values:
        return np.zeros(shape)


@INITIALIZERS.register("ones")
class Ones(Initializer, frozen=True, tag="ones"):
    """1"""

    title, help = "ones", "All 1."

    def draw(self, shape: Shape, rng: np.random.Generator) -> Values:
        return np.ones(shape)


@INITIALIZERS.register("constant")
class Constant(Initializer, frozen=True, tag="constant"):
    """One value everywhere: 0.1 by default (Keras: 0.0, the same as zeros)."""

    title, help = "constant", "All the same number, 0.1: as a bias it keeps ReLU units alive at first."

    value: Annotated[float, number("Value", "The number.", ge=-1e6, le=1e6)] = 0.1

    def draw(self, shape: Shape, rng: np.random.Generator) -> Values:
        return np.full(shape, self.value)


@INITIALIZERS.register("random_uniform")
class RandomUniform(Initializer, frozen=True, tag="random_uniform"):
    """Evenly from minval to maxval."""

    title, help = "random uniform", "Any number from −0.05 to 0.05, all equally likely."

    minval: Annotated[float, number("Least", "The smallest number.", ge=-1e6, le=1e6)] = -0.05
    maxval: Annotated[float, number("Most", "The largest number.", ge=-1e6, le=1e6)] = 0.05

    def draw(self, shape: Shape, rng: np.random.Generator) -> Values:
        return rng.uniform(self.minval, self.maxval, shape)


@INITIALIZERS.register("random_normal")
class RandomNormal(Initializer, frozen=True, tag="random_normal"):
    """From the bell curve around ``mean``."""

    title, help = "random normal", "Small numbers around 0 from the bell curve."

    mean: Annotated[float, _MEAN] = 0.0
    stddev: Annotated[float, _SPREAD] = 0.05

    def draw(self, shape: Shape, rng: np.random.Generator) -> Values:
        return rng.normal(self.mean, self.stddev, shape)


@INITIALIZERS.register("truncated_normal")
class TruncatedNormal(Initializer, frozen=True, tag="truncated_normal"):
    """From the bell curve around ``mean``, drawn again where farther away than 2 standard deviations."""

    title, help = "truncated normal", "The bell curve without its rare far numbers."

    mean: Annotated[float, _MEAN] = 0.0
    stddev: Annotated[float, _SPREAD] = 0.05

    def draw(self, shape: Shape, rng: np.random.Generator) -> Values:
        return self.mean + self.stddev * within_two(shape, rng)


class VarianceScaling(Initializer, frozen=True):
    """Base of the rules below: variance scale / n with n = fan_in, or the mean of fan_in and fan_out.

    uniform: evenly within ±√(3 scale / n). normal: the truncated bell curve, widened so that its variance is right.
    """

    scale: ClassVar[float]
    average: ClassVar[bool]
    normal: ClassVar[bool]

    def draw(self, shape: Shape, rng: np.random.Generator) -> Values:
        fan_in, fan_out = fans(shape)
        n = max(1.0, (fan_in + fan_out) / 2 if self.average else fan_in)
        if self.normal:
            return math.sqrt(self.scale / n) / SPREAD_WITHIN_TWO * within_two(shape, rng)
        limit = math.sqrt(3 * self.scale / n)
        return rng.uniform(-limit, limit, shape)


@INITIALIZERS.register("glorot_uniform")
class GlorotUniform(VarianceScaling, frozen=True, tag="glorot_uniform"):
    """Evenly within ±√(6 / (fan_in + fan_out)). Source: Glorot & Bengio, 2010."""

    title, help = "Glorot uniform", "Suits tanh, sigmoid and softmax; the usual choice."
    scale, average, normal = 1.0, True, False


@INITIALIZERS.register("glorot_normal")
class GlorotNormal(VarianceScaling, frozen=True, tag="glorot_normal"):
    """Variance 2 / (fan_in + fan_out). Source: Glorot & Bengio, 2010."""

    title, help = "Glorot normal", "As Glorot uniform, but from the bell curve."
    scale, average, normal = 1.0, True, True


@INITIALIZERS.register("he_uniform")
class HeUniform(VarianceScaling, frozen=True, tag="he_uniform"):
    """Evenly within ±√(6 / fan_in). Source: He et al., 2015."""

    title, help = "He uniform", "Suits ReLU and its relatives, which cut off half of the signal."
    scale, average, normal = 2.0, False, False


@INITIALIZERS.register("he_normal")
class HeNormal(VarianceScaling, frozen=True, tag="he_normal"):
    """Variance 2 / fan_in. Source: He et al., 2015."""

    title, help = "He normal", "As He uniform, but from the bell curve."
    scale, average, normal = 2.0, False, True


@INITIALIZERS.register("lecun_uniform")
class LecunUniform(VarianceScaling, frozen=True, tag="lecun_uniform"):
    """Evenly within ±√(3 / fan_in). Source: LeCun et al., *Efficient BackProp*, 1998."""

    title, help = "LeCun uniform", "Keeps the size of a signal that passes unbent."
    scale, average, normal = 1.0, False, False


@INITIALIZERS.register("lecun_normal")
class LecunNormal(VarianceScaling, frozen=True, tag="lecun_normal"):
    """Variance 1 / fan_in. Source: LeCun et al., 1998; Klambauer et al., 2017, for SELU."""

    title, help = "LeCun normal", "As LeCun uniform, but from the bell curve; belongs to SELU."
    scale, average, normal = 1.0, False, True


@INITIALIZERS.register("orthogonal")
class Orthogonal(Initializer, frozen=True, tag="orthogonal"):
    """Columns (or rows) at right angles and of length ``gain``: Q of the QR decomposition of random numbers.

    Source: Saxe et al., 2013. For kernels only; inputs and positions together are the rows.
    """

    title, help = "orthogonal", "Weights at right angles to each other: no direction grows or shrinks."

    gain: Annotated[float, number("Gain", "The length of the columns.", gt=0, le=1e6)] = 1.0

    def draw(self, shape: Shape, rng: np.random.Generator) -> Values:
        rows, columns = math.prod(shape[:-1]), shape[-1]
        q, r = np.linalg.qr(rng.standard_normal((max(rows, columns), min(rows, columns))))
        q *= np.sign(np.diag(r))
        return self.gain * np.reshape(q if rows >= columns else q.T, shape)


SPREAD_WITHIN_TWO = 0.87962566103423978
"""The standard deviation of the bell curve cut off at ±2."""


def within_two(shape: Shape, rng: np.random.Generator) -> Values:
    """Numbers from the bell curve, drawn again until all lie within ±2."""
    values = rng.standard_normal(shape)
    while (far := np.abs(values) > 2).any():
        values[far] = rng.standard_normal(int(far.sum()))
    return values


def fans(shape: Shape) -> tuple[int, int]:
    """How many numbers feed a unit (fan_in) and how many it feeds (fan_out), for a kernel or a bias."""
    if len(shape) < 2:
        return math.prod(shape), math.prod(shape)
    field = math.prod(shape[:-2])
    return field * shape[-2], field * shape[-1]


def names_for_bias() -> tuple[str, ...]:
    """The initializers that a single row of numbers can have."""
    return tuple(name for name in INITIALIZERS if name != "orthogonal")


def get(name: str, **settings: Any) -> Any:
    """The initializer called ``name`` (exact Keras name) with these settings.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return INITIALIZERS[name](**settings)
