"""Bring the columns of a table to one size: networks train best when every input scatters by about 1.

What to subtract and to divide by is learned from the training rows only, so that nothing of the test rows leaks into
training (Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, section 7.10).
"""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

SCALINGS = ("standard", "min-max", "none")
"""Mean 0 and standard deviation 1; from −1 to 1; as they are."""

Floats = NDArray[np.floating[Any]]

_LARGEST = float(np.finfo(np.float32).max)


class Scaling(msgspec.Struct, frozen=True):
    """``(x − offset) / size``, column by column; offset, size: float64 (k,)."""

    offset: NDArray[np.float64]
    size: NDArray[np.float64]

    @classmethod
    def fit(cls, kind: str, rows: Floats) -> "Scaling":
        """Learn from training rows (n, k) how to scale. Columns that hold only 0 and 1, or one value, stay as they are.

        kind: one of ``SCALINGS``.
        """
        count = rows.shape[1]
        offset, size = np.zeros(count), np.ones(count)
        if kind == "none" or not len(rows):
            return cls(offset, size)
        low, high = rows.min(axis=0).astype(np.float64), rows.max(axis=0).astype(np.float64)
        if kind == "standard":
            center, spread = rows.mean(axis=0, dtype=np.float64), rows.std(axis=0, dtype=np.float64)
        else:
            center, spread = (low + high) / 2, (high - low) / 2
        flags = np.array([np.isin(rows[:, column], (0.0, 1.0)).all() for column in range(count)])
        free = ~flags & (high > low) & (spread > 0)
        offset[free], size[free] = center[free], spread[free]
        return cls(offset, size)

    def apply(self, rows: Floats) -> NDArray[np.float32]:
        """Scale rows (n, k); what would leave the range of float32 gets its largest or smallest number."""
        scaled = (rows - self.offset) / self.size
        return np.clip(scaled, -_LARGEST, _LARGEST, out=scaled).astype(np.float32)

    def undo(self, scaled: Floats) -> NDArray[np.float64]:
        """The raw numbers of scaled rows (n, k)."""
        raw: NDArray[np.float64] = scaled * self.size + self.offset
        return raw
