"""Log cosh: Huber without a corner."""

import numpy as np

from playground.engine.losses.base import LOSSES, Loss, over_outputs
from playground.engine.recorder import Array, Recorder


@LOSSES.register("log_cosh")
class LogCosh(Loss, frozen=True, tag="log_cosh"):
    """mean log cosh d = |d| + log(1 + exp(−2 |d|)) − log 2; d = p − t. Its slope is tanh d."""

    title = "log cosh"
    help = "Like Huber without a setting: nearly squares small differences, takes large ones as they are."

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        ops.call(np.subtract, p, t, g)
        ops.call(np.tanh, g, g)
        self.scale(ops, g)

    def each(self, p: Array, t: Array) -> Array:
        distance = np.abs(p - t)
        return over_outputs(distance + np.log1p(np.exp(-2 * distance)) - np.log(2))
