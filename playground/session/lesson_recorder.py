"""Records a lesson: watches what is done, proposes what a step may wait for, and keeps the draft on disk."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from playground.lessons import reader
from playground.lessons.lesson import Lesson, Start
from playground.lessons.reader import LessonError
from playground.lessons.recording import draft as edits
from playground.lessons.recording import file
from playground.lessons.recording.draft import MOST_CONDITIONS, Draft, DraftStep
from playground.lessons.recording.proposals import Proposal, proposals
from playground.lessons.recording.rings import ring_for
from playground.project.model import Project
from playground.session.lesson_draft_keeper import DraftKeeper
from playground.session.lesson_watch import LessonWatch
from playground.training.records import State

if TYPE_CHECKING:
    from playground.session.session import Session

UNDO = 200
"""So many edits of a draft can be taken back."""

LATER_MS = 400
"""A draft that has rested so long is written to disk."""


class LessonRecorder(QObject):
    """The lesson that is being written, if any. draft: it; None while nothing is recorded.

    The recording goes on while panels are closed; a draft is never lost: it is kept on disk until another one takes
    its place, and ``kept`` gives it back.

    Signals:
        changed(): the draft is another one, or the recording began or ended.
        tested(bool): a test began (True) or ended.
        failed(str): the draft could not be kept on disk; a sentence.
    """

    changed = Signal()
    tested = Signal(bool)
    failed = Signal(str)

    def __init__(self, session: "Session", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.draft: Draft | None = None
        self._past: list[Draft] = []
        self._merge = ""
        self._watch = LessonWatch(session, self)
        self._before = self._watch.moment
        self._back: Callable[[], None] | None = None
        self._lesson: Lesson | None = None
        self._keeper = DraftKeeper(session.settings.folder, self)
        self._keeper.failed.connect(self.failed)
        self._timer = QTimer(self, singleShot=True, interval=LATER_MS)
        self._timer.timeout.connect(self._keep)

    # -- beginning and ending --------------------------------------------------------------------------------------

    @property
    def testing(self) -> bool:
        """Whether the draft is being played."""
        return self._back is not None

    @property
    def path(self) -> Path:
        """Where the draft is kept."""
        return self._keeper.path

    def start(self) -> None:
        """Record a new lesson, which begins with the project that is open; Undo brings back a draft before it.

        Raises:
            LessonError: when the project holds data that no lesson can hold.
        """
        self._take(Draft(file.start_of(self._session.document.project)))
        self._begin_step()

    def kept(self) -> Draft | None:
        """The draft that is on disk, None when there is none; one that is damaged is set aside.

        Raises:
            LessonError: when it is damaged.
        """
        return self._keeper.read()

    def go_on(self, draft: Draft) -> None:
        """Go on with a draft, in the project in which its recording stopped."""
        plain = draft.present
        project = reader.project_of(draft.start if plain is None else Start(project=plain))
        name = draft.title or self.tr("Lesson")
        self._watch.watch(False)
        if project != self._session.document.project:
            self._session.document.open(project, name=name)
        self._take(draft)
        self._begin_step()

    def edit(self, lesson: Lesson) -> None:
        """Go on with a lesson from a file: what is recorded now comes after its last step."""
        self.go_on(edits.of_lesson(lesson))

    def stop(self) -> None:
        """End the recording; the draft is kept."""
        self.close()
        self.draft, self._past, self._merge = None, [], ""
        self.changed.emit()

    def close(self) -> None:
        """Stop watching, and write the draft to disk now."""
        self._watch.watch(False)
        if self._back is not None:
            self._session.guide.changed.disconnect(self._follow_test)
            self._back = None
        if self._timer.isActive():
            self._timer.stop()
            self._keep()
        self._keeper.close()

    # -- edits -----------------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether an edit of the draft can be taken back."""
        return bool(self._past)

    def apply(self, draft: Draft, merge: str = "") -> None:
        """Take another draft; those that follow each other with the same ``merge`` are taken back together."""
        if self.draft is None or draft == self.draft:
            return
        if not (merge and merge == self._merge):
            self._past = [*self._past[-UNDO:], self.draft]
        self._merge = merge
        self._set(draft)

    def undo(self) -> None:
        """Take back the last edit of the draft; the project stays as it is."""
        if self._past:
            self._merge = ""
            self._set(self._past.pop())

    def proposals(self) -> tuple[Proposal, ...]:
        """What the next step may wait for: what has come about since the last one."""
        return proposals(self._before, self._watch.moment)

    def add_step(self) -> bool:
        """Make a step of what was done since the last one; False when nothing was done that a lesson can wait for."""
        found = self.proposals()
        draft = self.draft
        if draft is None or not found:
            return False
        best = tuple(one.condition for one in found if one.best)[:MOST_CONDITIONS]
        step = DraftStep(control=ring_for(best[0]), until=best, offered=tuple(one.condition for one in found))
        added = edits.add(draft, step)
        if added is draft:
            return False
        self.apply(edits.describe(added, present=self._present() or draft.present))
        self._begin_step()
        return True

    def save(self, path: Path) -> None:
        """Write the lesson file.

        Raises:
            LessonError: when the draft lacks something, or the place cannot be written.
        """
        assert self.draft is not None
        file.save(path, self.draft)
        self._past = [msgspec.structs.replace(one, saved=False) for one in self._past]
        self._set(msgspec.structs.replace(self.draft, saved=True))

    @Slot(str)
    def note(self, deed: str) -> None:
        """Something was done: the id of an action, or "panel." and the name of a panel that was opened."""
        if self.draft is not None and not self.testing:
            self._watch.note(deed)

    # -- testing ---------------------------------------------------------------------------------------------------

    def test(self) -> None:
        """Play the draft from its start; when the guide leaves it, everything is as it was.

        Raises:
            LessonError: when the draft lacks something.
        """
        if self.draft is None or self.testing:
            return
        lesson = file.lesson_of(self.draft)
        session, document = self._session, self._session.document
        held, seen = (self._before, self._watch.moment), session.trainer.capture()
        put_back = _Back(session, document.project, document.path, document.name, document.modified, seen)
        self._watch.watch(False)

        def back() -> None:
            put_back()
            self._before, self._watch.moment = held
            self._watch.watch(True)

        self._back, self._lesson = back, lesson
        session.guide.begin(lesson)
        session.guide.changed.connect(self._follow_test)
        self.tested.emit(True)

    def end_test(self) -> None:
        """Leave the test."""
        if self.testing:
            self._session.guide.leave()

    @Slot()
    def _follow_test(self) -> None:
        if self._session.guide.lesson is self._lesson or self._back is None:
            return
        self._session.guide.changed.disconnect(self._follow_test)
        back, self._back, self._lesson = self._back, None, None
        if self._session.guide.lesson is None:
            back()
            self.tested.emit(False)
        else:
            self.tested.emit(False)
            self.stop()  # another lesson has begun; the draft is kept

    # -- inside ----------------------------------------------------------------------------------------------------

    def _take(self, draft: Draft) -> None:
        """Make this the draft; one before it is a step of Undo."""
        if self.draft is not None:
            self._past.append(self.draft)
        self._merge = ""
        self._watch.watch(True)
        self._set(draft)

    def _set(self, draft: Draft) -> None:
        self.draft = draft
        self._timer.start()
        self.changed.emit()

    def _begin_step(self) -> None:
        """From here on, what is done belongs to the next step."""
        known = self._watch.moment
        self._watch.begin()
        self._watch.look()
        now = self._watch.moment
        self._before = replace(now, epochs=0, updates=0, done=frozenset(), purity=now.purity or known.purity)
        self._watch.moment = self._before

    def _present(self) -> dict[str, Any] | None:
        """The settings of the project that is open; None where a draft cannot hold its data."""
        try:
            return file.start_of(self._session.document.project).project
        except LessonError:
            return None

    @Slot()
    def _keep(self) -> None:
        if self.draft is not None:
            self._keeper.keep(self.draft)


class _Back:
    """Puts a document back as it was, with what was trained."""

    def __init__(
        self, session: "Session", project: Project, path: Path | None, name: str, modified: bool, state: State | None
    ) -> None:
        self._session, self._project, self._state = session, project, state
        self._facts: dict[str, Any] = {"path": path, "name": name, "unsaved": modified}

    def __call__(self) -> None:
        self._session.document.open(self._project, state=self._state, **self._facts)
