"""The canvas's own tool: point at things to read about them, click to select, double-click to look closely."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from playground.views.canvas import hover
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.picker import Picker
from playground.views.canvas.tools import Tool

Place = tuple[int, int]
"""A unit as (column, unit)."""


class PointerTool(Tool):
    """``gauge_text`` tells about the purity gauge of a column."""

    def __init__(self, picker: Picker, assembly: Assembly, gauge_text: Callable[[int], str]) -> None:
        self._picker, self._assembly, self._gauge_text = picker, assembly, gauge_text
        self._unit: Place | None = None

    def hover(self, place: QPointF) -> bool:
        """Tell what is there."""
        x, y = place.x(), place.y()
        layout = self._assembly.layout
        gauge = hover.gauge_at(layout, x, y)
        text = self._gauge_text(gauge) if gauge is not None else hover.place_text(layout, self._assembly.stages, x, y)
        if text != self._assembly.surface.toolTip():
            self._assembly.surface.setToolTip(text)
        self._hover_unit(layout.unit_at(x, y))
        return True

    def leave(self) -> None:
        """Nothing is pointed at."""
        self._assembly.surface.setToolTip("")
        self._hover_unit(None)

    def press(self, event: QMouseEvent) -> bool:
        """Select what is there; Ctrl takes a layer in or out, Shift everything up to it."""
        place = event.position()
        layout = self._assembly.layout
        bundle = layout.bundle_at(place.x(), place.y())
        if bundle is not None and event.button() == Qt.MouseButton.LeftButton:
            self._picker.bundle_wanted.emit(bundle)
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._pick(event, place)
        return True

    def point_for_menu(self, place: QPointF) -> None:
        """Select what a menu at ``place`` is about, unless it is selected already."""
        unit, column = (self._assembly.layout.unit_at(place.x(), place.y()), self._column(place))
        if not column:
            self._picker.select(())
        elif column - 1 not in self._picker.selection.layers or len(self._picker.selection.layers) == 1:
            self._picker.select([column - 1], None if unit is None else unit[1])

    def double(self, event: QMouseEvent) -> bool:
        """Look closely at a layer or unit."""
        if not self._column(event.position()) or event.button() != Qt.MouseButton.LeftButton:
            return False
        self._picker.inspect_wanted.emit()
        return True

    def scene_changed(self) -> None:
        """Nothing is pointed at until the pointer moves."""
        self._hover_unit(None)

    def _pick(self, event: QMouseEvent, place: QPointF) -> None:
        picker, column = self._picker, self._column(place)
        unit = self._assembly.layout.unit_at(place.x(), place.y())
        if not column:
            picker.select(())
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            picker.toggle(column - 1)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            picker.extend(column - 1)
        else:
            picker.select([column - 1], None if unit is None else unit[1])
        if unit is not None:
            picker.unit_clicked.emit(unit)

    def _column(self, place: QPointF) -> int | None:
        return self._assembly.layout.column_at(place.x(), place.y())

    def _hover_unit(self, unit: Place | None) -> None:
        if unit != self._unit:
            self._unit = unit
            self._picker.unit_hovered.emit(unit)
