"""The challenge under way: its rules against the document, the score of the run, the judge, the best results."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from playground.lessons.challenges import code, found, library, rules, score
from playground.lessons.challenges.best import Best, Result
from playground.lessons.challenges.challenge import Challenge
from playground.lessons.challenges.code import HandIn
from playground.lessons.challenges.rules import Check
from playground.lessons.challenges.score import Verdict
from playground.project.model import Project
from playground.session.job import Job, Progress
from playground.session.language import translated
from playground.training.records import Counters, Snapshot

if TYPE_CHECKING:
    from playground.session.session import Session

_BEST, _PRESENT = "challenges/best", "challenges/present"


@dataclass(frozen=True)
class Judged:
    """What the judge has said about a project. ``best``: whether nothing better was kept for the challenge before."""

    handed: HandIn
    verdict: Verdict
    code: str
    best: bool = False


class ChallengeDesk(QObject):
    """Begins challenges, watches the run, and judges: a project by a fresh run from its seed, beside the window.

    challenge, name: what is under way (None, "" for nothing). best: the best results, remembered from start to start.
    judged: what the judge last said about the challenge under way, None before and when the project has changed since.

    Signals:
        changed(): another challenge, rules that are kept or broken, a score of the run, what was judged.
        progressed(float): the share of the judge's run that is done, 0..1.
        finished(object): a ``Judged``, when the judge is done.
        failed(str), cancelled(): the judge could not do it, or was told to stop.
    """

    changed = Signal()
    progressed = Signal(float)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, session: "Session", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.challenge: Challenge | None = None
        self.name = ""
        self.best = Best.from_text(session.settings.text(_BEST))
        self.judged: Judged | None = None
        self._watching = False
        self._counters: Counters | None = None
        self._job: Job | None = None
        self._checked: tuple[tuple[str, Project, int], tuple[Check, ...]] | None = None

    # -- the challenge under way -----------------------------------------------------------------------------------

    def begin(self, name: str) -> None:
        """Open the project that a challenge starts from; Undo brings back the present one."""
        self._watch(False)
        self._session.document.open(library.start(name), name=translated(library.load(name).title))
        self.go_on(name)

    def go_on(self, name: str) -> None:
        """Take on a challenge with the project that is open."""
        self.challenge, self.name, self.judged = library.load(name), name, None
        self._session.settings.put(_PRESENT, name)
        self._watch(True)
        self._take_counters()
        self.changed.emit()

    def resume(self) -> bool:
        """Go on with the challenge that was under way when the program ended; False when there was none.

        Where nothing else is open, the project that it starts from is opened.
        """
        name = self._session.settings.text(_PRESENT)
        if self.challenge is not None or name not in library.names():
            return self.challenge is not None
        document = self._session.document
        if document.path is None and not document.modified and not document.can_undo:
            self.begin(name)
        elif self.fits(name):
            self.go_on(name)
        return self.challenge is not None

    def open_handed(self, handed: HandIn) -> None:
        """Open the project of a hand-in code, with its challenge; Undo brings back the present one."""
        self._watch(False)
        self._session.document.open(handed.project, name=translated(handed.challenge.title))
        self.go_on(handed.name)

    def leave(self) -> None:
        """End the challenge; the project stays as it is."""
        self.stop()
        self._watch(False)
        self.challenge, self.name, self.judged = None, "", None
        self._session.settings.put(_PRESENT, "")
        self.changed.emit()

    def close(self) -> None:
        """Stop watching and judging."""
        self._watch(False)
        if self._job is not None:
            self._job.close()
            self._job = None

    # -- what a card shows -----------------------------------------------------------------------------------------

    @property
    def epochs(self) -> int:
        """After how many epochs the judge measures: those that the run has now, or as many as are allowed.

        A run that went further than allowed is judged where the limit is.
        """
        assert self.challenge is not None
        if self.challenge.finds:
            return 1  # nothing is trained
        most = self.challenge.rules.epochs_at_most
        return min(self._counters.epoch, most) if self._counters and self._counters.epoch else most

    @property
    def run_epochs(self) -> int:
        """How many epochs the run has now."""
        return self._counters.epoch if self._counters else 0

    @property
    def too_long(self) -> bool:
        """Whether the run has more epochs than allowed, so that its score does not count."""
        if self.challenge is None or self.challenge.finds:
            return False
        return self.run_epochs > self.challenge.rules.epochs_at_most

    @property
    def score(self) -> float | None:
        """The score of the run as it stands; None where there is none, or nothing was trained."""
        if self.challenge is None or not self.run_epochs:
            return None
        return score.read(self.challenge, self._counters)

    @property
    def edited(self) -> bool:
        """Whether the run was changed on the way, so that a fresh one may score otherwise."""
        return bool(self._session.trainer.marks)

    @property
    def parameters(self) -> int | None:
        """How many parameters the network has; None where its layers do not fit together."""
        return rules.parameters(self._session.document.project)

    @property
    def erased(self) -> int:
        """How many points of the start are gone."""
        return len(found.erased(library.start(self.name), self._session.document.project))

    def checks(self) -> tuple[Check, ...]:
        """Every rule of the challenge, and whether the project keeps it."""
        assert self.challenge is not None
        asked = self.name, self._session.document.project, self.epochs
        if self._checked is None or self._checked[0] != asked:
            self._checked = asked, rules.check(self.challenge, library.start(self.name), *asked[1:])
        return self._checked[1]

    def fits(self, name: str) -> bool:
        """Whether a challenge can be taken on with the open project: its data are those of the start."""
        return rules.same_data(library.start(name), self._session.document.project)

    # -- judging ---------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether the judge is at work."""
        return self._job is not None

    def judge(self) -> None:
        """Judge the present project; the run that is on screen pauses and stays as it is."""
        if self.challenge is None:
            return
        self._session.trainer.pause()
        project = msgspec.structs.replace(self._session.document.project, drawings=None)
        self._judge(HandIn(self.name, self.challenge, self.epochs, project))

    def check(self, handed: HandIn) -> None:
        """Judge what came in a code."""
        self._judge(handed)

    def stop(self) -> None:
        """Tell the judge to stop."""
        if self._job is not None:
            self._job.cancel()

    def _judge(self, handed: HandIn) -> None:
        if self._job is not None:
            return
        gate = self._session.trainer.gate

        def work(progress: Progress) -> Judged:
            def report(share: float) -> None:
                gate.wait()  # the window draws first
                progress.report(share)

            return _judged(handed, report)

        self._job = Job(work, self)
        self._job.progressed.connect(self.progressed)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._tell)
        self._job.cancelled.connect(self._end)
        self._job.start()
        self.changed.emit()

    @Slot(object)
    def _take(self, judged: Judged) -> None:
        handed, verdict = judged.handed, judged.verdict
        mine = handed.name == self.name and self._is_present(handed.project)
        if mine and verdict.score is not None:
            reached = verdict.score, verdict.stars, verdict.parameters or 0, verdict.epochs
            kept = Result(*reached, judged.code, verdict.erased)
            best = self.best.with_result(handed.name, handed.challenge, kept)
            judged = Judged(handed, verdict, judged.code, best is not self.best)
            self.best = best
            self._session.settings.put(_BEST, best.text())
        if mine:
            self.judged = judged
        self._end(quietly=True)
        self.finished.emit(judged)

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        self._end(quietly=True)
        self.failed.emit(str(error) or type(error).__name__)

    @Slot()
    def _end(self, *, quietly: bool = False) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self.changed.emit()
        if not quietly:
            self.cancelled.emit()

    def _is_present(self, project: Project) -> bool:
        return _bare(project) == _bare(self._session.document.project)

    # -- watching --------------------------------------------------------------------------------------------------

    def _watch(self, on: bool) -> None:
        if on is self._watching:
            return
        self._watching = on
        document, trainer = self._session.document, self._session.trainer
        pairs: tuple[tuple[Any, Any], ...] = (
            (document.changed, self._follow),
            (trainer.restarted, self._take_counters),
            (trainer.counted, self._look),
            (trainer.marks_changed, self.changed),
        )
        for signal, slot in pairs:
            signal.connect(slot) if on else signal.disconnect(slot)

    @Slot(object)
    def _follow(self, _change: object) -> None:
        """What was judged holds for the project as it was."""
        if self.judged is not None and not self._is_present(self.judged.handed.project):
            self.judged = None
        self.changed.emit()

    @Slot()
    def _take_counters(self) -> None:
        latest = self._session.trainer.latest
        self._counters = latest.counters if latest else None
        self.changed.emit()

    @Slot(object)
    def _look(self, snapshot: Snapshot) -> None:
        self._counters = snapshot.counters
        self.changed.emit()


def _judged(handed: HandIn, report: score.Report) -> Judged:
    verdict = score.judge(handed.challenge, library.start(handed.name), handed.project, handed.epochs, report)
    return Judged(handed, verdict, code.encode(handed.name, handed.project, handed.epochs))


def _bare(project: Project) -> tuple[object, ...]:
    """What of a project a score depends on."""
    return project.data, project.network, project.training
