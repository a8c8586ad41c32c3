"""A training step to look at: the same recorded calls as in training, with stops between them."""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine.program import Program
from playground.engine.recorder import Mark


class Walk(msgspec.Struct, frozen=True):
    """The next mini-batch of a training program. Going through ``marks`` trains on it, once, and stops at each mark.

    Marks: "sums" and "outputs" of each layer, "loss" (its gradient is there), "gradients" of each layer from the last
    back to ``first_trained``, "backward" (the gradient of the loss is complete), "clipped" (so is the one that the
    optimizer uses), "stepped" (before constraints).

    program: the arrays that it happens in. rows: its examples. targets: (outputs, batch). fused: loss and output
    activation are one, so that their gradient is that of the weighted sums. weights: how much each example counts,
    (batch,); None where all count alike.
    """

    program: Program
    rows: NDArray[np.intp]
    targets: NDArray[Any]
    fused: bool
    first_trained: int
    marks: Iterator[Mark]
    weights: NDArray[Any] | None = None
