"""The present work goes to disk by itself: every half minute and after twenty edits, beside the window."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from playground.project.fileformat import FileError
from playground.project.model import Project
from playground.session import journal
from playground.session.claims import Lock
from playground.session.job import Job
from playground.session.language import translated
from playground.session.session import Session
from playground.training import checkpoint

EVERY_MS = 30_000
EDITS = 20
"""So many edits since the last time are saved at once."""

log = logging.getLogger(__name__)


class Autosave(QObject):
    """Keeps the journal of one window.

    Signals:
        failed(str): the journal could not be written; a sentence, once until it works again.
    """

    failed = Signal(str)

    def __init__(self, session: Session, lock: Lock, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.lock = lock
        self._edits, self._failing = 0, False
        self._known = self._present()  # what needs no saving: as it was opened, or stands in the journal
        self._job: Job | None = None
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.save)
        session.document.changed.connect(self._count)
        session.document.file_changed.connect(self._follow_file)
        self._timer.start()
        self._follow_file()

    @property
    def path(self) -> Path:
        """The journal."""
        return self.lock.path.with_suffix(checkpoint.SUFFIX)

    @property
    def busy(self) -> bool:
        """Whether the journal is being written just now."""
        return self._job is not None

    @Slot()
    def save(self) -> None:
        """Write the journal if there is something new; the writing is done beside the window."""
        present = self._present()
        if self._job is not None or present == self._known:
            return
        self._known, self._edits = present, 0
        write = self._writer(self.path, closed=False)
        self._job = Job(lambda _progress: write(), self)
        self._job.finished.connect(self._written)
        self._job.failed.connect(self._not_written)
        self._job.start()

    def set_aside(self) -> None:
        """Keep work that has no file for another start, before something else takes its place here."""
        document = self._session.document
        if document.path is None and document.modified:
            self._keep(self.path.with_stem(f"{self.path.stem}-{document.steps}"))

    def close(self, *, forget: bool = False) -> None:
        """The window is being closed: keep work that has no file for the next start, unless it shall be forgotten."""
        self._timer.stop()
        if self._job is not None:
            self._job.close()
        document = self._session.document
        if forget or document.path is not None or not document.modified:
            journal.remove(self.path)
        else:
            self._keep(self.path)
        self.lock.release()

    def _keep(self, path: Path) -> None:
        """Write the present work for the next start."""
        try:
            self._writer(path, closed=True)()
        except FileError as error:  # then the last journal stays
            log.warning("Unnamed work was not kept: %s", error)

    def _present(self) -> tuple[Project | None, int]:
        document = self._session.document
        return document.project, document.steps

    def _writer(self, path: Path, *, closed: bool) -> Callable[[], None]:
        """What writes the present work; it runs in another thread unless ``closed``."""
        document, trainer = self._session.document, self._session.trainer
        project, name, file = document.project, document.name, document.path
        state = trainer.capture if closed else trainer.reader()
        return lambda: journal.write(path, project, state(), name, file, closed=closed)

    @Slot(object)
    def _count(self, _change: object) -> None:
        self._edits += 1
        if self._edits >= EDITS:
            self.save()

    @Slot()
    def _follow_file(self) -> None:
        self.lock.hold(self._session.document.path)

    @Slot(object)
    def _written(self, _result: object) -> None:
        self._job, self._failing = None, False

    @Slot(object)
    def _not_written(self, error: Exception) -> None:
        self._job, self._known = None, (None, -1)
        log.warning("The work in progress was not kept: %s", error)
        if not self._failing:
            self._failing = True
            reason = translated(error.args[0]) if isinstance(error, FileError) else repr(error)
            self.failed.emit(self.tr("Work in progress cannot be kept for emergencies: %s") % reason)
