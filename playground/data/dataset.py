"""What a data set is: inputs, targets, names and the split into training and test rows."""

import enum
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

DOMAIN = 6.0
"""Points of the plane lie in [-DOMAIN, DOMAIN] on both axes."""


class Task(enum.Enum):
    """What the network is asked for."""

    BINARY = "binary"
    MULTICLASS = "multiclass"
    REGRESSION = "regression"


@dataclass(frozen=True)
class Dataset:
    """Examples with their targets; all arrays are read-only.

    inputs: float32 (n, *shape), raw: points of the plane (n, 2) or images (n, height, width, channels) in 0..1.
    targets: float32 (n, outputs): 0/1 (binary), one-hot (multiclass), a number (regression).
    labels: int64 (n,) class of each example, None for regression.
    input_kind: "plane" or "image".
    train, test: int64 row numbers, ascending; together every row exactly once.
    drawn: whether images are ink (1) on nothing (0), as scans of writing are, and not brightnesses.
    flipped: int64 row numbers, ascending, of the training examples that were given a wrong label on purpose.
    """

    name: str
    task: Task
    inputs: NDArray[np.float32]
    targets: NDArray[np.float32]
    labels: NDArray[np.int64] | None
    class_names: tuple[str, ...]
    input_kind: str
    input_names: tuple[str, ...]
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    flipped: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    drawn: bool = True

    @property
    def n(self) -> int:
        """How many examples there are, training and test together."""
        return int(self.inputs.shape[0])

    @property
    def outputs(self) -> int:
        """How many numbers the network must predict for one example."""
        return int(self.targets.shape[1])
