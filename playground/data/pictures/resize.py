"""Pictures in one size and number of channels, by averaging areas."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

GREY = np.array([0.299, 0.587, 0.114], np.float32)
"""How bright red, green and blue look (ITU-R BT.601)."""
_CHUNK = 512


def fitted(
    images: NDArray[np.uint8],
    rows: NDArray[np.intp],
    side: int,
    *,
    colour: bool,
    report: Callable[[float], None],
) -> NDArray[np.uint8]:
    """The chosen rows of images (n, h, w, c) as uint8 (rows, side, side, 1 or 3).

    Of an oblong picture the middle square is taken; a fourth channel (opacity) is dropped.
    """
    made = np.empty((len(rows), side, side, 3 if colour else 1), np.uint8)
    for start in range(0, len(rows), _CHUNK):
        report(start / max(1, len(rows)))
        part = slice(start, start + _CHUNK)
        made[part] = _fit(images[rows[part]], side, colour)
    return made


def _fit(images: NDArray[np.uint8], side: int, colour: bool) -> NDArray[np.uint8]:
    square = min(images.shape[1:3])
    top, left = ((length - square) // 2 for length in images.shape[1:3])
    cut: NDArray[Any] = images[:, top : top + square, left : left + square, :3]
    if square == side and cut.shape[3] == (3 if colour else 1):
        return cut
    cut = cut.astype(np.float32)
    if cut.shape[3] == 3 and not colour:
        cut = (cut @ GREY)[..., None]
    if square != side:
        areas = _areas(square, side)
        cut = np.einsum("ih,nhwc,jw->nijc", areas, cut, areas, optimize=True)
    if colour and cut.shape[3] == 1:
        cut = np.repeat(cut, 3, axis=3)
    rounded: NDArray[np.uint8] = np.clip(np.rint(cut), 0, 255).astype(np.uint8)
    return rounded


@lru_cache(maxsize=16)
def _areas(old: int, new: int) -> NDArray[np.float32]:
    """(new, old): which share of each new pixel every old one covers."""
    edges, cells = np.linspace(0, old, new + 1), np.arange(old)
    low = np.maximum(edges[:-1, None], cells[None, :])
    high = np.minimum(edges[1:, None], cells[None, :] + 1)
    overlap = np.clip(high - low, 0.0, None)
    shares: NDArray[np.float32] = (overlap / overlap.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares
