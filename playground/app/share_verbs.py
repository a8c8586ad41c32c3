"""What the actions do that share a project as a text."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from playground.project import edits, share
from playground.session import Session
from playground.views.messages import Severity

Tell = Callable[[Severity, str], None]


class ShareVerbs(QObject):
    """Handlers for share codes. ``tell`` shows a sentence in the message line.

    check_code: what takes a hand-in code of a challenge that is pasted in place of a share code.
    """

    def __init__(self, parent: QObject, session: Session, tell: Tell) -> None:
        super().__init__(parent)
        self._session, self._tell = session, tell
        self.check_code: Callable[[str], None] = lambda text: None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        return {"file.copy_code": self.copy, "file.paste_code": self.paste}

    def copy(self) -> None:
        """Put the code of the present project on the clipboard."""
        try:
            code = share.encode(self._session.document.project)
        except share.ShareError as error:
            self._tell(Severity.ERROR, str(error))
            return
        QGuiApplication.clipboard().setText(code)
        text = self.tr("The share code with %s letters is on the clipboard: paste it into a message.")
        self._tell(Severity.INFO, text % len(code))

    def paste(self) -> None:
        """Open the project whose code is on the clipboard, as an edit that can be undone."""
        from playground.lessons.challenges import code  # seldom wanted

        document, text = self._session.document, QGuiApplication.clipboard().text()
        if code.looks_like_code(text):
            self.check_code(text)
            return
        try:
            project, warnings = share.read(text)
        except share.ShareError as error:
            self._tell(Severity.ERROR, str(error))
            return
        document.apply(edits.load_project(document.project, project, self.tr("Paste share code")))
        self._tell(Severity.INFO, self.tr("The project of the share code is open; undo brings back the one before."))
        for warning in warnings:
            self._tell(Severity.WARNING, warning)
