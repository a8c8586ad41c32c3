"""The one selection of the canvas: who changes it, who hears of it."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from playground.session.document import Document
from playground.views.canvas.selection import Selection, of
from playground.views.canvas.stages import Kind, stages_of


class Picker(QObject):
    """Keeps the selection within what exists.

    Signals:
        selection_changed(Selection): other layers, or another unit.
        unit_hovered(object): the pointer is over a unit, (column, unit); None: over none any more.
        unit_clicked(object): a unit, (column, unit), was clicked.
        inspect_wanted(): the selected thing is to be looked at closely.
        bundle_wanted(int): all units of a column are to be seen.
        lead_moved(): the keyboard selected another layer; it should be in view.
    """

    selection_changed = Signal(object)
    unit_hovered = Signal(object)
    unit_clicked = Signal(object)
    inspect_wanted = Signal()
    bundle_wanted = Signal(int)
    lead_moved = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.selection = Selection()

    def units(self) -> tuple[int, ...]:
        """How many single units each layer has; 0 where a layer only passes on or reshapes."""
        stages = stages_of(self._document.project)[1:]
        return tuple(0 if stage.kind is Kind.PLAIN else stage.units for stage in stages)

    def select(self, layers: Iterable[int], unit: int | None = None) -> None:
        """Select some layers (the last one leads), or one unit of one layer; whatever does not exist is left out."""
        self.take(of(layers, unit))

    def take(self, selection: Selection) -> None:
        """Select what exists of ``selection``."""
        chosen = selection.within(self.units())
        if chosen != self.selection:
            self.selection = chosen
            self.selection_changed.emit(chosen)

    def refresh(self) -> None:
        """The network has changed: let go of what is gone."""
        self.take(self.selection)

    def toggle(self, layer: int) -> None:
        """Take a layer in or out of the selection (Ctrl+click)."""
        self.take(self.selection.toggled(layer))

    def extend(self, layer: int) -> None:
        """Select everything from the first selected layer to this one (Shift+click)."""
        self.take(self.selection.extended(layer))

    def walk(self, by: int) -> None:
        """Select the layer to the left or right."""
        self.take(self.selection.beside(by, self.units()))
        self.lead_moved.emit()

    def walk_units(self, by: int) -> None:
        """Select the unit above or below."""
        self.take(self.selection.along(by, self.units()))
        self.lead_moved.emit()

    def stretch(self, by: int) -> None:
        """Take in (or let go of) the next layer to the left or right (Shift+arrow)."""
        lead = self.selection.lead
        if lead is None:
            self.walk(by)
        else:
            self.extend(max(0, min(len(self.units()) - 1, lead + by)))
            self.lead_moved.emit()
