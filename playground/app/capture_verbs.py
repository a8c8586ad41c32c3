"""What the actions do that take pictures and films. Their dialogs and writers are loaded when first wanted."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget

from playground.session import Session
from playground.views.messages import Severity

if TYPE_CHECKING:
    from playground.export.animation import Frame
    from playground.session.job import Job
    from playground.views.capture.recorder import Recorder

Tell = Callable[[Severity, str], None]


class CaptureVerbs(QObject):
    """Handlers for pictures and films of the window and its panels."""

    def __init__(self, window: QMainWindow, session: Session, tell: Tell) -> None:
        super().__init__(window)
        self._window, self._session, self._tell = window, session, tell
        self._panels: Mapping[str, object] = {}
        self._stop = QAction(self)
        self._recorder: Recorder | None = None
        self._job: Job | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        return {"file.picture": self.take, "file.stop_recording": self.stop}

    def link(self, actions: Mapping[str, QAction], panels: Mapping[str, object]) -> None:
        """Take pictures of ``panels``; the action that ends a film is there only while one is made."""
        self._panels, self._stop = panels, actions["file.stop_recording"]
        self._stop.setEnabled(False)

    def subjects(self) -> list[tuple[str, QWidget]]:
        """What can be seen now, with its name: the whole window first."""
        panels = [panel for panel in self._panels.values() if isinstance(panel, QWidget) and panel.isVisible()]
        named = [(panel.accessibleName(), panel) for panel in panels]
        return [(self.tr("The whole window"), self._window), *(pair for pair in named if pair[0])]

    # -- pictures --------------------------------------------------------------------------------------------------

    def take(self) -> None:
        """Ask what to take a picture of."""
        from playground.views.capture.picture_dialog import PictureDialog

        dialog = PictureDialog(self._session, self.subjects(), self._inform, self._window)
        dialog.record_wanted.connect(self.record)
        dialog.open()

    # -- films -----------------------------------------------------------------------------------------------------

    @Slot(object, int)
    def record(self, widget: QWidget, width: int) -> None:
        """Film ``widget`` from now on."""
        from playground.views.capture.recorder import Recorder

        self._recorder = self._recorder or Recorder(self._session, self)
        self._recorder.start(widget, width)
        self._stop.setEnabled(True)
        self._inform(self.tr("The film begins: train. File ▸ Stop recording ends and saves it."))

    def stop(self) -> None:
        """End the film and ask where to save it."""
        from playground.export import animation

        if self._recorder is None:
            return
        frames = self._recorder.stop()
        self._stop.setEnabled(False)
        folder = Path(self._session.settings.text("folders/picture", str(Path.home())))
        patterns = [f"{kind[1:].upper()} (*{kind})" for kind in animation.formats()]
        name = f"{self._session.document.name or 'playground'}.gif"
        dialog = QFileDialog(self._window, self.tr("Save the film"), str(folder / name), ";;".join(patterns))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("gif")
        dialog.fileSelected.connect(lambda chosen: self.write(frames, Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, frames: list["Frame"], path: Path) -> None:
        """Write the film beside the window, and say when it is done."""
        from playground.export import animation
        from playground.session.job import Job
        from playground.views.capture.recorder import SECONDS

        done = self.tr("The film of %s pictures was written to %s.") % (len(frames), path)
        self._session.settings.put("folders/picture", str(path.parent))
        self._job = Job(lambda progress: animation.write(frames, path, SECONDS, progress.report), self)
        self._job.finished.connect(lambda _: self._inform(done))
        self._job.failed.connect(lambda error: self._tell(Severity.ERROR, str(error)))
        self._inform(self.tr("The film is being written …"))
        self._job.start()

    def close(self) -> None:
        """End what is still going on."""
        if self._recorder is not None:
            self._recorder.stop()
        if self._job is not None:
            self._job.close()

    def _inform(self, sentence: str) -> None:
        self._tell(Severity.INFO, sentence)
