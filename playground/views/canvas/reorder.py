"""A tool: take a layer by the head of its column and put it down elsewhere."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from playground.project import edits
from playground.session.document import Document
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.controls import applied, impossible
from playground.views.canvas.geometry import Layout
from playground.views.canvas.marks import qrect
from playground.views.canvas.picker import Picker
from playground.views.canvas.tools import Tool
from playground.views.theme import TEXT_SIZE, Theme, Token, sized_font

_SEEN = 0.78  # how much of the lifted column covers what is below
_AWAY = 0.6  # how far what was lifted has gone from its old place
_LIFT = 5  # pixels


class DropPicture(QWidget):
    """Floats above the sheet while a column is carried: its picture, and where it would land, or why it cannot."""

    def __init__(self, theme: Theme, picture: QPixmap, corner: QPointF, sheet: QWidget) -> None:
        super().__init__(sheet)
        self.setObjectName("canvas.drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme, self._picture = theme, picture
        self._home = self.corner = corner
        self.line: float | None = None
        self.problem = ""
        self.setGeometry(sheet.rect())
        self.raise_()
        self.show()

    def show_at(self, corner: QPointF, line: float | None, problem: str) -> None:
        """Carry the picture to ``corner``; ``line``: the x of the lane where it would land."""
        self.corner, self.line, self.problem = corner, line, problem
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lane, the picture, and the reason."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.corner, self._picture.deviceIndependentSize())
        violet, veil = self._theme.color(Token.SELECTION), self._theme.color(Token.CARD)
        veil.setAlphaF(_AWAY)
        painter.fillRect(QRectF(self._home, self._picture.deviceIndependentSize()).adjusted(2, 2, -2, -2), veil)
        painter.setOpacity(_SEEN)
        painter.drawPixmap(self.corner, self._picture)
        painter.setOpacity(1.0)
        painter.setPen(QPen(violet, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 8, 8)
        if self.line is not None:
            self._paint_line(painter, self.line, self._theme.color(Token.MUTED) if self.problem else violet, box)
        if self.problem:
            self._paint_problem(painter, box)

    def _paint_line(self, painter: QPainter, x: float, color: QColor, box: QRectF) -> None:
        pen = QPen(color, 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if self.problem:
            pen.setDashPattern([2, 2])
        painter.setPen(pen)
        top, bottom = 6.0, box.height() + 6
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        if not self.problem:
            painter.setBrush(color)
            painter.drawEllipse(QPointF(x, top), 4, 4)
            painter.drawEllipse(QPointF(x, bottom), 4, 4)

    def _paint_problem(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(sized_font(TEXT_SIZE))
        shown = self.visibleRegion().boundingRect()
        width = min(280, shown.width() - 24)
        flags = int(Qt.TextFlag.TextWordWrap)
        height = painter.fontMetrics().boundingRect(0, 0, width, 400, flags, self.problem).height()
        left = max(shown.x() + 12.0, min(box.center().x() - width / 2, shown.right() - width - 12.0))
        sign = QRectF(left, box.y() + 40, width, height)
        painter.setPen(QPen(self._theme.color(Token.CONTROL_LINE), 1))
        painter.setBrush(self._theme.color(Token.CARD))
        painter.drawRoundedRect(sign.adjusted(-10, -7, 10, 7), 6, 6)
        painter.setPen(self._theme.color(Token.TEXT))
        painter.drawText(sign, flags, self.problem)


class ReorderTool(Tool):
    """A press on a layer's head selects it; moved further, it lifts the column.

    ``reveal`` scrolls until an x of the canvas can be seen.
    """

    def __init__(
        self,
        document: Document,
        picker: Picker,
        assembly: Assembly,
        theme: Theme,
        reveal: Callable[[float], None],
    ) -> None:
        self._reveal = reveal
        self._document, self._picker, self._assembly, self._theme = document, picker, assembly, theme
        self._layer = 0
        self._start = QPointF()
        self._picture: DropPicture | None = None
        self._problems: dict[int, str] = {}

    @property
    def carrying(self) -> bool:
        """Whether a column is lifted."""
        return self._picture is not None

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of the head of a hidden layer."""
        layout, place = self._assembly.layout, event.position()
        column = layout.head_at(place.x(), place.y())
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() or column is None:
            return False
        if not 0 < column < len(layout.columns) - 1:
            return False
        self._layer, self._start = column - 1, place
        self._picker.select([self._layer])
        return True

    def move(self, event: QMouseEvent) -> None:
        """Carry the column."""
        away = event.position() - self._start
        if self._picture is None:
            if away.manhattanLength() < QApplication.startDragDistance():
                return
            self._lift()
        assert self._picture is not None
        frame = self._assembly.layout.columns[self._layer + 1].frame
        lane = nearest_lane(self._assembly.layout, frame.center_x + away.x())
        stays = lane in (self._layer, self._layer + 1)
        corner = QPointF(frame.x + away.x(), max(0.0, min(frame.y + away.y(), 40.0)) + _LIFT)
        line = None if stays else self._assembly.layout.gaps[lane]
        self._picture.show_at(corner, line, "" if stays else self._problem(lane))
        self._reveal(event.position().x())

    def release(self, event: QMouseEvent) -> None:
        """Put the column down where the line is."""
        picture = self._picture
        self._drop()
        if picture is None or picture.line is None or picture.problem:
            return
        to = target(self._layer, self._assembly.layout.gaps.index(picture.line))
        problem = applied(self._document, lambda: edits.move_layer(self._document.project, self._layer, to))
        if problem:
            self._assembly.refused.emit(problem)
        else:
            self._picker.select([to])

    def double(self, event: QMouseEvent) -> bool:
        """Forget the second press of a double click."""
        self._drop()
        return False

    def cancel(self) -> None:
        """Put it back."""
        self._drop()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _lift(self) -> None:
        frame = self._assembly.layout.columns[self._layer + 1].frame
        surface = self._assembly.surface
        picture = surface.grab(qrect(frame).toAlignedRect())
        self._picture = DropPicture(self._theme, picture, QPointF(frame.x, frame.y), surface)
        surface.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._problems = {}

    def _drop(self) -> None:
        if self._picture is not None:
            self._picture.hide()
            self._picture.setParent(None)
            self._picture.deleteLater()
            self._picture = None
            self._assembly.surface.unsetCursor()

    def _problem(self, lane: int) -> str:
        """Why the layer cannot stand in a lane; empty when it can."""
        if lane not in self._problems:
            to = target(self._layer, lane)
            self._problems[lane] = impossible(lambda: edits.move_layer(self._document.project, self._layer, to))
        return self._problems[lane]


def nearest_lane(layout: Layout, x: float) -> int:
    """The lane between two columns that is nearest to ``x``; lane i is left of layer i."""
    lanes: Sequence[float] = layout.gaps
    return min(range(len(lanes)), key=lambda lane: abs(lanes[lane] - x))


def target(layer: int, lane: int) -> int:
    """The place that ``layer`` has after it was put into ``lane``."""
    return lane if lane <= layer else lane - 1
