"""Long work beside the window: a function on a thread of its own, with progress and cancelling.

    job = Job(lambda progress: read(path, progress), parent)
    job.finished.connect(show)
    job.start()

No signal crosses threads: a timer of the GUI thread looks at what the work has come to.
"""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

INTERVAL = 30
"""Milliseconds between two looks."""


class CancelledError(Exception):
    """The work was asked to end early."""


class Progress:
    """What the work tells while it runs, from its own thread."""

    def __init__(self) -> None:
        self.share = 0.0
        self._cancelled = threading.Event()

    def report(self, share: float) -> None:
        """Tell which share of the work is done, 0..1.

        Raises:
            CancelledError: when the user has cancelled; let it pass, so that the work ends.
        """
        self.share = min(max(share, 0.0), 1.0)
        if self._cancelled.is_set():
            raise CancelledError

    def cancel(self) -> None:
        """Ask the work to end at its next report."""
        self._cancelled.set()


class Job(QObject):
    """Runs ``work(progress)`` once. It ends with exactly one of finished, failed and cancelled.

    Signals:
        progressed(float): the share that is done, 0..1, when it has grown.
        finished(object): what the work returned.
        failed(object): the exception that it raised.
        cancelled(): it ended because of ``cancel``.
    """

    progressed = Signal(float)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, work: Callable[[Progress], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._progress = work, Progress()
        self._shown = 0.0
        self._value: Any = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="job", daemon=True)
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        """Whether the work has begun and its end was not told yet."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin; once only."""
        self._timer.start()
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to end early; ``cancelled`` follows, or ``finished`` when it was done already."""
        self._progress.cancel()

    def close(self) -> None:
        """End the work and wait for it, without a further signal."""
        self._timer.stop()
        self._progress.cancel()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            self._value = self._work(self._progress)
        except BaseException as error:  # noqa: BLE001 - told in the GUI thread
            self._error = error

    @Slot()
    def _look(self) -> None:
        ended = not self._thread.is_alive()
        if self._progress.share > self._shown:
            self._shown = self._progress.share
            self.progressed.emit(self._shown)
        if not ended:
            return
        self._timer.stop()
        if isinstance(self._error, CancelledError):
            self.cancelled.emit()
        elif self._error is not None:
            self.failed.emit(self._error)
        else:
            self.finished.emit(self._value)
