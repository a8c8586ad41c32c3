"""A ring around the control that a step is about."""

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.views.theme import Theme, Token

LOOK_MS = 120
"""How often the ring looks where its control is: panels scroll, and no event of the control tells that."""

AROUND = 5
WIDTH = 3.0


class Ring(QWidget):
    """Lies over a window and catches no mouse; drawn around the widget named ``target``, wherever that moves.

    It is gone while the control cannot be seen: in a closed tab, scrolled away, or of another kind of data.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("lesson.ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme, self._window, self._target = theme, window, ""
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.follow)
        theme.changed.connect(self.update)
        self.hide()

    def show_around(self, target: str) -> None:
        """Ring the widget of this object name, "" for none."""
        self._target = target
        self._timer.start() if target else self._timer.stop()
        self.follow()

    @property
    def place(self) -> QRect:
        """What is ringed, in the window; empty when nothing is."""
        return self.geometry().marginsRemoved(_margins()) if self.isVisible() else QRect()

    def follow(self) -> None:
        """Go to where the control is now."""
        self._put(self._seen())

    def show_at(self, place: QRect) -> None:
        """Ring a part of the window, which does not move; an empty one for none."""
        self.show_around("")
        self._put(place.intersected(self._window.rect()))

    def _put(self, place: QRect) -> None:
        if place.isEmpty():
            self.hide()
            return
        around = place.marginsAdded(_margins())
        if around != self.geometry() or self.isHidden():
            self.setGeometry(around)
            self.show()
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a rounded frame with a pale one outside it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(self._theme.color(Token.SELECTION))
        for width, strength, inset in ((WIDTH + 4, 0.25, 3.5), (WIDTH, 1.0, 3.5)):
            color.setAlphaF(strength)
            painter.setPen(QPen(color, width))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 9, 9)
        painter.end()

    def _find(self) -> QWidget | None:
        """The control; or what it is folded into, where that can be seen (the head of a narrow column)."""
        found = self._window.findChildren(QWidget, self._target) if self._target else []
        above = [parent for one in found if (parent := one.parentWidget()) is not None and parent is not self._window]
        return next((one for one in (*found, *above) if one.isVisible()), None)

    def _seen(self) -> QRect:
        """The part of the control that can be seen, in the window."""
        window = self._window
        widget = self._find()  # anew each time: controls come and go with the layers
        if widget is None:
            return QRect()
        seen = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).intersected(window.rect())
        above = widget.parentWidget()
        while above is not None and above is not window:
            seen = seen.intersected(QRect(above.mapTo(window, QPoint(0, 0)), above.size()))
            above = above.parentWidget()
        return seen


def _margins() -> QMargins:
    return QMargins(AROUND, AROUND, AROUND, AROUND)
