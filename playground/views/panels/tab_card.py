"""The card below the canvas: tabs and their page on one rounded card."""

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from playground.views.theme import Theme, Token


class Page(QWidget):
    """The place of a panel that is made when it is first wanted."""

    def __init__(self, name: str, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self.name, self.panel = name, cast(Any, None)
        self._make = make
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)

    def fill(self) -> bool:
        """Make the panel; tell whether it was made just now."""
        if self.panel is not None:
            return False
        self.panel = self._make()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.panel)
        return True


class TabCard(QTabWidget):
    """A tab widget that stands on a card of its own.

    Signals:
        made(str, QWidget): a panel was made, because its tab was opened for the first time.
    """

    made = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setDocumentMode(False)
        self.setContentsMargins(1, 1, 1, 1)
        theme.changed.connect(self.update)
        self.currentChanged.connect(self._fill)

    def add(self, name: str, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab whose panel ``make`` makes when it is first opened; that of the first tab is made at once."""
        self.addTab(Page(name, make), title)

    def open(self, name: str) -> None:
        """Show the panel ``name`` ("loss" …); nothing happens when it is not among the tabs."""
        for place, page in enumerate(self._pages()):
            if page.name == name:
                self.setCurrentIndex(place)

    @property
    def current_name(self) -> str:
        """The name of the tab that is open."""
        page = self.currentWidget()
        return page.name if isinstance(page, Page) else ""

    @property
    def panels(self) -> dict[str, Any]:
        """The panels that were made, by name."""
        return {page.name: page.panel for page in self._pages() if page.panel is not None}

    def _pages(self) -> list[Page]:
        return [page for page in map(self.widget, range(self.count())) if isinstance(page, Page)]

    def _fill(self, place: int) -> None:
        page = self.widget(place)
        if isinstance(page, Page) and page.fill():
            self.made.emit(page.name, page.panel)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, then the line below the tabs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color(Token.LINE))
        painter.setBrush(self._theme.color(Token.CARD))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
        super().paintEvent(event)
