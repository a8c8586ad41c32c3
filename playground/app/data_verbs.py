"""What the actions of the data menu do."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from playground.project import edits
from playground.session import Session
from playground.views.messages import Severity

Tell = Callable[[Severity, str], None]


class DataVerbs(QObject):
    """Handlers of the data menu. ``tell`` shows a sentence in the message line."""

    def __init__(self, parent: QObject, session: Session, tell: Tell) -> None:
        super().__init__(parent)
        self._session, self._tell = session, tell

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action of the menu by its id."""
        return {"data.redraw": self.redraw}

    def redraw(self) -> None:
        """Draw other examples of the same kind."""
        project = self._session.document.project
        try:
            self._session.document.apply(edits.set_value(project, "data.seed", project.data.seed + 1))
        except edits.EditError as error:
            self._tell(Severity.ERROR, str(error))
