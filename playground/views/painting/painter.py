"""What gestures on the map do to the data: strokes of brush, spray and eraser, and the lasso that moves points.

A stroke changes the points at once; the document follows ten times a second, so that the network adapts while one
paints, and once more when the button goes up. All of a stroke is one step of Undo.
"""

from collections.abc import Callable
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF, QWheelEvent

from playground.data.dataset import DOMAIN
from playground.data.sources import Points
from playground.project import paint_edits
from playground.project.edits import EditError
from playground.project.paint_edits import Canvas
from playground.session import Session
from playground.views.panels.decision_map import Place
from playground.views.scales import number

FOLLOW = 100
"""Milliseconds between two changes of the document during a stroke."""

SIZES = (0.1, 2.0)
"""Smallest and largest radius of the tools, in units of the plane."""

SPACING = 0.75
"""Radii between two points of the brush."""

SPRAYED = 6
"""Points that the spray adds at once."""


class Tool(Enum):
    """What the pointer does."""

    BRUSH = "brush"
    SPRAY = "spray"
    ERASER = "eraser"
    LASSO = "lasso"


class Painter(QObject):
    """A tool of the decision map (``MapTool``). ``tell`` shows a sentence, ``color_of`` gives a class its colour.

    Signals:
        changed(): tool, size, class, value or the classes are other ones.
        left(): Esc was pressed.
    """

    changed = Signal()
    left = Signal()

    def __init__(
        self, session: Session, tell: Callable[[str], None], repaint: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._tell, self._repaint = session, tell, repaint
        self.tool, self.radius, self.label, self.value = Tool.BRUSH, 0.6, 1, 1.0
        self.color = QColor("black")
        self._canvas: Canvas | None = None
        self._stroke, self._erasing, self._dirty, self._applying = 0, False, False, False
        self._at: Place | None = None
        self._last: Place | None = None
        self._outline: list[Place] = []
        self._caught: NDArray[np.bool_] | None = None
        self._rng = np.random.default_rng()
        self._timer = QTimer(self, interval=FOLLOW)
        self._timer.timeout.connect(self._follow)

    # -- what is chosen --------------------------------------------------------------------------------------------

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes that can be painted; empty for numbers."""
        return self._present().class_names

    def choose(self, tool: Tool) -> None:
        """Take another tool."""
        self.tool = tool
        self._let_go()
        self.changed.emit()
        self._repaint()

    def choose_class(self, label: int) -> None:
        """Paint another class from now on."""
        if 0 <= label < len(self.class_names):
            self.label = label
            self.changed.emit()

    def set_value(self, value: float) -> None:
        """Paint another number from now on."""
        self.value = value
        self.changed.emit()

    def set_radius(self, radius: float) -> None:
        """Make the tools larger or smaller."""
        self.radius = min(max(radius, SIZES[0]), SIZES[1])
        self.changed.emit()
        self._repaint()

    def add_class(self) -> None:
        """One class more; the output layer follows."""
        try:
            canvas = paint_edits.add_class(self._present())
        except EditError as error:
            self._tell(str(error))
            return
        self._put(canvas, self.tr("Add a class"))
        self.choose_class(len(canvas.class_names) - 1)

    def clear(self, numbers: bool | None = None) -> None:
        """Take all points away. numbers: begin with numbers (or classes) instead of what there was."""
        names = self._present().class_names
        if numbers is not None:
            names = () if numbers else ("class 0", "class 1")
        self._put(Canvas.empty(names), self.tr("Clear all points"))
        self.label = min(self.label, max(len(names) - 1, 0))
        self.changed.emit()

    # -- gestures on the map ---------------------------------------------------------------------------------------

    def press(self, place: Place, event: QMouseEvent) -> None:
        """Begin a stroke; the right button always erases."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton) or self._canvas is not None:
            return
        self._canvas, self._stroke = self._present(), self._stroke + 1
        self._erasing = event.button() == Qt.MouseButton.RightButton or self.tool is Tool.ERASER
        self._last = None
        if self._erasing:
            self._let_go()  # what is caught may be gone
        if self.tool is Tool.LASSO and not self._erasing:
            if self._caught is None or not self._hits(place):
                self._caught, self._outline = None, [place]
            self._last = place
        else:
            self._touch(place)
        self._timer.start()

    def move(self, place: Place, event: QMouseEvent) -> None:
        """Go on with the stroke, and show where the tool is."""
        self._at = place
        if self._canvas is not None:
            if self.tool is Tool.LASSO and not self._erasing:
                self._drag(place)
            else:
                self._touch(place)
        self._repaint()

    def release(self, place: Place, event: QMouseEvent) -> None:
        """End the stroke."""
        if self._canvas is None:
            return
        if self.tool is Tool.LASSO and not self._erasing and self._caught is None:
            self._caught = self._canvas.inside(np.array(self._outline)) if len(self._outline) > 2 else None
            if self._caught is None or not self._caught.any():
                self._let_go()
        self.finish()
        self.changed.emit()
        self._repaint()

    def finish(self) -> None:
        """End a stroke that is under way, if there is one, as if the button went up."""
        self._follow()
        self._timer.stop()
        self._canvas = None

    def follow_data(self) -> None:
        """Other points came from elsewhere (Undo, another set): a stroke on the earlier ones is over."""
        if self._applying:
            return
        self._timer.stop()
        self._canvas, self._dirty = None, False
        self._let_go()
        self._repaint()

    def leave(self) -> None:
        """Show no tool."""
        self._at = None
        self._repaint()

    def wheel(self, event: QWheelEvent) -> None:
        """Turn the wheel to make the tool larger or smaller."""
        self.set_radius(self.radius * 1.15 ** (event.angleDelta().y() / 120))
        event.accept()

    def key(self, event: QKeyEvent) -> bool:
        """Digits choose the class, [ and ] the size, Esc leaves."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        text = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif text and text in "[]":
            self.set_radius(self.radius * (1.2 if text == "]" else 1 / 1.2))
        elif text.isdecimal() and text.isascii():
            self.choose_class((int(text) - 1) % 10)
        else:
            return False
        return True

    def paint(self, painter: QPainter, square: QRect) -> None:
        """Draw the tool's circle, or the lasso and what it caught."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(square)
        unit = square.width() / (2 * DOMAIN)

        def at(place: Place) -> QPointF:
            return QPointF(square.center().x() + place[0] * unit, square.center().y() - place[1] * unit)

        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((QColor(255, 255, 255, 220), 3.5), (self.color, 1.6)):
            pen = QPen(color, width)
            if self.tool is Tool.LASSO:
                pen.setStyle(Qt.PenStyle.DashLine)
                painter.setPen(pen)
                if len(self._outline) > 1:
                    painter.drawPolygon(QPolygonF([at(place) for place in self._outline]))
            elif self._at is not None:
                painter.setPen(pen)
                middle, reach = at(self._at), self.radius * unit
                painter.drawEllipse(QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach))
        painter.setClipping(False)

    # -- strokes ---------------------------------------------------------------------------------------------------

    def _present(self) -> Canvas:
        if self._canvas is not None:
            return self._canvas
        document = self._session.document
        return Canvas.of(document.project, document.samples.dataset)

    def _touch(self, place: Place) -> None:
        """What the tool does where it is."""
        assert self._canvas is not None
        if self._erasing:
            count = len(self._canvas.x)
            self._canvas = self._canvas.erased(np.array(place), self.radius)
            self._dirty = self._dirty or len(self._canvas.x) != count
            return
        if self.tool is Tool.SPRAY:
            reach = self.radius * np.sqrt(self._rng.random(SPRAYED))
            turn = 2 * np.pi * self._rng.random(SPRAYED)
            spots = np.array(place) + np.column_stack([reach * np.cos(turn), reach * np.sin(turn)])
        elif not len(spots := self._along(place)):
            return
        value = float(self.label) if self._canvas.class_names else self.value
        count = len(self._canvas.x)
        self._canvas = self._canvas.added(spots, value)
        if len(self._canvas.x) < count + len(spots) and len(self._canvas.x) >= paint_edits.MOST_POINTS:
            self._tell(self.tr("There are %s points; that is the most.") % number(paint_edits.MOST_POINTS))
        self._dirty = self._dirty or len(self._canvas.x) != count

    def _along(self, place: Place) -> NDArray[np.float64]:
        """The places (m, 2) of the brush's next points on the way here; a quick pointer leaves no gaps."""
        if self._last is None:
            self._last = place
            return np.array([place])
        start, way = np.array(self._last), np.array(place) - np.array(self._last)
        step = SPACING * self.radius / max(float(np.hypot(*way)), 1e-9)
        spots: NDArray[np.float64] = start + way * step * np.arange(1, int(1 / step) + 1)[:, np.newaxis]
        if len(spots):
            self._last = (float(spots[-1, 0]), float(spots[-1, 1]))
        return spots

    def _drag(self, place: Place) -> None:
        """Lengthen the lasso, or move what it caught."""
        assert self._canvas is not None
        if self._caught is None:
            self._outline.append(place)
            return
        if self._last is not None:
            by = np.array(place) - np.array(self._last)
            self._canvas = self._canvas.moved(self._caught, by)
            self._outline = [(x + by[0], y + by[1]) for x, y in self._outline]
            self._dirty = True
        self._last = place

    def _hits(self, place: Place) -> bool:
        """Whether a place lies inside the lasso."""
        outline = QPolygonF([QPointF(x, y) for x, y in self._outline])
        return outline.containsPoint(QPointF(*place), Qt.FillRule.OddEvenFill)

    @Slot()
    def _follow(self) -> None:
        """Let the document, and with it the network, follow the stroke."""
        if self._dirty and self._canvas is not None:
            self._dirty = False
            moving = self.tool is Tool.LASSO and not self._erasing
            label = self.tr("Move points") if moving else self.tr("Erase") if self._erasing else self.tr("Paint")
            self._apply(self._canvas, label)

    def _let_go(self) -> None:
        """Nothing is in the lasso."""
        self._caught, self._outline = None, []

    def _put(self, canvas: Canvas, label: str) -> None:
        self._stroke += 1
        self._let_go()
        self._apply(canvas, label)

    def _apply(self, canvas: Canvas, label: str) -> None:
        document = self._session.document
        first = len(canvas.x) and not isinstance(document.project.data.source, Points)
        self._applying = True
        try:
            document.apply(paint_edits.paint(document.project, canvas, label, self._stroke))
        finally:
            self._applying = False
        if first:
            self._tell(self.tr("The points are yours now; undo brings back the data set as it was."))
