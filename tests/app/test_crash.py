"""When something goes wrong inside: one dialog, details to copy, log files."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from playground.app import log_file
from playground.app.crash import CrashDialog, CrashReporter
from playground.app.log_file import Logs
from playground.app.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def reporter(window: MainWindow, tmp_path: Path) -> Iterator[CrashReporter]:
    reporter = CrashReporter(window, tmp_path)
    reporter.install()
    yield reporter
    reporter.remove()
    if reporter.dialog is not None:
        reporter.dialog.reject()


def fail(message: str = "a screw is loose") -> None:
    try:
        raise RuntimeError(message)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def button(dialog: CrashDialog, text: str) -> QPushButton:
    return next(found for found in dialog.findChildren(QPushButton) if text in found.text())


def test_an_uncaught_exception_opens_a_dialog_whose_details_can_be_copied(
    driver: Any, reporter: CrashReporter, caplog: pytest.LogCaptureFixture
) -> None:
    fail()
    dialog = reporter.dialog
    assert dialog is not None
    driver.wait(dialog.isVisible)
    shown = dialog.findChild(QPlainTextEdit)
    assert isinstance(shown, QPlainTextEdit)
    assert "RuntimeError: a screw is loose" in shown.toPlainText()
    button(dialog, "Copy").click()
    text = QGuiApplication.clipboard().text()
    assert "RuntimeError: a screw is loose" in text
    assert "Deep Learning Playground" in text
    assert dialog.isVisible()  # copying does not close it
    assert "a screw is loose" in caplog.text


def test_there_is_one_dialog_at_a_time(driver: Any, reporter: CrashReporter, caplog: pytest.LogCaptureFixture) -> None:
    fail("first")
    first = reporter.dialog
    assert first is not None
    fail("second")
    fail("third")
    assert reporter.dialog is first
    assert any("2 more since then" in label.text() for label in first.findChildren(QLabel))
    assert caplog.text.count("Uncaught exception") == 3
    button(first, "Close").click()
    assert reporter.dialog is None
    fail("fourth")
    assert reporter.dialog is not None


def test_the_log_folder_can_be_opened(
    driver: Any,
    reporter: CrashReporter,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    fail()
    assert reporter.dialog is not None
    button(reporter.dialog, "log folder").click()
    assert opened[0].toLocalFile() == str(tmp_path)


def test_what_a_thread_does_not_catch_is_logged(reporter: CrashReporter, caplog: pytest.LogCaptureFixture) -> None:
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    assert "ZeroDivisionError" in caplog.text
    assert reporter.dialog is None


def test_ctrl_c_is_no_crash(reporter: CrashReporter, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    reporter._before = lambda *error: told.append(error)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(told) == 1
    assert reporter.dialog is None


# -- log files ---------------------------------------------------------------------------------------------------------


def test_messages_go_to_a_file_that_begins_anew_when_it_is_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(log_file, "MOST_BYTES", 1000)
    monkeypatch.setattr(log_file, "faulthandler", Mock())  # pytest has its own
    logs = Logs(tmp_path)
    logs.begin()
    log = logging.getLogger("playground.test")
    log.error("the first words")
    assert "ERROR playground.test: the first words" in (tmp_path / "log" / "playground.log").read_text()
    for number in range(100):
        log.error("line %d %s", number, "x" * 60)
    logs.end()
    names = {path.name for path in (tmp_path / "log").iterdir()}
    assert names == {"crash.log", "playground.log", "playground.log.1", "playground.log.2", "playground.log.3"}
    assert all(os.path.getsize(tmp_path / "log" / name) < 1200 for name in names)
    assert "line 99" in (tmp_path / "log" / "playground.log").read_text()
    log.error("not any more")
    assert "not any more" not in (tmp_path / "log" / "playground.log").read_text()


def test_a_folder_that_cannot_be_made_is_no_reason_to_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_file, "faulthandler", Mock())
    (tmp_path / "file").touch()
    logs = Logs(tmp_path / "file")
    logs.begin()
    logs.end()


def test_a_crash_of_python_itself_leaves_a_trace(tmp_path: Path) -> None:
    code = """
import ctypes, sys
from pathlib import Path
from playground.app.log_file import Logs
Logs(Path(sys.argv[1])).begin()
ctypes.string_at(0)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode != 0
    assert "Segmentation fault" in (tmp_path / "log" / "crash.log").read_text()
