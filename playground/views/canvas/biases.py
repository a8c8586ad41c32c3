"""Biases on the canvas: a mark at the left of each unit."""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from playground.views.canvas.edges import LEAST_REFERENCE
from playground.views.canvas.geometry import Layout, Rect, Shape
from playground.views.theme import Theme, Token

RADIUS = (2.5, 5.0)
_LEVELS = 8
_ROOM = 7.0  # pixels from the middle of a mark to what is not touched by its painting


class BiasMarks:
    """A dot on the left edge of each unit: colour says which sign, size how large; hollow while the bias is 0."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._layout: Layout | None = None
        self._biases: dict[int, list[float]] = {}
        self._reference = LEAST_REFERENCE
        self._stamps: dict[tuple[int, float], QPixmap] = {}

    def set_layout(self, layout: Layout) -> None:
        """The units stand elsewhere now."""
        self._layout, self._biases = layout, {}

    def set_biases(self, biases: Mapping[int, NDArray[Any]]) -> list[QRectF]:
        """Take new biases, layer → (units,); returns the places that look different."""
        assert self._layout is not None
        before = dict(self._biases), self._reference
        self._biases = {
            layer: values[: len(column.units)].tolist()
            for layer, column in enumerate(self._layout.columns[1:])
            if (values := biases.get(layer)) is not None and column.shape not in (Shape.BAR, Shape.PICTURE)
        }
        largest = max((abs(value) for values in self._biases.values() for value in values), default=0.0)
        self._reference = max(LEAST_REFERENCE, min(largest, 1e9))
        return [
            self._area(layer)
            for layer, values in self._biases.items()
            if list(map(self._level, values)) != [_level(value, before[1]) for value in before[0].get(layer, [])]
        ]

    def value(self, layer: int, unit: int) -> float | None:
        """The bias of a shown unit."""
        values = self._biases.get(layer, [])
        return values[unit] if unit < len(values) else None

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
        ratio = painter.device().devicePixelRatioF() * painter.worldTransform().m11()
        for layer, values in self._biases.items():
            if not self._area(layer).intersects(region):
                continue
            for box, value in zip(self._layout.columns[layer + 1].units, values, strict=False):
                stamp = self._stamp(self._level(value), _largest(box), ratio)
                half = stamp.deviceIndependentSize().width() / 2
                painter.drawPixmap(_center(box) - QPointF(half, half), stamp)

    def restyle(self) -> None:
        """Draw in the theme's new colours."""
        self._stamps.clear()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _level(self, value: float) -> int:
        return _level(value, self._reference)

    def _area(self, layer: int) -> QRectF:
        """The strip that holds the marks of one layer."""
        assert self._layout is not None
        units = self._layout.columns[layer + 1].units
        top, bottom = _center(units[0]), _center(units[-1])
        return QRectF(top.x() - _ROOM, top.y() - _ROOM, 2 * _ROOM, bottom.y() - top.y() + 2 * _ROOM)

    def _stamp(self, level: int, largest: float, ratio: float) -> QPixmap:
        key = (level, round(largest, 1) + 100 * round(ratio, 3))
        stamp = self._stamps.get(key)
        if stamp is None:
            stamp = self._stamps[key] = self._draw(level, largest, ratio)
        return stamp

    def _draw(self, level: int, largest: float, ratio: float) -> QPixmap:
        side = round(2 * _ROOM * ratio)
        stamp = QPixmap(side, side)
        stamp.setDevicePixelRatio(side / (2 * _ROOM))
        stamp.fill(Qt.GlobalColor.transparent)
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


def _level(value: float, reference: float) -> int:
    """−8 … 8; only exactly 0, and what is no number, is 0."""
    if value == 0 or value != value:
        return 0
    level = max(1, min(_LEVELS, round(abs(value) / reference * _LEVELS))) if abs(value) < 1e30 else _LEVELS
    return level if value > 0 else -level


def _center(box: Rect) -> QPointF:
    return QPointF(round(box.x) + 0.5, round(box.bottom - max(3.0, min(7.0, box.height * 0.2))) + 0.5)


def _largest(box: Rect) -> float:
    """The radius of a large bias at this unit."""
    return max(RADIUS[0] + 0.5, min(RADIUS[1], box.height * 0.17))
