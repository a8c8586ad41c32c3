"""What the actions around recording lessons do: the recorder beside the diagram, tests, files, the reference."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow

from playground.app import deeds, keyboard, layout
from playground.app.dialogs import Dialogs
from playground.session import Session
from playground.session.language import translated
from playground.session.settings import LESSON_DRAFT
from playground.views.messages import Message, Remedy, Severity
from playground.views.panels.message_bar import MessageBar
from playground.views.panels.tab_card import TabCard
from playground.views.theme import Theme

if TYPE_CHECKING:
    from playground.app.lesson_verbs import LessonVerbs
    from playground.app.ring_pointer import RingPointer
    from playground.session.lesson_recorder import LessonRecorder
    from playground.views.lessons.authors_window import AuthorsWindow
    from playground.views.lessons.recorder_panel import RecorderPanel

NAME, WIDTH, HEIGHT = "recorder", 700, 264
"""Of the dock; it takes this width from the plots."""

FOLDER = "folders/lesson"


class RecordingVerbs(QObject):
    """Handlers for recording in the menu Learn. All is loaded and made when a recording is first wanted.

    lessons: plays what is tested. make_sure: called with what opens another project, to ask about unsaved changes.
    """

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        theme: Theme,
        messages: MessageBar,
        dialogs: Dialogs,
        lessons: "LessonVerbs",
        make_sure: Callable[[Callable[[], None]], None],
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._theme = window, session, theme
        self._messages, self._dialogs, self._lessons, self._make_sure = messages, dialogs, lessons, make_sure
        self._actions: Mapping[str, QAction] = {}
        self.dock: QDockWidget | None = None
        self.panel: RecorderPanel | None = None
        self.pointer: RingPointer | None = None
        self._authors: AuthorsWindow | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        return {"learn.record": self.record, "learn.authors": self.show_reference}

    def link(self, actions: Mapping[str, QAction], tabs: TabCard, plots: QDockWidget) -> None:
        """Take what a recording watches in the window; ``plots``: the dock beside which it stands at first."""
        self._actions, self._tabs, self._plots = actions, tabs, plots

    @property
    def recorder(self) -> "LessonRecorder":
        """The recorder of the session."""
        return self._session.recorder

    # -- beginning and ending --------------------------------------------------------------------------------------

    @Slot()
    def record(self) -> None:
        """Show the recorder; go on with the draft that is there, or begin a lesson with the project that is open."""
        from playground.lessons.reader import LessonError

        if self.recorder.testing:
            self.recorder.end_test()
        if self.recorder.draft is not None:
            self.show()
            return
        try:
            kept = self.recorder.kept()
        except LessonError as error:
            self._tell(Severity.ERROR, translated(error.args[0]))
            kept = None
        self._session.guide.leave()
        if kept is None:
            self.new()
            return

        def go_on() -> None:
            self.recorder.go_on(kept)
            self.show()

        self._make_sure(go_on)

    @Slot()
    def new(self) -> None:
        """Begin a lesson with the project that is open; Undo brings back the one before."""
        if self._tried(self.recorder.start):
            self.show()
            assert self.panel is not None
            self.panel.choose(-1)
            if self._session.document.steps:
                text = self.tr("The lesson begins untrained: press Reset, so that you see what the pupils will see.")
                self._tell(Severity.INFO, text)

    def offer(self) -> None:
        """Offer to go on with a lesson that was left half written, or go on with it in another window."""
        if self._session.recording:
            self.show()
            return
        if not (self._session.settings.folder / LESSON_DRAFT).exists():
            return
        from playground.lessons.reader import LessonError

        try:
            draft = self.recorder.kept()
        except LessonError as error:
            self._tell(Severity.ERROR, translated(error.args[0]))
            return
        if draft is None or draft.saved or self._messages.busy:
            return
        text = self.tr("The lesson “%1” that you were recording is kept.")
        text = text.replace("%1", draft.title or self.tr("without a title"))
        tip = self.tr("Show the recorder with the lesson, in the project in which the recording stopped")
        remedy = Remedy(self.tr("Go on recording"), tip, self.record)
        self._messages.show_message(Message(Severity.INFO, text, (remedy,)))

    @Slot()
    def leave(self) -> None:
        """End the recording; the draft is kept."""
        self.recorder.stop()
        self._tell(Severity.INFO, self.tr("The draft is kept: Learn ▸ Record a lesson… goes on with it."))

    def show(self) -> None:
        """Show the recorder."""
        self._make()
        assert self.dock is not None
        assert self.panel is not None
        self.dock.show()
        self.dock.raise_()
        self.panel.refresh()

    def close(self) -> None:
        """End a test, so that the project is what it was, and stop listening."""
        if self._authors is not None:
            self._authors.shut()
        if self.panel is None or self.pointer is None:
            return
        self.pointer.end()
        self.recorder.end_test()
        self.panel.close()
        self.recorder.changed.disconnect(self._follow)
        self.recorder.tested.disconnect(self._follow_test)
        self.recorder.failed.disconnect(self._warn)
        self._session.guide.changed.disconnect(self._make_room)

    # -- files and tests -------------------------------------------------------------------------------------------

    @Slot()
    def open(self) -> None:
        """Ask for a lesson file and edit it."""
        self._dialogs.open_lesson(self._folder(), self.edit_file)

    def edit_file(self, path: Path) -> None:
        """Go on with a lesson file; Undo brings back the draft before."""
        from playground.lessons import reader

        def edit() -> None:
            if self._tried(lambda: self.recorder.edit(reader.load(path))):
                self._session.settings.put(FOLDER, str(path.parent))
                self.show()

        self._make_sure(edit)

    @Slot()
    def save(self) -> None:
        """Ask where to save the lesson; what it lacks is told before."""
        if self._lacks() or self.recorder.draft is None:
            return
        title = "".join(letter if letter.isalnum() else "_" for letter in self.recorder.draft.title.strip())
        self._dialogs.save_lesson(str(self._folder() / f"{title}.dllesson"), self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the lesson as a file."""
        if self._tried(lambda: self.recorder.save(path)):
            self._session.settings.put(FOLDER, str(path.parent))
            text = self.tr("Saved as %1: pupils open it by a double click, or drop it on the window.")
            self._tell(Severity.INFO, text.replace("%1", path.name))

    @Slot()
    def test(self) -> None:
        """Play the lesson as a pupil does; leaving it leads back."""
        if self._lacks():
            return

        def play() -> None:
            if self._tried(self.recorder.test):
                self._lessons.show()

        self._make_sure(play)

    @Slot()
    def show_reference(self) -> None:
        """Show what lesson files are made of."""
        from playground.views.lessons.authors_window import AuthorsWindow

        if self._authors is None:
            self._authors = AuthorsWindow(self._theme, self._window)
        self._authors.show()
        self._authors.raise_()
        self._authors.activateWindow()

    def _lacks(self) -> bool:
        """Whether the draft lacks something; it is told, and shown."""
        from playground.lessons.recording import file

        draft = self.recorder.draft
        found = file.problems(draft) if draft is not None else ()
        if found:
            self._tell(Severity.WARNING, translated(found[0]))
        return bool(found)

    def _tried(self, act: Callable[[], object]) -> bool:
        """Do something; say why it could not be done."""
        from playground.lessons.reader import LessonError

        try:
            act()
        except LessonError as error:
            self._tell(Severity.ERROR, translated(error.args[0]))
            return False
        return True

    def _folder(self) -> Path:
        return Path(self._session.settings.text(FOLDER, str(Path.home())))

    def _tell(self, severity: Severity, text: str) -> None:
        self._messages.show_message(Message(severity, text))

    # -- parts -----------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        from playground.app.ring_pointer import RingPointer
        from playground.views.lessons.recorder_panel import RecorderPanel

        if self.panel is not None:
            return
        window, recorder = self._window, self.recorder
        panel = self.panel = RecorderPanel(recorder, self._theme)
        self.pointer = RingPointer(window, self._theme, panel)
        self.pointer.pointed.connect(panel.step.set_ring)
        keyboard.leave_focus_on_click(panel)
        self.dock = layout.add_dock(
            window, self._theme, NAME, self.tr("Record a lesson"), panel, layout.AREAS.BottomDockWidgetArea
        )
        if not window.restoreDockWidget(self.dock):
            window.splitDockWidget(self._plots, self.dock, Qt.Orientation.Horizontal)
            widths = [max(window.width() - WIDTH, 300), WIDTH]
            window.resizeDocks([self._plots, self.dock], widths, Qt.Orientation.Horizontal)
            window.resizeDocks([self.dock], [max(HEIGHT, self._plots.height())], Qt.Orientation.Vertical)
        for signal, slot in (
            (panel.new_wanted, self.new),
            (panel.open_wanted, self.open),
            (panel.test_wanted, self.test),
            (panel.save_wanted, self.save),
            (panel.reference_wanted, self.show_reference),
            (panel.leave_wanted, self.leave),
            (panel.step.point_wanted, self.pointer.begin),
        ):
            signal.connect(slot)
        panel.told.connect(lambda text: self._tell(Severity.WARNING, text))
        recorder.changed.connect(self._follow)
        recorder.tested.connect(self._follow_test)
        recorder.failed.connect(self._warn)
        self._session.guide.changed.connect(self._make_room)
        deeds.tell(window, self._actions, self._tabs, recorder.note, lambda name: recorder.note(f"panel.{name}"))

    @Slot(str)
    def _warn(self, sentence: str) -> None:
        self._tell(Severity.WARNING, sentence)

    @Slot()
    def _follow(self) -> None:
        """A recording that has ended takes the recorder away."""
        if self.recorder.draft is None and self.dock is not None:
            self.dock.hide()

    @Slot(bool)
    def _follow_test(self, begun: bool) -> None:
        """A test takes the recorder's place, and gives it back."""
        assert self.dock is not None
        if begun:
            self.dock.hide()
            back = Remedy(
                self.tr("Back to the recording"),
                self.tr("End the test; project and draft are as they were"),
                self.recorder.end_test,
            )
            text = self.tr("This is what a pupil sees. Leaving the lesson leads back to the recording.")
            self._messages.show_message(Message(Severity.INFO, text, (back,)))
        elif self.recorder.draft is not None:
            self._messages.clear()
            self.show()

    @Slot()
    def _make_room(self) -> None:
        """A lesson that begins takes the place of the recording; the draft is kept."""
        recorder = self.recorder
        if self._session.guide.lesson is not None and recorder.draft is not None and not recorder.testing:
            recorder.stop()
