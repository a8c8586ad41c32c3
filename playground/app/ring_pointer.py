"""Pointing at the control that a step of a lesson is to ring: a click in the window gives its name."""

from PySide6.QtCore import QObject, QPoint, QRect, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QWidget

from playground.views.help.pointing import Pointing
from playground.views.lessons.ring import Ring
from playground.views.theme import Theme


class RingPointer(QObject):
    """Rings what the pointer is on until something is clicked. ``spared``: the panel that nothing is taken from.

    Signals:
        pointed(str): a control was clicked; its object name.
    """

    pointed = Signal(str)

    def __init__(self, window: QMainWindow, theme: Theme, spared: QWidget) -> None:
        super().__init__(window)
        self._window, self._spared = window, spared
        self._ring = Ring(theme, window)
        self._ring.setObjectName("recorder.pointer")
        self.pointing: Pointing | None = None

    @Slot()
    def begin(self) -> None:
        """Take the next click."""
        self.end()
        pointing = self.pointing = Pointing(self._window)
        pointing.setAccessibleName(self.tr("Click what is to be ringed"))
        pointing.moved.connect(self._follow)
        pointing.clicked.connect(self._take)
        pointing.ended.connect(self.end)

    @Slot()
    def end(self) -> None:
        """Point no more; harmless when called again."""
        pointing, self.pointing = self.pointing, None
        if pointing is not None:
            pointing.close()
            self._ring.show_around("")

    @Slot(QPoint)
    def _follow(self, place: QPoint) -> None:
        widget = self._named_below(place)
        shown = QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size()) if widget is not None else QRect()
        self._ring.show_at(shown)
        if self.pointing is not None:
            self.pointing.raise_()

    @Slot(QPoint)
    def _take(self, place: QPoint) -> None:
        widget = self._named_below(place)
        self.end()
        if widget is not None:
            self.pointed.emit(widget.objectName())

    def _named_below(self, place: QPoint) -> QWidget | None:
        """The nearest widget there that has a name of ours."""
        widget: QWidget | None = self.pointing.below(place) if self.pointing is not None else None
        while widget is not None and widget is not self._window:
            if widget is self._spared:
                return None
            name = widget.objectName()
            if name and not name.startswith(("qt_", "dock.")):
                return widget
            widget = widget.parentWidget()
        return None
