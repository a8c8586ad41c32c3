"""The beginning and the end of the loss curves: moments that no finished epoch tells of."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.training.curves import Curves
from playground.training.records import RunState, Snapshot

NAMES = ("train_loss", "test_loss", "train_metric", "test_metric")
Arrays = Mapping[str, NDArray[Any]]

MOST = 1000
"""Moments kept of one epoch; beyond that every second one is left out."""


class Trail:
    """Collects what snapshots measured: before the first update, and since the last finished epoch.

    So the curve begins with the untrained network, a run that is stepped slowly has a curve from its first update on,
    and a change by hand is seen at once.
    """

    def __init__(self) -> None:
        self._points: list[tuple[float, ...]] = []
        self._last = (0, 0)
        self._steps_per_epoch = 1
        self._first = math.nan

    def restart(self, curves: Arrays) -> None:
        """Forget all; only the beginning stays where another run goes on with the same curves."""
        begun = len(curves["epoch"]) > 0 and float(curves["train_loss"][0]) == self._first
        self._points = [point for point in self._points if begun and point[0] == 0.0]
        if not self._points and "beginning" in curves:
            self._points = [(0.0, *curves["beginning"].tolist())]
        self._last = (0, 0)

    def take(self, snapshot: Snapshot, curves: Curves, steps_per_epoch: int, *, edited: bool = False) -> bool:
        """Add a moment and return whether it was added.

        While epochs fly by they say enough. The end of an epoch has a point already, the mean over its mini-batches;
        only what was ``edited`` there is worth another.
        """
        last, counters = curves.last, snapshot.counters
        new_epoch = self._forget(curves)
        self._steps_per_epoch = max(1, steps_per_epoch)
        flying = new_epoch and snapshot.state is RunState.RUNNING and snapshot.step_loss is None
        values = tuple(getattr(counters, name) for name in NAMES)
        if flying or counters.step < last[1] or values[0] is None:
            return False
        x = self._after(counters.step)
        if x == last[0] and counters.step > 0 and not edited:
            return False
        point = (x, *(math.nan if value is None else value for value in values))
        if self._points and self._points[-1][0] >= x:
            self._points.pop()
        self._points.append(point)
        if len(self._points) > MOST:
            del self._points[2::2]
        return True

    def arrays(self, curves: Curves, known: Arrays) -> Arrays:
        """The moments that are not in the curves: "epoch" with fractions, and a value each for every name.

        known: the curves' own arrays.
        """
        self._forget(curves)
        self._first = float(known["train_loss"][0]) if len(known["epoch"]) else math.nan
        columns = np.array(self._points, float).reshape(-1, 1 + len(NAMES)).T
        return dict(zip(("epoch", *NAMES), columns, strict=True))

    def place(self, step: int, arrays: Arrays) -> float:
        """Where a mini-batch stands among the epochs of the curves."""
        if step >= self._last[1] or not len(arrays["step"]):
            return self._after(step)
        return float(np.interp(step, [0, *arrays["step"]], [0, *arrays["epoch"]]))

    def _forget(self, curves: Curves) -> bool:
        """Leave what has become part of the curves to them; returns whether there is a new epoch."""
        last = curves.last
        if last == self._last:
            return False
        self._last = last
        self._points = [point for point in self._points if point[0] == 0.0 or point[0] > last[0]]
        return True

    def _after(self, step: int) -> float:
        """The place of a mini-batch after the last finished epoch, before the next one."""
        return self._last[0] + min(1.0, (step - self._last[1]) / self._steps_per_epoch)
