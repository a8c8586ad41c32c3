"""Keeps actions and title true: what can be done now, what Undo would take back, which file is open."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from playground.app import actions as action_table
from playground.session import Session
from playground.training.records import RunState
from playground.views.icons import icon
from playground.views.theme import Theme


class WindowState(QObject):
    """Follows document, run and theme. ``finished``: called when a stop condition has ended the run."""

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        theme: Theme,
        actions: Mapping[str, QAction],
        finished: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._theme = window, session, theme
        self._actions, self._finished = actions, finished
        self._shown_running = False
        session.trainer.run_state.connect(self._show_run)
        session.trainer.problems_changed.connect(self._show_run)
        session.document.history_changed.connect(self._show_history)
        session.document.file_changed.connect(self._show_title)
        theme.changed.connect(self._refresh_icons)
        self._show_run()
        self._show_history()
        self._show_title()

    def _show_run(self, *_news: object) -> None:
        trainer = self._session.trainer
        running, trainable = trainer.state is RunState.RUNNING, not trainer.problems
        train = self._actions["run.train"]
        train.setChecked(running)
        train.setText(self.tr("Pause") if running else self.tr("&Train"))
        for name in ("run.train", "run.step", "run.epoch"):
            self._actions[name].setEnabled(trainable)
        if trainer.state is RunState.FINISHED:
            self._finished()
        if running is not self._shown_running:
            self._shown_running = running
            train.setIcon(icon("pause" if running else "play", self._theme))

    def _show_history(self) -> None:
        document = self._session.document
        for name, can, label, verb in (
            ("edit.undo", document.can_undo, document.undo_label, self.tr("Undo")),
            ("edit.redo", document.can_redo, document.redo_label, self.tr("Redo")),
        ):
            action = self._actions[name]
            action.setEnabled(can)
            action.setText(f"{verb}: {label}" if can else verb)
            action.setToolTip(action.text())

    def _show_title(self) -> None:
        document = self._session.document
        self._window.setWindowTitle(f"{document.name}[*] — {self.tr('Deep Learning Playground')}")
        self._window.setWindowModified(document.path is not None and document.modified)

    def _refresh_icons(self) -> None:
        instead = {"run.train": "pause"} if self._shown_running else {}
        action_table.refresh_icons(self._actions, self._theme, instead)
