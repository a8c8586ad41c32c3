"""Lines along which a map has one value: marching squares (after Lorensen and Cline, 1987), all cells at once."""

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


def segments(values: Floats, level: float) -> NDArray[np.float64]:
    """The pieces of the line where ``values`` cross ``level``.

    values: float (height, width), at the centres of pixels, row 0 on top. Returns float64 (pieces, 4): x1, y1, x2, y2
    from 0 (left, top) to 1 (right, bottom). In the rare cells that are crossed four times the pieces do not meet.
    """
    height, width = values.shape
    offsets = np.nan_to_num(np.asarray(values, np.float64) - level)
    corners = offsets[:-1, :-1], offsets[:-1, 1:], offsets[1:, 1:], offsets[1:, :-1]
    places = (0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)
    crossed, points = [], []
    for start in range(4):
        one, two = corners[start], corners[(start + 1) % 4]
        crossed.append((one > 0) != (two > 0))
        share = one / np.where(one == two, 1.0, one - two)
        (x1, y1), (x2, y2) = places[start], places[(start + 1) % 4]
        points.append((x1 + share * (x2 - x1), y1 + share * (y2 - y1)))
    pieces = []
    for first, second in combinations(range(4), 2):
        rows, columns = np.nonzero(crossed[first] & crossed[second] & _together(crossed, first, second))
        ends = [point[rows, columns] for side in (first, second) for point in points[side]]
        shift = (columns, rows, columns, rows)
        pieces.append(np.column_stack([end + base for end, base in zip(ends, shift, strict=True)]))
    scale = np.array([width, height, width, height], np.float64)
    return (np.concatenate(pieces) + 0.5) / scale


def _together(crossed: list[NDArray[np.bool_]], first: int, second: int) -> NDArray[np.bool_]:
    """Cells whose crossings on these two sides belong together: all but some of those crossed on all four sides.

    A cell is crossed on none, two or four sides; of four, the first two belong together, and the last two.
    """
    together = (first, second) in ((0, 1), (2, 3))
    four: NDArray[np.bool_] = crossed[0] & crossed[1] & crossed[2] & crossed[3]
    return np.ones_like(four) if together else ~four
