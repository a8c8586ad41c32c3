"""Optimizers that divide each weight's step by how large its gradients have been."""

from typing import Annotated

import numpy as np

from playground.engine.optimizers.base import (
    EPSILON,
    MOMENTUM,
    OPTIMIZERS,
    RATE,
    Optimizer,
    OptimizerState,
    moving_mean,
)
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import number

RHO = number("Rho", "How long past gradients are remembered.", ge=0, lt=1, step=0.05)


@OPTIMIZERS.register("adagrad")
class Adagrad(Optimizer, frozen=True, tag="adagrad"):
    """a ← a + g², w ← w − η g / √(a + ε); a starts at 0.1.

    PyTorch starts at 0 and has ε = 1e-10 behind the root. Source: Duchi et al., 2011.
    """

    title = "Adagrad"
    help = "Divides each weight's step by all its past gradients: the steps become smaller and smaller."

    learning_rate: Annotated[float, RATE] = 0.001
    initial_accumulator_value: Annotated[
        float, number("Initial accumulator", "The sum of squares before the first step.", ge=0, le=1e6)
    ] = 0.1
    epsilon: Annotated[float, EPSILON] = 1e-7

    @property
    def slots(self) -> tuple[str, ...]:
        """The sum a."""
        return ("accumulator",)

    def initial(self, slot: str) -> float:
        """The declared start of the sum."""
        return self.initial_accumulator_value

    def update(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        a, t, step = state.slots["accumulator"], ops.empty(p.size), ops.empty(p.size)
        ops.call(np.multiply, g, g, t)
        ops.call(np.add, a, t, a)
        root(ops, a, self.epsilon, t)
        ops.call(np.multiply, g, state.rate, step)
        ops.call(np.divide, step, t, step)
        ops.call(np.subtract, p, step, p)


@OPTIMIZERS.register("adadelta")
class Adadelta(Optimizer, frozen=True, tag="adadelta"):
    """v ← ρ v + (1 − ρ) g², d = g √(u + ε) / √(v + ε), u ← ρ u + (1 − ρ) d², w ← w − η d.

    The paper's η is 1, as PyTorch's is (with ρ = 0.9, ε = 1e-6); Keras' default is 0.001. Source: Zeiler, 2012.
    """

    title = "Adadelta"
    help = "Measures each weight's step by the size of its past steps; works with a learning rate of 1."

    learning_rate: Annotated[float, RATE] = 0.001
    rho: Annotated[float, RHO] = 0.95
    epsilon: Annotated[float, EPSILON] = 1e-7

    @property
    def slots(self) -> tuple[str, ...]:
        """The mean squares v of the gradients and u of the steps."""
        return ("squares", "steps")

    def update(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        v, u, t, step = state.slots["squares"], state.slots["steps"], ops.empty(p.size), ops.empty(p.size)
        ops.call(np.multiply, g, g, t)
        moving_mean(ops, v, t, self.rho, t)
        root(ops, u, self.epsilon, step)
        root(ops, v, self.epsilon, t)
        ops.call(np.multiply, step, g, step)
        ops.call(np.divide, step, t, step)
        ops.call(np.multiply, step, step, t)
        moving_mean(ops, u, t, self.rho, t)
        ops.call(np.multiply, step, state.rate, step)
        ops.call(np.subtract, p, step, p)


@OPTIMIZERS.register("rmsprop")
class RMSprop(Optimizer, frozen=True, tag="rmsprop"):
    """v ← ρ v + (1 − ρ) g², w ← w − η g / √(v + ε); with momentum m ← μ m + that step, w ← w − m.

    PyTorch has ρ = 0.99, ε = 1e-8 behind the root, and multiplies by η after the momentum.
    Source: Tieleman & Hinton, lecture 6.5, 2012; ε stands under the root as in Keras 3.
    """

    title = "RMSprop"
    help = "Divides each weight's step by the recent size of its gradient."

    learning_rate: Annotated[float, RATE] = 0.001
    rho: Annotated[float, RHO] = 0.9
    momentum: Annotated[float, MOMENTUM] = 0.0
    epsilon: Annotated[float, EPSILON] = 1e-7

    @property
    def slots(self) -> tuple[str, ...]:
        """The mean square v and, with momentum, the last step m."""
        return ("velocity", "momentum") if self.momentum else ("velocity",)

    def update(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        v, t, step = state.slots["velocity"], ops.empty(p.size), ops.empty(p.size)
        ops.call(np.multiply, g, g, t)
        moving_mean(ops, v, t, self.rho, t)
        root(ops, v, self.epsilon, t)
        ops.call(np.multiply, g, state.rate, step)
        ops.call(np.divide, step, t, step)
        if self.momentum:
            m = state.slots["momentum"]
            ops.call(np.multiply, m, ops.constant(self.momentum), m)
            ops.call(np.add, m, step, m)
            step = m
        ops.call(np.subtract, p, step, p)


def root(ops: Recorder, squares: Array, epsilon: float, out: Array) -> None:
    """Record out ← √(squares + ε)."""
    ops.call(np.add, squares, ops.constant(epsilon), out)
    ops.call(np.sqrt, out, out)
