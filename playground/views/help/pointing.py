"""Pointing at something: while it lasts, a click on the window explains what is there instead of using it."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget


class Pointing(QWidget):
    """Lies over a window, invisibly, and takes the mouse.

    Signals:
        moved(QPoint), clicked(QPoint): the place in the window that the pointer is at.
        ended(): it was given up, by Esc or because the window lost the keyboard.
    """

    moved = Signal(QPoint)
    clicked = Signal(QPoint)
    ended = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("help.pointing")
        self.setAccessibleName(self.tr("Click what you want to have explained"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.WhatsThisCursor)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()
        window.installEventFilter(self)

    def below(self, place: QPoint) -> QWidget:
        """The widget under a place of the window."""
        window = self.window()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        found = window.childAt(place)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        return found or window

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Cover the window, whatever its size."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(watched.rect())
        return False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the pointer is."""
        self.moved.emit(event.position().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell what was clicked; the right button gives up."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit(event.position().toPoint())
        else:
            self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up; no other key does anything."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        event.accept()

    def focusOutEvent(self, event: object) -> None:
        """Whoever goes on elsewhere wants no help any more."""
        self.ended.emit()
