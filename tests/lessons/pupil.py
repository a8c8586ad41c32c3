"""A pupil without a window: does what a lesson says, through document, trainer and guide."""

from collections.abc import Callable
from typing import Any

from playground.project import edits
from playground.session import Session
from playground.session.lesson_guide import LessonGuide
from playground.training.records import Divergence, RunState

WAIT_MS = 20_000
RESTING = (RunState.IDLE, RunState.PAUSED, RunState.FINISHED, RunState.DIVERGED)


class Pupil:
    """Sits before a session that a lesson guides."""

    def __init__(self, session: Session, guide: LessonGuide, qtbot: Any) -> None:
        self.session, self.guide, self._qtbot = session, guide, qtbot
        self._divergence: Divergence | None = None
        session.trainer.diverged.connect(self._diverged)

    def _diverged(self, divergence: Divergence) -> None:
        self._divergence = divergence

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self._qtbot.waitUntil(condition, timeout=WAIT_MS)

    def settle(self) -> None:
        """Wait until the run rests, its numbers are known, and the guide has seen them."""
        trainer = self.session.trainer

        def rests() -> bool:
            latest = trainer.latest
            known = latest is not None and latest.state in RESTING and latest.counters.test_loss is not None
            return known and not trainer.running

        self.wait(rests)

    def train(self, presses: int = 1) -> None:
        """Press Train and wait until it stops; again while the step is not ticked, so many times at most."""
        trainer = self.session.trainer
        for _ in range(presses):
            self.settle()
            assert trainer.latest is not None
            before = trainer.latest.counters.step
            trainer.train()
            self.wait(lambda before=before: trainer.latest is not None and trainer.latest.counters.step > before)
            self.settle()
            if self.guide.ticked:
                return

    def apply(self, edit: Callable[..., edits.Edit], *given: Any) -> None:
        """Change the project by an edit."""
        self.session.document.apply(edit(self.session.document.project, *given))
        self.settle()

    def recover(self) -> None:
        """Press the button in the message about a run that diverged."""
        assert self._divergence is not None
        self.session.trainer.recover(self._divergence, self._divergence.suggested_learning_rate)
        self.settle()
