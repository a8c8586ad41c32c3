"""Moving a window out of the way of what it points at."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget


def move_aside(window: QWidget, place: QRect) -> None:
    """Move ``window`` to the corner of the screen where it covers least of ``place`` (pixels of the screen)."""
    frame = window.frameGeometry()
    if not frame.intersects(place):
        return
    window.move(free_corner(frame, place, window.screen().availableGeometry()))


def free_corner(frame: QRect, place: QRect, area: QRect) -> QPoint:
    """The upper left corner of ``frame`` in that corner of ``area`` where it covers least of ``place``."""
    right, low = area.right() - frame.width() + 1, area.bottom() - frame.height() + 1
    corners = [QPoint(x, y) for x in (area.left(), right) for y in (area.top(), low)]

    def covered(corner: QPoint) -> int:
        common = QRect(corner, frame.size()).intersected(place)
        return max(0, common.width()) * max(0, common.height())

    def far(corner: QPoint) -> int:
        return (corner - frame.topLeft()).manhattanLength()

    return min(corners, key=lambda corner: (covered(corner), far(corner)))
