"""Huber: squared near the target, straight far from it."""

from typing import Annotated

import numpy as np

from playground.engine.losses.base import LOSSES, Loss, over_outputs
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import number


@LOSSES.register("huber")
class Huber(Loss, frozen=True, tag="huber"):
    """mean of ½ d² where |d| ≤ δ, else δ |d| − ½ δ²; d = p − t. Its slope is d, cut off at ±δ.

    Source: Huber, 1964. PyTorch's SmoothL1Loss is this divided by δ.
    """

    title = "Huber"
    help = "Squares small differences and takes large ones as they are: outliers count less, and the bottom is smooth."

    delta: Annotated[float, number("Delta", "Differences up to this size are squared.", gt=0, le=1e6, scale="log")] = (
        1.0
    )

    def seed(self, ops: Recorder, p: Array, t: Array, g: Array) -> None:
        ops.call(np.subtract, p, t, g)
        ops.call(np.clip, g, ops.constant(-self.delta), ops.constant(self.delta), out=g)
        self.scale(ops, g)

    def each(self, p: Array, t: Array) -> Array:
        distance = np.abs(p - t)
        near = np.minimum(distance, self.delta)
        return over_outputs(near * (distance - 0.5 * near))
