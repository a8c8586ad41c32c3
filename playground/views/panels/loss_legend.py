"""The legend of the loss curves."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.views.theme import Theme, Token


class LegendEntry(QWidget):
    """A piece of the curve, its name and its value."""

    def __init__(self, name: str, token: Token, theme: Theme, parent: QWidget, *, dashed: bool = False) -> None:
        super().__init__(parent)
        self._name, self._token, self._theme, self._dashed = name, token, theme, dashed
        self._value = "–"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    @property
    def value(self) -> str:
        """The value as it stands on screen."""
        return self._value

    def set_name(self, name: str) -> None:
        """Name the curve."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def show_value(self, value: str) -> None:
        """Show another value."""
        if value != self._value:
            self._value = value
            self.update()

    def sizeHint(self) -> QSize:
        """One line of text."""
        return QSize(180, self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line, name and value."""
        painter = QPainter(self)
        pen = QPen(self._theme.color(self._token), 2)
        if self._dashed:
            pen.setDashPattern([2.0, 1.5])
        painter.setPen(pen)
        middle = self.height() // 2
        painter.drawLine(0, middle, 18, middle)
        painter.setPen(self._theme.color(Token.TEXT))
        painter.drawText(self.rect().adjusted(26, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._name)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._value)
        painter.end()
