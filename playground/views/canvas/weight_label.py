"""The calm little sign beside a weight under the pointer: its number, and whose it is."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.views.theme import CAPTION_SIZE, TEXT_SIZE, Theme, Token, sized_font

_SIDE, _LINE = 9, 18
_AWAY = QPoint(16, 18)


class WeightLabel(QWidget):
    """Paints itself, so that another number costs next to nothing and never moves anything.

    It stands still beside the place where it was opened; its width does not follow the number.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet, self._theme = parent, theme
        self._number, self._caption, self._note = "", "", ""
        self._place = QPoint()
        self.setObjectName("canvas.weight_label")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """All that it says."""
        return f"{self._number} {self._caption}\n{self._note}".strip()

    def open_at(self, place: QPoint) -> None:
        """Stand beside ``place`` of the parent; what it says comes with ``tell``."""
        self._place = place
        self.resize(0, 0)

    def tell(self, number: str, caption: str, note: str = "") -> None:
        """Show a number with its caption and, below, a few words."""
        if self.isVisible() and (number, caption, note) == (self._number, self._caption, self._note):
            return
        same = (caption, note) == (self._caption, self._note)
        self._number, self._caption, self._note = number, caption, note
        wanted = self._wanted()
        size = QSize(max(self.width() if same else 0, wanted.width()), wanted.height())
        if size != self.size() or not self.isVisible():
            self.resize(size)
            self._stand()
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a card with the lines of text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color(Token.LINE), 1))
        painter.setBrush(self._theme.color(Token.CARD))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        bold = sized_font(TEXT_SIZE, bold=True)
        painter.setFont(bold)
        painter.setPen(self._theme.color(Token.TEXT))
        line = QRectF(_SIDE, 4, self.width() - 2 * _SIDE, _LINE)
        painter.drawText(line, left, self._number)
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(self._theme.color(Token.MUTED))
        painter.drawText(line.adjusted(self._number_room(), 0, 4, 0), left, self._caption)
        painter.drawText(line.translated(0, _LINE - 3), left, self._note)

    def _number_room(self) -> float:
        """Wide enough for any ordinary weight, so that the caption stands still while the number changes."""
        metrics = QFontMetricsF(sized_font(TEXT_SIZE, bold=True))
        return max(metrics.horizontalAdvance("−0.0000"), metrics.horizontalAdvance(self._number)) + 8

    def _wanted(self) -> QSize:
        metrics = QFontMetricsF(sized_font(CAPTION_SIZE))
        widths = [self._number_room() + metrics.horizontalAdvance(self._caption)]
        widths.append(metrics.horizontalAdvance(self._note))
        return QSize(round(max(widths)) + 2 * _SIDE + 2, _LINE + 8 + (_LINE - 3 if self._note else 0))

    def _stand(self) -> None:
        """Below and right of the place; on the other side where there is no room."""
        room = self._sheet.size()
        x, y = self._place.x() + _AWAY.x(), self._place.y() + _AWAY.y()
        if x + self.width() > room.width() - 4:
            x = max(4, self._place.x() - _AWAY.x() - self.width())
        if y + self.height() > room.height() - 4:
            y = max(4, self._place.y() - _AWAY.y() - self.height())
        self.move(x, y)
