"""Take the project elsewhere. What can be written is a list of its own, loaded when first wanted."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMainWindow

from playground.session import Session
from playground.session.job import Job
from playground.session.language import translated
from playground.views.messages import Severity

if TYPE_CHECKING:
    from playground.export.kinds import Exporter

FOLDER = "folders/export"
Tell = Callable[[Severity, str], None]


class ExportVerbs(QObject):
    """Asks where to write, and writes beside the window."""

    def __init__(self, window: QMainWindow, session: Session, tell: Tell) -> None:
        super().__init__(window)
        self._window, self._session, self._tell = window, session, tell
        self._job: Job | None = None

    def kinds(self) -> "tuple[Exporter, ...]":
        """Everything that the project can be exported as."""
        from playground.export.kinds import EXPORTERS

        return tuple(kind for _, kind in EXPORTERS.items())

    def ask(self, name: str) -> None:
        """Ask where to write the kind called ``name``."""
        kind = next(kind for kind in self.kinds() if kind.name == name)
        folder = Path(self._session.settings.text(FOLDER, str(Path.home())))
        place = folder / f"{self._session.document.name or 'playground'}{kind.suffix}"
        dialog = QFileDialog(self._window, translated(kind.title), str(place), f"*{kind.suffix}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.suffix[1:])
        dialog.fileSelected.connect(lambda chosen: self.write(kind, Path(chosen)))
        dialog.open()

    def write(self, kind: "Exporter", path: Path) -> None:
        """Write the project as it is now, and say when it is done."""
        if self._job is not None and self._job.running:
            self._tell(Severity.INFO, self.tr("The last export is still being written; wait a moment."))
            return
        document, state = self._session.document, self._session.trainer.capture()
        project, title = document.project, document.name or "Playground"
        self._session.settings.put(FOLDER, str(path.parent))
        self._job = Job(lambda _progress: kind.write(path, project, state, title), self)
        self._job.finished.connect(lambda _: self._tell(Severity.INFO, self.tr("Written: %s") % path))
        self._job.failed.connect(lambda error: self._tell(Severity.ERROR, translated(error.args[0])))
        self._job.start()

    def close(self) -> None:
        """End what is still being written."""
        if self._job is not None:
            self._job.close()
