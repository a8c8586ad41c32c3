"""Which part of the plane a picture of points shows, kept steady while the points move."""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine import activations

MARGIN = 0.06
"""Room around the points on each side, as a share of what is shown."""

PACE = 0.15
"""Share of the way by which a window follows points that draw together; to those that part it opens at once."""

Floats = NDArray[np.floating[Any]]
Limits = tuple[float, float]

BOUNDED: dict[str, Limits] = {"tanh": (-1.0, 1.0), "softsign": (-1.0, 1.0), "sine": (-1.0, 1.0)}
"""Activations with known ends, besides those whose range is 0..1."""


def limits_of(activation: str) -> Limits | None:
    """Between which values an activation's outputs lie; None where there are no such ends."""
    return (0.0, 1.0) if activations.get(activation).range == "unit" else BOUNDED.get(activation)


class Window(msgspec.Struct, frozen=True):
    """A rectangle of the plane, from ``low`` (left, bottom) to ``high`` (right, top), with its margin."""

    low: tuple[float, float]
    high: tuple[float, float]

    @classmethod
    def around(
        cls, points: Floats, limits: Limits | None = None, *, strip: bool = False, before: "Window | None" = None
    ) -> "Window":
        """The window for points (n, 2): a square, or for a ``strip`` as wide as its values and 0..1 high.

        ``limits``: show from here to there, wherever the points are. ``before``: the last window, to keep it steady.
        """
        seen = points[np.isfinite(points).all(axis=1)].astype(np.float64)
        if limits is not None:
            low, high = np.full(2, limits[0]), np.full(2, limits[1])
        elif len(seen):
            low, high = seen.min(axis=0), seen.max(axis=0)
        else:
            low, high = np.full(2, -1.0), np.full(2, 1.0)
        reach = np.maximum(high - low, 1e-6)
        low, high = low - MARGIN * reach, high + MARGIN * reach
        if before is not None and limits is None:
            low = np.minimum(low, before.low + PACE * (low - before.low))
            high = np.maximum(high, before.high + PACE * (high - before.high))
        if strip:
            low[1], high[1] = -MARGIN, 1.0 + MARGIN
        else:
            middle, half = (low + high) / 2, (high - low).max() / 2
            low, high = middle - half, middle + half
        return cls((float(low[0]), float(low[1])), (float(high[0]), float(high[1])))

    def unit(self, points: Floats) -> NDArray[np.float64]:
        """Where points (…, 2) stand in the window: 0..1 from left to right and from top to bottom."""
        low, high = np.array(self.low), np.array(self.high)
        places: NDArray[np.float64] = (points - low) / (high - low)
        places[..., 1] = 1.0 - places[..., 1]
        return places
