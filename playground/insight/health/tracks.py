"""Histograms with a history: the bins stay, so that moments can stand side by side as a heat map."""

import math
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.training.records import frozen

BINS = 48
"""Bins of every histogram; even, so that two can be merged into one where the range doubles."""

MOST_VALUES = 20_000
"""Numbers that are counted at most, evenly spread; more would not look different."""

MOST_MOMENTS = 160
"""Moments that a history keeps; then every second one goes, and new ones come half as often."""

LOW_POWER, HIGH_POWER = -9.0, 3.0
"""Sizes of gradients are counted by their decimal powers, from here to there; smaller ones stand in the first bin."""

Floats = NDArray[np.floating[Any]]


class Histogram(msgspec.Struct, frozen=True):
    """How numbers are spread. low, high: the ends of the bins, in powers of ten where ``powers``.

    counts: float32 (BINS,), the share of the numbers in each bin. history: float32 (moments, BINS), the same bins
    at earlier moments, oldest first; the last one is the present. center, spread: mean and standard deviation.
    """

    low: float
    high: float
    counts: NDArray[np.float32]
    history: NDArray[np.float32]
    powers: bool = False
    center: float = 0.0
    spread: float = 0.0


class Clock:
    """Decides which moments a history keeps; the tracks follow it."""

    def __init__(self) -> None:
        self.steps: list[int] = []
        self._gap = 0.0

    def tick(self, step: int) -> str:
        """What tracks must do for the moment ``step``: "append", "replace" the last one, "thin" out or begin "anew"."""
        if self.steps and step < self.steps[-1]:
            self.steps, self._gap = [step], 0.0
            return "anew"
        if self.steps and (step == self.steps[-1] or self._too_soon(step)):
            self.steps[-1] = step
            return "replace"
        if len(self.steps) >= MOST_MOMENTS:
            self.steps = [*self.steps[::2], step]
            self._gap = 2.0 * (step - self.steps[0]) / MOST_MOMENTS
            return "thin"
        self.steps.append(step)
        return "append"

    def _too_soon(self, step: int) -> bool:
        """Whether the last moment is still on its way to where the next one may stand."""
        return len(self.steps) > 1 and step - self.steps[-2] < self._gap


class Track:
    """The histograms of one kind of number over time.

    low, high: the first ends of the bins. grows: the range doubles where a number lies outside (both ends when it lies
    around 0), and earlier moments are put into the wider bins exactly. powers: counts log₁₀ of the sizes.
    """

    def __init__(self, low: float, high: float, *, grows: bool = False, powers: bool = False) -> None:
        self._low, self._high, self._grows, self._powers = low, high, grows, powers
        self._moments: list[NDArray[np.float32]] = []

    @classmethod
    def of_sizes(cls) -> "Track":
        """A track of sizes by their powers of ten."""
        return cls(LOW_POWER, HIGH_POWER, powers=True)

    def add(self, numbers: Floats, what: str) -> Histogram:
        """Count the present numbers, as the clock says; returns the picture of now and before."""
        stride = max(1, -(-numbers.size // MOST_VALUES))
        flat: NDArray[np.float64] = numbers.reshape(-1)[::stride].astype(np.float64)
        flat = flat[np.isfinite(flat)]
        counts = self._count(flat)
        if what == "anew":
            self._moments = []
        elif what == "thin":
            self._moments = self._moments[::2]
        elif what == "replace" and self._moments:
            self._moments.pop()
        self._moments.append(counts)
        center, spread = (float(flat.mean()), float(flat.std())) if flat.size else (0.0, 0.0)
        history = frozen(np.array(self._moments))
        return Histogram(self._low, self._high, counts, history, self._powers, center, spread)

    def _count(self, flat: NDArray[np.float64]) -> NDArray[np.float32]:
        if self._powers:
            flat = np.log10(np.maximum(np.abs(flat), 10.0**self._low))
        elif self._grows and flat.size:
            self._grow(float(np.abs(flat).max() if self._low < 0 else flat.max()))
        places = ((flat - self._low) * (BINS / (self._high - self._low))).astype(np.int64)
        counts = np.bincount(places.clip(0, BINS - 1), minlength=BINS) / max(1, flat.size)
        return frozen(counts.astype(np.float32))

    def _grow(self, reach: float) -> None:
        """Double the range until it holds ``reach``."""
        times = math.ceil(math.log2(reach / self._high)) if reach > self._high else 0
        for _ in range(times):
            self._moments = [self._merged(moment) for moment in self._moments]
            self._high *= 2.0
            self._low *= 2.0

    def _merged(self, counts: NDArray[np.float32]) -> NDArray[np.float32]:
        """The same numbers in bins of twice the width."""
        pairs = counts.reshape(-1, 2).sum(axis=1)
        wide = np.zeros(BINS, np.float32)
        start = BINS // 4 if self._low < 0 else 0
        wide[start : start + BINS // 2] = pairs
        return wide
