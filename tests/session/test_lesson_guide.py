"""A lesson under way: steps tick by what happens after they began, and nothing is locked or lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from playground.lessons import library
from playground.lessons.lesson import Lesson, Start, Step
from playground.lessons.progress import Progress
from playground.project import edits
from playground.project.model import Project
from playground.session import AppSettings, Session
from playground.session.lesson_guide import LessonGuide


def lesson(*steps: dict[str, Any]) -> Lesson:
    """A small lesson on circle with these steps."""
    whole = {
        "format": "deep-learning-playground lesson",
        "version": 1,
        "title": "A lesson",
        "goal": "See something.",
        "level": "first steps",
        "minutes": 3,
        "start": {"preset": "circle"},
        "steps": [{"text": "Look.", "do": "Do it.", **step} for step in steps],
        "learned": ["Something."],
    }
    return msgspec.convert(whole, Lesson)


RATE = {"until": [{"type": "learning_rate_between", "at_least": 0.1, "at_most": 1}], "hints": ["One.", "Two."]}
EPOCHS = {"until": [{"type": "epochs_since", "value": 5}]}
RESET = {"until": [{"type": "action_done", "action": "run.reset"}]}


@pytest.fixture
def guide(session: Session) -> LessonGuide:
    return session.guide


def set_rate(session: Session, rate: float) -> None:
    session.document.apply(edits.set_value(session.document.project, "training.optimizer.learning_rate", rate))


def test_a_step_ticks_when_its_condition_holds_and_stays_ticked(session: Session, guide: LessonGuide) -> None:
    guide.begin(lesson(RATE, EPOCHS))
    assert (guide.step, guide.met, guide.ticked) == (0, (False,), False)
    set_rate(session, 0.5)
    assert (guide.met, guide.ticked, guide.done, guide.finished) == ((True,), True, 1, False)
    set_rate(session, 0.01)
    assert (guide.met, guide.ticked) == ((False,), True)


def test_what_holds_at_the_beginning_ticks_nothing_until_something_happens(
    session: Session, guide: LessonGuide
) -> None:
    holds = {"until": [{"type": "learning_rate_between", "at_least": 0.001, "at_most": 1}]}
    guide.begin(lesson(holds))
    assert (guide.met, guide.ticked) == ((True,), False)
    guide.note("run.step")
    assert guide.ticked


def test_epochs_count_from_the_step_on_and_over_a_reset(session: Session, guide: LessonGuide, qtbot: Any) -> None:
    guide.begin(lesson(RATE, EPOCHS))
    session.trainer.train(until_epoch=3)
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.epoch == 3)
    guide.next()
    assert not guide.ticked
    session.trainer.train(until_epoch=6)
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch == 6)
    qtbot.waitUntil(lambda: not session.trainer.running)
    assert not guide.ticked
    session.trainer.reset()
    session.trainer.train(until_epoch=2)
    qtbot.waitUntil(lambda: guide.ticked)
    assert guide.finished


def test_what_is_undone_was_not_trained(session: Session, guide: LessonGuide, qtbot: Any) -> None:
    trainer = session.trainer

    def rests_at(epoch: int) -> bool:
        return trainer.latest is not None and trainer.latest.counters.epoch == epoch and not trainer.running

    guide.begin(lesson(RATE, EPOCHS))
    trainer.train(until_epoch=6)
    qtbot.waitUntil(lambda: rests_at(6))
    set_rate(session, 0.02)
    trainer.train(until_epoch=12)
    qtbot.waitUntil(lambda: rests_at(12))
    guide.next()
    session.document.undo()
    qtbot.waitUntil(lambda: rests_at(6))
    assert not guide.ticked
    trainer.train(until_epoch=11)
    qtbot.waitUntil(lambda: guide.ticked)


def test_deeds_count_from_the_step_on(guide: LessonGuide) -> None:
    guide.begin(lesson(RESET, RESET))
    guide.note("run.reset")
    assert guide.ticked
    guide.next()
    assert not guide.ticked


def test_the_project_of_before_comes_back_by_undo(session: Session, guide: LessonGuide) -> None:
    set_rate(session, 0.777)
    mine = session.document.project
    guide.begin(lesson(RATE))
    assert session.document.project != mine
    session.document.undo()
    assert session.document.project == mine


def test_hints_come_one_at_a_time(guide: LessonGuide) -> None:
    guide.begin(lesson(RATE))
    for shown in (1, 2, 2):
        guide.hint()
        assert guide.hints_shown == shown


def test_any_step_can_be_gone_to_and_one_with_a_start_opens_it(session: Session, guide: LessonGuide) -> None:
    guide.begin(lesson(RATE, {**EPOCHS, "start": {"preset": "xor"}}, RESET))
    guide.go_to(2)
    assert guide.step == 2
    guide.back()
    assert session.document.project.data.source.__struct_config__.tag == "circle"  # going back opens nothing
    guide.back()
    guide.next()
    assert session.document.project.data.source.__struct_config__.tag == "xor"
    guide.go_to(9)
    assert guide.step == 1
    session.document.undo()
    guide.begin_again()
    assert session.document.project.data.source.__struct_config__.tag == "xor"
    assert guide.step == 1


def test_a_step_that_was_skipped_is_not_ticked(session: Session, guide: LessonGuide) -> None:
    guide.begin(lesson(RATE, RESET, RATE))
    guide.go_to(2)
    set_rate(session, 0.5)
    assert guide.ticks == {2}
    guide.go_to(0)
    set_rate(session, 0.4)
    assert guide.ticks == {0, 2}
    guide.begin_again()
    assert guide.ticks == {0, 2}
    guide.begin(lesson(RATE))
    assert guide.ticks == frozenset()


def test_leaving_ends_the_watch_and_keeps_the_project(session: Session, guide: LessonGuide) -> None:
    guide.begin(lesson(RATE))
    project = session.document.project
    guide.leave()
    assert guide.lesson is None
    assert session.document.project == project
    set_rate(session, 0.5)
    assert not guide.ticked
    guide.note("run.reset")
    guide.leave()


@pytest.fixture
def again(qapp: Any, tmp_path: Path) -> Iterator[Any]:
    """Makes sessions with the same settings, one after the other."""
    made: list[Session] = []

    def start(project: Project | None = None) -> Session:
        if made:
            made[-1].close()
        made.append(Session(project, AppSettings(tmp_path)))
        made[-1].trainer.start()
        return made[-1]

    yield start
    made[-1].close()


def test_a_lesson_is_resumed_at_its_step_after_a_restart(again: Any) -> None:
    name = library.names()[0]
    first = again()
    first.guide.begin(library.load(name), name)
    first.guide.next()
    project = first.document.project
    second = again(project)
    assert second.guide.resume()
    assert (second.guide.name, second.guide.step) == (name, 1)
    second.guide.leave()
    third = again(project)
    assert not third.guide.resume()
    assert third.guide.progress.step(name) == 1


def test_progress_survives_what_others_write_there() -> None:
    assert Progress.from_text("").courses == {}
    for text in ("{", "[1]", '{"a": {"step": 9999}}', '{"a": 3}', "\ud800"):
        assert Progress.from_text(text).courses == {}
    made = Progress().at("a", 2).ticked("a", 1, of=3).ticked("a", 0, of=3).ticked("b", 0, of=1)
    assert Progress.from_text(made.text()) == made
    assert (made.step("a"), made.course("a").done, made.course("b").finished) == (2, (0, 1), True)
    assert not made.course("a").finished


def test_a_lesson_from_a_file_is_not_remembered(session: Session, guide: LessonGuide) -> None:
    guide.begin(lesson(RATE))
    assert not guide.resume()
    assert guide.progress.courses == {}


def test_start_and_steps_are_what_the_reader_gives() -> None:
    one = lesson({**RATE, "start": {"preset": "xor"}})
    assert one.steps[0].start == Start(preset="xor")
    assert isinstance(one.steps[0], Step)
