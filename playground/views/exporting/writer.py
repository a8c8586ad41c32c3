"""Writes an export beside the window; asks before a file is replaced that nobody was asked about."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from playground.export import beside
from playground.export.kinds import Exporter
from playground.session import Session
from playground.session.job import Job
from playground.session.language import translated
from playground.training.records import State

FOLDER = "folders/export"
"""Where the last export was written, in the settings."""


class ExportWriter(QObject):
    """Writes one export after the other, each on a thread of its own.

    Signals:
        written(Path): all is written.
        refused(str): a sentence that says why nothing is written.
        busy(str): a sentence that asks to wait for the export before.
    """

    written = Signal(object)
    refused = Signal(str)
    busy = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._job: Job | None = None

    def write(self, kind: Exporter, path: Path, title: str) -> None:
        """Write the project as it is now; asks first when files beside ``path`` would be replaced."""
        trainer, project = self._session.trainer, self._session.document.project
        state = trainer.reader() if trainer.heavy else partial(_given, trainer.capture())
        latest = trainer.latest
        learned = latest is not None and latest.counters.step > 0
        others = beside.others(path, learned) if kind.companions else ()
        if others:
            self._ask(others, lambda: self._start(lambda: kind.write(path, project, state(), title), path))
        else:
            self._start(lambda: kind.write(path, project, state(), title), path)

    def close(self) -> None:
        """End what is still being written."""
        if self._job is not None:
            self._job.close()

    def _start(self, work: Callable[[], None], path: Path) -> None:
        if self._job is not None and self._job.running:
            self.busy.emit(self.tr("The last export is still being written; wait a moment."))
            return
        self._session.settings.put(FOLDER, str(path.parent))
        self._job = Job(lambda _progress: work(), self)
        self._job.finished.connect(lambda _: self.written.emit(path))
        self._job.failed.connect(lambda error: self.refused.emit(translated(error.args[0])))
        self._job.start()

    def _ask(self, others: tuple[Path, ...], write: Callable[[], None]) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setText(self.tr("Replace %s?") % ", ".join(f"“{other.name}”" for other in others))
        box.setInformativeText(self.tr("What stands beside the new file already belongs to something else."))
        yes = box.addButton(self.tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        yes.clicked.connect(lambda *_: write())
        box.open()


def _given(state: State | None) -> State | None:
    return state
