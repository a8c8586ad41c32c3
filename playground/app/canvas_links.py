"""What the window and the small windows over it tell each other. Those are loaded and made when first wanted."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget

from playground.app.network_verbs import NetworkVerbs
from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.selection import Selection
from playground.views.panels.output_panel import OutputPanel
from playground.views.theme import Theme
from playground.views.view import View

if TYPE_CHECKING:
    from playground.views.inspector import Inspector
    from playground.views.palette import LayerPalette


class CanvasLinks(QObject):
    """Opens palette and inspector for the canvas and its verbs; ``take`` gets a panel that was made, by its name."""

    def __init__(
        self,
        canvas: NetworkCanvas,
        verbs: NetworkVerbs,
        session: Session,
        theme: Theme,
        take: Callable[[str, View], None],
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._session, self._theme, self._take = canvas, session, theme, take
        canvas.insert_wanted.connect(self._insert)
        verbs.insert_wanted.connect(self._open_below_button)
        canvas.inspect_wanted.connect(self._inspect)
        verbs.inspect_wanted.connect(self._inspect)

    @cached_property
    def palette(self) -> "LayerPalette":
        """The round buttons and the verb open it, what it inserts is selected."""
        from playground.views.palette import LayerPalette

        palette = LayerPalette(self._session, self._theme, self._canvas)
        palette.inserted.connect(lambda layer: self._canvas.select([layer]))
        return palette

    @cached_property
    def inspector(self) -> "Inspector":
        """It opens by double click, Return or its verb, and follows what is selected."""
        from playground.views.inspector import Inspector

        canvas = self._canvas

        def column(layer: int) -> float:
            return canvas.assembly.layout.columns[layer + 1].frame.center_x

        inspector = Inspector(self._session, self._theme, canvas, column)
        canvas.selection_changed.connect(inspector.follow)
        self._take("inspector", inspector)
        return inspector

    @Slot(int, QPoint)
    def _insert(self, place: int, near: QPoint) -> None:
        self.palette.open_at(place, near)

    @Slot(int)
    def _open_below_button(self, place: int) -> None:
        button = self._canvas.findChild(QWidget, f"network.insert.{place}") or self._canvas
        self._insert(place, button.mapToGlobal(button.rect().bottomLeft()))

    @Slot()
    def _inspect(self) -> None:
        self.inspector.open(self._canvas.selection)


def link_output(canvas: NetworkCanvas, panel: OutputPanel) -> None:
    """A unit under the pointer is shown large in the output panel; a selected one stays there."""

    def pin(selection: Selection) -> None:
        lead, unit = selection.lead, selection.unit
        panel.pin_unit(None if lead is None or unit is None else (lead + 1, unit))

    panel.use_pictures(canvas.unit_picture)
    canvas.unit_hovered.connect(panel.hover_unit)
    canvas.selection_changed.connect(pin)
