"""Begin and end painting on the map of the output panel."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from playground.project.changes import Change
from playground.session import Session
from playground.views.painting.painter import Painter
from playground.views.painting.strip import PaintStrip
from playground.views.panels.output_panel import OutputPanel
from playground.views.theme import Theme


class PaintMode(QObject):
    """Puts painter and strip into the panel, and takes them out again.

    Signals:
        toggled(bool): painting began or ended.
    """

    toggled = Signal(bool)

    def __init__(self, session: Session, theme: Theme, panel: OutputPanel, tell: Callable[[str], None]) -> None:
        super().__init__(panel)
        self._session, self._panel = session, panel
        self.painter = Painter(session, tell, panel.map.update, self)
        self.strip = PaintStrip(self.painter, theme, panel)
        self.strip.hide()
        self.strip.done.connect(self.end)
        self.painter.left.connect(self.end)
        session.document.changed.connect(self._follow)

    @property
    def on(self) -> bool:
        """Whether one paints."""
        return self._panel.map.tool is self.painter

    def begin(self) -> None:
        """Paint; data that are no points of the plane give way to an empty plane, which can be undone."""
        if self.on:
            return
        if self._session.document.samples.dataset.input_kind != "plane":
            self.painter.clear(numbers=False)
        self._panel.map.tool = self.painter
        self._panel.map.setCursor(Qt.CursorShape.BlankCursor)
        self._panel.put_below(self.strip)
        self.strip.refresh()
        self._panel.map.setFocus()
        self.toggled.emit(True)

    @Slot()
    def end(self) -> None:
        """Look at the map again."""
        if not self.on:
            return
        self.painter.finish()
        self._panel.map.tool = None
        self._panel.map.setCursor(Qt.CursorShape.CrossCursor)
        self._panel.put_below(None)
        self._panel.map.update()
        self.toggled.emit(False)

    def close(self) -> None:
        """Stop listening; a stroke that is under way counts no more."""
        self.painter.follow_data()
        self.strip.close()
        self._session.document.changed.disconnect(self._follow)

    @Slot(object)
    def _follow(self, change: Change) -> None:
        """Other data may have other classes, or no map to paint on."""
        if not self.on or not change & Change.DATA:
            return
        self.painter.follow_data()
        if self._session.document.samples.dataset.input_kind != "plane":
            self.end()
        else:
            self.strip.refresh()
