"""One class at the booth: press it to collect the drawing; its bar shows how likely the network finds it."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy, QWidget

from playground.views.forms import percent
from playground.views.markers import marker_path
from playground.views.theme import CAPTION_SIZE, TEXT_SIZE, Marker, Theme, Token, sized_font

LEAST, MOST = 38, 58
"""Pixels of a row: few classes get more room, so that they are seen from afar."""
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_NAME = 50


class ClassButton(QAbstractButton):
    """Key, marker, name, bar of the probability and number of drawings.

    Signals:
        renamed(str): another name was typed (F2 or a double click begins it).
    """

    renamed = Signal(str)

    def __init__(self, theme: Theme, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.index = theme, index
        self.name, self.count = "", 0
        self.probability: float | None = None
        self._collects, self._color, self._marker = True, QColor(), Marker.SQUARE
        self.field: QLineEdit | None = None
        self.setObjectName(f"booth.class.{index}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A row wide enough for name and bar."""
        return QSize(200, LEAST)

    @property
    def key(self) -> str:
        """The digit that presses it."""
        return str((self.index + 1) % 10)

    def show_class(self, name: str, count: int, color: QColor, marker: Marker, *, collects: bool) -> None:
        """Show another class; one that does not collect only shows its bar."""
        self.name, self.count, self._color, self._marker, self._collects = name, count, color, marker, collects
        self.setEnabled(collects)
        self.setCursor(Qt.CursorShape.PointingHandCursor if collects else Qt.CursorShape.ArrowCursor)
        tip = self.tr("Keep the drawing as %s (key %s). F2 or a double click renames it") % (name, self.key)
        self.setToolTip(tip if collects else "")
        self._say()
        self.update()

    def show_probability(self, value: float | None) -> None:
        """Show how likely the network finds this class, 0..1; None: it was not asked."""
        if value != self.probability:
            self.probability = value
            self._say()
            self.update()

    def _say(self) -> None:
        parts = [self.name]
        if self._collects:
            parts.append(self.tr("drawings: %s") % self.count)
        if self.probability is not None:
            parts.append(percent(self.probability))
        self.setAccessibleName(", ".join(parts))

    def rename(self) -> None:
        """Let another name be typed."""
        if self.field is not None or not self._collects:
            return
        self.field = QLineEdit(self.name, self)
        self.field.setAccessibleName(self.tr("Name of the class"))
        self._place_field()
        self.field.selectAll()
        self.field.show()
        self.field.setFocus()
        self.field.installEventFilter(self)
        self.field.editingFinished.connect(self._named)

    def _place_field(self) -> None:
        if self.field is not None:
            self.field.setGeometry(_NAME - 8, (self.height() - 28) // 2, self.width() - _NAME, 28)

    def _named(self) -> None:
        field, self.field = self.field, None
        if field is None:
            return
        field.deleteLater()
        self.setFocus()
        if field.text().strip() != self.name:
            self.renamed.emit(field.text())

    # -- Qt --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return keeps a typed name and Esc does not; neither goes further."""
        if self.field is None or watched is not self.field or not isinstance(event, QKeyEvent):
            return False
        if event.type() is not QEvent.Type.KeyPress or event.key() not in _ENDS:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.field.setText(self.name)
        self._named()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Return collects."""
        if event.key() == Qt.Key.Key_F2:
            self.rename()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field is None:
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field over the name."""
        self._place_field()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename."""
        self.rename()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        focus = self.hasFocus()
        painter.setPen(QPen(theme.color(Token.SELECTION if focus else Token.LINE), 2 if focus else 1))
        hover = self._collects and (self.underMouse() or self.isDown())
        painter.setBrush(theme.color(Token.HOVER if hover else Token.CARD))
        painter.drawRoundedRect(box, 6, 6)
        thick = max(7.0, 0.22 * box.height())
        inner = box.adjusted(8, 3, -10, -6)
        self._paint_words(painter, inner.adjusted(0, 0, 0, -thick - 1))
        self._paint_bar(painter, QRectF(inner.left(), inner.bottom() - thick, inner.width(), thick))
        painter.end()

    def _paint_words(self, painter: QPainter, line: QRectF) -> None:
        """Key, marker and name on the left, probability and number of drawings on the right."""
        theme = self._theme
        left, right = (side | Qt.AlignmentFlag.AlignVCenter for side in (_LEFT, _RIGHT))
        place = line.left()
        if self._collects:
            cap = QRectF(place, line.center().y() - 9, 18, 18)
            painter.setPen(theme.color(Token.CONTROL_LINE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(theme.color(Token.MUTED))
            painter.setFont(sized_font(CAPTION_SIZE))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)
            place += 24
        painter.save()
        painter.translate(QPointF(place + 7, line.center().y()))
        painter.setPen(QPen(theme.color(Token.TEXT), 1))
        painter.setBrush(self._color)
        painter.drawPath(marker_path(self._marker, 5))
        painter.restore()
        end = line.right()
        painter.setFont(sized_font(TEXT_SIZE))
        if self._collects:
            painter.setPen(theme.color(Token.MUTED))
            count = str(self.count)
            width = max(12, painter.fontMetrics().horizontalAdvance(count))
            painter.drawText(QRectF(end - width, line.top(), width, line.height()), right, count)
            end -= width + 6
        if self.probability is not None:
            painter.setPen(theme.color(Token.TEXT))
            width = painter.fontMetrics().horizontalAdvance(percent(1.0))
            painter.drawText(QRectF(end - width, line.top(), width, line.height()), right, percent(self.probability))
            end -= width + 4
        painter.setPen(theme.color(Token.TEXT))
        painter.setFont(sized_font(TEXT_SIZE, bold=True))
        room = QRectF(place + 18, line.top(), max(10.0, end - place - 20), line.height())
        name = painter.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, left, name)

    def _paint_bar(self, painter: QPainter, track: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(Token.HOVER if not self.underMouse() else Token.LINE))
        painter.drawRoundedRect(track, 3, 3)
        if self.probability is None:
            return
        filled = QRectF(track)
        filled.setWidth(max(2.0, track.width() * self.probability))
        painter.setBrush(self._color)
        painter.setPen(QPen(self._theme.color(Token.CONTROL_LINE), 1))
        painter.drawRoundedRect(filled, 3, 3)
