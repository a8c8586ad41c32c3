"""What the actions do that open and save project files; whatever fails leaves the work as it is."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Qt
from PySide6.QtWidgets import QMainWindow

from playground.app.dialogs import Dialogs
from playground.project import build
from playground.project.declarations import blocks
from playground.project.fileformat import FileError
from playground.project.model import Project
from playground.session import Session
from playground.session.autosave import Autosave
from playground.session.job import Job
from playground.session.recent import RecentFiles
from playground.training import checkpoint
from playground.training.checkpoint import Opened
from playground.views.messages import Message, Remedy, Severity
from playground.views.panels.decision_map import DecisionMap
from playground.views.panels.message_bar import MessageBar
from playground.views.theme import Theme

LARGE = 4 * 1024 * 1024
"""Bytes from which on a file is read and written beside the window."""

THUMB = 256
"""Pixels of the longer side of the picture in a file."""

Stamp = tuple[int, int]


class FileVerbs(QObject):
    """Handlers for project files. ``keeper`` is there when the work of the window is kept by itself.

    play: begins the lesson in a file; raises LessonError.
    """

    def __init__(
        self, window: QMainWindow, session: Session, theme: Theme, dialogs: Dialogs, messages: MessageBar
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._window, self._session, self._dialogs, self._messages = window, session, dialogs, messages
        self.play: Callable[[Path], None] | None = None
        self.recent = RecentFiles(session.settings)
        self.keeper: Autosave | None = None
        self._stamp: tuple[Path, Stamp | None] | None = None
        self._job: Job | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        return {
            "file.new": self.choose_preset,
            "file.open": self.open,
            "file.save": self.save,
            "file.save_as": self.save_as,
        }

    def watch(self, keeper: Autosave) -> None:
        """Let ``keeper`` keep the work, and tell when it cannot."""
        self.keeper = keeper
        keeper.failed.connect(lambda sentence: self.tell(Severity.WARNING, sentence))
        if (path := self._session.document.path) is not None:
            self.opened(path)

    def tell(self, severity: Severity, text: str, *remedies: Remedy) -> None:
        """Show a sentence in the message line."""
        self._messages.show_message(Message(severity, text, remedies))

    # -- opening ---------------------------------------------------------------------------------------------------

    def choose_preset(self) -> None:
        """Show the projects to begin with, and open the one that is chosen."""
        from playground.views.presets.gallery import PresetGallery

        gallery = PresetGallery(self._theme, self._window)
        gallery.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        gallery.wanted.connect(self.open_named)
        gallery.open()

    def open(self) -> None:
        """Ask for a project file and open it."""
        self._dialogs.open_file(self._folder(), lambda path: self.open_named(str(path)))

    def open_named(self, name: str) -> None:
        """Open a file or a preset; a named file with changes is asked about before.

        When that fails, say why and keep the present project.
        """
        if not self._plays(Path(name)):
            self.make_sure(lambda: self._open(name))

    def _plays(self, path: Path) -> bool:
        """Begin the lesson in a file, or say why that cannot be; False when the file is for no lesson."""
        if self.play is None or path.suffix.lower() not in (".dllesson", ".json"):
            return False
        from playground.lessons import reader  # seldom wanted

        if not reader.is_lesson_file(path):
            return False
        try:
            self.play(path)
        except reader.LessonError as error:
            self.tell(Severity.ERROR, error.args[0])
        return True

    def make_sure(self, then: Callable[[], None]) -> None:
        """Go on to what opens another project; a named file with changes is asked about before."""
        document = self._session.document
        if document.path is None or not document.modified:
            then()
        else:
            self.ask_to_save(then)

    def _open(self, name: str) -> None:
        if self._large(Path(name)):
            opening = self.tr("Opening %s …") % Path(name).name
            self._run(lambda: _read(name), opening, self.show, self._not_opened)
            return
        try:
            opened = checkpoint.open_named(name)
        except FileError as error:
            self._not_opened(error)
            return
        self.show(opened)

    def show(self, opened: Opened) -> None:
        """Show what was read."""
        self._session.document.open(
            opened.project, path=opened.path, name=opened.name, state=opened.state, unsaved=opened.unsaved
        )
        for warning in opened.warnings:
            self.tell(Severity.WARNING, warning)
        if opened.path is not None:
            self.opened(opened.path)

    def opened(self, path: Path) -> None:
        """Remember the file that is shown; warn where another window shows it, too."""
        self._remember(path)
        if self.keeper and self.keeper.lock.others(path):
            text = self.tr("“%s” is open in another window, too: what is saved last replaces the other.") % path.name
            self.tell(Severity.WARNING, text, self._another_name())

    # -- saving ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save under the present name, or ask for one."""
        path = self._session.document.path
        if path is None:
            self.save_as()
        elif self._changed_elsewhere(path):
            self._dialogs.ask_to_replace(path.name, self.save_as, lambda: self.save_to(path))
        else:
            self.save_to(path)

    def ask_to_save(self, then: Callable[[], None]) -> None:
        """Ask what becomes of the changes of the named file, then go on."""
        path = self._session.document.path
        assert path is not None

        def write() -> None:
            if self.save_to(path, wait=True):
                then()

        def save() -> None:
            if self._changed_elsewhere(path):
                self._dialogs.ask_to_replace(path.name, self.save_as, write)
            else:
                write()

        self._dialogs.ask_to_save(path.name, save, then)

    def save_as(self) -> None:
        """Ask for a name and save there."""
        document = self._session.document
        suggestion = str(document.path or self._folder() / f"{document.name or 'project'}{checkpoint.SUFFIX}")
        self._dialogs.save_file(suggestion, self.save_to)

    def save_to(self, path: Path, *, wait: bool = False) -> bool:
        """Save project and weights to ``path``; tell whether it worked, or has begun: large ones are written beside.

        wait: be done when this returns.
        """
        session, thumb = self._session, self._thumb()
        project, state = session.document.project, session.trainer.capture()
        size = state.nbytes if state else 0

        def write() -> None:
            checkpoint.save(path, project, state, thumb=thumb)

        def done(_result: object = None) -> None:
            session.document.mark_saved(path, project, state)
            self._remember(path)
            self.tell(Severity.INFO, self.tr("Saved as %s") % path.name)

        if size + _own(project) > LARGE and not wait:
            return self._run(write, self.tr("Saving %s …") % path.name, done, self._not_saved)
        try:
            write()
        except FileError as error:
            self._not_saved(error)
            return False
        done()
        return True

    def close(self, *, forget: bool = False) -> None:
        """The window is being closed: end what is going on; keep work that has no file unless it shall be forgotten."""
        if self._job is not None:
            self._job.close()
        if self.keeper is not None:
            self.keeper.close(forget=forget)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _folder(self) -> Path:
        """Where project files are, as far as is known."""
        return Path(self._session.settings.text("folders/project", str(Path.home())))

    def _remember(self, path: Path) -> None:
        self.recent.add(path)
        self._session.settings.put("folders/project", str(Path(os.path.abspath(path)).parent))
        self._stamp = (path, _stamp(path))

    def _run(
        self,
        work: Callable[[], object],
        sentence: str,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> bool:
        """Work beside the window; one at a time."""
        if self._job is not None and self._job.running:
            self.tell(Severity.WARNING, self.tr("A file is being read or written; try again in a moment."))
            return False
        self.tell(Severity.INFO, sentence)
        self._job = Job(lambda _progress: work(), self)
        self._job.finished.connect(done)
        self._job.failed.connect(failed)
        self._job.start()
        return True

    def _not_opened(self, error: Exception) -> None:
        if not isinstance(error, FileError):
            raise error
        self.tell(Severity.ERROR, error.args[0])

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, FileError):
            raise error
        self.tell(Severity.ERROR, error.args[0], self._another_name())

    def _another_name(self) -> Remedy:
        return Remedy(self.tr("Save as…"), self.tr("Save the project under another name"), self.save_as)

    def _changed_elsewhere(self, path: Path) -> bool:
        """Whether somebody else wrote the file since it was opened or saved here."""
        known = self._stamp[1] if self._stamp and self._stamp[0] == path else None
        return known is not None and _stamp(path) not in (known, None)

    def _large(self, path: Path) -> bool:
        stamp = _stamp(path)
        return stamp is not None and stamp[1] > LARGE

    def _thumb(self) -> bytes | None:
        """A small picture of the predictions as PNG; None while they cannot be seen."""
        shown = self._window.findChild(DecisionMap)
        holder = shown.parentWidget() if isinstance(shown, DecisionMap) else None
        if holder is None or not holder.isVisible():
            return None
        size, smooth = QSize(THUMB, THUMB), Qt.TransformationMode.SmoothTransformation
        picture = holder.grab().scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        return bytes(buffer.data().data())


def _read(name: str) -> Opened:
    """Read a large file, and draw its examples while the window goes on."""
    opened = checkpoint.open_named(name)
    build.prepare(opened.project)
    return opened


def _stamp(path: Path) -> Stamp | None:
    """What changes when a file is written: its time and size; None where there is no such file."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def _own(project: Project) -> int:
    """Bytes of the user's own data."""
    return sum(block.nbytes for block in blocks(project))
