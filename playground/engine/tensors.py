"""Tensors: the arrays between the layers of a running network, batch last.

At public borders an image is (height, width, channels); in memory it is (channels, height, width, batch), so that a
channel is one contiguous run of numbers. A list of numbers is (units, batch).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[np.floating[Any]]
Shape = tuple[int, ...]


def size(shape: Shape) -> int:
    """How many numbers an array of this shape holds."""
    return math.prod(shape)


def in_memory(shape: Shape) -> Shape:
    """The order in which the numbers of one example lie in memory: channels first for images."""
    return (shape[2], shape[0], shape[1]) if len(shape) == 3 else shape


def same_order(shape: Shape) -> bool:
    """Whether one example's numbers lie in memory in the order of the public shape."""
    return len(shape) != 3 or shape[2] == 1 or shape[0] * shape[1] == 1


@dataclass
class Tensor:
    """The output of one layer in a running network, with the gradient of the loss with respect to it.

    shape: without the batch, as at public borders (units,) or (height, width, channels).
    value, gradient, slope: (numbers per example, batch). ``value1`` and ``gradient1`` have one row more: the row of
    ones that makes the bias one more row of the weights. ``gradient`` is None where nobody needs it (the input).
    start: the first row in the arrays that ``make_tensors`` made for all.
    """

    shape: Shape
    value: Array
    value1: Array
    gradient: Array | None = None
    gradient1: Array | None = None
    slope: Array | None = None
    start: int = 0

    def natural(self, array: Array) -> Array:
        """A view of value, gradient or slope: images as (channels, height, width, batch), lists as (units, batch)."""
        return array.reshape(*in_memory(self.shape), array.shape[1]) if len(self.shape) > 1 else array

    def public(self, array: Array) -> Array:
        """A view of value, gradient or slope in the public order: images as (height, width, channels, batch)."""
        natural = self.natural(array)
        return natural.transpose(1, 2, 0, 3) if natural.ndim == 4 else natural

    def by_channel(self, array: Array) -> Array:
        """A view of value, gradient or slope as (channels, places · batch); a list has one place."""
        return array.reshape(self.shape[-1], -1) if len(self.shape) == 3 else array

    def without_gradient(self) -> "Tensor":
        """The same values where nobody asks for the gradient."""
        return Tensor(self.shape, self.value, self.value1)


def joint_rows(above: Tensor, below: Tensor) -> tuple[Array, Array]:
    """Values and slopes of all tensors from ``above`` to ``below``, and of the rows of ones between them."""
    assert above.slope is not None
    end = below.start + len(below.value)
    values, slopes = (whole(array)[above.start : end] for array in (above.value, above.slope))
    return values, slopes


def whole(rows: Array) -> Array:
    """The array that some rows are a view of."""
    base = rows.base
    assert isinstance(base, np.ndarray)
    return base


def make_tensors(
    shapes: Sequence[Shape], shared: Sequence[bool], batch: int, dtype: DTypeLike, *, training: bool, slopes: bool
) -> list[Tensor]:
    """One tensor per shape; where ``shared``, it is the numbers of the one before, seen in another shape.

    Values, gradients and slopes of all tensors lie in one array each: (all rows, batch). Below each tensor stands its
    row of ones.
    """
    rows, starts = 0, list[int]()
    for shape, same in zip(shapes, shared, strict=True):
        starts.append(starts[-1] if same else rows)
        rows = max(rows, starts[-1] + size(shape) + 1)
    values: Array = np.ones((rows, batch), dtype)
    gradients = np.ones_like(values) if training else None
    bends = np.ones_like(values) if training or slopes else None
    tensors = []
    for shape, start in zip(shapes, starts, strict=True):
        end = start + size(shape)
        tensor = Tensor(shape, values[start:end], values[start : end + 1], start=start)
        if gradients is not None:
            tensor.gradient, tensor.gradient1 = gradients[start:end], gradients[start : end + 1]
        if bends is not None:
            tensor.slope = bends[start:end]
        tensors.append(tensor)
    return tensors
