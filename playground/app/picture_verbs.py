"""What the actions do that bring pictures: the drawing booth, importing, and joining what several people drew."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget

from playground.app.dropping import DropTarget
from playground.project.edit import EditError
from playground.session import Session
from playground.session.job import Job
from playground.session.language import translated
from playground.texts import Text
from playground.views.messages import Severity, fill
from playground.views.scales import number
from playground.views.theme import Theme

if TYPE_CHECKING:
    from playground.views.booth.booth import Booth
    from playground.views.pictures.dialog import PicturesDialog

Tell = Callable[[Severity, str], None]


class PictureVerbs(QObject):
    """Handlers for pictures. ``tell`` shows a sentence in the message line."""

    def __init__(self, window: QWidget, session: Session, theme: Theme, tell: Tell) -> None:
        super().__init__(window)
        self._window, self._session, self._theme, self._tell = window, session, theme, tell
        self._jobs: list[Job] = []
        self.booth: Booth | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        return {"data.booth": self.open_booth, "data.pictures": self.ask}

    def close(self) -> None:
        """Close the booth and end what is being read."""
        for job in self._jobs:
            job.close()
        if self.booth is not None:
            self.booth.close()

    def open_booth(self) -> None:
        """Show the drawing booth; there is one only."""
        if self.booth is None:
            from playground.views.booth.booth import Booth  # seldom wanted

            self.booth = Booth(self._session, self._theme, self._window, self.merge)
            self.booth.finished.connect(self._forget_booth)
            DropTarget(self.booth, self.merge)
            self._place(self.booth)
        self.booth.show()
        self.booth.raise_()
        self.booth.activateWindow()

    def _place(self, booth: "Booth") -> None:
        """Put the booth at the lower right, above a lesson that is shown: that tells what is to be drawn."""
        corner, lesson = self._window.frameGeometry().bottomRight(), self._window.findChild(QWidget, "panel.lesson")
        lowest = corner.y() - 40
        if lesson is not None and lesson.isVisible():
            lowest = min(lowest, lesson.mapToGlobal(QPoint(0, 0)).y() - 12)
        booth.resize(booth.sizeHint())
        booth.move(corner.x() - booth.width() - 24, max(0, lowest - booth.height()))

    @Slot()
    def _forget_booth(self, *_result: object) -> None:
        self.booth = None

    def ask(self) -> "PicturesDialog":
        """Ask for pictures to import."""
        return self.import_files(())

    def import_files(self, paths: Sequence[Path]) -> "PicturesDialog":
        """Show what is in files or a folder, and import it when the user agrees."""
        from playground.views.pictures.dialog import PicturesDialog  # seldom wanted

        dialog = PicturesDialog(self._session, self._theme, self._window, paths)
        dialog.open()
        return dialog

    # -- drawings of several people --------------------------------------------------------------------------------

    def merge(self, paths: Sequence[Path]) -> None:
        """Add the drawings in files to the booth; what is there already is left out."""
        job = Job(lambda progress: _read(tuple(paths), progress.report), self)
        self._jobs.append(job)
        job.finished.connect(lambda parts, job=job: self._merged(job, parts, len(paths)))
        job.failed.connect(lambda error, job=job: self._not_merged(job, error))
        job.start()

    def _merged(self, job: Job, parts: Any, files: int) -> None:
        from playground.project import drawing_edits  # seldom wanted

        self._end(job)
        document = self._session.document
        try:
            edit, added, doubles = drawing_edits.merge(document.project, parts)
        except EditError as error:
            self._say(Severity.ERROR, translated(error.args[0]))
            return
        document.apply(edit)
        self.open_booth()
        text = fill(self.tr("Files: %1, drawings added: %2."), str(files), number(added))
        if doubles:
            text += " " + fill(self.tr("There already and left out: %1."), number(doubles))
        self._say(Severity.INFO, text)

    def _not_merged(self, job: Job, error: Exception) -> None:
        self._end(job)
        if not isinstance(error, (ValueError, OSError)):
            raise error
        self._say(Severity.ERROR, translated(error.args[0]) if error.args else str(error))

    def _end(self, job: Job) -> None:
        self._jobs.remove(job)
        job.deleteLater()

    def _say(self, severity: Severity, text: str) -> None:
        """Say something at the booth when it is open, else in the message line."""
        if self.booth is not None:
            self.booth.tell(text, warning=severity is not Severity.INFO)
        else:
            self._tell(severity, text)


def _read(paths: tuple[Path, ...], report: Callable[[float], None]) -> list[Any]:
    """The drawings of every file, beside the window."""
    from playground.data.pictures import PictureError, read_drawn
    from playground.project import fileformat

    parts = []
    for at, path in enumerate(paths):
        report(at / len(paths))
        if path.suffix.lower() != ".playground":
            parts.append(read_drawn(path, report))
            continue
        drawings = fileformat.load(path).project.drawings
        if drawings is None:
            raise PictureError(
                Text("%1 holds no drawings of the drawing booth; open it by File ▸ Open instead.", path.name)
            )
        parts.append((drawings.block["images"], drawings.block["labels"], drawings.class_names))
    return parts
