"""Training curves of bounded size: a million epochs take no more memory than an hour's.

Each stored point covers ``stride`` epochs. When all points are used, neighbours merge and the stride doubles, so the
extremes of every curve survive (minimum and maximum) beside its mean.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.training.records import Counters, EpochRecord

LIMIT = 4096
"""Stored points per curve at most."""

NAMES = ("train_loss", "test_loss", "train_metric", "test_metric", "learning_rate")
"""The curves, as the fields of an EpochRecord."""

_PENDING = 256
"""Records that wait before they are entered together; appending one by one would cost far more."""

_COLUMNS = [EpochRecord._fields.index(name) for name in NAMES]


class Curves:
    """Collects epoch records; unknown values (None) leave a gap, not a zero."""

    def __init__(self, limit: int = LIMIT) -> None:
        if limit < 2 or limit % 2:
            raise ValueError(f"The limit of points is {limit}; it must be an even number of at least 2.")
        self._limit = limit
        self._pending: list[EpochRecord] = []
        self._stride = 1
        self._size = 0
        self._epochs = np.zeros((2, limit))  # first and last epoch of each point
        self._steps = np.zeros(limit)
        self._rows = np.zeros(limit, np.int64)  # records in each point
        shape = (len(NAMES), limit)
        self._counts, self._sums = np.zeros(shape, np.int64), np.zeros(shape)
        self._low, self._high = np.full(shape, np.inf), np.full(shape, -np.inf)
        self._beginning: NDArray[Any] | None = None

    def begin(self, counters: Counters) -> None:
        """Remember what was measured before the first update; nothing where nothing was."""
        if counters.train_loss is None:
            return
        values = (counters.train_loss, counters.test_loss, counters.train_metric, counters.test_metric)
        self._beginning = np.array([np.nan if value is None else value for value in values])

    def append(self, record: EpochRecord) -> None:
        """Add one epoch."""
        self._pending.append(record)
        if len(self._pending) >= _PENDING:
            self._flush()

    def __len__(self) -> int:
        """How many points each curve has now."""
        self._flush()
        return self._size

    @property
    def last(self) -> tuple[int, int]:
        """The last finished epoch, and the mini-batches up to its end; (0, 0) before the first."""
        if self._pending:
            return self._pending[-1].epoch, self._pending[-1].step
        if not self._size:
            return 0, 0
        return int(self._epochs[1, self._size - 1]), int(self._steps[self._size - 1])

    @property
    def stride(self) -> int:
        """How many epochs each stored point covers (the last one may cover fewer)."""
        self._flush()
        return self._stride

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Read-only arrays, one value per point.

        "epoch" (the last of each point), "first_epoch", "step", "rows" (epochs in the point), and for each name in
        NAMES: "train_loss" (mean), "train_loss_min", "train_loss_max", "train_loss_count"; NaN where nothing is
        known. "stride" holds one number; "beginning" the first four of NAMES before the first update, where measured.
        """
        self._flush()
        n = self._size
        counts = self._counts[:, :n]
        known = counts > 0
        means = np.divide(self._sums[:, :n], counts, out=np.full(counts.shape, np.nan), where=known)
        result: dict[str, NDArray[Any]] = {
            "epoch": self._epochs[1, :n].astype(np.int64),
            "first_epoch": self._epochs[0, :n].astype(np.int64),
            "step": self._steps[:n].astype(np.int64),
            "rows": self._rows[:n].copy(),
            "stride": np.array([self._stride], np.int64),
        }
        for i, name in enumerate(NAMES):
            result[name] = means[i]
            result[name + "_min"] = np.where(known[i], self._low[i, :n], np.nan)
            result[name + "_max"] = np.where(known[i], self._high[i, :n], np.nan)
            result[name + "_count"] = counts[i].copy()
        if self._beginning is not None:
            result["beginning"] = self._beginning.copy()
        for array in result.values():
            array.flags.writeable = False
        return result

    def until(self, epoch: int) -> dict[str, NDArray[Any]]:
        """The arrays of the points up to ``epoch``."""
        arrays = self.arrays()
        count = int(np.searchsorted(arrays["epoch"], epoch, side="right"))
        return {name: array if name in ("stride", "beginning") else array[:count] for name, array in arrays.items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], limit: int = LIMIT) -> "Curves":
        """The curves that ``arrays()`` gave; no arrays give empty curves.

        Raises:
            ValueError: when an array is missing or has another length than the rest.
        """
        curves = cls(limit)
        if not arrays:
            return curves
        columns = [name + end for name in NAMES for end in ("", "_min", "_max", "_count")]
        missing = [name for name in ("epoch", "first_epoch", "step", "rows", "stride", *columns) if name not in arrays]
        if missing:
            raise ValueError(f"The curves lack {', '.join(missing)}.")
        n = len(arrays["epoch"])
        if n > limit or any(arrays[name].shape != (n,) for name in ("first_epoch", "step", "rows", *columns)):
            raise ValueError(f"The curves do not hold {n} points each (at most {limit}).")
        beginning = arrays.get("beginning")
        if beginning is not None:
            if beginning.shape != (4,):
                raise ValueError(f"The beginning of the curves has the shape {beginning.shape}, not (4,).")
            curves._beginning = np.array(beginning, float)
        curves._size, curves._stride = n, max(1, int(arrays["stride"].reshape(-1)[0]))
        curves._epochs[:, :n] = arrays["first_epoch"], arrays["epoch"]
        curves._steps[:n], curves._rows[:n] = arrays["step"], arrays["rows"]
        for i, name in enumerate(NAMES):
            count = arrays[name + "_count"]
            known = count > 0
            curves._counts[i, :n] = count
            curves._sums[i, :n] = np.where(known, arrays[name] * count, 0.0)
            curves._low[i, :n] = np.where(known, arrays[name + "_min"], np.inf)
            curves._high[i, :n] = np.where(known, arrays[name + "_max"], -np.inf)
        return curves

    def _flush(self) -> None:
        """Enter the waiting records, merging points as often as it takes."""
        if not self._pending:
            return
        table = np.array(self._pending, float)  # None becomes NaN
        self._pending.clear()
        while len(table):
            room = self._stride - int(self._rows[self._size - 1]) if self._size else 0
            if room == 0 and self._size == self._limit:
                self._halve()
                continue
            most = room + (self._limit - self._size) * self._stride
            self._enter(table[:most], room)
            table = table[most:]

    def _enter(self, table: NDArray[Any], room: int) -> None:
        """Add rows: the first ``room`` to the open point, the rest to new points of ``stride`` rows each."""
        starts = np.arange(room, len(table), self._stride)
        if room:
            starts = np.concatenate(([0], starts))
            first = self._size - 1
        else:
            first = self._size
        points = slice(first, first + len(starts))
        ends = np.append(starts[1:], len(table))
        new = slice(self._size, points.stop)
        self._epochs[0, new] = table[starts[len(starts) - (points.stop - self._size) :], 0]
        self._epochs[1, points], self._steps[points] = table[ends - 1, 0], table[ends - 1, 1]
        self._rows[points] += ends - starts
        values = table[:, _COLUMNS].T
        known = np.isfinite(values)
        self._counts[:, points] += np.add.reduceat(known.astype(np.int64), starts, axis=1)
        self._sums[:, points] += np.add.reduceat(np.where(known, values, 0.0), starts, axis=1)
        low = np.minimum.reduceat(np.where(known, values, np.inf), starts, axis=1)
        high = np.maximum.reduceat(np.where(known, values, -np.inf), starts, axis=1)
        self._low[:, points] = np.minimum(self._low[:, points], low)
        self._high[:, points] = np.maximum(self._high[:, points], high)
        self._size = points.stop

    def _halve(self) -> None:
        """Merge each pair of neighbours; the stride doubles."""
        half = self._limit // 2
        self._epochs[0, :half], self._epochs[1, :half] = self._epochs[0, 0::2].copy(), self._epochs[1, 1::2].copy()
        self._steps[:half] = self._steps[1::2].copy()
        self._rows[:half] = self._rows[0::2] + self._rows[1::2]
        for table, merge, rest in (
            (self._counts, np.add, 0),
            (self._sums, np.add, 0.0),
            (self._low, np.minimum, np.inf),
            (self._high, np.maximum, -np.inf),
        ):
            table[:, :half] = merge(table[:, 0::2], table[:, 1::2])
            table[:, half:] = rest
        self._rows[half:] = 0
        self._size, self._stride = half, self._stride * 2
