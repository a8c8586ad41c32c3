"""True targets: classes as numbers or one-hot, values that a loss can take, and weights of the examples."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.errors import BuildError
from playground.engine.metrics import decisions

Values = NDArray[Any]


def one_hot(y: Values, classes: int) -> Values:
    """Class numbers (n,) or (n, 1) from 0 as rows with a single 1, (n, classes); anything else as it is.

    Raises:
        BuildError: for a class number that is not whole or not below ``classes``.
    """
    if y.ndim > 2 or (y.ndim == 2 and y.shape[1] != 1) or classes < 2:
        return y
    numbers = y.reshape(-1)
    wrong = numbers[~((numbers >= 0) & (numbers < classes) & (numbers == np.floor(numbers)))]
    if wrong.size:
        raise BuildError(
            f"There is a class {wrong[0]:g}, but {classes} outputs stand for the classes 0 to {classes - 1}."
        )
    return np.eye(classes)[numbers.astype(np.int64)]


def from_zero_to_one(y: Values, loss: str) -> Values:
    """Return y, if all values lie from 0 to 1; else raise BuildError."""
    _refuse(y[(y < 0) | (y > 1)], f"{_named(loss)} needs targets from 0 to 1", "mean squared error")
    return y


def two_sides(y: Values, loss: str) -> Values:
    """Return y, if all values are 0 or 1, or −1 or 1; else raise BuildError."""
    _refuse(
        y[(y != 0) & (np.abs(y) != 1)], f"The {loss} loss needs targets 0 and 1 (or −1 and 1)", "mean squared error"
    )
    return y


def not_negative(y: Values, loss: str) -> Values:
    """Return y, if no value is negative; else raise BuildError."""
    _refuse(y[y < 0], f"The {loss} loss needs targets that are counts, 0 or more", "mean squared error")
    return y


def example_weights(
    y: Values, sample_weight: ArrayLike | None = None, class_weight: Mapping[int, float] | None = None
) -> NDArray[np.floating[Any]] | None:
    """How much each example counts, (n,): its own weight times that of its class; None when all count the same.

    y: prepared targets (n, outputs). class_weight: by class number; classes that are not named have weight 1. Keras
    refuses both kinds at once; here they multiply.

    Raises:
        BuildError: when weights are negative, not finite or not one per example.
    """
    if sample_weight is None and class_weight is None:
        return None
    weights = np.ones(len(y)) if sample_weight is None else np.array(sample_weight, np.float64)
    if weights.shape != (len(y),):
        raise BuildError(f"The sample weights have shape {weights.shape}; there must be one per example, ({len(y)},).")
    if class_weight is not None:
        classes = decisions(y)
        for number, weight in class_weight.items():
            weights[classes == number] *= weight
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise BuildError("Weights of examples and classes must be finite numbers, 0 or more.")
    return weights


def _named(loss: str) -> str:
    return loss[:1].upper() + loss[1:]


def _refuse(wrong: Values, need: str, other: str) -> None:
    if wrong.size:
        raise BuildError(f"{need}, but there is {wrong.flat[0]:g}; choose {other} for other numbers.")
