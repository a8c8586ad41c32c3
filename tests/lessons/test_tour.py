"""The tour is played to its end through the session, as its texts say, and no step ticks by itself."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from playground.insight.pictures import PURITY
from playground.lessons import library, reader
from playground.project import build, drawing_edits, edits
from playground.session import Session
from playground.session.lesson_guide import LessonGuide
from tests.lessons.moves import Move, edit, example, insert, new_weights, panel, reset, train, weight
from tests.lessons.pupil import Pupil


def draw(pupil: Pupil) -> None:
    """Draw three lines and three crosses of 28 × 28 pixels at the booth, and learn from them."""
    for label in (0, 1):
        for place in range(3):
            image = np.zeros((28, 28), np.uint8)
            image[4:24, 8 + 4 * place] = 255
            if label:
                image[14, 4:24] = 255
            edit(drawing_edits.add, image, label)(pupil)
    pupil.session.document.apply(drawing_edits.learn(pupil.session.document.project))
    pupil.settle()


def train_for(epochs: int) -> Move:
    """Train so many epochs, as the booth does."""

    def move(pupil: Pupil) -> None:
        trainer = pupil.session.trainer
        assert trainer.latest is not None
        trainer.train(until_epoch=trainer.latest.counters.epoch + epochs)
        pupil.wait(lambda: pupil.guide.ticked)
        pupil.settle()

    return move


def an_epoch(pupil: Pupil) -> None:
    """Train one epoch."""
    trainer = pupil.session.trainer
    assert trainer.latest is not None
    goal = trainer.latest.counters.epoch + 1
    trainer.epoch()
    pupil.wait(lambda: trainer.latest is not None and trainer.latest.counters.epoch >= goal)
    pupil.settle()


def guess(pupil: Pupil) -> None:
    """Guess that A is better."""
    pupil.guide.guess(0)


def one_update(pupil: Pupil) -> None:
    """Make one update."""
    pupil.session.trainer.step()
    pupil.wait(lambda: pupil.guide.ticked)
    pupil.settle()


def train_until_ticked(pupil: Pupil) -> None:
    """Train, and pause when the step is ticked."""
    pupil.session.trainer.train()
    pupil.wait(lambda: pupil.guide.ticked)
    pupil.session.trainer.pause()
    pupil.settle()


def train_until_accurate(pupil: Pupil) -> None:
    """Train, and pause when the test accuracy is above 90 %."""
    trainer = pupil.session.trainer
    trainer.train()
    pupil.wait(lambda: trainer.latest is not None and (trainer.latest.counters.test_metric or 0) > 0.92)
    trainer.pause()
    pupil.settle()


UNITS = edit(edits.set_value, "network.layers.0.units", 4)

TOUR: tuple[tuple[Move, ...], ...] = (
    (insert(1, "dense"),),
    (train_until_ticked,),
    (train_until_accurate, example),
    (draw, train_for(30)),
    (weight(0, 3.0),),
    (guess, train(), UNITS, train(3)),
    (panel("step"), one_update),
    (panel("loss"), new_weights, new_weights, new_weights),
    (train_until_ticked,),
    (train(),),
)
"""For each step the moves that its text asks for."""

ONLY_TRAINS = (1, 8, 9)
"""Steps that ask for nothing but training."""


@pytest.fixture
def pupil(session: Session, qtbot: Any) -> Iterator[Pupil]:
    """A pupil before a session of the default project, who sees the purity gauges."""
    session.trainer.set_drawing(True)
    session.trainer.show(PURITY)
    guide = LessonGuide(session)
    yield Pupil(session, guide, qtbot)
    guide.close()


def begin(pupil: Pupil) -> None:
    """Begin the tour."""
    pupil.guide.begin(library.load(library.TOUR), library.TOUR)
    pupil.settle()


def do(pupil: Pupil, moves: tuple[Move, ...]) -> None:
    """Do what a step asks; in the end, and not before, it is ticked."""
    for move in moves:
        assert not pupil.guide.ticked, f"step {pupil.guide.step + 1} ticked before everything was done"
        move(pupil)
    pupil.wait(lambda: pupil.guide.ticked)


def test_the_tour_is_played_to_its_end(pupil: Pupil) -> None:
    begin(pupil)
    for number, moves in enumerate(TOUR):
        assert pupil.guide.step == number
        assert not pupil.guide.ticked, f"step {number + 1} is ticked from the start"
        do(pupil, moves)
        pupil.guide.next()
        pupil.settle()
    assert pupil.guide.finished
    assert pupil.guide.progress.course(library.TOUR).finished


def test_the_tour_does_not_tick_by_itself(pupil: Pupil) -> None:
    """Nothing ticks while nothing is done, and a step that asks for more does not tick by training."""
    begin(pupil)
    for number, moves in enumerate(TOUR):
        pupil.session.trainer.refresh()
        pupil.settle()
        assert not pupil.guide.ticked, f"step {number + 1} ticked though nothing was done"
        if number not in ONLY_TRAINS:
            an_epoch(pupil)
            assert not pupil.guide.ticked, f"step {number + 1} ticked though only an epoch was trained"
            reset(pupil)
        do(pupil, moves)
        pupil.guide.next()
        pupil.settle()


def test_nothing_of_ones_own_is_lost(pupil: Pupil) -> None:
    """The projects that the tour opens can be undone one after the other, down to one's own."""
    document = pupil.session.document
    own = edits.set_value(document.project, "training.batch_size", 77)
    document.apply(own)
    begin(pupil)
    for _ in TOUR:
        pupil.guide.next()
        pupil.settle()
    assert document.project != own.project
    while document.project != own.project:
        assert document.can_undo
        document.undo()
    pupil.settle()


def test_the_next_start_goes_on_with_the_project_of_the_step(pupil: Pupil) -> None:
    tour = library.load(library.TOUR)
    guide, document = pupil.guide, pupil.session.document
    begin(pupil)
    guide.go_to(6)
    guide.close()
    before = document.project
    later = LessonGuide(pupil.session)
    assert later.resume()
    assert (later.name, later.step) == (library.TOUR, 6)
    assert document.project == before  # what is open was worked on
    later.close()
    fresh = Session(before, pupil.session.settings)
    start = tour.steps[6].start
    assert start is not None
    for project in (edits.set_source(before, "xor").project, before):
        fresh.close()
        fresh = Session(project, pupil.session.settings)
        assert fresh.guide.resume()
        assert fresh.guide.step == 6
        assert fresh.document.project == reader.project_of(start)
        fresh.document.undo()
        assert fresh.document.project == project  # one's own is a step back
    fresh.close()


def test_the_guess_may_be_right_or_wrong(pupil: Pupil) -> None:
    pupil.guide.begin(library.load(library.TOUR), library.TOUR, 5)
    step = pupil.guide.present
    assert step is not None
    assert step.guess is not None
    assert step.guess.right == 1
    assert pupil.guide.guessed is None
    pupil.guide.guess(7)
    assert pupil.guide.guessed is None
    pupil.guide.guess(0)
    pupil.guide.guess(1)
    assert pupil.guide.guessed == 1
    pupil.guide.next()
    assert pupil.guide.guessed is None
    pupil.guide.guess(0)
    assert pupil.guide.guessed is None


def test_the_tour_is_told_well() -> None:
    tour = library.load(library.TOUR)
    assert len(tour.steps) == len(TOUR) == 10
    for start in (tour.start, *(step.start for step in tour.steps if step.start)):
        assert not build.problems(reader.project_of(start))
    for step in tour.steps:
        assert 2 <= len(step.hints) <= 3
        assert step.control
        for text in (step.text, step.do, *step.hints):
            assert text == text.strip()
            assert text[-1] in ".?!…"
            assert len(text) <= 330
