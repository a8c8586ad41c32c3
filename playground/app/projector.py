"""Projector mode: the window shows a class the network, the run bar and one plot, and nothing else."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from playground.app import layout
from playground.app.lower_tabs import titles
from playground.app.scaling import PROJECTED
from playground.lessons.lesson import Step
from playground.session.lesson_guide import LessonGuide
from playground.views.panels.run_bar import RunBar
from playground.views.panels.tab_card import TabCard
from playground.views.projector.key_echo import KeyEcho
from playground.views.projector.spotlight import Spotlight
from playground.views.projector.strip import MAP, ProjectorStrip
from playground.views.theme import Theme

_BESIDE = 900
"""Pixels that network and map need side by side."""

_PANELS = ("dock.data", "dock.output", "dock.plots")
"""What is left away, but for one plot; what guides a class stays."""


class Projector(QObject):
    """Arranges ``window`` for a projector and puts it back. ``end`` is asked to leave the mode."""

    def __init__(
        self,
        window: QMainWindow,
        theme: Theme,
        actions: Mapping[str, QAction],
        parts: tuple[RunBar, TabCard, QDockWidget, QDockWidget],
        spare: tuple[QWidget, ...],
        guide: LessonGuide,
        end: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._spare = window, spare
        self._run_bar, self._tabs, self._output, self._plots = parts
        self._layout, self._state, self._tab = window.saveState(layout.LAYOUT_VERSION), window.windowState(), 0
        self._place = window.normalGeometry()
        self._docks = tuple(dock for dock in window.findChildren(QDockWidget) if dock.objectName() in _PANELS)
        self._shown = tuple(dock for dock in self._docks if dock.isVisible())
        self._guide = guide
        self._step: Step | None = None
        self._chosen = MAP
        self.strip = ProjectorStrip(titles(), window)
        self.spotlight, self.echo = Spotlight(window, theme), KeyEcho(window, actions)
        self.strip.plot_chosen.connect(self.choose)
        self.strip.spotlight.connect(self.spotlight.set_on)
        self.strip.keys.connect(self.echo.set_on)
        self.strip.ended.connect(end)
        guide.changed.connect(self.follow_lesson)

    def begin(self) -> None:
        """Leave away all but the network, the run bar and one plot, on the whole screen."""
        window = self._window
        self._tab = self._tabs.currentIndex()
        for dock in self._docks:
            dock.setFloating(False)
            dock.hide()
        for widget in (window.menuBar(), *self._spare):
            widget.hide()
        self._tabs.tabBar().hide()
        self._run_bar.set_projected(True)
        window.statusBar().addPermanentWidget(self.strip)
        self.strip.show()
        self.choose(MAP if self._wide else "loss")
        window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)

    @property
    def _wide(self) -> bool:
        """Whether the enlarged screen has room for a plot at the side of the network."""
        return self._window.screen().size().width() >= _BESIDE * PROJECTED

    @Slot(str)
    def choose(self, name: str) -> None:
        """Show a plot until another one is chosen."""
        self._chosen = name
        self.show_plot(name)

    def show_plot(self, name: str) -> None:
        """Show the output map (MAP) or the tab ``name``, and only that."""
        on_map = name == MAP
        self._output.setVisible(on_map)
        self._plots.setVisible(not on_map)
        if on_map:
            self._window.resizeDocks([self._output], [self._window.width() * 2 // 5], Qt.Orientation.Horizontal)
        else:
            self._tabs.open(name)
            share = 3 if self._guide.lesson is None else 2.5  # a lesson has to be read
            high = round(self._window.height() / share)
            self._window.resizeDocks([self._plots], [high], Qt.Orientation.Vertical)
        self.strip.choose(name)

    @Slot()
    def follow_lesson(self) -> None:
        """Show the panel in which the present step of a lesson rings something, as long as it does."""
        step = self._guide.present
        if step is self._step:
            return
        self._step = step
        self.show_plot(self._chosen)
        ringed = self._window.findChildren(QWidget, step.control) if step is not None and step.control else []
        for dock in self._docks:
            wanted = any(dock is one or dock.isAncestorOf(one) for one in ringed)
            if dock is self._output and wanted:
                self.show_plot(MAP)
            elif dock is self._plots and wanted:
                self.show_plot(self._tabs.current_name)
            elif dock not in (self._output, self._plots):
                dock.setVisible(wanted)

    def settle(self) -> None:
        """Use the room that there is at the new size, and look on at the window that is on the screen now."""
        self.show_plot(self.strip.plot.currentData())
        self.follow_lesson()
        self.echo.set_on(self.strip.echo.isChecked())

    def end(self) -> None:
        """Put everything back."""
        window = self._window
        self._guide.changed.disconnect(self.follow_lesson)
        self.spotlight.set_on(False)
        self.echo.set_on(False)
        window.statusBar().removeWidget(self.strip)
        for part in (self.strip, self.spotlight, self.echo):
            part.hide()
            part.deleteLater()
        self._run_bar.set_projected(False)
        self._tabs.tabBar().show()
        self._tabs.setCurrentIndex(self._tab)
        for widget in (window.menuBar(), *self._spare):
            widget.show()
        window.setWindowState(self._state)
        if not (window.isMaximized() or window.isFullScreen()):
            window.setGeometry(self._place)
        window.restoreState(self._layout, layout.LAYOUT_VERSION)
        for dock in self._docks:
            dock.setVisible(dock in self._shown)
        self.deleteLater()
