"""A view of pyqtgraph that shows when the keys go to it."""

import pyqtgraph as pg
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.views.focus_ring import paint_focus
from playground.views.theme import Theme


class RingedView(pg.GraphicsView):
    """Has a ring while it has the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._theme = theme
        super().__init__(parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plot, then the ring."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            paint_focus(painter, self.viewport().rect(), self._theme)
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)
        self.viewport().update()
