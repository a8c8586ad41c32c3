"""What belongs to the examples of one epoch, mini-batch by mini-batch: targets, and outputs kept for the loss."""

import numpy as np
from numpy.typing import DTypeLike, NDArray

from playground.engine.recorder import Array


class Batches:
    """Room for ``numbers`` numbers of each of n examples, in contiguous blocks (numbers, batch), one per mini-batch.

    ``whole`` (mini-batches, numbers, batch) holds all full ones; ``rest`` (numbers, n modulo batch) the smaller last
    one, if any. Both are views of one vector.
    """

    def __init__(self, n: int, numbers: int, batch: int, dtype: DTypeLike) -> None:
        count = n // batch
        self._flat: Array = np.zeros(n * numbers, dtype)
        self._rows = self._flat.reshape(n, 1) if numbers == 1 else np.zeros((n, numbers), dtype)
        cut = count * batch * numbers
        self.whole = self._flat[:cut].reshape(count, numbers, batch)
        self.rest = self._flat[cut:].reshape(numbers, n - count * batch)

    def __getitem__(self, index: int) -> Array:
        """The block of mini-batch ``index``: (numbers, examples)."""
        block: Array = self.whole[index] if index < len(self.whole) else self.rest
        return block

    def gather(self, rows: Array, order: NDArray[np.intp]) -> None:
        """Fill all blocks from one row per example, (n, numbers), in this order."""
        rows.take(order, 0, self._rows, "clip")
        count, numbers, batch = self.whole.shape
        if numbers > 1:  # else rows and blocks are the same
            cut = count * batch
            np.copyto(self.whole, self._rows[:cut].reshape(count, batch, numbers).transpose(0, 2, 1))
            np.copyto(self.rest, self._rows[cut:].T)

    def stretches(self, begin: int, end: int) -> list[Array]:
        """The blocks ``begin`` to ``end`` (not included) as arrays (mini-batches, numbers, batch) of equal sizes."""
        found = [self.whole[begin:end]] if begin < len(self.whole) else []
        return [*found, self.rest[None]] if end > len(self.whole) else found
