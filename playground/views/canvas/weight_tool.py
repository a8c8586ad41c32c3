"""Touching a weight: hover tells its number, a click opens a field, the wheel steps it and a vertical drag moves it."""

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QWheelEvent

from playground.session import Session
from playground.training.records import RunState
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.biases import BiasMarks
from playground.views.canvas.numbers import steady
from playground.views.canvas.tools import Tool
from playground.views.canvas.weight_edits import Gesture, WeightEdits
from playground.views.canvas.weight_field import MOST, WeightField, step_of, stepped, wheel_steps
from playground.views.canvas.weight_label import WeightLabel
from playground.views.canvas.weight_spots import Spot, Spots
from playground.views.theme import Theme

PER_PIXEL = 0.1
"""How many steps a drag of one pixel makes."""

DRAG_FROM = 4.0
"""So many pixels a press must move to become a drag."""

SEND_MS = 16
"""Between two values of a drag that are sent to the run."""

READ_MS = 100
"""Between two looks at a number that changes while the network trains."""

WHEEL_PAUSE_MS = 1200
"""Turns of the wheel that follow each other faster than this are one edit."""


class WeightTool(Tool):
    """Edits weight lines and biases of the run, while it is paused and while it trains."""

    def __init__(self, session: Session, theme: Theme, assembly: Assembly, biases: BiasMarks) -> None:
        self._session, self._theme, self._surface = session, theme, assembly.surface
        self._spots, self._edits = Spots(assembly, biases), WeightEdits(session)
        self.label, self.field = WeightLabel(theme, self._surface), WeightField(self._surface)
        self.field.tried.connect(self._try)
        self.field.closed.connect(self._close_field)
        self.field.walked.connect(self._walk)
        self._spot: Spot | None = None
        self._area = QRectF()  # what is painted to emphasise it
        self._gesture: Gesture | None = None  # under the pointer
        self._held: Gesture | None = None  # in the field, or on the wheel
        self._read, self._turned = QElapsedTimer(), QElapsedTimer()
        self._sender = QTimer(self._surface, singleShot=True, interval=SEND_MS)
        self._sender.timeout.connect(self._send)

    @property
    def spot(self) -> Spot | None:
        """The weight that is emphasised."""
        return self._spot

    # -- gestures --------------------------------------------------------------------------------------------------

    def hover(self, place: QPointF) -> bool:
        """Tell the number of the weight that is there."""
        if self.field.isVisible():
            return False
        spot = self._spots.at(place)
        self._point_at(spot, place)
        if spot is not None:
            self._surface.setToolTip("")
            self._surface.setCursor(Qt.CursorShape.PointingHandCursor)
            self._tell()
        return spot is not None

    def leave(self) -> None:
        """Nothing is pointed at; what the field belongs to stays emphasised."""
        if self._gesture is None and not self.field.isVisible():
            self._point_at(None)

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of a weight."""
        spot = self._spots.at(event.position())
        value = None if spot is None else self._spots.value(spot)
        if event.button() is not Qt.MouseButton.LeftButton or spot is None or value is None:
            return False
        self._gesture = self._edits.begin(spot, value)
        if self._gesture is None:
            return False
        self._gesture.pressed_y = self._gesture.last_y = event.position().y()
        self._point_at(spot, event.position())
        return True

    def move(self, event: QMouseEvent) -> None:
        """Drag: up is more, down is less."""
        gesture, y = self._gesture, event.position().y()
        if gesture is None:
            return
        if not gesture.dragging:
            if abs(y - gesture.pressed_y) < DRAG_FROM:
                return
            gesture.dragging, gesture.last_y = True, y
            self._surface.setCursor(Qt.CursorShape.SizeVerCursor)
        moved = (gesture.last_y - y) * PER_PIXEL * step_of(event.modifiers())
        gesture.value = max(-MOST, min(MOST, round(gesture.value + moved, 9)))
        gesture.last_y = y
        self._tell()
        if not self._sender.isActive():
            self._send()

    def release(self, event: QMouseEvent) -> None:
        """A drag ends with its last value; a click opens the field."""
        gesture, self._gesture = self._gesture, None
        if gesture is None:
            return
        self._surface.setCursor(Qt.CursorShape.PointingHandCursor)
        if gesture.dragging:
            self._sender.stop()
            self._edits.apply(gesture)
            return
        self._open_field(gesture, event.position())

    def double(self, event: QMouseEvent) -> bool:
        """A double click on a weight is no more than a click."""
        return self._spots.at(event.position()) is not None

    def wheel(self, event: QWheelEvent) -> bool:
        """Step the weight under the pointer."""
        spot, steps = self._spots.at(event.position()), wheel_steps(event)
        value = None if spot is None else self._spots.value(spot)
        if spot is None or value is None or not steps or self._gesture is not None or self.field.isVisible():
            return False
        again = self._held is not None and self._held.spot == spot and self._wheel_turns()
        if self._held is None or not again:
            self._held = self._edits.begin(spot, value)
        if self._held is None:
            return False
        self._turned.start()
        self._held.value = stepped(self._held.value, steps, event.modifiers())
        self._edits.apply(self._held)
        self._point_at(spot, event.position())
        self._tell()
        return True

    def open_unit(self, layer: int, unit: int) -> bool:
        """Open the field at the first weight of a unit; tell whether it has any."""
        return any(self._open(spot) for spot in self._spots.of_unit(layer, unit)[:1])

    def cancel(self) -> None:
        """Take a drag back."""
        gesture, self._gesture = self._gesture, None
        self._sender.stop()
        self._surface.unsetCursor()
        if gesture is not None and gesture.dragging:
            self._edits.take_back(gesture)

    def scene_changed(self) -> None:
        """What was pointed at may be gone."""
        self._gesture = self._held = None
        self._sender.stop()
        self.field.abandon()
        self._point_at(None)

    # -- news ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The weights have changed: tell the new number, while it trains not too often."""
        running = self._session.trainer.state is RunState.RUNNING
        early = running and self._read.isValid() and not self._read.hasExpired(READ_MS)
        if self._spot is not None and not early and not self.field.isVisible():
            self._tell()

    def paint(self, painter: QPainter) -> None:
        """Emphasise the weight that is pointed at."""
        if self._spot is not None:
            self._spots.emphasise(painter, self._spot, self._theme)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _point_at(self, spot: Spot | None, place: QPointF | None = None) -> None:
        """Emphasise another weight, with its sign at ``place``."""
        if spot == self._spot:
            return
        if self._spot is not None:
            self._surface.update_area(self._area)
        self._spot = spot
        if spot is None:
            self.label.hide()
            self._surface.unsetCursor()
            return
        self._area = self._spots.area(spot)
        self._surface.update_area(self._area)
        if place is not None:
            self.label.open_at(self._surface.to_widget(place))

    def _wheel_turns(self) -> bool:
        return self._turned.isValid() and not self._turned.hasExpired(WHEEL_PAUSE_MS)

    def _tell(self) -> None:
        """Show the number on the sign: what the hand has set, while it sets it."""
        assert self._spot is not None
        value = self._spots.value(self._spot)
        if self._gesture is not None and self._gesture.dragging:
            value = self._gesture.value
        elif self._held is not None and self._held.spot == self._spot and self._wheel_turns():
            value = self._held.value
        if value is None:
            self._point_at(None)
            return
        self._read.start()
        note = "" if self._edits.made or self._gesture else _tr("Click and type, turn the wheel, or drag up and down.")
        dragging = self._gesture is not None and self._gesture.dragging
        self.label.tell(steady(value), "" if dragging else self._spots.caption(self._spot), note)

    def _send(self) -> None:
        """Give the run the value of a drag; the next one after a pause."""
        if self._gesture is not None and self._gesture.value != self._gesture.sent:
            self._gesture.sent = self._gesture.value
            self._edits.apply(self._gesture)
            self._sender.start()

    def _open(self, spot: Spot) -> bool:
        """Open the field at a weight without the mouse."""
        value, place = self._spots.value(spot), self._spots.place(spot)
        gesture = None if value is None else self._edits.begin(spot, value)
        if gesture is not None:
            self._point_at(spot, place)
            self._open_field(gesture, place)
        return gesture is not None

    def _open_field(self, gesture: Gesture, place: QPointF) -> None:
        self._held = gesture
        self.label.hide()
        self.field.open_at(self._surface.to_widget(place), gesture.start, self._spots.caption(gesture.spot))

    def _walk(self, by: int) -> None:
        """Go on to another weight of the same unit."""
        if self._spot is not None:
            spots = self._spots.of_unit(self._spot.layer, self._spot.target)
            if self._spot in spots:
                self._open(spots[(spots.index(self._spot) + by) % len(spots)])

    def _try(self, value: float) -> None:
        """The field was stepped: show at once what it does."""
        if self._held is not None:
            self._held.value = value
            self._edits.apply(self._held)

    def _close_field(self, value: float | None) -> None:
        """Take what the field holds, or (None) everything back."""
        gesture, self._held = self._held, None
        if gesture is None:
            return
        if value is None and gesture.value != gesture.start:
            self._edits.take_back(gesture)
        elif value is not None and value != gesture.value:
            gesture.value = value
            self._edits.apply(gesture)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Canvas", text)
