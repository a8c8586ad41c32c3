"""Bring a drawing to the size and place that the pictures of a data set have.

The bundled digits, for one, were cut out of forms and scaled so that each fills its picture from top to bottom; a
digit that is drawn small in a corner would look like nothing that the network has ever seen.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
INK = 0.2
"""Pixels at least so strong belong to what is drawn."""
_LOOKED_AT = 200


@dataclass(frozen=True)
class Place:
    """How a data set places what its pictures show.

    shape: of a picture (height, width, channels). extent: the longer side of what is shown, on average, in pixels.
    row, column: the middle of it. ink: how much there is of it, on average, in pixels. dark: whether it is dark on a
    light ground.
    """

    shape: tuple[int, ...]
    extent: float
    row: float
    column: float
    ink: float
    dark: bool = False

    @classmethod
    def of(cls, pictures: NDArray[Any]) -> "Place":
        """Measure pictures (n, height, width, channels) in 0..1; some are enough."""
        some = pictures[:: max(1, len(pictures) // _LOOKED_AT)].mean(axis=3)
        dark = bool(np.median(some[:, [0, -1]]) > 0.5) if len(some) else False
        inked = 1 - some if dark else some
        boxes = np.array([box for box in map(_box, inked) if box is not None], np.float64)
        height, width = pictures.shape[1:3]
        if not len(boxes):
            most = 0.8 * min(height, width)
            return cls(pictures.shape[1:], most, height / 2, width / 2, most * most / 4, dark)
        top, bottom, left, right = boxes.T
        return cls(
            pictures.shape[1:],
            extent=float(np.maximum(bottom - top, right - left).mean()),
            row=float((top + bottom).mean() / 2),
            column=float((left + right).mean() / 2),
            ink=float(inked.sum(axis=(1, 2)).mean()),
            dark=dark,
        )

    def ink_of(self, picture: Floats) -> float:
        """How much is drawn in a picture (height, width, channels) of the data set, in pixels."""
        total = float(picture.mean(axis=2).sum())
        return picture.shape[0] * picture.shape[1] - total if self.dark else total

    def put(self, ink: Floats) -> Floats:
        """A drawing (h, w), 0 nothing to 1 full ink, as a picture of the data set, float32 in 0..1.

        What is drawn is scaled to the usual extent and moved to the usual place, whole pixels by the area they cover.
        """
        box = _box(ink)
        shape = self.shape[:2]
        if box is None:
            placed = np.zeros(shape, np.float32)
        else:
            top, bottom, left, right = box
            scale = self.extent / max(bottom - top, right - left)
            rows = _cover(shape[0], ink.shape[0], scale, self.row - scale * (top + bottom) / 2)
            columns = _cover(shape[1], ink.shape[1], scale, self.column - scale * (left + right) / 2)
            placed = np.clip(rows @ ink @ columns.T, 0.0, 1.0)
        if self.dark:
            placed = 1 - placed
        return np.repeat(placed[..., None], self.shape[2], axis=2).astype(np.float32)


def _box(ink: NDArray[Any]) -> tuple[int, int, int, int] | None:
    """Top, bottom, left and right of what is drawn; None when there is nothing."""
    drawn = ink > INK
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    if not len(rows):
        return None
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _cover(new: int, old: int, scale: float, offset: float) -> Floats:
    """(new, old): how much of each new pixel an old one covers that is scaled, then moved."""
    start = np.arange(old) * scale + offset
    low = np.maximum(start[None, :], np.arange(new)[:, None])
    high = np.minimum(start[None, :] + scale, np.arange(new)[:, None] + 1)
    covered: Floats = np.clip(high - low, 0.0, None).astype(np.float32)
    return covered
