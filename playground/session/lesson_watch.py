"""Watches document and run, and keeps the ``Moment`` that the conditions of a lesson look at."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from playground.insight.pictures import PURITY
from playground.lessons.moment import DIVERGED, EXAMPLE, WEIGHTS, Moment
from playground.project.changes import Change
from playground.training.records import Snapshot

if TYPE_CHECKING:
    from playground.session.session import Session


class LessonWatch(QObject):
    """What has happened since a step began. moment: that, and the present.

    It is looked at anew with every picture of the run and every change, so that nothing is polled.

    Signals:
        moved(): ``moment`` is another one.
    """

    moved = Signal()

    def __init__(self, session: "Session", parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._watching = False
        self._counted: tuple[int, int] | None = None
        self.moment = Moment(session.document.project, session.document.project)

    def watch(self, on: bool) -> None:
        """Begin or stop to listen; what was seen stays."""
        if on is self._watching:
            return
        self._watching = on
        document, trainer = self._session.document, self._session.trainer
        pairs = (
            (document.changed, self._follow),
            (trainer.restarted, self._count_anew),
            (trainer.snapshot, self._look),
            (trainer.weights_edited, self._see_weights),
            (trainer.diverged, self._see_divergence),
            (trainer.example_selected, self._see_example),
        )
        for signal, slot in pairs:
            signal.connect(slot) if on else signal.disconnect(slot)
        if on:
            self.count_on()

    def count_on(self) -> None:
        """What the run has made so far does not count."""
        latest = self._session.trainer.latest
        self._counted = (latest.counters.epoch, latest.counters.step) if latest else None

    def begin(self, done: frozenset[str] = frozenset()) -> None:
        """A step begins now; ``done`` counts as done in it."""
        project = self._session.document.project
        self.count_on()
        self.moment = Moment(project, project, done=done)

    def look(self) -> None:
        """Take in the newest numbers, where there are any."""
        if (latest := self._session.trainer.latest) is not None:
            self._look(latest)

    def note(self, deed: str) -> None:
        """Something was done: the id of an action, "panel." and the name of a panel, or a name of ``moment``."""
        self._set(done=self.moment.done | {deed})

    @Slot(object)
    def _follow(self, change: Change) -> None:
        """What was known of the run holds no longer, unless only the view has changed."""
        known: dict[str, Any] = {} if change is Change.VIEW else {"counters": None, "parameters": None, "purity": ()}
        self._set(project=self._session.document.project, **known)

    @Slot()
    def _count_anew(self) -> None:
        """Another worker goes on from where it begins: what Undo or Reset takes back was not trained."""
        start = self._session.trainer.begun()
        self._counted = (start.epoch, start.step) if start else None

    @Slot(object)
    def _look(self, snapshot: Snapshot) -> None:
        now = snapshot.counters.epoch, snapshot.counters.step
        before = self._counted or (0, 0)
        self._counted = now
        purity = snapshot.pictures.get(PURITY)
        self._set(
            counters=snapshot.counters,
            parameters=snapshot.parameters,
            epochs=self.moment.epochs + max(0, now[0] - before[0]),
            updates=self.moment.updates + max(0, now[1] - before[1]),
            purity=self.moment.purity if purity is None else purity.stages,
        )

    @Slot()
    def _see_weights(self) -> None:
        self.note(WEIGHTS)

    @Slot()
    def _see_divergence(self) -> None:
        self.note(DIVERGED)

    @Slot(object)
    def _see_example(self, row: int | None) -> None:
        if row is not None:
            self.note(EXAMPLE)

    def _set(self, **known: Any) -> None:
        self.moment = replace(self.moment, **known)
        self.moved.emit()
