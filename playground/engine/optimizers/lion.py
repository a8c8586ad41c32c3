"""Lion: only the sign of a mean gradient counts."""

from typing import Annotated

import numpy as np

from playground.engine.optimizers.base import OPTIMIZERS, RATE, Optimizer, OptimizerState, moving_mean
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import number


@OPTIMIZERS.register("lion")
class Lion(Optimizer, frozen=True, tag="lion"):
    """w ← w − η sign(β₁ m + (1 − β₁) g), then m ← β₂ m + (1 − β₂) g.

    Not in PyTorch. Source: Chen et al., 2023.
    """

    title = "Lion"
    help = "Moves every weight by the same small step, up or down; wants a smaller learning rate than Adam."

    learning_rate: Annotated[float, RATE] = 0.001
    beta_1: Annotated[float, number("Beta 1", "How much of the mean counts in a step.", ge=0, lt=1, step=0.05)] = 0.9
    beta_2: Annotated[float, number("Beta 2", "How long the mean gradient remembers.", ge=0, lt=1, step=0.01)] = 0.99

    @property
    def slots(self) -> tuple[str, ...]:
        """The mean m."""
        return ("m",)

    def update(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        m, t, step = state.slots["m"], ops.empty(p.size), ops.empty(p.size)
        ops.call(np.multiply, m, ops.constant(self.beta_1), step)
        ops.call(np.multiply, g, ops.constant(1 - self.beta_1), t)
        ops.call(np.add, step, t, step)
        ops.call(np.sign, step, step)
        ops.call(np.multiply, step, state.rate, step)
        ops.call(np.subtract, p, step, p)
        moving_mean(ops, m, g, self.beta_2, t)
