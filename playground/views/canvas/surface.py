"""The painted sheet under the controls: frames, loop, lines and unit pictures.

Two pictures are kept: the *quiet* one (frames, arrows, captions) and the *base* (quiet plus weight lines). A frame is
the base, copied, with the unit maps on top. Lines are drawn anew gap by gap within a time budget per frame.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from playground.views.canvas.contents import Content, Plain
from playground.views.canvas.edge_layer import EdgeLayer
from playground.views.canvas.edges import EdgeBundle, Pens
from playground.views.canvas.geometry import Column, Layout, Rect, Shape
from playground.views.canvas.loop_art import LoopArt, pulse_line
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

EDGE_BUDGET_MS = 2
NEXT_SLICE_MS = 40  # longer than a frame: while snapshots arrive, they drive the drawing
EDGE_PERIOD_MS = 100
REST_BUDGET_MS, REST_SLICE_MS = 6, 8  # the same while the network rests
CALM_LINES = 400  # up to so many are drawn in one go while the network rests
CROWD = 80  # lines between two columns from which on they get thinner
PULSE_STEPS = 100  # frames that the pulse needs for one round


class Surface(QWidget):
    """Paints the network and tells what the pointer does on it.

    Signals:
        layer_clicked(object): a layer's index, or None beside all layers.
        bundle_clicked(int): the "+n more" of a column. moved(QPointF): the pointer moved. left(): it left.
        menu_wanted(object, QPoint): right click on a layer (index or None), global place.
        arrow_pressed(int): -1 or +1, the left or right arrow key.
    """

    layer_clicked = Signal(object)
    bundle_clicked = Signal(int)
    moved = Signal(QPointF)
    left = Signal()
    menu_wanted = Signal(object, QPoint)
    arrow_pressed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._art = LoopArt(theme)
        self._layout: Layout | None = None
        self._captions: tuple[str, ...] = ()
        self._selected: int | None = None
        self._contents: list[Content | None] = []
        self._blank = Plain(theme)
        self._bundles: list[EdgeBundle | None] = []
        self._purity: tuple[float | None, ...] = ()
        self._chance: tuple[float, float] | None = None
        self._highlight: tuple[int, int, int] | None = None
        self._quiet = QPixmap()
        self._edges = EdgeLayer()
        self._cycle = QElapsedTimer()
        self._stale, self._resting = False, True
        self._later = QTimer(self, singleShot=True, interval=NEXT_SLICE_MS)
        self._later.timeout.connect(self._draw_lines)
        self._pulse: float | None = None
        self._pulse_path: QPainterPath | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus | Qt.FocusPolicy.TabFocus)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def set_scene(self, layout: Layout, captions: Sequence[str], bundles: Sequence[EdgeBundle | None]) -> None:
        """Show other columns."""
        self._layout, self._captions, self._bundles = layout, tuple(captions), list(bundles)
        columns = len(layout.columns)
        if columns != len(self._contents):
            self._purity = ()
        self._contents = (self._contents + [None] * columns)[:columns]
        self._pulse_path = pulse_line(layout)
        self._highlight = None
        self.redraw()

    def redraw(self) -> None:
        """Draw everything anew (theme, layout, selection or scale changed)."""
        self._quiet = QPixmap()
        self.update()

    def set_selected(self, layer: int | None) -> None:
        """Frame another layer."""
        if layer != self._selected:
            self._selected = layer
            self.update()

    def set_content(self, column: int, content: Content | None) -> None:
        """Show other unit pictures in one column."""
        self._contents[column] = content
        assert self._layout is not None
        self.update(_around(self._layout.columns[column].units))

    def content(self, column: int) -> Content | None:
        """What the units of a column show."""
        return self._contents[column]

    def set_purity(self, stages: Sequence[float | None], chance: tuple[float, float] | None = None) -> None:
        """Show other purities; only gauges whose text or bar moves are painted again.

        chance: the level of a stage that tells nothing, and its standard deviation.
        """
        if chance != self._chance:
            self._chance, self._purity = chance, ()
        shown = tuple(stages)
        if self._layout is not None:
            for k, column in enumerate(self._layout.columns):
                old, new = _at(self._purity, k), _at(shown, k)
                if old is None or new is None or round(old * 200) != round(new * 200):
                    self.update(_qrect(column.gauge).toAlignedRect().adjusted(-12, -5, 12, 2))
        self._purity = shown

    def weights_changed(self, *, resting: bool) -> None:
        """Draw the lines anew: at most ten times a second while weights change all the time, else at once."""
        self._stale, self._resting = True, resting
        self._draw_lines()

    def finish(self) -> None:
        """Draw every line now, however long it takes (for pictures of the window)."""
        if self._prepare():
            self._stale = False
            self._edges.restart(smooth=True)
            self._edges.draw(None)
            self.update()

    def set_highlight(self, edge: tuple[int, int, int] | None) -> None:
        """Emphasise one line: (layer, source, target)."""
        if edge != self._highlight:
            self._highlight = edge
            self.update()

    def advance_pulse(self, running: bool) -> None:
        """Move the pulse one frame on, or hide it."""
        if self._pulse is None and not running:
            return
        self._update_pulse()
        self._pulse = ((self._pulse or 0.0) + 1 / PULSE_STEPS) % 1.0 if running else None
        self._update_pulse()

    # -- painting --------------------------------------------------------------------------------------------------

    def _draw_lines(self) -> None:
        """Draw lines that wait, as many as the time of one frame allows."""
        due = self._resting or not self._cycle.isValid() or self._cycle.elapsed() >= EDGE_PERIOD_MS
        if self._stale and due and not self._edges.busy:
            self._stale = False
            self._cycle.start()
            self._edges.restart(smooth=self._resting)
        for lane in self._edges.draw(self._budget()):
            self.update(lane)
        if self._stale or self._edges.busy:
            self._later.start(REST_SLICE_MS if self._resting else NEXT_SLICE_MS)

    def _budget(self) -> int | None:
        if not self._resting:
            return EDGE_BUDGET_MS
        return None if self._edges.lines <= CALM_LINES else REST_BUDGET_MS

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the base, then draw the units, gauges and marks that lie in the region."""
        if not self._prepare() or self._layout is None:
            return
        base = self._edges.base
        painter = QPainter(self)
        region = event.region()
        painter.drawPixmap(0, 0, base)  # only the region is copied, pixel by pixel at every scale
        self._art.selection(painter, self._layout, self._selected)
        for k, column in enumerate(self._layout.columns):
            content = self._contents[k]
            if region.intersects(_around(column.units)):
                (content or self._blank).paint(painter, column)
            if region.intersects(_qrect(column.gauge).toAlignedRect().adjusted(-12, -5, 12, 0)):
                self._art.gauge(painter, column.gauge, _at(self._purity, k), self._chance)
        self._paint_highlight(painter)
        if self._pulse is not None and self._pulse_path is not None:
            self._art.pulse(painter, self._pulse_path.pointAtPercent(self._pulse))

    def _prepare(self) -> bool:
        """Make the quiet picture if it is missing or has another scale; tell whether there is anything to show."""
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._layout is None or (not self._quiet.isNull() and self._quiet.size() == size):
            return self._layout is not None
        self._quiet = QPixmap(size)
        self._quiet.setDevicePixelRatio(ratio)
        self._quiet.fill(self._theme.color(Token.CARD))
        painter = QPainter(self._quiet)
        self._art.paint(painter, self._layout, self._captions)
        self._paint_bundles(painter)
        painter.end()
        bundles = {k: bundle for k, bundle in enumerate(self._bundles) if bundle is not None}
        pens = {k: self._pens_for(self._layout.columns[k + 1], bundle) for k, bundle in bundles.items()}
        self._edges.reset(self._quiet, bundles, pens)
        self._edges.restart(smooth=self._resting)
        self._edges.draw(None if self._edges.lines <= CALM_LINES else EDGE_BUDGET_MS)
        if self._edges.busy:
            self._later.start(REST_SLICE_MS)
        return True

    def _paint_bundles(self, painter: QPainter) -> None:
        assert self._layout is not None
        painter.setFont(sized_font(CAPTION_SIZE))
        for column in self._layout.columns:
            if column.bundle is None:
                continue
            box = _qrect(column.bundle)
            painter.setPen(QPen(self._theme.color(Token.LINE), 1))
            painter.setBrush(self._theme.color(Token.HOVER))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(self._theme.color(Token.MUTED))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.tr("+%n more", "", column.hidden))

    def _paint_highlight(self, painter: QPainter) -> None:
        if self._highlight is None:
            return
        layer, source, target = self._highlight
        bundle = self._bundles[layer]
        if bundle is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color(Token.TEXT), 1.5))
            painter.drawPath(bundle.path(source, target))

    def _pens_for(self, column: Column, bundle: EdgeBundle) -> Pens:
        """Thinner pens for small units and where many lines share the room."""
        height = column.units[0].height if column.shape is Shape.SQUARES else 20.0
        crowd = min(1.0, math.sqrt(CROWD / max(1, bundle.pairs)))
        return Pens.of(self._theme, max(2.0, min(6.5, height * 0.16) * crowd))

    def _update_pulse(self) -> None:
        if self._pulse is not None and self._pulse_path is not None:
            place = self._pulse_path.pointAtPercent(self._pulse).toPoint()
            self.update(QRect(place - QPoint(8, 8), place + QPoint(8, 8)))

    # -- pointer and keys ------------------------------------------------------------------------------------------

    def _layer_at(self, place: QPointF) -> int | None:
        column = self._layout.column_at(place.x(), place.y()) if self._layout else None
        return column - 1 if column else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the layer under the pointer, or open the bundle of units."""
        for k, column in enumerate(self._layout.columns if self._layout else ()):
            if column.bundle is not None and column.bundle.contains(event.position().x(), event.position().y()):
                self.bundle_clicked.emit(k)
                return
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self.layer_clicked.emit(self._layer_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the pointer is."""
        self.moved.emit(event.position())

    def leaveEvent(self, event: object) -> None:
        """Tell that the pointer is gone."""
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the pointer."""
        self.menu_wanted.emit(self._layer_at(QPointF(event.pos())), event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the selection."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.arrow_pressed.emit(step)


def _at(values: Sequence[float | None], index: int) -> float | None:
    return values[index] if index < len(values) else None


def _qrect(box: Rect) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def _around(boxes: Sequence[Rect]) -> QRect:
    """The rectangle that holds all boxes."""
    first, last = boxes[0], boxes[-1]
    return QRectF(first.x, first.y, first.width, last.bottom - first.y).toAlignedRect()
