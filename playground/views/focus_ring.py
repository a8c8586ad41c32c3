"""The ring that shows where the keys go, for widgets that are painted and not dressed by the style sheet."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from playground.views.theme import Theme, Token


def paint_focus(painter: QPainter, room: QRect, theme: Theme) -> None:
    """Draw the ring inside ``room``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(Token.SELECTION), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(room).adjusted(1, 1, -1, -1), 4, 4)
