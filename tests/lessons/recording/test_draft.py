"""Edits of a draft: the whole of it stays sound, whatever is done in whatever order."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.lessons import library
from playground.lessons.conditions.progress import Diverged, EpochsSince
from playground.lessons.lesson import MOST_STEPS, Start
from playground.lessons.recording import draft as edits
from playground.lessons.recording import file
from playground.lessons.recording.draft import Draft, DraftStep

START = Start(preset="circle")
PLACES = st.integers(-2, 8)
WORDS = st.text(max_size=30)
STEPS = st.builds(
    DraftStep,
    text=WORDS,
    do=WORDS,
    until=st.lists(st.builds(EpochsSince, value=st.integers(1, 99)), max_size=3).map(tuple),
    control=WORDS,
    hints=st.lists(WORDS, max_size=3).map(tuple),
)
EDITS = st.one_of(
    st.tuples(st.just(edits.add), STEPS, PLACES),
    st.tuples(st.just(edits.remove), PLACES),
    st.tuples(st.just(edits.move), PLACES, st.sampled_from((-1, 1))),
    st.tuples(st.just(edits.choose), PLACES, st.just(Diverged()), st.booleans()),
    st.tuples(st.just(lambda draft, place, do: edits.change(draft, place, do=do)), PLACES, WORDS),
    st.tuples(st.just(lambda draft, title: edits.describe(draft, title=title)), WORDS),
)


def whole(**facts: Any) -> Draft:
    """A draft that is a lesson."""
    step = DraftStep("Look.", "Act.", (Diverged(),), (Diverged(), EpochsSince(3)))
    given = {"start": START, "title": "Small", "goal": "See.", "learned": ("That.",), "steps": (step,), **facts}
    return Draft(**given)


@settings(max_examples=60)
@given(st.lists(EDITS, max_size=12))
def test_any_row_of_edits_can_be_kept_and_read_again(row: list[Any]) -> None:
    draft = Draft(START)
    for act, *given_values in row:
        draft = act(draft, *given_values)
        assert file.decode(file.encode(draft)) == draft
    if not file.problems(draft):
        assert file.lesson_of(draft).title == draft.title.strip()


@given(PLACES, st.sampled_from((-1, 1)))
def test_moving_loses_no_step_and_moving_back_undoes_it(place: int, by: int) -> None:
    draft = Draft(START, steps=tuple(DraftStep(text=str(number)) for number in range(4)))
    moved = edits.move(draft, place, by)
    assert {step.text for step in moved.steps} == set("0123")
    assert moved == draft or edits.move(moved, place + by, -by).steps == draft.steps


def test_a_step_that_is_not_there_changes_nothing() -> None:
    draft = whole()
    for changed in (edits.change(draft, 3, do="x"), edits.remove(draft, -1), edits.choose(draft, 9, Diverged(), True)):
        assert changed is draft


def test_a_condition_that_is_no_longer_wanted_stays_on_offer() -> None:
    draft = edits.choose(whole(), 0, Diverged(), False)
    assert draft.steps[0].until == ()
    assert Diverged() in draft.steps[0].offered
    assert edits.choose(draft, 0, Diverged(), True).steps[0].until == (Diverged(),)


def test_what_is_full_stays_as_it_is() -> None:
    draft = whole(steps=(DraftStep(),) * MOST_STEPS)
    assert edits.add(draft, DraftStep()) is draft
    many = tuple(EpochsSince(value) for value in range(1, 20))
    step = whole(steps=(DraftStep(until=many[: edits.MOST_CONDITIONS]),))
    assert len(edits.choose(step, 0, many[-1], True).steps[0].until) == edits.MOST_CONDITIONS


def test_every_edit_says_that_the_file_is_older() -> None:
    assert edits.describe(whole(saved=True), title="New").saved is False
    assert edits.move(whole(saved=True, steps=(DraftStep(), DraftStep(text="b"))), 0, 1).saved is False


@pytest.mark.parametrize("name", [library.TOUR, *library.names()])
def test_every_bundled_lesson_can_be_edited_and_comes_back_as_it_was(name: str) -> None:
    lesson = library.load(name)
    assert file.lesson_of(edits.of_lesson(lesson)) == lesson
