"""Where the panels stand: docks around the canvas, which can be moved, floated, hidden and put back."""

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QScrollArea, QSizePolicy, QWidget

from playground.views.theme import Theme, Token

LAYOUT_VERSION = 1
"""Raise it when docks change, so that a remembered layout of an older version is not used."""

AREAS = Qt.DockWidgetArea
MARGIN = 12

LEAST_WIDTH = 190
DATA_WIDTH, OUTPUT_WIDTH, PLOTS_HEIGHT = 196, 330, 196
"""Sizes of the docks in a window of 1366 × 768; data keep theirs, output and plots grow with the window."""


NEEDED, TIGHT = QSize(840, 740), QSize(150, 90)
"""Room in which every panel stands without scrolling, with the window's frame; and the least that a panel gets then."""


class Grip(QWidget):
    """The thin bar above a panel by which it is dragged; a double click floats it."""

    HEIGHT = 9

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(self.HEIGHT)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setToolTip(self.tr("Drag to move “%s”, double-click to float it") % title)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a short bar, darker while the pointer is near."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(Token.CONTROL_LINE if self.underMouse() else Token.LINE))
        painter.drawRoundedRect(self.width() // 2 - 16, 3, 32, 3, 1.5, 1.5)
        painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Float the panel, or put it back."""
        dock = self.parentWidget()
        if isinstance(dock, QDockWidget):
            dock.setFloating(not dock.isFloating())

    def enterEvent(self, event: object) -> None:
        """Darken the bar."""
        self.update()

    def leaveEvent(self, event: object) -> None:
        """Lighten the bar."""
        self.update()


def add_dock(window: QMainWindow, theme: Theme, name: str, title: str, panel: QWidget, area: AREAS) -> QDockWidget:
    """Put ``panel`` into a dock at ``area``; ``name`` is the key of the remembered layout."""
    dock = QDockWidget(title, window)
    dock.setObjectName(f"dock.{name}")
    dock.setTitleBarWidget(Grip(theme, title))
    if area is not AREAS.BottomDockWidgetArea:  # what a panel shows now must not push the others about
        panel.setSizePolicy(QSizePolicy.Policy.Ignored, panel.sizePolicy().verticalPolicy())
        panel.setMinimumWidth(LEAST_WIDTH)
    dock.setWidget(panel)
    window.addDockWidget(area, dock)
    return dock


def arrange(window: QMainWindow) -> None:
    """Let the lower docks span the window, under the side docks."""
    window.setDockNestingEnabled(True)
    window.setContentsMargins(MARGIN, 0, MARGIN, 0)
    for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
        window.setCorner(corner, AREAS.BottomDockWidgetArea)


def reset(window: QMainWindow, original: QByteArray, docks: Iterable[QDockWidget]) -> None:
    """Put every panel back where it was on the first start."""
    for dock in docks:
        dock.setFloating(False)
        dock.show()
    window.restoreState(original, LAYOUT_VERSION)


def make_room(window: QMainWindow, docks: Iterable[QDockWidget], canvas: QWidget, *, enlarged: bool) -> bool:
    """Let panels scroll where an enlarged window would need more room than the screen has; tell whether that is so."""
    room = window.screen().availableSize()
    tight = enlarged and (room.width() < NEEDED.width() or room.height() < NEEDED.height())
    canvas.setMinimumSize(TIGHT if tight else QSize(0, 0))  # 0: as the canvas says itself
    for dock in docks:
        panel = dock.widget()
        if tight and not isinstance(panel, QScrollArea):
            area = QScrollArea(dock, widgetResizable=True)
            area.setMinimumSize(TIGHT)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            dock.setWidget(area)
            area.setWidget(panel)
        elif not tight and isinstance(panel, QScrollArea):
            dock.setWidget(panel.takeWidget())
            panel.deleteLater()
    if (whole := window.layout()) is not None:
        whole.activate()  # the least size of the window is another one at once
    return tight


def share_tightly(window: QMainWindow, data: QDockWidget, output: QDockWidget, plots: QDockWidget) -> None:
    """Leave the network most of a window that is too small for everything; the other panels scroll."""
    window.resizeDocks([plots], [window.height() * 3 // 10], Qt.Orientation.Vertical)
    window.resizeDocks([data, output], [TIGHT.width(), window.width() // 4], Qt.Orientation.Horizontal)


def share_room(window: QMainWindow, data: QDockWidget, output: QDockWidget, plots: QDockWidget) -> None:
    """Give each dock its share of the window: the decision map and the plots grow with it."""
    wide, high = max(1.0, window.width() / 1366), max(1.0, window.height() / 768)
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    window.resizeDocks([plots], [round(PLOTS_HEIGHT * high)], vertical)
    window.resizeDocks([data, output], [DATA_WIDTH, round(OUTPUT_WIDTH * min(wide, high))], horizontal)
