"""How much of what is allowed is used: parameters of the network, points that were erased."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from playground.views.panels.card import label
from playground.views.panels.counter import count_text
from playground.views.theme import Theme, Token

ROOM = 1.25
"""The bar reaches to so many times the limit, so that it can be seen how far one is beyond it."""


class ParameterMeter(QWidget):
    """A bar with a mark at the limit, and the numbers beside it; amber beyond the limit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("challenge.meter")
        self.caption = label("", "caption", self)
        self.bar = _Bar(theme, self)
        self.numbers = label("", "value", self)
        row = QHBoxLayout()
        row.addWidget(self.caption)
        row.addStretch(1)
        row.addWidget(self.numbers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.bar)

    def show_count(self, count: int | None, most: int, what: str) -> None:
        """So many of at most so many of ``what``; None for parameters where the layers do not fit together."""
        numbers = self.tr("%1 of %2").replace("%2", count_text(most))
        numbers = numbers.replace("%1", "–" if count is None else count_text(count))
        over = count is not None and count > most
        if (self.caption.text(), self.numbers.text()) != (what, numbers):
            self.caption.setText(what)
            self.numbers.setText(numbers)
            self.setAccessibleName(what)
            self.setAccessibleDescription(numbers)
        if self.numbers.property("warning") is not over:
            self.numbers.setProperty("warning", over)
            self.numbers.style().polish(self.numbers)
        self.bar.show_share((count or 0) / most)

    @property
    def over(self) -> bool:
        """Whether there are more than allowed."""
        return self.bar.share > 1.0


class _Bar(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.share = theme, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_share(self, share: float) -> None:
        if share != self.share:
            self.share = share
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove, what is used, and the mark of the limit."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, high = self._theme, 8
        groove = QRectF(0, (self.height() - high) / 2, self.width(), high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(Token.LINE))
        painter.drawRoundedRect(groove, high / 2, high / 2)
        width = min(self.share / ROOM, 1.0) * groove.width()
        if width > 0:
            painter.setBrush(theme.color(Token.WARNING if self.share > 1.0 else Token.GOOD))
            painter.drawRoundedRect(QRectF(groove.left(), groove.top(), max(width, high), high), high / 2, high / 2)
        limit = groove.left() + groove.width() / ROOM
        painter.setPen(QPen(theme.color(Token.TEXT), 2))
        painter.drawLine(QRectF(limit, 0, 0, self.height()).topLeft(), QRectF(limit, self.height(), 0, 0).topLeft())
        painter.end()
