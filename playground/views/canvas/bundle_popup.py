"""All units of a wide layer at once, live, in a pop-up."""

import math

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from playground.views.canvas.stages import Stage
from playground.views.canvas.units import FrameStamps, MapStrip
from playground.views.theme import TEXT_SIZE, Theme, Token, sized_font

_SIDE, _STEP, _EDGE, _HEAD = 34, 40, 12, 30
_MOST = 256


class BundlePopup(QFrame):
    """Shows the heat map of every unit of one layer.

    Signals:
        picked(int, int): a column, and the unit of it that was clicked.
    """

    picked = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("canvas.bundle")
        self._theme = theme
        self._stamps = FrameStamps(theme)
        theme.changed.connect(self._stamps.clear)
        self.column = -1
        self._title = ""
        self._units, self._across = 0, 1
        self._strip: MapStrip | None = None

    def open(self, column: int, stage: Stage, strip: MapStrip, corner: QPoint) -> None:
        """Show the units of ``column`` near ``corner``."""
        self.column, self._strip, self._units = column, strip, min(stage.units, _MOST)
        self._across = max(4, math.ceil(math.sqrt(self._units * 1.6)))
        self._title = self.tr("%1: all %2 units").replace("%1", stage.title).replace("%2", str(stage.units))
        self.setAccessibleName(self._title)
        down = math.ceil(self._units / self._across)
        self.setFixedSize(self._across * _STEP + 2 * _EDGE - 6, down * _STEP + _HEAD + _EDGE)
        area = self.screen().availableGeometry()
        x = max(area.left(), min(corner.x() - self.width() // 2, area.right() - self.width()))
        y = max(area.top(), min(corner.y() + 4, area.bottom() - self.height()))
        self.move(x, y)
        self.show()

    def follow(self, strip: MapStrip | None) -> None:
        """Show newer maps of the column on show, if there are any."""
        if strip is not None:
            self._strip = strip
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pick the unit under the pointer."""
        across = int(event.position().x() - _EDGE) // _STEP
        unit = int(event.position().y() - _HEAD) // _STEP * self._across + across
        if 0 <= across < self._across and event.position().y() >= _HEAD and unit < self._units:
            self.picked.emit(self.column, unit)
            self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title and maps."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(Token.CARD))
        painter.setPen(QPen(self._theme.color(Token.CONTROL_LINE), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(self._theme.color(Token.TEXT))
        painter.setFont(sized_font(TEXT_SIZE, bold=True))
        painter.drawText(QRectF(_EDGE, 4, self.width(), _HEAD - 6), Qt.AlignmentFlag.AlignVCenter, self._title)
        if self._strip is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        stamp = self._stamps.get(_SIDE, _SIDE, self.devicePixelRatioF())
        for unit in range(self._units):
            place = QPointF(_EDGE + unit % self._across * _STEP, _HEAD + unit // self._across * _STEP)
            self._strip.draw(painter, QRectF(place.x(), place.y(), _SIDE, _SIDE), unit)
            painter.drawPixmap(place, stamp)
