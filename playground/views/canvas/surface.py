"""The painted sheet under the controls: frames, loop, lines and unit pictures.

Two pictures are kept: the *quiet* one (frames, arrows, captions) and the *base* (quiet plus weight lines). A frame is
the base, copied, with the unit maps on top, then what the tools draw. Lines are drawn anew gap by gap within a time
budget per frame.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from playground.views.canvas.contents import Content, Plain
from playground.views.canvas.edge_pace import EdgePace
from playground.views.canvas.edges import EdgeBundle
from playground.views.canvas.geometry import Layout, Rect
from playground.views.canvas.lights import Lights, LightShelf, paint_lights, veil_units
from playground.views.canvas.loop_art import LoopArt
from playground.views.canvas.marks import (
    Pair,
    paint_bundles,
    paint_bypassed,
    paint_focus,
    paint_invitation,
    paint_pairs,
    paint_pane,
    paint_selection,
    paint_unit,
    qrect,
)
from playground.views.canvas.selection import Selection
from playground.views.canvas.tools import ToolBox
from playground.views.theme import Theme, Token

SETTLE_MS = 60  # after scrolling, until the tools learn where the cards stand


class Surface(QWidget):
    """Paints the network; gestures go to ``tools``, keys to ``on_key``.

    Signals:
        menu_wanted(object, QPoint): the menu for a place of the sheet (None: asked for by key), and where on screen.
        lights_changed(object): what is lit now (Lights), None when nothing is.
    """

    menu_wanted = Signal(object, QPoint)
    lights_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tools = ToolBox()
        self.on_key: Callable[[QKeyEvent], bool] = lambda event: False
        self._art = LoopArt(theme)
        self._layout: Layout | None = None
        self._captions: tuple[str, ...] = ()
        self._pairs: tuple[Pair, ...] = ()
        self._selection = Selection()
        self._lights = LightShelf()
        self._contents: list[Content | None] = []
        self._blank = Plain(theme)
        self._bundles: list[EdgeBundle | None] = []
        self._purity: tuple[float | None, ...] = ()
        self._chance: tuple[float, float] | None = None
        self._quiet = QPixmap()
        self._lines = EdgePace(theme, self.update, self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.tools.scene_changed)
        self._walked = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus | Qt.FocusPolicy.TabFocus)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def set_scene(
        self,
        layout: Layout,
        captions: Sequence[str],
        bundles: Sequence[EdgeBundle | None],
        pairs: Sequence[Pair] = (),
    ) -> None:
        """Show other columns; ``pairs`` are the ends of lines that have no weight."""
        self._pairs = tuple(pairs)
        self._layout, self._captions, self._bundles = layout, tuple(captions), list(bundles)
        columns = len(layout.columns)
        if columns != len(self._contents):
            self._purity = ()
        self._contents = (self._contents + [None] * columns)[:columns]
        self.redraw()
        self.tools.scene_changed()

    def set_pinned(self, layout: Layout) -> None:
        """Show the same columns under cards that stand elsewhere (the picture was scrolled)."""
        self._layout = layout
        self.update()
        self._settle.start()

    def redraw(self) -> None:
        """Draw everything anew (theme, layout, selection or scale changed)."""
        self._quiet = QPixmap()
        self.update()

    def set_selection(self, selection: Selection) -> None:
        """Frame other layers, or another unit."""
        if selection != self._selection:
            self._selection = selection
            self.update()

    def set_lights(self, name: str, lights: Lights | None) -> None:
        """Let the caller ``name`` light some things and dim the rest; None takes its lights away."""
        if self._lights.put(name, lights):
            self.lights_changed.emit(self._lights.seen)
            self.update()

    def update_area(self, area: QRectF) -> None:
        """Paint a rectangle of the canvas again."""
        self.update(area.toAlignedRect())

    def to_widget(self, place: QPointF) -> QPoint:
        """A place of the canvas in pixels of this widget."""
        return place.toPoint()

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
                    self.update(qrect(column.gauge).toAlignedRect().adjusted(-12, -5, 12, 2))
        self._purity = shown

    def weights_changed(self, *, resting: bool) -> None:
        """Draw the lines anew: at most ten times a second while weights change all the time, else at once."""
        self._lines.weights_changed(resting=resting)

    @property
    def resting(self) -> bool:
        """Whether the lines are drawn as those of a network that rests."""
        return self._lines.resting

    def finish(self) -> None:
        """Draw every line now, however long it takes (for pictures of the window)."""
        if self._prepare():
            self._lines.finish()
            self.update()

    def set_learning(self, trained: tuple[int, ...], frozen: tuple[int, ...]) -> None:
        """Draw arrows from the optimizer to the layers that learn; those to frozen ones lead nowhere."""
        if (trained, frozen) != (self._art.trained, self._art.frozen):
            self._art.trained, self._art.frozen = trained, frozen
            self.redraw()

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the base, then draw the units, gauges and marks that lie in the region."""
        if not self._prepare() or self._layout is None:
            return
        base = self._lines.layer.base
        painter = QPainter(self)
        painter.drawPixmap(0, 0, base)  # only the region is copied, pixel by pixel at every scale
        lights = self._lights.seen
        if lights is not None:
            paint_lights(painter, self._theme, lights, self._layout, self._bundles, self._lines.pens)
        paint_selection(painter, self._theme, self._layout, self._selection)
        self._paint_columns(painter, event)
        if lights is not None:
            veil_units(painter, self._theme, lights, self._layout)
        paint_unit(painter, self._theme, self._layout, self._selection)
        painter.setClipRect(event.rect())
        self.tools.paint(painter)
        if self._layout.floating:
            paint_pane(painter, self._theme, self._layout)
            self._art.loop(painter, self._layout)
        self.tools.paint_loop(painter)
        if self._walked and not self._selection.layers:
            paint_focus(painter, self._theme, QRectF(self.visibleRegion().boundingRect()))

    def _paint_columns(self, painter: QPainter, event: QPaintEvent) -> None:
        """Draw the units and gauges that lie in the region."""
        assert self._layout is not None
        region = event.region()
        for k, column in enumerate(self._layout.columns):
            if column.bypassed:
                paint_bypassed(painter, self._theme, column)
            elif region.intersects(_around(column.units)):
                (self._contents[k] or self._blank).paint(painter, column)
            if region.intersects(qrect(column.gauge).toAlignedRect().adjusted(-12, -5, 12, 0)):
                self._art.gauge(painter, column.gauge, _at(self._purity, k), self._chance)

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
        if not self._layout.floating:
            self._art.loop(painter, self._layout)
        paint_pairs(painter, self._theme, self._pairs)
        paint_bundles(painter, self._theme, self._layout)
        paint_invitation(painter, self._theme, self._layout)
        painter.end()
        self._lines.begin(self._quiet, self._layout, self._bundles)
        return True

    # -- pointer and keys ------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture; the keys follow, also where the press came through a head."""
        if not self.hasFocus():
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self.tools.press(event):
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture, or point."""
        self.tools.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        self.tools.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click, and what it means."""
        self.tools.press(event)
        self.tools.double(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the tools have the wheel, else scroll."""
        if not self.tools.wheel(event):
            event.ignore()

    def leaveEvent(self, event: object) -> None:
        """The pointer is gone."""
        self.tools.leave()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.menu_wanted.emit(event.pos() if by_mouse else None, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the canvas."""
        if not self.on_key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go here, when it was reached by a key."""
        self._walked = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys go elsewhere."""
        self._walked = False
        self.update()


def _at(values: Sequence[float | None], index: int) -> float | None:
    return values[index] if index < len(values) else None


def _around(boxes: Sequence[Rect]) -> QRect:
    """The rectangle that holds all boxes."""
    first, last = boxes[0], boxes[-1]
    return QRectF(first.x, first.y, first.width, last.bottom - first.y).toAlignedRect()
