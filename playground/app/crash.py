"""When something unexpected goes wrong in the window: a sentence, the details on demand, and on it goes."""

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject

from playground.views.messages import Message, Severity
from playground.views.panels.message_bar import MessageBar

log = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Turns an uncaught exception of the GUI thread into a message with details; the app goes on."""

    def __init__(self, messages: MessageBar) -> None:
        super().__init__(messages)
        self._messages = messages
        self._before = sys.excepthook

    def install(self) -> None:
        """Take over ``sys.excepthook``."""
        sys.excepthook = self.report

    def remove(self) -> None:
        """Give ``sys.excepthook`` back."""
        sys.excepthook = self._before

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log the exception and show it."""
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("Uncaught exception\n%s", details)
        sentence = self.tr("Something went wrong inside the app; your project is still here.")
        self._messages.show_message(Message(Severity.ERROR, sentence, details=details))
