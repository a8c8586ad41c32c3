"""The challenge under way: live score and judged score, what an edit on the way does, and what is kept."""

from typing import Any

import pytest

from playground.lessons.challenges import code, library
from playground.lessons.challenges.score import judge
from playground.project import edits
from playground.session import Session
from playground.session.challenge_desk import ChallengeDesk, Judged
from tests.lessons.challenges import references

NAME = "three_lines"
WAIT_MS = 30_000


class Watch:
    """Takes down what the desk tells."""

    def __init__(self, desk: ChallengeDesk) -> None:
        self.finished: list[Judged] = []
        self.cancelled, self.shares = 0, list[float]()
        desk.finished.connect(self.finished.append)
        desk.cancelled.connect(self._cancel)
        desk.progressed.connect(self.shares.append)

    def _cancel(self) -> None:
        self.cancelled += 1


def load(session: Session, name: str) -> None:
    """Put the reference of a challenge in the place of what is open."""
    document = session.document
    document.apply(edits.load_project(document.project, references.project(name), "reference"))


def train(session: Session, qtbot: Any, epochs: int) -> None:
    session.trainer.train(until_epoch=epochs)
    desk = session.challenges
    qtbot.waitUntil(lambda: desk.run_epochs >= epochs and not session.trainer.running, timeout=WAIT_MS)


def judged(session: Session, qtbot: Any) -> Judged:
    with qtbot.waitSignal(session.challenges.finished, timeout=WAIT_MS) as told:
        session.challenges.judge()
    found: Judged = told.args[0]
    return found


@pytest.mark.parametrize("name", ["three_lines", "few_points", "hills"])
def test_the_score_of_a_run_is_the_judge_s_and_that_of_its_code(session: Session, qtbot: Any, name: str) -> None:
    desk, epochs = session.challenges, 40
    desk.begin(name)
    load(session, name)
    assert desk.score is None
    train(session, qtbot, epochs)
    assert desk.epochs == epochs
    found = judged(session, qtbot)
    assert found.verdict.score == desk.score
    assert found.verdict.epochs == epochs
    again = code.read(found.code)
    assert judge(again.challenge, library.start(name), again.project, again.epochs) == found.verdict


def test_a_run_that_was_edited_on_the_way_is_judged_from_its_seed(session: Session, qtbot: Any) -> None:
    desk = session.challenges
    desk.begin(NAME)
    train(session, qtbot, 5)
    assert not desk.edited
    session.document.apply(edits.set_value(session.document.project, "training.optimizer.learning_rate", 0.1))
    train(session, qtbot, 10)
    assert desk.edited
    found = judged(session, qtbot)
    fresh = judge(library.load(NAME), library.start(NAME), session.document.project, 10)
    assert found.verdict == fresh


def test_what_was_judged_is_forgotten_with_the_next_edit_and_the_best_stays(session: Session, qtbot: Any) -> None:
    desk = session.challenges
    desk.begin(NAME)
    load(session, NAME)
    first = judged(session, qtbot)
    assert (first.best, first.verdict.stars) == (True, 3)
    assert first.verdict.epochs == library.load(NAME).rules.epochs_at_most
    assert desk.judged == first
    project = session.document.project
    session.document.apply(edits.set_value(project, "view.discretize", True))
    assert desk.judged is not None
    session.document.apply(edits.set_value(project, "training.optimizer.learning_rate", 0.001))
    assert desk.judged is None
    second = judged(session, qtbot)
    assert second.verdict.stars < 3
    assert not second.best
    kept = desk.best.of(NAME)
    assert kept is not None
    assert (kept.score, kept.code) == (first.verdict.score, first.code)
    assert ChallengeDesk(session).best == desk.best


def test_a_longer_run_than_allowed_counts_up_to_the_limit(session: Session, qtbot: Any) -> None:
    desk = session.challenges
    desk.begin("sprint")
    train(session, qtbot, 8)
    assert desk.too_long
    assert desk.epochs == 5
    assert judged(session, qtbot).verdict.epochs == 5


def test_the_judge_can_be_stopped_and_nothing_changes(session: Session, qtbot: Any) -> None:
    desk = session.challenges
    desk.begin("digits_5000")
    load(session, "digits_5000")
    watch = Watch(desk)
    desk.judge()
    assert desk.busy
    desk.judge()  # no second one
    qtbot.waitUntil(lambda: bool(watch.shares), timeout=WAIT_MS)
    desk.stop()
    qtbot.waitUntil(lambda: bool(watch.cancelled), timeout=WAIT_MS)
    assert not desk.busy
    assert watch.finished == []
    assert desk.judged is None
    assert desk.best.results == {}


def test_closing_ends_the_judge(session: Session) -> None:
    session.challenges.begin("digits_5000")
    session.challenges.judge()
    session.challenges.close()
    assert not session.challenges.busy


def test_a_code_of_somebody_else_is_judged_but_not_kept(session: Session, qtbot: Any) -> None:
    desk = session.challenges
    handed = code.read("Anna: " + code.encode(NAME, references.project(NAME), 150))
    with qtbot.waitSignal(desk.finished, timeout=WAIT_MS) as told:
        desk.check(handed)
    assert told.args[0].verdict.stars == 3
    assert told.args[0].handed.words == "Anna"
    assert desk.best.results == {}
    assert desk.challenge is None
    desk.open_handed(handed)
    assert desk.name == NAME
    assert session.document.project.network == handed.project.network
    session.document.undo()
    assert session.document.project != handed.project


def test_points_that_were_erased_are_judged_without_training(session: Session, qtbot: Any) -> None:
    desk, name = session.challenges, "find_the_wrong"
    desk.begin(name)
    assert desk.erased == 0
    load(session, name)
    assert desk.erased == 12
    train(session, qtbot, 3)
    assert desk.score is None
    assert not desk.too_long
    found = judged(session, qtbot)
    assert (found.verdict.score, found.verdict.stars, found.verdict.erased) == (1.0, 3, 12)
    kept = desk.best.of(name)
    assert kept is not None
    assert kept.erased == 12
    again = code.read(found.code)
    assert judge(again.challenge, library.start(name), again.project, again.epochs) == found.verdict


def test_a_challenge_is_gone_on_with_where_its_data_are(session: Session) -> None:
    session.challenges.begin(NAME)
    session.close()
    for project, goes_on in ((None, True), (library.start(NAME), True), (library.start("hills"), True)):
        later = Session(project)
        assert later.challenges.resume() is goes_on
        assert later.challenges.name == NAME
        assert later.challenges.fits(NAME)
        later.close()
    other = Session()
    other.document.apply(edits.set_value(other.document.project, "training.batch_size", 7))
    assert not other.challenges.resume()
    assert other.document.project.training.batch_size == 7
    other.challenges.go_on(NAME)
    other.challenges.leave()
    assert not other.challenges.resume()
    other.close()


def test_rules_follow_the_document(session: Session) -> None:
    desk = session.challenges
    assert not desk.fits(NAME)
    desk.go_on(NAME)
    assert [one.usual for one in desk.checks() if not one.kept].count(True) == 1
    desk.begin(NAME)
    assert desk.fits(NAME)
    assert all(one.kept for one in desk.checks())
    load(session, "few_points")
    assert desk.parameters == 33
    assert "at most 13 are allowed" in next(one.broken for one in desk.checks() if not one.kept)
    desk.leave()
    assert desk.challenge is None
