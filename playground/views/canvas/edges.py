"""Weights as lines: width says how large, colour says which sign."""

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from playground.views.canvas.geometry import Rect
from playground.views.theme import Theme, Token, mix

LEVELS = 10
MOST_LINES = 400  # of one pair of columns; beyond that only the largest weights are drawn
LEAST_REFERENCE = 0.5  # weights below this never look strong, even if all are small
PALE = 0.22
"""How much colour the lines of a muted unit keep."""

_SAMPLES = 25

Points = NDArray[np.float64]
Kernel = NDArray[np.floating]
Lines = list[tuple[int, int, int]]
"""Lines to draw as (source, target, level), weak ones first; a level below 0 means a negative weight."""


class Pens(msgspec.Struct, frozen=True):
    """Pens for weights from weak to strong, for one theme and one largest width.

    pale: for the lines of muted units, through which nothing flows; first the negative ones, then the positive ones.
    """

    negative: tuple[QPen, ...]
    positive: tuple[QPen, ...]
    pale: tuple[tuple[QPen, ...], tuple[QPen, ...]] = ((), ())

    @classmethod
    def of(cls, theme: Theme, widest: float) -> "Pens":
        """Pens up to ``widest`` pixels; weak weights are thin and pale."""
        tokens = Token.NEGATIVE, Token.POSITIVE
        negative, positive = (_pens(theme, token, widest) for token in tokens)
        faint_negative, faint_positive = (_pens(theme, token, widest, PALE) for token in tokens)
        return cls(negative, positive, (faint_negative, faint_positive))

    def pen(self, level: int, pale: bool) -> QPen:
        """The pen of a line; a level below 0 means a negative weight."""
        if pale:
            return self.pale[1][level] if level >= 0 else self.pale[0][-level - 1]
        return self.positive[level] if level >= 0 else self.negative[-level - 1]


def _pens(theme: Theme, token: Token, widest: float, strength: float = 1.0) -> tuple[QPen, ...]:
    made = []
    for level in range(LEVELS):
        share = (level + 0.5) / LEVELS
        colored = strength * (0.35 + 0.65 * min(1.0, share * 1.6))
        pen = QPen(mix(theme.color(Token.CARD), theme.color(token), colored))
        pen.setWidthF(0.7 + (widest - 0.7) * share)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        made.append(pen)
    return tuple(made)


class EdgeBundle:
    """The lines between two neighbouring columns.

    starts: (inputs, 2) and ends: (units, 2) in pixels; only pairs of shown units have a line. pale: the sources whose
    lines are pale.
    """

    def __init__(self, starts: Points, ends: Points) -> None:
        self.starts, self.ends = starts, ends
        self.pale: frozenset[int] = frozenset()
        self._paths: dict[tuple[int, int], QPainterPath] = {}
        self._kernel: Kernel | None = None
        self._order: Lines | None = None

    @property
    def lane(self) -> Rect:
        """The rectangle that holds every line, a little taller for their width."""
        top = min(self.starts[:, 1].min(), self.ends[:, 1].min())
        bottom = max(self.starts[:, 1].max(), self.ends[:, 1].max())
        left, right = self.starts[0, 0], self.ends[0, 0]
        return Rect(float(left), float(top) - 6, float(right - left), float(bottom - top) + 12)

    @property
    def pairs(self) -> int:
        """How many lines there can be."""
        return min(MOST_LINES, len(self.starts) * len(self.ends))

    @property
    def lines(self) -> int:
        """How many lines are drawn."""
        return len(self.ranked())

    def set_kernel(self, kernel: Kernel) -> None:
        """Take new weights, kernel: float (inputs, units); larger than what is shown is fine."""
        self._kernel, self._order = kernel[: len(self.starts), : len(self.ends)], None

    def ranked(self) -> Lines:
        """All lines to draw, the strongest last."""
        if self._order is None:
            self._order = [] if self._kernel is None else _ranked(self._kernel)
        return self._order

    def weight(self, source: int, target: int) -> float:
        """The weight of one line."""
        assert self._kernel is not None
        return float(self._kernel[source, target])

    def paint(self, painter: QPainter, pens: Pens, lines: Lines | None = None) -> None:
        """Draw ``lines`` (default: all of them)."""
        last: tuple[int, bool] | None = None
        for source, target, level in self.ranked() if lines is None else lines:
            kind = level, source in self.pale
            if kind != last:
                painter.setPen(pens.pen(*kind))
                last = kind
            painter.drawPath(self._path(source, target))

    def path(self, source: int, target: int) -> QPainterPath:
        """The curve of one line."""
        return self._path(source, target)

    def nearest(self, x: float, y: float, reach: float = 6.0) -> tuple[int, int] | None:
        """The drawn line within ``reach`` pixels of a point; of two equally near ones the stronger."""
        order = self.ranked()
        if not order or not self.lane.grown(reach).contains(x, y):
            return None
        pairs = np.array(order, dtype=np.intp)
        first, last = self.starts[pairs[:, 0]], self.ends[pairs[:, 1]]
        t = np.linspace(0.0, 1.0, _SAMPLES)
        xs = first[:, :1] + (last - first)[:, :1] * (1.5 * t * (1 - t) + t**3)
        ys = first[:, 1:] + (last - first)[:, 1:] * (t * t * (3 - 2 * t))
        distance = _distance(xs, ys, x, y)
        level = np.where(pairs[:, 2] < 0, -pairs[:, 2] - 1, pairs[:, 2])
        best = int(np.argmin(distance - 0.2 * level))
        if distance[best] > reach:
            return None
        return int(pairs[best, 0]), int(pairs[best, 1])

    def _path(self, source: int, target: int) -> QPainterPath:
        path = self._paths.get((source, target))
        if path is None:
            (x0, y0), (x1, y1) = self.starts[source], self.ends[target]
            middle = (x0 + x1) / 2
            path = QPainterPath()
            path.moveTo(x0, y0)
            path.cubicTo(middle, y0, middle, y1, x1, y1)
            self._paths[source, target] = path
        return path


def _ranked(kernel: Kernel) -> Lines:
    size = np.abs(kernel).ravel()
    if not np.isfinite(size.sum()):
        return []
    reference = max(LEAST_REFERENCE, float(size.max(initial=0.0)))
    picked = np.argsort(size, kind="stable")[-MOST_LINES:]
    levels = np.minimum(size[picked] * (LEVELS / reference), LEVELS - 1).astype(np.intp)
    signed = np.where(kernel.ravel()[picked] < 0, -levels - 1, levels)
    rows, columns = np.divmod(picked, kernel.shape[1])
    return list(zip(rows.tolist(), columns.tolist(), signed.tolist(), strict=True))


def _distance(xs: Points, ys: Points, x: float, y: float) -> NDArray[np.float64]:
    """Least distance of a point from each polyline (lines, samples)."""
    ax, ay = xs[:, :-1], ys[:, :-1]
    dx, dy = np.diff(xs, axis=1), np.diff(ys, axis=1)
    along = np.clip(((x - ax) * dx + (y - ay) * dy) / np.maximum(dx * dx + dy * dy, 1e-9), 0.0, 1.0)
    nearest: NDArray[np.float64] = np.hypot(ax + along * dx - x, ay + along * dy - y).min(axis=1)
    return nearest
