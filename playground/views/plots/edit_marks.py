"""Marks of the user's edits on the loss plot: thin lines with small numbered handles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from playground.views.scales import number
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

_NEAR = 4.0  # pixels from a line that count as on it
_HEIGHT = 15.0
_NAMED = 12  # edits named in a tool-tip


@dataclass(frozen=True)
class Handle:
    """Edits so close together that they share a line: where it stands, its handle, and which edits (first, last)."""

    x: float
    box: QRectF
    first: int
    last: int


class EditMarks(pg.GraphicsObject):
    """Draws marks over a view of curves.

    area: the view's rectangle in the scene; place: an epoch's x there.
    """

    def __init__(self, theme: Theme, area: Callable[[], QRectF], place: Callable[[float], float]) -> None:
        super().__init__()
        self._theme, self._area, self._place = theme, area, place
        self._marks: tuple[tuple[float, str], ...] = ()
        self._font = sized_font(CAPTION_SIZE)
        self._font.setPixelSize(CAPTION_SIZE - 1)
        self.setZValue(50)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_marks(self, marks: Sequence[tuple[float, str]]) -> None:
        """Show other marks: (epoch, name of the edit)."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.prepareGeometryChange()
            self.update()

    @property
    def shown(self) -> bool:
        """Whether there are marks."""
        return bool(self._marks)

    @property
    def handles(self) -> list[Handle]:
        """What is drawn: edits whose handles would overlap share one."""
        area, metrics = self._area(), QFontMetricsF(self._font)
        found: list[Handle] = []
        for index, (epoch, _) in enumerate(self._marks):
            x = self._place(epoch)
            if not area.left() - 1 <= x <= area.right() + 1:
                continue
            first = index
            while found and found[-1].box.right() + 2 > x - self._width(first, index, metrics) / 2:
                x, first = found[-1].x, found[-1].first
                found.pop()
            width = self._width(first, index, metrics)
            left = max(area.left(), min(x - width / 2, area.right() - width))
            found.append(Handle(x, QRectF(left, area.top(), width, _HEIGHT), first, index))
        return found

    def text_at(self, place: QPointF) -> str:
        """The names of the edits under a place in the scene, "" where there are none."""
        for handle in self.handles:
            if handle.box.contains(place) or (abs(place.x() - handle.x) <= _NEAR and self._area().contains(place)):
                return self._text(handle.first, handle.last)
        return ""

    @property
    def description(self) -> str:
        """All edits in words."""
        return self._text(0, len(self._marks) - 1) if self._marks else ""

    def boundingRect(self) -> QRectF:
        """The whole view."""
        return self._area()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the lines, then the handles over them."""
        theme, area, handles = self._theme, self._area(), self.handles
        if not handles:
            return
        line = theme.color(Token.CONTROL_LINE)
        line.setAlpha(150)
        painter.setPen(QPen(line, 1))
        for handle in handles:
            x = round(handle.x) + 0.5
            painter.drawLine(QPointF(x, area.top() + _HEIGHT), QPointF(x, area.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        for handle in handles:
            painter.setPen(QPen(theme.color(Token.CONTROL_LINE), 1))
            painter.setBrush(theme.color(Token.CARD))
            painter.drawRoundedRect(handle.box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(theme.color(Token.MUTED))
            painter.drawText(handle.box, Qt.AlignmentFlag.AlignCenter, _name(handle.first, handle.last))

    def _width(self, first: int, last: int, metrics: QFontMetricsF) -> float:
        return max(_HEIGHT, metrics.horizontalAdvance(_name(first, last)) + 8)

    def _text(self, first: int, last: int) -> str:
        """One line for each edit, with its number and epoch."""
        lines = []
        for index in range(first, min(last + 1, first + _NAMED)):
            epoch, label = self._marks[index]
            lines.append(_tr("%s  %s, after epoch %s") % (index + 1, label, number(int(epoch))))
        left = last + 1 - first - len(lines)
        return "\n".join([*lines, _tr("and %s more") % left] if left > 0 else lines)


def _name(first: int, last: int) -> str:
    return f"{first + 1}" if first == last else f"{first + 1}–{last + 1}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("EditMarks", text)
