"""The pad: draw with mouse, finger, pen or keys."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.views.booth.strokes import Stroke, paint
from playground.views.theme import TEXT_SIZE, Theme, Token, sized_font

BRUSHES = (0.05, 0.085, 0.13)
"""Widths of the pen, as parts of the pad: fine, medium, broad."""
_STEP = 1 / 28
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Pad(QWidget):
    """A square sheet. Arrow keys move the pen, Space lowers and lifts it, Backspace takes a stroke back.

    Signals:
        changed(): the drawing is another one; also while a stroke is drawn.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.strokes: list[Stroke] = []
        self.brush = BRUSHES[1]
        self.hint = ""
        self._drawing = False
        self._pen: QPointF | None = None  # where the keys hold it; None while the mouse is used
        self.setObjectName("booth.pad")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(250, 240)
        self.setAccessibleName(self.tr("Drawing pad"))
        self.setAccessibleDescription(
            self.tr("Draw with the mouse, or move the pen with the arrow keys and lower or lift it with Space.")
        )
        self.setToolTip(
            self.tr("Draw here. By keyboard: arrows move the pen, Space lowers and lifts it, Backspace undoes a stroke")
        )
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Large enough to draw well."""
        return QSize(240, 240)

    @property
    def empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self.strokes

    def clear(self) -> None:
        """Begin a new drawing."""
        self._drawing = False
        if self.strokes:
            self.strokes = []
            self._tell()

    def undo(self) -> None:
        """Take the last stroke back."""
        self._drawing = False
        if self.strokes:
            self.strokes.pop()
            self._tell()

    def _sheet(self) -> QRectF:
        side = min(self.width(), self.height()) - 2
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _place(self, point: QPointF) -> QPointF:
        sheet = self._sheet()
        inner = point - sheet.topLeft()
        return QPointF(min(max(inner.x() / sheet.width(), 0), 1), min(max(inner.y() / sheet.height(), 0), 1))

    def _begin(self, place: QPointF) -> None:
        self._drawing = True
        self.strokes.append(Stroke(self.brush, [place]))
        self._tell()

    def _go_on(self, place: QPointF) -> None:
        if self._drawing and place != self.strokes[-1].points[-1]:
            self.strokes[-1].points.append(place)
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke; fingers and pens arrive here, too."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pen = None
            self._begin(self._place(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(self._place(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._drawing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, lower or lift the pen."""
        key = event.key()
        if key in _ARROWS:
            far = 4 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            across, down = (_STEP * far * part for part in _ARROWS[Qt.Key(key)])
            old = self._pen or QPointF(0.5, 0.5)
            self._pen = QPointF(min(max(old.x() + across, 0), 1), min(max(old.y() + down, 0), 1))
            self._go_on(self._pen)
            self.update()
        elif key == Qt.Key.Key_Space:
            if self._drawing:
                self._drawing = False
                self.update()
            else:
                self._pen = self._pen or QPointF(0.5, 0.5)
                self._begin(self._pen)
        elif key == Qt.Key.Key_Backspace:
            self.undo()
        elif key == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet, the strokes and the pen of the keys."""
        painter, sheet, theme = QPainter(self), self._sheet(), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(Token.SELECTION if self.hasFocus() else Token.CONTROL_LINE), 2))
        painter.setBrush(theme.color(Token.CARD))
        painter.drawRoundedRect(sheet, 8, 8)
        if self.empty and self._pen is None:
            painter.setPen(theme.color(Token.MUTED))
            painter.setFont(sized_font(TEXT_SIZE))
            painter.drawText(
                sheet.adjusted(24, 24, -24, -24), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.hint
            )
        painter.setClipRect(sheet.adjusted(2, 2, -2, -2))
        painter.translate(sheet.topLeft())
        paint(painter, self.strokes, sheet.width(), theme.color(Token.TEXT))
        if self._pen is not None and self.hasFocus():
            place = QPointF(self._pen.x() * sheet.width(), self._pen.y() * sheet.height())
            painter.setPen(QPen(theme.color(Token.SELECTION), 2))
            painter.setBrush(theme.color(Token.SELECTION) if self._drawing else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place, 6, 6)
        painter.end()
