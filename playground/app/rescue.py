"""Work that a crash left, or that had no file when its window was closed, comes back."""

import logging

from PySide6.QtCore import QDateTime, QLocale, QObject
from PySide6.QtWidgets import QMainWindow

from playground.app.file_verbs import FileVerbs
from playground.project.fileformat import FileError
from playground.session import Session, journal
from playground.session.autosave import Autosave
from playground.session.claims import Lock
from playground.session.journal import Trace
from playground.training.checkpoint import Opened
from playground.views.messages import Remedy, Severity

FOLDER = "recovery"

log = logging.getLogger(__name__)


def left_off(lock: Lock) -> Opened | None:
    """The unnamed work that was left last; None when there is none that can be read."""
    for trace in journal.unnamed(lock.folder):
        try:
            opened = journal.take(trace, lock.name)
        except FileError:
            continue
        except Exception:
            log.exception("Unnamed work could not be opened: %s", trace.journal)  # the program must start all the same
            continue
        if opened is not None:
            return opened
    return None


class Rescue(QObject):
    """Offers what crashed windows left, one after the other, in the message line of this window."""

    def __init__(self, window: QMainWindow, files: FileVerbs, lock: Lock) -> None:
        super().__init__(window)
        self._files, self._lock = files, lock
        self._traces: list[Trace] = []

    def offer(self) -> None:
        """Offer the newest; nothing happens when no window crashed."""
        self._traces = journal.crashed(self._lock.folder)
        if not self._traces:
            return
        trace = self._traces[0]
        moment = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(trace.time)), QLocale.FormatType.ShortFormat)
        text = self.tr("The program ended unexpectedly. The work on “%s” can be restored as it was at %s.")
        self._files.tell(
            Severity.INFO,  # it stays when training begins
            text % (trace.name, moment),
            Remedy(self.tr("Restore"), self.tr("Open the project with what was learned until then"), self.restore),
            Remedy(self.tr("Discard"), self.tr("Delete what was kept of that work"), self.discard),
        )

    def restore(self) -> None:
        """Open what was offered; from now on it is kept as the work of this window."""
        if self._files.keeper is not None:
            self._files.keeper.set_aside()
        try:
            opened = journal.take(self._traces[0], self._lock.name)
        except FileError as error:
            self._files.tell(Severity.ERROR, error.args[0])
            return
        if opened is not None:
            self._files.show(opened)
        self.offer()

    def discard(self) -> None:
        """Forget what was offered."""
        journal.remove(self._traces[0].journal)
        self.offer()


def keep(window: QMainWindow, session: Session, files: FileVerbs, lock: Lock) -> Rescue:
    """Keep the work of ``window`` from now on, and offer what others left."""
    files.watch(Autosave(session, lock, window))
    journal.tidy(lock.folder)
    rescue = Rescue(window, files, lock)
    rescue.offer()
    return rescue
