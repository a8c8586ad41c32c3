"""What every reader gives: pictures of one size with a class each, checked; and the limits that they keep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.pictures.resize import fitted

LEAST_SIDE, MOST_SIDE = 8, 64
MOST_CLASSES = 100
MOST_VALUES = 64 * 1024 * 1024
"""Bytes that the pictures of a data set may take; beyond that only a part of them is taken."""
MOST_BYTES = 1024**3
"""Bytes of one array that is read from a file."""

Bytes = NDArray[np.uint8]
Labels = NDArray[np.int64]
Report = Callable[[float], None]
"""Takes the share that is done, 0..1; may raise to end the work."""


class PictureError(ValueError):
    """Pictures that cannot be used; the message is a sentence that names the place and the remedy."""


@dataclass(frozen=True)
class Wish:
    """How pictures are wanted. side: width and height in pixels; colour: three channels, else grey.

    None leaves it as it comes: of photos ``LOOSE_SIDE`` pixels, in colour.
    """

    side: int | None = None
    colour: bool | None = None


@dataclass(frozen=True)
class PictureSet:
    """Pictures with labels.

    images: uint8 (n, side, side, 1 or 3), read-only; labels: int64 (n,), read-only, each a place in ``class_names``.
    notes: sentences about what was left out or changed.
    """

    images: Bytes
    labels: Labels
    class_names: tuple[str, ...]
    name: str
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        """How many pictures each class has."""
        return tuple(np.bincount(self.labels, minlength=len(self.class_names)).tolist())


def nothing(_share: float) -> None:
    """A report that nobody wants."""


def settled(
    images: NDArray[Any],
    labels: NDArray[Any],
    names: Sequence[str],
    name: str,
    *,
    wish: Wish,
    report: Report = nothing,
    notes: Sequence[str] = (),
) -> PictureSet:
    """Check pictures uint8 (n, h, w, c) and bring them to the wanted size.

    labels: (n,) numbers; names: what they stand for, by number, or empty. Classes without a picture are left out.

    Raises:
        PictureError: when there are not at least two classes with pictures, or far too many.
    """
    if len(images) != len(labels):
        raise PictureError(
            f"{name} has {len(images):,} pictures but {len(labels):,} labels; each picture needs exactly one."
        )
    values, indices = np.unique(labels, return_inverse=True)
    if len(values) > MOST_CLASSES:
        raise PictureError(
            f"{name} has {len(values):,} classes; the most is {MOST_CLASSES}. Are these the labels of the pictures?"
        )
    if len(values) < 2:
        only = f"one class only ({_called(values[0], names)})" if len(values) else "no pictures"
        raise PictureError(f"{name} holds {only}; to tell pictures apart there must be at least two classes.")
    side = wish.side or min(max(*images.shape[1:3], LEAST_SIDE), MOST_SIDE)
    colour = images.shape[3] >= 3 if wish.colour is None else wish.colour
    rows, told = _within_limits(len(images), side * side * (3 if colour else 1))
    made = fitted(images, rows, side, colour=colour, report=report)
    kept = indices.reshape(-1)[rows].astype(np.int64)
    for array in (made, kept):
        array.flags.writeable = False
    class_names = tuple(_called(value, names) for value in values)
    return PictureSet(made, kept, class_names, name, (*notes, *told))


def _within_limits(count: int, each: int) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    """The rows to take, evenly spread when there are too many, and what to say of it."""
    most = MOST_VALUES // each
    if count <= most:
        return np.arange(count), ()
    rows = np.linspace(0, count - 1, most).round().astype(np.intp)
    return rows, (f"{most:,} of {count:,} pictures are taken, evenly spread: more would not fit into memory well.",)


def _called(value: Any, names: Sequence[str]) -> str:
    """The name of a class: from the list, or the number itself."""
    number = int(value)
    return str(names[number]) if 0 <= number < len(names) else str(number)
