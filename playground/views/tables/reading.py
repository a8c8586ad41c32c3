"""Read a table beside the window: how it is written and its first rows at once, then all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from playground.data.block import Block
from playground.data.tables import again, read, store
from playground.data.tables import dialect as dialects
from playground.data.tables.dialect import Dialect
from playground.data.tables.table import RawTable
from playground.session.job import Job, Progress
from playground.texts import Text

_WAIT_MS = 60


@dataclass(frozen=True)
class Look:
    """How a file is written, and its first rows."""

    dialect: Dialect
    preview: read.Preview


@dataclass(frozen=True)
class Whole:
    """All of a table, also as the block that goes into the project."""

    table: RawTable
    block: Block


class Work(QObject):
    """Does one thing at a time beside the window; what is begun ends what was there before.

    Signals:
        progressed(float): the share that is done, 0..1.
        done(object): the result.
        failed(object): a text, why there is none.
    """

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._next: Callable[[Progress], Any] | None = None
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether there is something to wait for."""
        return self._job is not None or self._wait.isActive()

    def start(self, work: Callable[[Progress], Any]) -> None:
        """Begin soon; several calls in a row begin the last one only."""
        self._next = work
        if self._job is not None:
            self._job.cancel()
        self._wait.start()

    def stop(self) -> None:
        """End what is under way, without a signal; waits for its thread."""
        self._wait.stop()
        self._next = None
        if self._job is not None:
            self._job.close()
            self._forget()

    @Slot()
    def _begin(self) -> None:
        if self._job is not None or self._next is None:  # its end begins the next
            return
        self._job, self._next = Job(self._next, self), None
        self._job.progressed.connect(self.progressed)
        self._job.finished.connect(self._finished)
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(self._ended)
        self._job.start()

    def _forget(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

    @Slot()
    def _ended(self) -> bool:
        """Tidy up; returns whether the result still matters."""
        self._forget()
        if self._next is None:
            return True
        self._wait.start()
        return False

    @Slot(object)
    def _finished(self, result: object) -> None:
        if self._ended():
            self.done.emit(result)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, (ValueError, MemoryError)):
            raise error
        if self._ended():
            memory = isinstance(error, MemoryError)
            self.failed.emit(Text("There is not enough memory for this table.") if memory else error.args[0])


def look(path: Path, dialect: Dialect | None) -> Look:
    """The first rows of a file, written as ``dialect`` says, or as is found out.

    Raises:
        TableError: when it is no table.
    """
    used = dialect or dialects.sniff(path)
    return Look(used, read.preview(path, used))


def present(block: Block, progress: Progress) -> Whole:
    """The table that is in the project already."""
    return Whole(again.described(block), block)


def whole(path: Path, dialect: Dialect, progress: Progress) -> Whole:
    """All rows of a file.

    Raises:
        TableError: when they are no table.
    """
    table = read.read(path, dialect, progress.report)
    return Whole(table, store.pack(table.columns))
