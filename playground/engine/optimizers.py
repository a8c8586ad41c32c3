"""Optimizers: how the gradient changes the weights a little; simplest first.

An optimizer sees two flat vectors, the parameters P and their gradient G, whatever the network looks like. It keeps
what it remembers in named arrays (``slots``) of the same length. Names, defaults and definitions follow Keras 3.
"""

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

import msgspec
import numpy as np

from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry
from playground.engine.settings import flag, number

_rate = number("Learning rate", "How far each update goes along the gradient.", gt=0, le=1e9, scale="log")


@dataclass
class OptimizerState:
    """What an optimizer keeps between steps. ``rate``: 0-d, writing into it changes the learning rate at once."""

    rate: Array
    slots: dict[str, Array] = field(default_factory=dict)
    steps: int = 0


class Optimizer(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base of all optimizers."""

    title: ClassVar[str]
    help: ClassVar[str]
    slots: ClassVar[tuple[str, ...]] = ()

    learning_rate: Annotated[float, _rate] = 0.01

    def record(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        """Record one update of the parameters ``p`` from their gradient ``g``; both flat."""
        raise NotImplementedError

    def same_kind(self, other: "Optimizer") -> bool:
        """Whether ``other``'s memory can be used on: all settings but the learning rate are equal."""
        return type(self) is type(other) and msgspec.structs.replace(other, learning_rate=self.learning_rate) == self


OPTIMIZERS: Registry[type[Optimizer]] = Registry("optimizer")


@OPTIMIZERS.register("sgd")
class SGD(Optimizer, frozen=True, tag="sgd"):
    """w ← w − η g; with momentum v ← μ v − η g, w ← w + v; with Nesterov w ← w + μ v − η g.

    Source: Sutskever et al., 2013.
    """

    title = "SGD"
    help = "Plain gradient descent: a small step downhill after each mini-batch."
    slots = ("velocity",)

    momentum: Annotated[
        float, number("Momentum", "How much of the last step's speed is kept.", ge=0, lt=1, step=0.1)
    ] = 0.0
    nesterov: Annotated[bool, flag("Nesterov", "Looks ahead along the momentum before it steps.")] = False

    def record(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        step = ops.empty(p.size)
        ops.call(np.multiply, g, state.rate, step)
        if not self.momentum:
            ops.call(np.subtract, p, step, p)
            return
        velocity, momentum = state.slots["velocity"], ops.constant(self.momentum)
        ops.call(np.multiply, velocity, momentum, velocity)
        ops.call(np.subtract, velocity, step, velocity)
        if not self.nesterov:
            ops.call(np.add, p, velocity, p)
            return
        ops.call(np.subtract, p, step, p)
        ops.call(np.multiply, velocity, momentum, step)
        ops.call(np.add, p, step, p)


@OPTIMIZERS.register("rmsprop")
class RMSprop(Optimizer, frozen=True, tag="rmsprop"):
    """v ← ρ v + (1 − ρ) g², w ← w − η g / √(v + ε); with momentum m ← μ m + that step, w ← w − m.

    Source: Tieleman & Hinton, lecture 6.5, 2012; ε stands under the root as in Keras 3.
    """

    title = "RMSprop"
    help = "Divides each weight's step by the recent size of its gradient."
    slots = ("velocity", "momentum")

    learning_rate: Annotated[float, _rate] = 0.001
    rho: Annotated[float, number("Rho", "How long past gradients are remembered.", ge=0, lt=1, step=0.05)] = 0.9
    momentum: Annotated[
        float, number("Momentum", "How much of the last step's speed is kept.", ge=0, lt=1, step=0.1)
    ] = 0.0
    epsilon: Annotated[
        float, number("Epsilon", "A small number that keeps the division finite.", gt=0, le=1, scale="log")
    ] = 1e-7

    def record(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        v, t, step = state.slots["velocity"], ops.empty(p.size), ops.empty(p.size)
        ops.call(np.multiply, v, ops.constant(self.rho), v)
        ops.call(np.multiply, g, g, t)
        ops.call(np.multiply, t, ops.constant(1 - self.rho), t)
        ops.call(np.add, v, t, v)
        ops.call(np.add, v, ops.constant(self.epsilon), t)
        ops.call(np.sqrt, t, t)
        ops.call(np.multiply, g, state.rate, step)
        ops.call(np.divide, step, t, step)
        if self.momentum:
            m = state.slots["momentum"]
            ops.call(np.multiply, m, ops.constant(self.momentum), m)
            ops.call(np.add, m, step, m)
            step = m
        ops.call(np.subtract, p, step, p)


@OPTIMIZERS.register("adam")
class Adam(Optimizer, frozen=True, tag="adam"):
    """m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², w ← w − α m / (√v + ε), α = η √(1 − β₂ᵗ) / (1 − β₁ᵗ).

    Source: Kingma & Ba, 2014, in the order of the remark in section 2; ε is Keras' epsilon hat.
    """

    title = "Adam"
    help = "Keeps a moving mean of the gradient and of its square, and steps evenly in all weights."
    slots = ("m", "v")

    learning_rate: Annotated[float, _rate] = 0.001
    beta_1: Annotated[float, number("Beta 1", "How long the mean gradient remembers.", ge=0, lt=1, step=0.05)] = 0.9
    beta_2: Annotated[float, number("Beta 2", "How long the mean square remembers.", ge=0, lt=1, step=0.001)] = 0.999
    epsilon: Annotated[
        float, number("Epsilon", "A small number that keeps the division finite.", gt=0, le=1, scale="log")
    ] = 1e-7

    def record(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        m, v, t, alpha = state.slots["m"], state.slots["v"], ops.empty(p.size), ops.constant(0)

        def correct_bias() -> None:
            """α for this step, in double precision."""
            state.steps += 1
            alpha[()] = state.rate * (1 - self.beta_2**state.steps) ** 0.5 / (1 - self.beta_1**state.steps)

        ops.call(correct_bias)
        ops.call(np.multiply, m, ops.constant(self.beta_1), m)
        ops.call(np.multiply, g, ops.constant(1 - self.beta_1), t)
        ops.call(np.add, m, t, m)
        ops.call(np.multiply, v, ops.constant(self.beta_2), v)
        ops.call(np.multiply, g, g, t)
        ops.call(np.multiply, t, ops.constant(1 - self.beta_2), t)
        ops.call(np.add, v, t, v)
        ops.call(np.sqrt, v, t)
        ops.call(np.add, t, ops.constant(self.epsilon), t)
        ops.call(np.divide, m, t, t)
        ops.call(np.multiply, t, alpha, t)
        ops.call(np.subtract, p, t, p)


AnyOptimizer = OPTIMIZERS.union()


def get(name: str, **settings: Any) -> Any:
    """The optimizer called ``name`` (exact Keras name) with these settings.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return OPTIMIZERS[name](**settings)
