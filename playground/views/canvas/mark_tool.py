"""Clicking a unit's badge mutes the unit, clicking the lock at a layer's arrow freezes the layer."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter

from playground.project import edits
from playground.project.edit import Edit
from playground.session.document import Document
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.controls import applied
from playground.views.canvas.layer_marks import LayerMarks, Mark
from playground.views.canvas.tools import Tool


class MarkTool(Tool):
    """Offers the mark that belongs to what is under the pointer, and draws all marks."""

    def __init__(self, document: Document, assembly: Assembly, marks: LayerMarks) -> None:
        self._document, self._assembly, self._marks = document, assembly, marks
        self._offered: Mark | None = None

    def hover(self, place: QPointF) -> bool:
        """Offer a mark near the pointer; it has the pointer only where a click would reach it."""
        self._offer(self._marks.badge_near(place.x(), place.y()))
        on = self._marks.at(place.x(), place.y())
        if on is not None:
            self._assembly.surface.setToolTip(self._marks.tip(on))
            self._assembly.surface.setCursor(Qt.CursorShape.PointingHandCursor)
        return on is not None

    def leave(self) -> None:
        """Nothing is pointed at."""
        self._assembly.surface.unsetCursor()

    def press(self, event: QMouseEvent) -> bool:
        """Mute, or freeze; or the other way round."""
        mark = self._marks.at(event.position().x(), event.position().y())
        if mark is None or event.button() is not Qt.MouseButton.LeftButton:
            return False
        problem = applied(self._document, lambda: self._edit(mark))
        if problem:
            self._assembly.refused.emit(problem)
        return True

    def double(self, event: QMouseEvent) -> bool:
        """A double click on a mark is no more than two clicks."""
        return self._marks.at(event.position().x(), event.position().y()) is not None

    def scene_changed(self) -> None:
        """What was offered may be gone."""
        self._offered = None

    def paint(self, painter: QPainter) -> None:
        """Draw hatches and badges."""
        self._marks.paint(painter, painter.clipBoundingRect(), self._offered)

    def paint_loop(self, painter: QPainter) -> None:
        """Draw the locks over the arrows of the loop."""
        self._marks.paint_locks(painter, painter.clipBoundingRect(), self._offered)

    def _edit(self, mark: Mark) -> Edit:
        project, on = self._document.project, self._marks.is_on(mark)
        if mark.unit is None:
            return edits.set_trainable(project, mark.layer, on)
        return edits.mute_unit(project, mark.layer, mark.unit, not on)

    def _offer(self, mark: Mark | None) -> None:
        if mark != self._offered:
            for one in (self._offered, mark):
                if one is not None:
                    self._assembly.surface.update_area(self._marks.box(one))
            self._offered = mark
