"""The main window: puts run bar, data, network, output, plots and message line together, and nothing else."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QToolBar

from playground.app import actions as action_table
from playground.app import keyboard, layout, lower_tabs, menus, scaling
from playground.app.canvas_links import CanvasLinks, link_output
from playground.app.data_actions import DATA
from playground.app.frame_hold import FrameHold
from playground.app.language_actions import LANGUAGE
from playground.app.state import WindowState
from playground.app.verbs import Verbs
from playground.session import Session
from playground.session.languages import chosen
from playground.views.canvas import NetworkCanvas
from playground.views.panels.data import DataPanel
from playground.views.panels.gradient_lamp import GradientLamp
from playground.views.panels.message_bar import MessageBar
from playground.views.panels.output_panel import OutputPanel
from playground.views.panels.run_bar import RunBar, StatusLine
from playground.views.theme import Theme
from playground.views.view import View

if TYPE_CHECKING:
    from playground.app.projector import Projector

FIRST_SIZE = QSize(1366, 768)


class MainWindow(QMainWindow):
    """The window is the diagram. ``session`` gives document and trainer.

    Signals:
        language_wanted(str): the user chose a language, or "system".
    """

    language_wanted = Signal(str)

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session, self.theme = session, theme
        self.messages = MessageBar(session, theme)
        self.verbs = Verbs(self, session, theme, self.messages)
        languages: dict[str, Callable[[], object]] = {
            spec.id: partial(self.language_wanted.emit, spec.id.removeprefix("view.language_")) for spec in LANGUAGE
        }
        handlers = {**self.verbs.handlers(self.reset_layout), **languages}
        self.actions_by_id = action_table.build(self, theme, handlers)
        self.canvas = NetworkCanvas(session, theme, self.actions_by_id)
        self.verbs.network.use_selection(self.canvas)
        self.canvas.told.connect(self.messages.tell)
        self.links = CanvasLinks(self.canvas, self.verbs.network, session, theme, self._take_panel)
        self.run_bar = RunBar(session, theme, self.actions_by_id)
        self.data_panel = DataPanel(session, theme)
        self.data_panel.offer([self.actions_by_id[spec.id] for spec in DATA if spec.id != "data.redraw"])
        self.output_panel = OutputPanel(session, theme)
        link_output(self.canvas, self.output_panel)
        self.tabs = lower_tabs.build(session, theme, self)
        self.panels: dict[str, View] = {
            "run": self.run_bar,
            "data": self.data_panel,
            "network": self.canvas,
            "output": self.output_panel,
            **self.tabs.panels,
        }
        self._painted = self._closing = False
        FrameHold(self, session.trainer.gate)
        self._assemble()
        self._connect()
        session.trainer.set_drawing(False)
        session.trainer.start()

    # -- assembly --------------------------------------------------------------------------------------------------

    def _assemble(self) -> None:
        self.addActions(list(self.actions_by_id.values()))
        self.actions_by_id["run.train"].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.setCentralWidget(self.canvas)
        self.canvas.setFocus()  # arrows and Return mean the network from the start
        bar = QToolBar(self.tr("Run"), self, movable=False, floatable=False)
        bar.setObjectName("bar.run")
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.addWidget(self.run_bar)
        self.addToolBar(bar)
        bar.toggleViewAction().setEnabled(False)
        layout.arrange(self)
        areas = layout.AREAS
        self.docks = (
            layout.add_dock(self, self.theme, "data", self.tr("Data"), self.data_panel, areas.LeftDockWidgetArea),
            layout.add_dock(
                self, self.theme, "output", self.tr("Output"), self.output_panel, areas.RightDockWidgetArea
            ),
            layout.add_dock(self, self.theme, "plots", self.tr("Plots"), self.tabs, areas.BottomDockWidgetArea),
        )
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.messages, 1)
        self.status_line = StatusLine(self.session, self.theme)
        self.lamp = GradientLamp(self.session, self.theme)
        self.lamp.turned.connect(self.verbs.learn.tell_wrong)
        self.statusBar().addPermanentWidget(self.lamp)
        self.statusBar().addPermanentWidget(self.status_line)
        self.verbs.data.link(self.actions_by_id, self.output_panel)
        self.verbs.capture.link(self.actions_by_id, self.panels)
        self.verbs.learn.link(self.actions_by_id, self.tabs.open)
        self.verbs.lessons.link(self.actions_by_id, self.tabs, self.docks[-1])
        self.verbs.recording.link(self.actions_by_id, self.tabs, self.docks[-1])
        self.verbs.help.link(self.tabs, menus.corner(self, self.actions_by_id["view.projector"]))
        self.verbs.display.link(self.actions_by_id, self._projector)
        self.verbs.access.link(self.actions_by_id)
        self.verbs.challenges.link(self.docks[-1])
        legends = self.verbs.learn.legends
        for name, panel in (("data", self.data_panel), ("network", self.canvas), ("output", self.output_panel)):
            legends.attach(name, panel)
        legends.attach_tabs(self.tabs)
        view_menu = menus.build(self, self.actions_by_id)
        menus.add_presets(view_menu["file"], self.verbs.files.open_named)
        menus.add_recent(view_menu["file"], self.verbs.files)
        menus.add_exports(view_menu["file"], self.verbs.export)
        menus.add_panels(view_menu["view"], self.docks)
        self.actions_by_id[f"view.theme_{self.theme.mode}"].setChecked(True)
        self.actions_by_id[f"view.language_{chosen(self.session.settings)}"].setChecked(True)
        self.resize(FIRST_SIZE)
        self._first_layout = self.saveState(layout.LAYOUT_VERSION)
        self.restoreGeometry(self.session.settings.blob("window/geometry"))
        self._own_layout = self.restoreState(self.session.settings.blob("window/layout"), layout.LAYOUT_VERSION)

    def _connect(self) -> None:
        self.state = WindowState(self, self.session, self.theme, self.actions_by_id, self.verbs.tell_finished)
        self.tabs.made.connect(self._take_panel)
        self.session.trainer.noted.connect(self.messages.tell)
        self.verbs.display.scale.changed.connect(self._make_room)
        self._make_room()

    def _take_panel(self, name: str, panel: View) -> None:
        """Care for a panel that was made when it was first wanted."""
        self.panels[name] = panel
        lower_tabs.link(panel, self.canvas, self.output_panel, self.messages.tell)
        keyboard.leave_focus_on_click(self)

    # -- verbs of the window ---------------------------------------------------------------------------------------

    def reset_layout(self) -> None:
        """Put all panels back in their first places."""
        layout.reset(self, self._first_layout, self.docks)
        layout.share_room(self, *self.docks)

    def _projector(self, end: Callable[[], None]) -> "Projector":
        from playground.app.projector import Projector  # seldom wanted

        _, output, plots = self.docks
        parts, spare = (self.run_bar, self.tabs, output, plots), (self.lamp, self.status_line)
        return Projector(self, self.theme, self.actions_by_id, parts, spare, self.session.guide, end)

    def _make_room(self) -> None:
        if layout.make_room(self, self.docks, self.canvas, enlarged=scaling.factor() > 1):
            QTimer.singleShot(0, self, partial(layout.share_tightly, self, *self.docks))  # when it has its new size

    def moment(self) -> str:
        """Where the run stands, for the titles of tables."""
        return self.verbs.access.moment()

    def refresh(self) -> None:
        """Let every panel show the present at once."""
        for view in self.panels.values():
            view.refresh()

    def load_plots(self) -> None:
        """Do what can wait until the window is seen: load the plots, which are slow to import."""
        self.tabs.panels["loss"].load()
        keyboard.leave_focus_on_click(self)

    # -- Qt --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Train or pause on a space bar that no widget wanted; take the keyboard back after Return in a field."""
        if not (keyboard.leave_field(event) or keyboard.press_space(event, self.actions_by_id["run.train"])):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once the window can be seen, ask for pictures and load the plots: before, they would only keep it back."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._follow_sight)
            QTimer.singleShot(0, self.load_plots)
            QTimer.singleShot(0, self.verbs.lessons.resume)
            QTimer.singleShot(0, self.verbs.challenges.resume)
            QTimer.singleShot(0, self.verbs.recording.offer)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to draw; a window whose layout nobody has changed shares its room by its size."""
        super().showEvent(event)
        if not self._own_layout:
            layout.share_room(self, *self.docks)
        self._follow_sight()

    def hideEvent(self, event: QHideEvent) -> None:
        """Train on without drawing."""
        super().hideEvent(event)
        self.session.trainer.set_drawing(False)

    def changeEvent(self, event: QEvent) -> None:
        """Train on without drawing while minimised."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._follow_sight()

    def _follow_sight(self) -> None:
        """Draw as long as there is somebody to see it."""
        self.session.trainer.set_drawing(self._painted and self.isVisible() and not self.isMinimized())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes of a named file, then end the run and remember the layout."""
        document = self.session.document
        if document.path is not None and document.modified and not self._closing:
            event.ignore()
            self.verbs.files.ask_to_save(self._close_anyway)
            return
        self.leave()
        self.session.close()
        event.accept()

    def leave(self) -> None:
        """Stop listening to the session and remember the layout; the session goes on."""
        for view in (*self.panels.values(), self.messages, self.status_line, self.lamp):
            view.close()
        self.verbs.close()
        self.session.settings.put("window/geometry", self.saveGeometry())
        self.session.settings.put("window/layout", self.saveState(layout.LAYOUT_VERSION))

    def _close_anyway(self) -> None:
        self._closing = True
        self.close()
