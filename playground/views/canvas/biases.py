"""Biases on the canvas: a mark at the left of each unit."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from playground.views.canvas.edges import LEAST_REFERENCE
from playground.views.canvas.geometry import Layout, Rect, Shape
from playground.views.theme import Theme, Token

RADIUS = (2.6, 5.0)
_LEVELS = 8
Biases = NDArray[np.floating[Any]]
Levels = NDArray[np.int8]

_ROOM = 7.0  # pixels from the middle of a mark to what is not touched by its painting


class BiasMarks:
    """A dot on the left edge of each unit: colour says which sign, size how large; hollow while the bias is 0.

    The dots of a column are kept as one picture, drawn anew only when one of them looks different.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._layout: Layout | None = None
        self._biases: dict[int, Biases] = {}
        self._levels: dict[int, Levels] = {}
        self._strips: dict[int, QPixmap] = {}
        self._stamps: dict[tuple[int, float], QPixmap] = {}
        self._ratio = 1.0

    def set_layout(self, layout: Layout) -> None:
        """The units stand elsewhere now."""
        self._layout = layout
        self._biases, self._levels, self._strips = {}, {}, {}

    def set_biases(self, biases: Mapping[int, Biases]) -> list[QRectF]:
        """Take new biases, layer → (units,); returns the places that look different."""
        assert self._layout is not None
        self._biases = {
            layer: values[: len(column.units)]
            for layer, column in enumerate(self._layout.columns[1:])
            if (values := biases.get(layer)) is not None and column.shape not in (Shape.BAR, Shape.PICTURE)
        }
        if not self._biases:
            return []
        joined = np.nan_to_num(np.concatenate(list(self._biases.values())), nan=0.0)
        levels, start, changed = _levels(joined), 0, []
        for layer, values in self._biases.items():
            mine, before = levels[start : start + len(values)], self._levels.get(layer)
            start += len(values)
            if before is None or mine.tobytes() != before.tobytes():
                self._levels[layer] = mine
                self._strips.pop(layer, None)
                changed.append(self._area(layer))
        return changed

    def value(self, layer: int, unit: int) -> float | None:
        """The bias of a shown unit."""
        values = self._biases.get(layer)
        return float(values[unit]) if values is not None and unit < len(values) else None

    def center(self, layer: int, unit: int) -> QPointF:
        """Where the mark of a unit stands."""
        assert self._layout is not None
        return _center(self._layout.columns[layer + 1].units[unit])

    def at(self, x: float, y: float, reach: float = 2.5) -> tuple[int, int] | None:
        """The (layer, unit) whose mark is under a point; marks are easier to hit than they are large."""
        if self._layout is None:
            return None
        for layer, values in self._biases.items():
            column = self._layout.columns[layer + 1]
            if not column.frame.grown(8).contains(x, y):
                continue
            for unit, box in enumerate(column.units[: len(values)]):
                middle, radius = _center(box), max(4.0, _largest(box)) + reach
                if (middle.x() - x) ** 2 + (middle.y() - y) ** 2 <= min(radius, box.height * 0.6) ** 2:
                    return layer, unit
        return None

    def paint(self, painter: QPainter, region: QRectF) -> None:
        """Draw the marks that lie in ``region``."""
        if self._layout is None:
            return
        ratio = painter.device().devicePixelRatioF()
        if ratio != self._ratio:
            self._ratio = ratio
            self._strips.clear()
        for layer in self._levels:
            area = self._area(layer)
            if area.intersects(region):
                painter.drawPixmap(area.topLeft(), self._strip(layer, area))

    def restyle(self) -> None:
        """Draw in the theme's new colours."""
        self._stamps.clear()
        self._strips.clear()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _area(self, layer: int) -> QRectF:
        """The strip that holds the marks of one layer, on whole points of the screen."""
        assert self._layout is not None
        units = self._layout.columns[layer + 1].units
        top, bottom = _center(units[0]), _center(units[-1])
        return QRectF(top.x() - 0.5 - _ROOM, top.y() - 0.5 - _ROOM, 2 * _ROOM + 1, bottom.y() - top.y() + 2 * _ROOM + 1)

    def _strip(self, layer: int, area: QRectF) -> QPixmap:
        """All marks of one layer as one picture."""
        strip = self._strips.get(layer)
        if strip is None:
            assert self._layout is not None
            strip = self._strips[layer] = _empty(area.width(), area.height(), self._ratio)
            painter = QPainter(strip)
            for box, level in zip(self._layout.columns[layer + 1].units, self._levels[layer].tolist(), strict=False):
                stamp = self._stamp(level, _largest(box))
                painter.drawPixmap(_center(box) - area.topLeft() - QPointF(_ROOM, _ROOM), stamp)
            painter.end()
        return strip

    def _stamp(self, level: int, largest: float) -> QPixmap:
        key = (level, round(largest, 1) + 100 * round(self._ratio, 3))
        stamp = self._stamps.get(key)
        if stamp is None:
            stamp = self._stamps[key] = self._draw(level, largest)
        return stamp

    def _draw(self, level: int, largest: float) -> QPixmap:
        stamp = _empty(2 * _ROOM, 2 * _ROOM, self._ratio)
        painter = QPainter(stamp)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, middle = self._theme.color, QPointF(_ROOM, _ROOM)
        radius = RADIUS[0] + (largest - RADIUS[0]) * (abs(level) / _LEVELS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(Token.CARD))
        painter.drawEllipse(middle, radius + 1.4, radius + 1.4)
        if level:
            painter.setBrush(color(Token.POSITIVE if level > 0 else Token.NEGATIVE))
        painter.setPen(QPen(color(Token.MUTED), 1.0))
        painter.drawEllipse(middle, radius, radius)
        painter.end()
        return stamp


def _levels(values: Biases) -> Levels:
    """−8 … 8 for each bias: its share of the largest, which is rounded so that not all marks change with it."""
    sizes = np.abs(values)
    largest = max(LEAST_REFERENCE, min(1e9, float(sizes.max())))
    reference = 2.0 ** (math.ceil(2 * math.log2(largest)) / 2)
    steps = np.maximum(np.rint(np.minimum(sizes / reference, 1.0) * _LEVELS), sizes > 0)  # only 0 itself is 0
    levels: Levels = (np.sign(values) * steps).astype(np.int8)
    return levels


def _empty(width: float, height: float, ratio: float) -> QPixmap:
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


def _center(box: Rect) -> QPointF:
    return QPointF(round(box.x) + 0.5, round(box.bottom - max(3.0, min(7.0, box.height * 0.2))) + 0.5)


def _largest(box: Rect) -> float:
    """The radius of a large bias at this unit."""
    return max(RADIUS[0] + 0.5, min(RADIUS[1], box.height * 0.17))
