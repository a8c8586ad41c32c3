"""Wrong labels on purpose: what a network makes of mistakes in its training data."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


def flipped(labels: Rows, classes: int, train: Rows, share: float, rng: np.random.Generator) -> tuple[Rows, Rows]:
    """Give a ``share`` (0..1) of the training examples another class.

    labels: int64 (n,); train: the rows that may be flipped. Returns the new labels (n,) and the flipped rows,
    ascending. With the same seed a larger share flips the same rows and some more, each to the same class.
    """
    order = rng.permutation(train)
    steps = rng.integers(1, max(classes, 2), len(train))
    count = round(share * len(train))
    rows = order[:count]
    result = labels.copy()
    result[rows] = (labels[rows] + steps[:count]) % max(classes, 2)
    return result, np.sort(rows)
