"""The decision map: what the network predicts everywhere on the plane, with the data on top."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.data.dataset import DOMAIN, Dataset
from playground.project.slices import Slice
from playground.views.focus_ring import paint_focus
from playground.views.panels.output_scale import OutputScale
from playground.views.panels.point_layer import PointStyle, draw_points
from playground.views.scales import number
from playground.views.table_twin import Table, TwinAction
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

_LEFT, _BOTTOM = 18, 16  # room for the axes
_CORNER = 4.0
_STRENGTHS, _WIDTHS = (0.45, 0.9), (1.0, 2.0)  # of contours: thin ones, and those where the decision turns
_RING, _REACH = 8.0, 9.0  # around the picked point; pixels within which a click means a point

Floats = NDArray[np.floating]
Place = tuple[float, float]


class MapTool(Protocol):
    """Something that takes gestures on the map for itself, such as a brush; places are those of the plane."""

    def press(self, place: Place, event: QMouseEvent) -> None:
        """A button went down."""

    def move(self, place: Place, event: QMouseEvent) -> None:
        """The pointer moved, with or without a button."""

    def release(self, place: Place, event: QMouseEvent) -> None:
        """A button went up."""

    def leave(self) -> None:
        """The pointer left the map."""

    def wheel(self, event: QWheelEvent) -> None:
        """The wheel was turned."""

    def key(self, event: QKeyEvent) -> bool:
        """A key went down; tells whether it was meant for the tool."""

    def paint(self, painter: QPainter, square: QRect) -> None:
        """Draw above everything; ``square`` is where the map stands."""


class DecisionMap(QWidget):
    """A square picture of the output with the points as a cached layer above it.

    Signals:
        hovered(object): (x1, x2) under the pointer, None when it left.
        picked(object): the row of the data set whose point was clicked, None: beside all points, or Esc.
        stepped(int): +1 or −1, the right or left arrow key.
    """

    hovered = Signal(object)
    picked = Signal(object)
    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dataset: Dataset | None = None
        self._cut: Slice | None = None
        self._spots: Floats = np.zeros((0, 2), np.float32)
        self._scale: OutputScale | None = None
        self._own_scale: OutputScale | None = None
        self._values: Floats | None = None
        self._picture: QImage | None = None
        self._layer: QPixmap | None = None
        self._show_test, self._discretize, self._contours = True, False, False
        self._lines: tuple[list[QLineF], list[QLineF]] | None = None
        self._hidden: NDArray[np.bool_] | None = None
        self._marked: int | None = None
        self.tool: MapTool | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)
        self.setAccessibleName(self.tr("Decision map"))
        self.setAccessibleDescription(
            self.tr(
                "What the network predicts at every place, with the examples on top: where the colour of a dot and of "
                "the ground differ, the network is wrong. For pictures, examples and their predictions stand here."
            )
        )
        theme.changed.connect(self.repaint_all)
        self._twin = TwinAction(self, menu=False)

    def sizeHint(self) -> QSize:
        """As large as the panel allows."""
        return QSize(306, 306)

    def heightForWidth(self, width: int) -> int:
        """The height at which the map fills ``width``."""
        return width - _LEFT + _BOTTOM

    def show_data(self, dataset: Dataset, scale: OutputScale, cut: Slice) -> None:
        """Show other points, or another cut through them; another number of points hides none."""
        if self._hidden is not None and len(self._hidden) != dataset.n:
            self._hidden = None
        self._dataset, self._scale, self._cut = dataset, scale, cut
        self._spots = cut.places(dataset.inputs)
        self.repaint_all()

    def show_values(self, values: Floats | None, scale: OutputScale | None = None) -> None:
        """Show another output map; values (outputs, height, width), None for an empty one.

        scale: of its colours, where that is not the data's.
        """
        self._values, self._picture, self._own_scale, self._lines = values, None, scale, None
        self.update()

    def show_options(self, *, show_test: bool, discretize: bool, contours: bool = False) -> None:
        """Say what is drawn."""
        if show_test != self._show_test:
            self._layer = None
        self._show_test, self._discretize, self._contours = show_test, discretize, contours
        self._picture = None
        self.update()

    def hide_rows(self, hidden: NDArray[np.bool_] | None) -> None:
        """Leave out some points (rows of the data set); None shows all."""
        if hidden is None and self._hidden is None:
            return
        if hidden is not None and self._hidden is not None and np.array_equal(hidden, self._hidden):
            return
        self._hidden, self._layer = hidden, None
        self.update()

    def mark(self, row: int | None) -> None:
        """Ring the point of a row of the data set, or none."""
        self._marked = row
        self.update()

    def repaint_all(self) -> None:
        """Draw everything anew (other theme, other data)."""
        self._picture = self._layer = None
        self.update()

    def output_at(self, x1: float, x2: float) -> Floats | None:
        """The network's outputs at a place of the plane, as far as the map knows them."""
        found = self.outputs_at(np.array([[x1, x2]]))
        return None if found is None else found[0]

    def table(self) -> Table:
        """The points that are shown, with what the map says where they stand."""
        from playground.views.panels.map_table import map_table

        if self._dataset is None or self._scale is None or self._cut is None:
            return Table(self.accessibleName())
        rows = self._shown_rows()
        spots = np.asarray(self._spots[rows], float)
        scale = self._own_scale or self._scale
        return map_table(self._dataset, rows, spots, self.outputs_at(spots), self._cut, scale)

    def outputs_at(self, places: Floats) -> Floats | None:
        """What the map shows at places (n, 2) of the plane: (n, outputs); None when it is empty."""
        if self._values is None:
            return None
        _, height, width = self._values.shape
        column = np.clip((places[:, 0] + DOMAIN) / (2 * DOMAIN) * width, 0, width - 1).astype(int)
        row = np.clip((DOMAIN - places[:, 1]) / (2 * DOMAIN) * height, 0, height - 1).astype(int)
        return self._values[:, row, column].T

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the numbers, unless a tool has a use for the right button."""
        if self.tool is None or event.reason() is not QContextMenuEvent.Reason.Mouse:
            self._twin.open_menu(event.pos())

    def square(self) -> QRect:
        """Where the map stands."""
        side = max(1, min(self.width() - _LEFT, self.height() - _BOTTOM))
        return QRect(_LEFT + (self.width() - _LEFT - side) // 2, 0, side, side)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which place the pointer is at."""
        place = self._place(event.position())
        self.hovered.emit(place)
        if self.tool is not None:
            self.tool.move(self.place_at(event.position()), event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the nearest point."""
        if self.tool is not None:
            self.tool.press(self.place_at(event.position()), event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(self.row_at(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture of the tool."""
        if self.tool is not None:
            self.tool.release(self.place_at(event.position()), event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The tool may have a use for the wheel."""
        if self.tool is not None:
            self.tool.wheel(event)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows lead to the next example, Esc lets it go."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: +1}
        if self.tool is not None and self.tool.key(event):
            return
        if event.key() in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self._marked is not None:
            self.picked.emit(None)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer left."""
        self.hovered.emit(None)
        if self.tool is not None:
            self.tool.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map and the layer above it: two calls only, because each may have to wait for the training."""
        painter = QPainter(self)
        if self._values is not None and self._scale is not None:
            if self._picture is None:
                scale, whole = self._own_scale or self._scale, self._own_scale is not None
                self._picture = scale.picture(self._values, self._theme, discretize=self._discretize and not whole)
            smooth = self._own_scale is not None or not self._discretize
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(self.square(), self._picture)
            if self._contours:
                self._draw_contours(painter, self.square())
        painter.drawPixmap(0, 0, self._top_layer())
        if self._marked is not None and self._dataset is not None and self._marked < self._dataset.n:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color(Token.SELECTION), 2.5))
            painter.drawEllipse(self._at(self._spots[self._marked]), _RING, _RING)
        if self.tool is not None:
            self.tool.paint(painter, self.square())
        if self.hasFocus():
            paint_focus(painter, self.square(), self._theme)
        painter.end()

    def _draw_contours(self, painter: QPainter, square: QRect) -> None:
        """Lines where the network is equally sure; those where the decision turns are stronger."""
        if self._values is None or self._scale is None:
            return
        if self._lines is None:
            sides = np.array([square.width(), square.height(), square.width(), square.height()])
            corner = np.array([square.left(), square.top(), square.left(), square.top()])
            scale = self._own_scale or self._scale
            thin, strong = (kind * sides + corner for kind in scale.contours(self._values))
            self._lines = [QLineF(*line) for line in thin.tolist()], [QLineF(*line) for line in strong.tolist()]
        color = self._theme.color(Token.TEXT)
        for lines, strength, width in zip(self._lines, _STRENGTHS, _WIDTHS, strict=True):
            color.setAlphaF(strength)
            painter.setPen(QPen(color, width))
            painter.drawLines(lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Contours follow the size."""
        super().resizeEvent(event)
        self._lines = None

    def row_at(self, position: QPoint) -> int | None:
        """The row of the point that is shown closest to a position, None when none is near."""
        dataset = self._dataset
        if dataset is None:
            return None
        rows = self._shown_rows()
        if not len(rows):
            return None
        square = self.square()
        places = (self._spots[rows] * (1.0, -1.0) / DOMAIN + 1.0) * (square.width() / 2)
        away = np.hypot(places[:, 0] + square.left() - position.x(), places[:, 1] + square.top() - position.y())
        best = int(away.argmin())
        return int(rows[best]) if away[best] <= _REACH else None

    def _shown_rows(self) -> NDArray[np.int64]:
        """The rows of the data set whose points are shown."""
        assert self._dataset is not None
        shown = np.zeros(self._dataset.n, np.bool_)
        shown[self._dataset.train] = True
        shown[self._dataset.test] = self._show_test
        if self._hidden is not None:
            shown &= ~self._hidden
        return np.flatnonzero(shown)

    def _at(self, point: Floats) -> QPointF:
        """Where a point of the plane is drawn."""
        square = self.square()
        x, y = ((point * (1.0, -1.0) / DOMAIN + 1.0) * (square.width() / 2)).tolist()
        return QPointF(square.left() + x, square.top() + y)

    def _top_layer(self) -> QPixmap:
        """Points, frame and axes in one picture, drawn when they change."""
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._layer is not None and self._layer.size() == size:
            return self._layer
        layer, square = QPixmap(size), self.square()
        layer.fill(Qt.GlobalColor.transparent)
        layer.setDevicePixelRatio(ratio)
        painter = QPainter(layer)
        if self._dataset is not None and self._scale is not None:
            style = PointStyle(square.width(), ratio, self._show_test, self._hidden)
            painter.drawPixmap(
                square.topLeft(), draw_points(self._dataset, self._spots, self._scale, style, self._theme)
            )
        self._draw_frame(painter, square)
        self._draw_axes(painter, square)
        painter.end()
        self._layer = layer
        return layer

    def _draw_frame(self, painter: QPainter, square: QRect) -> None:
        """Round the corners by covering them, which is cheaper than a clip."""
        outside = QPainterPath()
        outside.addRect(QRectF(square))
        outside.addRoundedRect(QRectF(square), _CORNER, _CORNER)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside, self._theme.color(Token.CARD))
        painter.setPen(self._theme.color(Token.LINE))
        painter.drawRoundedRect(QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)

    def _draw_axes(self, painter: QPainter, square: QRect) -> None:
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(self._theme.color(Token.MUTED))
        below = QRect(square.left(), square.bottom() + 1, square.width(), _BOTTOM)
        beside = QRect(square.left() - _LEFT, square.top(), _LEFT - 4, square.height())
        if self._cut is None:
            return
        (left, right), (low, high) = [[end_text(end) for end in ends] for ends in self._cut.ends]
        flag, metrics = Qt.AlignmentFlag, painter.fontMetrics()
        taken = 2 * max(map(metrics.horizontalAdvance, (left, right, low, high))) + 12
        across, up = (
            metrics.elidedText(name, Qt.TextElideMode.ElideRight, square.width() - taken) for name in self._cut.names
        )
        for text, place in ((left, flag.AlignLeft), (across, flag.AlignHCenter), (right, flag.AlignRight)):
            painter.drawText(below, place | flag.AlignVCenter, text)
        if not up:
            return
        if len(up) > 2 or max(len(low), len(high)) > 2:  # too wide to stand beside the map: along its edge
            painter.translate(beside.right(), square.center().y())
            painter.rotate(-90)
            beside = QRect(-square.height() // 2, -_LEFT + 4, square.height(), _LEFT - 4)
            for text, place in ((low, flag.AlignLeft), (up, flag.AlignHCenter), (high, flag.AlignRight)):
                painter.drawText(beside, place | flag.AlignBottom, text)
            return
        for text, place in ((high, flag.AlignTop), (up, flag.AlignVCenter), (low, flag.AlignBottom)):
            painter.drawText(beside, place | flag.AlignRight, text)

    def place_at(self, position: QPointF) -> Place:
        """The place of the plane at a position of the widget, also beyond its edges."""
        square = QRectF(self.square())
        across = (position.x() - square.left()) / square.width()
        down = (position.y() - square.top()) / square.height()
        return (2 * across - 1) * DOMAIN, (1 - 2 * down) * DOMAIN

    def _place(self, position: QPointF) -> Place | None:
        return self.place_at(position) if QRectF(self.square()).contains(position) else None


def end_text(value: float) -> str:
    """The value at the end of an axis: three digits that count, with a true minus."""
    return number(value).replace("-", "−")
