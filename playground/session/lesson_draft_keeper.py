"""Keeps the draft of a lesson on disk, beside the window; the next start gives it back."""

import contextlib
import os
from functools import partial
from pathlib import Path
from typing import IO

from PySide6.QtCore import QObject, Signal, Slot

from playground.lessons.reader import LessonError
from playground.lessons.recording import file
from playground.lessons.recording.draft import Draft
from playground.project import durable
from playground.session.job import Job
from playground.session.settings import LESSON_DRAFT
from playground.texts import Text


class DraftKeeper(QObject):
    """One file in the folder of the settings; the newest draft is the one that counts.

    Signals:
        failed(str): it could not be written; a sentence, once until it works again.
    """

    failed = Signal(str)

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.path = folder / LESSON_DRAFT
        self._job: Job | None = None
        self._next: Draft | None = None
        self._failing = False

    def keep(self, draft: Draft) -> None:
        """Write the draft as soon as the one before is written; an empty one is forgotten."""
        self._next = draft
        if self._job is None:
            self._begin()

    def read(self) -> Draft | None:
        """The draft on disk, None when there is none.

        Raises:
            LessonError: when it is damaged; it is set aside under another name.
        """
        try:
            with self.path.open("rb") as stream:
                content = stream.read(file.MOST_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            reason = error.strerror or ""
            raise LessonError(Text("The draft of your lesson cannot be read: %1.", reason)) from error
        try:
            return file.decode(content)
        except LessonError:
            with contextlib.suppress(OSError):
                os.replace(self.path, self.path.with_suffix(".damaged"))
            raise

    def close(self) -> None:
        """Write what is still to be written, and wait for it."""
        if self._job is not None:
            self._job.close()
            self._job = None
        if (draft := self._next) is not None:
            self._next = None
            with contextlib.suppress(OSError, ValueError):
                _write(self.path, draft)

    def _begin(self) -> None:
        draft, self._next = self._next, None
        if draft is None:
            return
        self._job = Job(lambda _progress: _write(self.path, draft), self)
        self._job.finished.connect(self._written)
        self._job.failed.connect(self._not_written)
        self._job.start()

    @Slot(object)
    def _written(self, _result: object) -> None:
        self._job, self._failing = None, False
        self._begin()

    @Slot(object)
    def _not_written(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, OSError):
            raise error
        if not self._failing:
            self._failing = True
            text = self.tr("The draft of your lesson cannot be kept in “%1”: save it as a file.")
            self.failed.emit(text.replace("%1", str(self.path.parent)))
        self._begin()


def _write(path: Path, draft: Draft) -> None:
    """Write a draft, all or nothing."""
    if draft.empty:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    durable.write(path, partial(_fill, file.encode(draft)))


def _fill(content: bytes, stream: IO[bytes]) -> None:
    stream.write(content)
