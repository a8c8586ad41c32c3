"""Every bundled lesson is played to its end through the session, as its texts say, and no step ticks by itself."""

from collections.abc import Iterator
from typing import Any

import pytest

from playground.lessons import library, reader
from playground.project import build
from playground.session import Session
from playground.session.lesson_guide import LessonGuide
from tests.lessons.moves import LESSONS, Move, Train, reset
from tests.lessons.pupil import Pupil


@pytest.fixture
def pupil(session: Session, qtbot: Any) -> Iterator[Pupil]:
    """A pupil before a session of the default project."""
    session.trainer.set_drawing(True)
    guide = LessonGuide(session)
    yield Pupil(session, guide, qtbot)
    guide.close()


def only_trains(moves: tuple[Move, ...]) -> bool:
    """Whether a step asks for nothing but training, from the beginning perhaps."""
    return all(isinstance(move, Train) or move is reset for move in moves)


def begin(pupil: Pupil, name: str) -> None:
    """Open a lesson."""
    pupil.guide.begin(library.load(name), name)
    pupil.settle()


def do(pupil: Pupil, moves: tuple[Move, ...]) -> None:
    """Do what a step asks; in the end it is ticked."""
    for move in moves:
        assert not pupil.guide.ticked, f"step {pupil.guide.step + 1} ticked before everything was done"
        move(pupil)
    pupil.wait(lambda: pupil.guide.ticked)


def test_every_lesson_has_its_moves() -> None:
    assert set(LESSONS) == set(library.names())
    for name, steps in LESSONS.items():
        assert len(steps) == len(library.load(name).steps), name


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_played_to_its_end(name: str, pupil: Pupil) -> None:
    begin(pupil, name)
    for number, moves in enumerate(LESSONS[name]):
        assert pupil.guide.step == number
        assert not pupil.guide.ticked, f"step {number + 1} is ticked from the start"
        do(pupil, moves)
        pupil.guide.next()
    assert pupil.guide.finished
    assert pupil.guide.progress.course(name).finished


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_does_not_tick_by_itself(name: str, pupil: Pupil) -> None:
    """Nothing ticks while nothing is done, and a step that asks for a change does not tick by training."""
    begin(pupil, name)
    for number, moves in enumerate(LESSONS[name]):
        pupil.session.trainer.refresh()
        pupil.settle()
        assert not pupil.guide.ticked, f"step {number + 1} ticked though nothing was done"
        if not only_trains(moves):
            pupil.train()
            assert not pupil.guide.ticked, f"step {number + 1} ticked though nothing was changed"
        do(pupil, moves)
        pupil.guide.next()


@pytest.mark.parametrize("name", library.names())
def test_a_lesson_is_told_well(name: str) -> None:
    lesson = library.load(name)
    assert not build.problems(reader.project_of(lesson.start))
    assert 3 <= len(lesson.steps) <= 8
    assert len(lesson.learned) == 2
    for step in lesson.steps:
        assert 2 <= len(step.hints) <= 3
        assert step.control
        for text in (step.text, step.do, *step.hints):
            assert text == text.strip()
            assert text[-1] in ".?!…"
            assert len(text) <= 330
