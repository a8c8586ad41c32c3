"""Stochastic gradient descent: straight downhill, with or without momentum."""

from typing import Annotated

import numpy as np

from playground.engine.optimizers.base import MOMENTUM, OPTIMIZERS, Optimizer, OptimizerState
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import flag


@OPTIMIZERS.register("sgd")
class SGD(Optimizer, frozen=True, tag="sgd"):
    """w ← w − η g; with momentum v ← μ v − η g, w ← w + v; with Nesterov w ← w + μ v − η g.

    PyTorch keeps v without η, which differs once the learning rate changes. Source: Sutskever et al., 2013.
    """

    title = "SGD"
    help = "Plain gradient descent: a small step downhill after each mini-batch."

    momentum: Annotated[float, MOMENTUM] = 0.0
    nesterov: Annotated[bool, flag("Nesterov", "Looks ahead along the momentum before it steps.")] = False

    @property
    def slots(self) -> tuple[str, ...]:
        """With momentum, the velocity v."""
        return ("velocity",) if self.momentum else ()

    def update(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
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
