"""What the window and the small windows over it tell each other."""

from PySide6.QtWidgets import QWidget

from playground.app.network_verbs import NetworkVerbs
from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.selection import Selection
from playground.views.inspector import Inspector
from playground.views.palette import LayerPalette
from playground.views.panels.output_panel import OutputPanel
from playground.views.theme import Theme


def link_palette(canvas: NetworkCanvas, verbs: NetworkVerbs, session: Session, theme: Theme) -> LayerPalette:
    """Make the palette; the round buttons and the verb open it, what it inserts is selected."""
    palette = LayerPalette(session, theme, canvas)

    def open_below_button(place: int) -> None:
        button = canvas.findChild(QWidget, f"network.insert.{place}") or canvas
        palette.open_at(place, button.mapToGlobal(button.rect().bottomLeft()))

    canvas.insert_wanted.connect(palette.open_at)
    verbs.insert_wanted.connect(open_below_button)
    palette.inserted.connect(lambda layer: canvas.select([layer]))
    return palette


def link_inspector(canvas: NetworkCanvas, verbs: NetworkVerbs, session: Session, theme: Theme) -> Inspector:
    """Make the inspector; it opens by double click, Return or its verb, and follows what is selected."""

    def column(layer: int) -> float:
        return canvas.assembly.layout.columns[layer + 1].frame.center_x

    inspector = Inspector(session, theme, canvas, column)
    canvas.inspect_wanted.connect(lambda: inspector.open(canvas.selection))
    verbs.inspect_wanted.connect(lambda: inspector.open(canvas.selection))
    canvas.selection_changed.connect(inspector.follow)
    return inspector


def link_output(canvas: NetworkCanvas, panel: OutputPanel) -> None:
    """A unit under the pointer is shown large in the output panel; a selected one stays there."""

    def pin(selection: Selection) -> None:
        lead, unit = selection.lead, selection.unit
        panel.pin_unit(None if lead is None or unit is None else (lead + 1, unit))

    panel.use_pictures(canvas.unit_picture)
    canvas.unit_hovered.connect(panel.hover_unit)
    canvas.selection_changed.connect(pin)
