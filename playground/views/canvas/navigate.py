"""Moving about on a large network: zoom, pan, fit, and keeping the selection in view."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QToolButton

from playground.views.canvas.assembly import Assembly
from playground.views.canvas.picker import Picker
from playground.views.canvas.tools import Tool

ZOOMS = (0.7, 1.0, 1.25, 1.5, 2.0, 3.0)
"""1 fits the view as long as that is readable; more widens columns, lanes and pictures; less packs them closer."""

_CORNER = 8
_ROUND = 24  # pixels beside a column that are shown with it


class Navigator(Tool):
    """Zooms by Ctrl+wheel, pans by the middle button or by dragging empty space, scrolls sideways by the wheel.

    ``arrange`` places everything anew. ``button`` shows the zoom where it is not the usual one; a click fits again.
    """

    def __init__(self, scroll: QScrollArea, assembly: Assembly, picker: Picker, arrange: Callable[[], None]) -> None:
        self._scroll, self._assembly, self._picker, self._arrange = scroll, assembly, picker, arrange
        self._from: QPointF | None = None
        self.button = QToolButton(scroll)
        self.button.setObjectName("canvas.fit")
        self.button.setToolTip(scroll.tr("Fit the network into the view (Ctrl+Alt+0)"))
        self.button.setAccessibleName(scroll.tr("Fit"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setStyleSheet("QToolButton { padding: 2px 8px; }")
        self.button.clicked.connect(self.fit)
        self.button.hide()

    # -- zoom ------------------------------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        """One step nearer."""
        self._step(+1, None)

    def zoom_out(self) -> None:
        """One step further away."""
        self._step(-1, None)

    def fit(self) -> None:
        """Everything in view, as far as it can be read."""
        self._zoom(1.0, None)

    def _step(self, by: int, place: QPointF | None) -> None:
        present = ZOOMS.index(min(ZOOMS, key=lambda zoom: abs(zoom - self._assembly.zoom)))
        self._zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, present + by))], place)

    def _zoom(self, zoom: float, place: QPointF | None) -> None:
        """Zoom about a place of the canvas (default: the middle of what is seen)."""
        if zoom == self._assembly.zoom:
            return
        bar, width = self._scroll.horizontalScrollBar(), self._assembly.layout.width
        offset = self._scroll.viewport().width() / 2 if place is None else place.x() - bar.value()
        share = (bar.value() + offset) / width
        self._assembly.zoom = zoom
        self._arrange()
        bar.setValue(round(share * self._assembly.layout.width - offset))
        self.place_button()

    def place_button(self) -> None:
        """Show the zoom in the lower left corner, unless it is the usual one."""
        zoom = self._assembly.zoom
        self.button.setVisible(zoom != 1.0)
        self.button.setText(f"{round(100 * zoom)} %")
        self.button.adjustSize()
        bottom = self._scroll.viewport().height()
        self.button.move(_CORNER, bottom - self.button.height() - _CORNER)

    # -- scroll ----------------------------------------------------------------------------------------------------

    def show_lead(self) -> None:
        """Scroll until the leading selected layer can be seen beside the floating cards."""
        lead = self._picker.selection.lead
        if lead is None:
            return
        frame = self._assembly.layout.columns[lead + 1].frame
        self._show(frame.x - _ROUND, frame.right + _ROUND)

    def reveal(self, x: float) -> None:
        """Scroll a little further when something is carried to the edge of what is seen."""
        self._show(x - _ROUND, x + _ROUND)

    def _show(self, left: float, right: float) -> None:
        layout, bar = self._assembly.layout, self._scroll.horizontalScrollBar()
        room = (layout.loss.x if layout.pane is None else layout.pane) - bar.value()
        if left < bar.value():
            bar.setValue(round(left))
        elif right > bar.value() + room:
            bar.setValue(round(right - room))

    def wheel(self, event: QWheelEvent) -> bool:
        """Ctrl zooms; else the wheel moves along the network."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if turned:
                self._step(1 if turned > 0 else -1, event.position())
            return True
        bar = self._scroll.horizontalScrollBar()
        if not self._assembly.layout.floating or bar.maximum() == 0:
            return False
        bar.setValue(bar.value() - round(turned * 0.6))
        return True

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of the sheet."""
        place = event.position()
        empty = self._assembly.layout.column_at(place.x(), place.y()) is None
        left = event.button() == Qt.MouseButton.LeftButton and empty and not event.modifiers()
        if not left and event.button() != Qt.MouseButton.MiddleButton:
            return False
        if left:
            self._picker.select(())
        self._from = event.globalPosition()
        if self._assembly.layout.floating:
            self._assembly.surface.setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def move(self, event: QMouseEvent) -> None:
        """Move the sheet along."""
        if self._from is not None:
            bar = self._scroll.horizontalScrollBar()
            bar.setValue(bar.value() - round(event.globalPosition().x() - self._from.x()))
            self._from = event.globalPosition()

    def release(self, event: QMouseEvent) -> None:
        """Let go."""
        self.cancel()

    def cancel(self) -> None:
        """Let go; the sheet stays where it is."""
        self._from = None
        self._assembly.surface.unsetCursor()
