"""A tool: point at a weight line to see which it is and read its weight."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QToolTip

from playground.views.canvas import hover
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.tools import Tool


class EdgeTip(Tool):
    """Highlights the line under the pointer and tells its weight, live."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._edge: hover.Edge | None = None
        self._pointer = QPoint()

    def hover(self, place: QPointF) -> bool:
        """Point at a line."""
        self._pointer = place.toPoint()
        edge = hover.edge_at(self._assembly.bundles, place.x(), place.y())
        self._edge = edge
        self._assembly.surface.set_highlight(edge)
        if edge is not None:
            self._assembly.surface.setToolTip("")
            self.tell()
        return edge is not None

    def leave(self) -> None:
        """No line any more."""
        if self._edge is not None or QToolTip.text():
            QToolTip.hideText()
        self._edge = None
        self._assembly.surface.set_highlight(None)

    def scene_changed(self) -> None:
        """The line may be gone."""
        if self._edge is not None:
            self.leave()

    def tell(self) -> None:
        """Tell the present weight of the line under the pointer."""
        if self._edge is None:
            return
        surface = self._assembly.surface
        text = hover.edge_text(self._edge, self._assembly.bundles, self._assembly.stages)
        if QToolTip.text() != text:
            QToolTip.showText(surface.mapToGlobal(self._pointer), text, surface)
