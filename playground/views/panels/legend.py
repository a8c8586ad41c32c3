"""The legend below the decision map: which colour and marker stand for what."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.data.dataset import Task
from playground.views.panels.output_scale import OutputScale
from playground.views.panels.point_layer import stamp_for_class
from playground.views.scales import number
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

_BAR, _HEIGHT = 8, 29
_NARROWEST = 18
"""Pixels for a class; where there is less, they are not listed."""
_MIDDLE = 56
"""Pixels that a name leaves to its number, its marker and the middle of the bar."""


class Legend(QWidget):
    """A colour bar with its ends named, or one swatch per class."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scale: OutputScale | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as the panel, two lines high."""
        return QSize(200, _HEIGHT)

    def show_scale(self, scale: OutputScale) -> None:
        """Explain another scale."""
        self._scale = scale
        self.setAccessibleName(self.tr("Legend: %s") % ", ".join(scale.class_names or self._ends()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar or the swatches."""
        if self._scale is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized_font(CAPTION_SIZE))
        if self._scale.task is Task.MULTICLASS:
            self._draw_classes(painter, self._scale)
        else:
            self._draw_bar(painter)
        painter.end()

    def _ends(self) -> tuple[str, str, str]:
        assert self._scale is not None
        middle = "½" if self._scale.middle == 0.5 else number(self._scale.middle)
        return number(self._scale.low).replace("-", "−"), middle, number(self._scale.high)

    def _draw_bar(self, painter: QPainter) -> None:
        assert self._scale is not None
        gradient = QLinearGradient(0, 0, self.width(), 0)
        table = self._theme.diverging_lut()
        for place in (0, 127, 255):
            gradient.setColorAt(place / 255, QColor(*table[place].tolist()))
        bar = QRectF(0.5, 0.5, self.width() - 1, _BAR - 1)
        painter.setBrush(gradient)
        painter.setPen(self._theme.color(Token.LINE))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setPen(self._theme.color(Token.MUTED))
        low, middle, high = self._ends()
        below = QRect(0, _BAR + 2, self.width(), 16)
        flag = Qt.AlignmentFlag
        painter.drawText(below, flag.AlignHCenter | flag.AlignVCenter, middle)
        names = self._scale.class_names
        if not names:
            painter.drawText(below, flag.AlignLeft | flag.AlignVCenter, low)
            painter.drawText(below, flag.AlignRight | flag.AlignVCenter, high)
            return
        metrics, room = painter.fontMetrics(), self.width() // 2 - _MIDDLE
        first, second = (metrics.elidedText(name, Qt.TextElideMode.ElideRight, room) for name in names[:2])
        left, right = f"{low} · {first}", f"{second} · {high}"
        painter.drawText(below, flag.AlignLeft | flag.AlignVCenter, left)
        painter.drawText(below, flag.AlignRight | flag.AlignVCenter, right)
        self._stamp(painter, 0, metrics.horizontalAdvance(left) + 10, below)
        self._stamp(painter, 1, self.width() - metrics.horizontalAdvance(right) - 10, below)

    def _draw_classes(self, painter: QPainter, scale: OutputScale) -> None:
        """One marker and name per class, evenly spaced."""
        count = len(scale.class_names)
        column = self.width() / count
        painter.setPen(self._theme.color(Token.MUTED))
        if column < _NARROWEST:
            words = self.tr("%s classes; hover over a point for its name") % number(count)
            painter.drawText(QRect(0, 0, self.width(), 16), Qt.AlignmentFlag.AlignVCenter, words)
            count = 0
        for index, name in enumerate(scale.class_names[:count]):
            box = QRect(round(index * column), 0, round(column), 16)
            self._stamp(painter, index, box.left() + 7, box, count)
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, box.width() - 18)
            painter.drawText(box.adjusted(16, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, shown)
        below = QRect(0, 14, self.width(), 15)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, self.tr("the stronger the colour, the more certain"))

    def _stamp(self, painter: QPainter, index: int, x: float, box: QRect, count: int = 2) -> None:
        ratio = self.devicePixelRatioF()
        stamp: QPixmap = stamp_for_class(index, count, self._theme, 4.0, ratio, training=True)
        half = stamp.width() / 2 / ratio
        painter.drawPixmap(round(x - half), round(box.center().y() + 1 - half), stamp)
