"""Mean absolute error: every mistake counts as it is."""

import numpy as np

from playground.engine.losses.base import LOSSES, Loss, over_outputs
from playground.engine.recorder import Array, Recorder


@LOSSES.register("mean_absolute_error")
class MeanAbsoluteError(Loss, frozen=True, tag="mean_absolute_error"):
    """mean |p − t|"""

    title = "mean absolute error"
    help = "The mean of the differences without their signs: outliers count less."

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        ops.call(np.subtract, p, t, g)
        ops.call(np.sign, g, g)
        self.scale(ops, g)

    def each(self, p: Array, t: Array) -> Array:
        return over_outputs(np.abs(p - t))
