"""The shapes that stand for classes, as paths and as small ready-made pictures."""

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from playground.views.theme import Marker


@lru_cache(maxsize=64)
def marker_path(marker: Marker, radius: float) -> QPainterPath:
    """The outline of ``marker`` around (0, 0); all shapes cover about the area of a circle of ``radius``."""
    path = QPainterPath()
    if marker is Marker.CIRCLE:
        path.addEllipse(QPointF(0, 0), radius, radius)
    elif marker is Marker.SQUARE:
        half = radius * 0.9
        path.addRect(QRectF(-half, -half, 2 * half, 2 * half))
    else:
        path.addPolygon(QPolygonF([QPointF(x * radius, y * radius) for x, y in _corners(marker)]))
        path.closeSubpath()
    return path


def marker_pixmap(
    marker: Marker, radius: float, fill: QColor, outline: QColor, width: float = 1.0, ratio: float = 1.0
) -> QPixmap:
    """A ready-made picture of one marker, its centre in the middle."""
    side = 2 * math.ceil((radius * 1.35 + width) * ratio) + 1
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    painter.scale(ratio, ratio)
    painter.setPen(QPen(outline, width))
    painter.setBrush(QBrush(fill))
    painter.drawPath(marker_path(marker, radius))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _corners(marker: Marker) -> list[tuple[float, float]]:
    """Corners of the polygons, in units of the radius, y downwards."""
    third = 0.42
    cross = [(-third, -1.1), (third, -1.1), (third, -third), (1.1, -third), (1.1, third), (third, third)]
    if marker is Marker.CROSS:
        return cross + [(-x, -y) for x, y in cross]
    if marker is Marker.STAR:
        return [_on_circle(step / 10, 1.35 if step % 2 == 0 else 0.6) for step in range(10)]
    if marker is Marker.PENTAGON:
        return [_on_circle(step / 5, 1.1) for step in range(5)]
    if marker is Marker.DIAMOND:
        return [_on_circle(step / 4, 1.2) for step in range(4)]
    turn = {Marker.TRIANGLE: 0.0, Marker.RIGHT: 0.25, Marker.DOWN: 0.5, Marker.LEFT: 0.75}[marker]
    return [_on_circle(turn + step / 3, 1.25) for step in range(3)]


def _on_circle(turn: float, radius: float) -> tuple[float, float]:
    """The point at ``turn`` (0 = top, clockwise, 1 = once round)."""
    return radius * math.sin(math.tau * turn), -radius * math.cos(math.tau * turn)
