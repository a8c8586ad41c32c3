"""Take the project elsewhere. What can be written is a list of its own, loaded when first wanted."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMainWindow

from playground.session import Session
from playground.session.language import translated
from playground.views.messages import Severity

if TYPE_CHECKING:
    from playground.export.kinds import Exporter
    from playground.views.exporting import ExportWriter

FOLDER = "folders/export"
Tell = Callable[[Severity, str], None]


class ExportVerbs(QObject):
    """Asks where to write, and writes beside the window."""

    def __init__(self, window: QMainWindow, session: Session, tell: Tell) -> None:
        super().__init__(window)
        self._window, self._session, self._tell = window, session, tell
        self._writer: ExportWriter | None = None

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
        if self._writer is None:
            from playground.views.exporting import ExportWriter

            self._writer = ExportWriter(self._session, self._window)
            self._writer.written.connect(lambda path: self._tell(Severity.INFO, self.tr("Written: %s") % path))
            self._writer.refused.connect(lambda sentence: self._tell(Severity.ERROR, sentence))
            self._writer.busy.connect(lambda sentence: self._tell(Severity.INFO, sentence))
        self._writer.write(kind, path, self._session.document.name or "Playground")

    def close(self) -> None:
        """End what is still being written."""
        if self._writer is not None:
            self._writer.close()
