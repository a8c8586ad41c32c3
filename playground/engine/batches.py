"""What belongs to the examples of one epoch, mini-batch by mini-batch: targets, and outputs kept for the loss."""

import numpy as np
from numpy.typing import DTypeLike

from playground.engine.recorder import Array


class Batches:
    """Room for ``numbers`` numbers of each of n examples, in contiguous blocks (numbers, batch), one per mini-batch.

    ``whole`` (mini-batches, numbers, batch) holds all full ones; ``rest`` (numbers, n modulo batch) the smaller last
    one, if any. Both are views of one vector.
    """

    def __init__(self, n: int, numbers: int, batch: int, dtype: DTypeLike) -> None:
        count = n // batch
        self._flat: Array = np.zeros(n * numbers, dtype)
        cut = count * batch * numbers
        self.whole = self._flat[:cut].reshape(count, numbers, batch)
        self.rest = self._flat[cut:].reshape(numbers, n - count * batch)

    def __getitem__(self, index: int) -> Array:
        """The block of mini-batch ``index``: (numbers, examples)."""
        block: Array = self.whole[index] if index < len(self.whole) else self.rest
        return block

    def assign(self, rows: Array) -> None:
        """Fill all blocks from one row per example: (n, numbers)."""
        count, numbers, batch = self.whole.shape
        cut = count * batch
        np.copyto(self.whole, rows[:cut].reshape(count, batch, numbers).transpose(0, 2, 1))
        np.copyto(self.rest, rows[cut:].T)

    def stretches(self, begin: int, end: int) -> list[Array]:
        """The blocks ``begin`` to ``end`` (not included) as arrays (mini-batches, numbers, batch) of equal sizes."""
        found = [self.whole[begin:end]] if begin < len(self.whole) else []
        return [*found, self.rest[None]] if end > len(self.whole) else found
