"""Mean squared error: large mistakes count most."""

import numpy as np

from playground.engine.losses.base import LOSSES, Loss, over_outputs
from playground.engine.recorder import Array, Recorder


@LOSSES.register("mean_squared_error")
class MeanSquaredError(Loss, frozen=True, tag="mean_squared_error"):
    """mean (p − t)²"""

    title = "mean squared error"
    help = "The mean of the squared differences: large mistakes count most."

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        ops.call(np.subtract, p, t, g)
        self.scale(ops, g, 2)

    def each(self, p: Array, t: Array) -> Array:
        return over_outputs(np.square(p - t))
