"""Borders: arrays as users have them (examples first, images with channels last), checked and put into memory order."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from playground.engine.errors import BuildError
from playground.engine.losses import Loss
from playground.engine.recorder import Array
from playground.engine.tensors import Shape


def examples(x: ArrayLike, input_shape: Shape, dtype: DTypeLike) -> Array:
    """The examples x (n, *input_shape) as (n, numbers per example).

    Raises:
        BuildError: when the shape differs, or numbers are not finite.
    """
    given = _numbers(x, "inputs", dtype)
    if given.shape[1:] != input_shape or not len(given):
        raise BuildError(f"The inputs have shape {given.shape}; the network needs (n, {_words(input_shape)}).")
    return _rows(given)


def targets(y: ArrayLike, loss: Loss, output_shape: Shape, dtype: DTypeLike) -> NDArray[Any]:
    """The targets y (n, *output_shape), or as the loss takes them else, as (n, numbers per example).

    Raises:
        BuildError: when the shape differs, numbers are not finite, or the loss cannot take the values.
    """
    given = loss.prepare(_numbers(y, "targets", np.float64), output_shape)
    if given.shape[1:] != output_shape:
        raise BuildError(
            f"The targets have shape {given.shape}; the network's output needs (n, {_words(output_shape)})."
        )
    return _rows(_numbers(given, "targets", dtype))


def public(output: Array) -> Array:
    """A copy of (units, batch) as (batch, units), or (channels, height, width, batch) with channels last."""
    return (output.transpose(3, 1, 2, 0) if output.ndim == 4 else output.T).copy()


def _numbers(given: ArrayLike, name: str, dtype: DTypeLike) -> NDArray[Any]:
    """What is given as an array of finite numbers."""
    try:
        with np.errstate(over="ignore"):
            array = np.asarray(given, dtype)
    except (TypeError, ValueError) as error:
        raise BuildError(f"The {name} are not an array of numbers: {error}.") from error
    if not np.isfinite(array).all():
        raise BuildError(f"The {name} hold values that are not finite numbers; remove or replace them.")
    return array


def _rows(given: NDArray[Any]) -> NDArray[Any]:
    return (given.transpose(0, 3, 1, 2) if given.ndim == 4 else given).reshape(len(given), -1)


def _words(shape: Shape) -> str:
    return ", ".join(map(str, shape))
