"""The card below the canvas: tabs and their page on one rounded card."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from playground.views.theme import Theme, Token


class TabCard(QTabWidget):
    """A tab widget that stands on a card of its own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setDocumentMode(False)
        self.setContentsMargins(1, 1, 1, 1)
        theme.changed.connect(self.update)

    def open(self, name: str) -> None:
        """Show the page of the panel ``name`` ("loss" …); nothing happens when it is not among the tabs."""
        for place in range(self.count()):
            page = self.widget(place)
            if page is not None and page.objectName() == f"panel.{name}":
                self.setCurrentIndex(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, then the line below the tabs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color(Token.LINE))
        painter.setBrush(self._theme.color(Token.CARD))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
        super().paintEvent(event)
