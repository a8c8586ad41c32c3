"""A halo that shows a class where the pointer is."""

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QPainter, QPaintEvent, QPen, QRadialGradient
from PySide6.QtWidgets import QWidget

from playground.views.theme import Theme, Token

RADIUS = 46
_EVERY_MS = 30


class Spotlight(QWidget):
    """Follows the pointer over ``window`` while it is on; clicks go through it.

    A timer asks for the place of the pointer: an event filter would have every event of the program wait for Python.
    """

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.follow)
        self.setObjectName("projector.spotlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(2 * RADIUS, 2 * RADIUS)
        self.hide()

    def set_on(self, on: bool) -> None:
        """Begin or end to follow the pointer."""
        if on:
            self._timer.start()
            self.follow()
        else:
            self._timer.stop()
            self.hide()

    def follow(self) -> None:
        """Go to where the pointer is; hide while it is elsewhere."""
        window = self._window
        at = window.mapFromGlobal(QCursor.pos())
        if not window.rect().contains(at):
            self.hide()
            return
        self.move(at.x() - RADIUS, at.y() - RADIUS)
        if not self.isVisible():
            self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a soft disc with a clear middle, and a ring around it."""
        color = QColor(self._theme.color(Token.SELECTION))
        shade = QRadialGradient(QPointF(RADIUS, RADIUS), RADIUS - 3)
        for place, strength in ((0.0, 0.0), (0.35, 0.05), (1.0, 0.35)):
            color.setAlphaF(strength)
            shade.setColorAt(place, color)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(shade)
        color.setAlphaF(1.0)
        painter.setPen(QPen(color, 3))
        painter.drawEllipse(QPointF(RADIUS, RADIUS), RADIUS - 3, RADIUS - 3)
        painter.end()
