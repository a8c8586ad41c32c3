"""Long work beside the window."""

import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject

from playground.session.job import CancelledError, Job, Progress


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_what_the_work_returns_is_told_in_the_gui_thread(qtbot: Any, owner: QObject) -> None:
    threads: list[threading.Thread] = []
    job = Job(lambda _progress: threads.append(threading.current_thread()) or 42, owner)
    told: list[threading.Thread] = []
    job.finished.connect(lambda _value: told.append(threading.current_thread()))
    with qtbot.waitSignal(job.finished) as signal:
        job.start()
    assert signal.args == [42]
    assert threads != told == [threading.current_thread()]
    assert not job.running


def test_progress_is_told_and_never_falls(qtbot: Any, owner: QObject) -> None:
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        progress.report(0.5)
        assert go_on.wait(5)
        progress.report(0.2)
        progress.report(7.0)

    job, shares = Job(work, owner), []
    job.progressed.connect(shares.append)
    with qtbot.waitSignal(job.finished):
        with qtbot.waitSignal(job.progressed):
            job.start()
        go_on.set()
    assert shares == [0.5, 1.0]


def test_an_exception_is_handed_over(qtbot: Any, owner: QObject) -> None:
    def work(_progress: Progress) -> None:
        raise ValueError("no such column")

    job = Job(work, owner)
    with qtbot.waitSignal(job.failed) as signal:
        job.start()
    assert str(signal.args[0]) == "no such column"


def work_until_cancelled(progress: Progress) -> None:
    while True:
        progress.report(0.1)


def test_cancelled_work_ends(qtbot: Any, owner: QObject) -> None:
    job = Job(work_until_cancelled, owner)
    with qtbot.waitSignal(job.cancelled):
        job.start()
        job.cancel()
    assert not job.running


def test_closing_ends_the_work_without_a_signal(qtbot: Any, owner: QObject) -> None:
    job = Job(work_until_cancelled, owner)
    job.cancelled.connect(lambda: pytest.fail("told after closing"))
    job.start()
    job.close()
    assert not job.running
    assert not any(thread.name == "job" for thread in threading.enumerate())


def test_a_report_after_cancelling_raises() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        progress.report(0.5)
