"""What the canvas and the small windows around it tell each other."""

from PySide6.QtWidgets import QWidget

from playground.app.network_verbs import NetworkVerbs
from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.palette import LayerPalette
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
