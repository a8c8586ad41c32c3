"""What every reader gives: pictures of one size with a class each, checked; and the limits that they keep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.pictures.resize import fitted
from playground.texts import Text

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
    """Pictures that cannot be used; ``sentence`` names the place and the remedy."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.sentence = sentence


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
    notes: tuple[Text, ...] = ()

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
    notes: Sequence[Text] = (),
) -> PictureSet:
    """Check pictures uint8 (n, h, w, c) and bring them to the wanted size.

    labels: (n,) numbers; names: what they stand for, by number, or empty. Classes without a picture are left out.

    Raises:
        PictureError: when there are not at least two classes with pictures, or far too many.
    """
    if len(images) != len(labels):
        raise PictureError(
            Text(
                "%1 has %2 pictures but %3 labels; each picture needs exactly one.",
                name,
                f"{len(images):,}",
                f"{len(labels):,}",
            )
        )
    values, indices = np.unique(labels, return_inverse=True)
    if len(values) > MOST_CLASSES:
        raise PictureError(
            Text(
                "%1 has %2 classes; the most is %3. Are these the labels of the pictures?",
                name,
                f"{len(values):,}",
                MOST_CLASSES,
            )
        )
    if len(values) < 2:
        if not len(values):
            raise PictureError(Text("%1 holds no pictures.", name))
        only = _called(values[0], names)
        raise PictureError(
            Text("%1 holds one class only (%2); to tell pictures apart there must be at least two.", name, only)
        )
    side = wish.side or min(max(*images.shape[1:3], LEAST_SIDE), MOST_SIDE)
    colour = images.shape[3] >= 3 if wish.colour is None else wish.colour
    rows, told = _within_limits(len(images), side * side * (3 if colour else 1))
    made = fitted(images, rows, side, colour=colour, report=report)
    kept = indices.reshape(-1)[rows].astype(np.int64)
    for array in (made, kept):
        array.flags.writeable = False
    class_names = tuple(_called(value, names) for value in values)
    return PictureSet(made, kept, class_names, name, (*notes, *told))


def _within_limits(count: int, each: int) -> tuple[NDArray[np.intp], tuple[Text, ...]]:
    """The rows to take, evenly spread when there are too many, and what to say of it."""
    most = MOST_VALUES // each
    if count <= most:
        return np.arange(count), ()
    rows = np.linspace(0, count - 1, most).round().astype(np.intp)
    return rows, (
        Text("%1 of %2 pictures are taken, evenly spread: more would not fit into memory well.", most, count),
    )


def _called(value: Any, names: Sequence[str]) -> str:
    """The name of a class: from the list, or the number itself."""
    number = int(value)
    return str(names[number]) if 0 <= number < len(names) else str(number)
