"""When something unexpected goes wrong in the window: a sentence, the details to copy, and on it goes."""

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

log = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Turns an uncaught exception of the GUI thread into a dialog with details; the app goes on.

    One dialog at a time: what happens while it is open is counted and logged only. ``logs``: the folder of the log
    files, None where there is none.
    """

    def __init__(self, window: QWidget, logs: Path | None = None) -> None:
        super().__init__(window)
        self._window, self._logs = window, logs
        self._before = sys.excepthook
        self._before_in_threads = threading.excepthook
        self.dialog: CrashDialog | None = None

    def install(self) -> None:
        """Take over the hooks for what nobody caught."""
        sys.excepthook = self.report
        threading.excepthook = self._report_thread

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = self._before
        threading.excepthook = self._before_in_threads

    def follow(self, window: QWidget) -> None:
        """Show what goes wrong over another window from now on."""
        self._window = window
        self.setParent(window)

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log the exception and show it."""
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        traceback.clear_frames(trace)  # Python keeps the last trace, and with it a painter that would go on painting
        log.error("Uncaught exception\n%s", details)
        if self.dialog is not None:
            self.dialog.count()
            return
        self.dialog = CrashDialog(self._window, details, self._logs)
        self.dialog.finished.connect(self._forget)
        QTimer.singleShot(0, self.dialog, self.dialog.open)  # not now: a window may be in the middle of its painting

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _report_thread(self, problem: threading.ExceptHookArgs) -> None:
        """Log what a thread did not catch; the window is not touched from another thread."""
        if problem.exc_value is not None:
            trace = problem.exc_traceback
            log.error("Uncaught exception in a thread", exc_info=(problem.exc_type, problem.exc_value, trace))


class CrashDialog(QDialog):
    """Says that something went wrong and what; the details can be copied."""

    def __init__(self, parent: QWidget, details: str, logs: Path | None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.crash")
        self.setWindowTitle(self.tr("Something went wrong"))
        self._details, self._logs, self._more = details, logs, 0
        column = QVBoxLayout(self)
        sentence = self.tr(
            "Something went wrong inside the program. Your project is still here: save it, then start the program "
            "again if anything looks odd."
        )
        text = QLabel(sentence, self, wordWrap=True)
        column.addWidget(text)
        self._count = QLabel(self)
        self._count.hide()
        column.addWidget(self._count)
        shown = QPlainTextEdit(details, self, readOnly=True)
        shown.setAccessibleName(self.tr("Details"))
        shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        column.addWidget(shown, 1)
        column.addWidget(self._buttons())
        self.resize(620, 340)

    def count(self) -> None:
        """Something more went wrong while this was open."""
        self._more += 1
        self._count.setText(self.tr("%n more since then; the log has them all.", "", self._more))
        self._count.show()

    def copy(self) -> None:
        """Put what happened, and the versions of everything, on the clipboard."""
        from playground.app import about

        QGuiApplication.clipboard().setText(f"{self._details}\n{about.details()}")

    def open_logs(self) -> None:
        """Show the folder of the log files."""
        if self._logs is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._logs)))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = QPushButton(self.tr("&Copy details"), self)
        copy.setToolTip(self.tr("Copy what happened and the versions of all parts, for a report"))
        copy.clicked.connect(self.copy)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        if self._logs is not None:
            folder = QPushButton(self.tr("Open &log folder"), self)
            folder.setToolTip(str(self._logs))
            folder.clicked.connect(self.open_logs)
            buttons.addButton(folder, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        return buttons
