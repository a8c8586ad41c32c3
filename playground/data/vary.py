"""Varied copies of pictures: shifted, turned and grainy, so that a network learns what does not matter."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_CHUNK = 256


def varied(images: Floats, shift: int, turn: float, grain: float, rng: np.random.Generator) -> Floats:
    """A copy of each picture (n, h, w, c) in 0..1, float32.

    shift: at most so many pixels in each direction; turn: at most so many degrees; grain: standard deviation of the
    noise of each pixel. What comes in from outside has the brightness of the nearest edge. ``rng`` decides.
    """
    count = len(images)
    moves = rng.integers(-shift, shift + 1, (count, 2)).astype(np.float32)
    angles = np.radians(rng.uniform(-turn, turn, count)).astype(np.float32)
    made = np.empty_like(images, dtype=np.float32)
    for start in range(0, count, _CHUNK):
        part = slice(start, start + _CHUNK)
        made[part] = _moved(images[part], moves[part], angles[part])
    if grain:
        made += np.float32(grain) * rng.standard_normal(made.shape, np.float32)
    return np.clip(made, 0.0, 1.0, out=made)


def _moved(images: Floats, moves: Floats, angles: Floats) -> Floats:
    """Turn about the middle, then shift; between pixels straight lines."""
    height, width = images.shape[1:3]
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    rows = rows - (height - 1) / 2 - moves[:, 0, None, None]
    columns = columns - (width - 1) / 2 - moves[:, 1, None, None]
    cos, sin = np.cos(angles)[:, None, None], np.sin(angles)[:, None, None]
    y = np.clip(cos * rows + sin * columns + (height - 1) / 2, 0, height - 1)
    x = np.clip(cos * columns - sin * rows + (width - 1) / 2, 0, width - 1)
    top, left = np.floor(y).astype(np.intp), np.floor(x).astype(np.intp)
    below, right = np.minimum(top + 1, height - 1), np.minimum(left + 1, width - 1)
    down, across = (y - top)[..., None], (x - left)[..., None]
    each = np.arange(len(images))[:, None, None]
    upper = images[each, top, left] * (1 - across) + images[each, top, right] * across
    lower = images[each, below, left] * (1 - across) + images[each, below, right] * across
    moved: Floats = upper * (1 - down) + lower * down
    return moved
