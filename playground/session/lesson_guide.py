"""Leads through a lesson: opens its project, watches document and run, and ticks a step when all it asks for holds."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from playground.lessons import library, reader
from playground.lessons.conditions.deeds import PanelOpened
from playground.lessons.lesson import Lesson, Start, Step
from playground.lessons.moment import GUESS, Moment
from playground.lessons.progress import Progress
from playground.lessons.reader import LessonError
from playground.session.language import translated
from playground.session.lesson_watch import LessonWatch

if TYPE_CHECKING:
    from playground.session.session import Session

_PROGRESS, _PRESENT = "lessons/progress", "lessons/present"


class LessonGuide(QObject):
    """The lesson that is under way, if any.

    lesson, name: it, and its name in the library ("" for one from a file). step: the index of the present step. met:
    which of its conditions hold now. ticked: whether they all held at the same time once. ticks: all steps that ever
    were ticked. hints_shown: so many of its hints. guessed: the choice of the step's question that was guessed, None
    before. progress: how far every bundled lesson has got, remembered from start to start.

    make_sure: called with what opens a step's own project; a window asks there about changes that are not saved.

    Nothing is locked: all steps can be gone to at any time.

    Signals:
        changed(): another lesson or step, a tick, a hint, or a condition that holds or no longer holds.
    """

    changed = Signal()

    def __init__(self, session: "Session", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.lesson: Lesson | None = None
        self.name = ""
        self.make_sure: Callable[[Callable[[], None]], None] = lambda then: then()
        self.step = self.hints_shown = 0
        self.met: tuple[bool, ...] = ()
        self.ticked = False
        self.ticks: frozenset[int] = frozenset()
        self.guessed: int | None = None
        self.progress = Progress.from_text(session.settings.text(_PROGRESS))
        self._panel = ""
        self._watch = LessonWatch(session, self)
        self._watch.moved.connect(self._see)

    @property
    def moment(self) -> Moment:
        """The present, and what was done since the step began."""
        return self._watch.moment

    @property
    def present(self) -> Step | None:
        """The step that is under way."""
        return None if self.lesson is None else self.lesson.steps[self.step]

    @property
    def done(self) -> int:
        """How many steps are done when those before the present one count as done."""
        return self.step + self.ticked

    @property
    def finished(self) -> bool:
        """Whether the last step is ticked."""
        return self.lesson is not None and self.done == len(self.lesson.steps)

    # -- the course of a lesson ------------------------------------------------------------------------------------

    def begin(self, lesson: Lesson, name: str = "", step: int = 0) -> None:
        """Open the project that the lesson, or this step of it, starts from; Undo brings back the present one."""
        self._take(lesson, name)
        starts = [one.start for one in lesson.steps[: step + 1] if one.start is not None]
        self._open(starts[-1] if starts else lesson.start)
        self._enter(step)

    def resume(self) -> bool:
        """Go on with the lesson that was under way when the program ended; False when there was none.

        Where nothing else is open, the project that the step starts from is opened.
        """
        name = self._session.settings.text(_PRESENT)
        try:
            lesson = library.load(name) if name else None
        except LessonError:
            lesson = None
        if lesson is None:
            return False
        document, step = self._session.document, min(self.progress.step(name), len(lesson.steps) - 1)
        if document.path is None and not document.modified and not document.can_undo:
            self.begin(lesson, name, step)
        else:
            self.go_on(lesson, name)
        return True

    def at_hand(self, lesson: Lesson) -> bool:
        """Whether the project that is open is one that this lesson opened."""
        document = self._session.document
        return document.path is None and document.name == translated(lesson.title)

    def go_on(self, lesson: Lesson, name: str) -> None:
        """Go on with a bundled lesson at its step, with the project that is open."""
        self._take(lesson, name)
        self._watch.watch(True)
        self._enter(min(self.progress.step(name), len(lesson.steps) - 1))

    def go_to(self, step: int) -> None:
        """Go to a step; one that has a start of its own opens that, unless it is gone back to."""
        if self.lesson is None or not 0 <= step < len(self.lesson.steps) or step == self.step:
            return
        start = self.lesson.steps[step].start
        if start is None or step < self.step:
            self._enter(step)
            return

        def enter() -> None:
            self._open(start)
            self._enter(step)

        self.make_sure(enter)

    def next(self) -> None:
        """Go to the next step."""
        self.go_to(self.step + 1)

    def back(self) -> None:
        """Go to the step before."""
        self.go_to(self.step - 1)

    def begin_again(self) -> None:
        """Open the start of the present step anew."""
        if (lesson := self.lesson) is not None:
            self.make_sure(lambda: self.begin(lesson, self.name, self.step))

    def hint(self) -> None:
        """Show one more hint."""
        if self.present is not None and self.hints_shown < len(self.present.hints):
            self.hints_shown += 1
            self.changed.emit()

    @Slot(int)
    def guess(self, choice: int) -> None:
        """Answer the question of the step by one of its choices, right or wrong; another answer takes its place."""
        step = self.present
        if step is not None and step.guess is not None and 0 <= choice < len(step.guess.choices):
            self.guessed = choice
            self.note(GUESS)
            self.changed.emit()

    def leave(self) -> None:
        """End the lesson; how far it got is remembered, the project stays as it is."""
        self._watch.watch(False)
        self.lesson, self.ticked, self.met = None, False, ()
        self._session.settings.put(_PRESENT, "")
        self.changed.emit()

    def close(self) -> None:
        """Stop watching; the lesson goes on at the next start."""
        self._watch.watch(False)

    @Slot(str)
    def note(self, deed: str) -> None:
        """Something was done: the id of an action, or "panel." and the name of a panel that was opened."""
        if self.lesson is not None:
            self._watch.note(deed)

    def show_panel(self, name: str) -> None:
        """A panel is open now: "distillation" …; a step that asks for it is content when it was open already."""
        self._panel = name
        self.note(f"panel.{name}")

    def _take(self, lesson: Lesson, name: str) -> None:
        again = lesson is self.lesson and name == self.name
        self.lesson, self.name = lesson, name
        if not again:
            self.ticks = frozenset(self.progress.course(name).done) if name else frozenset()

    # -- watching --------------------------------------------------------------------------------------------------

    def _open(self, start: Start) -> None:
        assert self.lesson is not None
        project = reader.project_of(start)
        self._watch.watch(False)  # this is nothing that the pupil does
        self._session.document.open(project, name=translated(self.lesson.title))
        self._watch.watch(True)

    def _enter(self, step: int) -> None:
        """Begin to watch for what a step asks."""
        assert self.lesson is not None
        self.step, self.hints_shown, self.ticked, self.guessed = step, 0, False, None
        wanted = any(isinstance(one, PanelOpened) and one.panel == self._panel for one in self.lesson.steps[step].until)
        self._watch.begin(frozenset({f"panel.{self._panel}"} if wanted else ()))
        if self.name:
            self.progress = self.progress.at(self.name, step)
            self._remember()
            self._session.settings.put(_PRESENT, self.name)
        self.met = tuple(condition.met(self.moment) for condition in self.lesson.steps[step].until)
        self._watch.look()
        self.changed.emit()

    @Slot()
    def _see(self) -> None:
        """Tick the step if it is done."""
        step = self.present
        if step is None:
            return
        met = tuple(condition.met(self.moment) for condition in step.until)
        ticked = self.ticked or (all(met) and self.moment.moved)
        if (met, ticked) == (self.met, self.ticked):
            return
        if ticked and not self.ticked:
            self._tick()
        self.met, self.ticked = met, ticked
        self.changed.emit()

    def _tick(self) -> None:
        assert self.lesson is not None
        self.ticks |= {self.step}
        if self.name:
            self.progress = self.progress.ticked(self.name, self.step, of=len(self.lesson.steps))
            self._remember()

    def _remember(self) -> None:
        self._session.settings.put(_PROGRESS, self.progress.text())
