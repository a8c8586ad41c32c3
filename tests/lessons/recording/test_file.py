"""Files of drafts: what lacks is named, what is damaged is a sentence, what is saved can be opened."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.lessons import reader
from playground.lessons.conditions.settings import LearningRateBetween
from playground.lessons.reader import LessonError
from playground.lessons.recording import file
from playground.lessons.recording.draft import Draft, DraftStep
from playground.project import edits, presets
from tests.lessons.conditions.test_conditions import learned
from tests.lessons.recording.test_draft import START, whole


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"title": " "}, "no title"),
        ({"goal": ""}, "no goal"),
        ({"learned": ()}, "what was learned"),
        ({"steps": ()}, "no step"),
        ({"steps": (DraftStep("a", "b"),)}, "Step 1 waits for nothing"),
        ({"steps": (*whole().steps, DraftStep("", "b", whole().steps[0].until))}, "Step 2 does not say what it is"),
        ({"steps": (DraftStep("a", " ", whole().steps[0].until),)}, "Step 1 does not say what to do"),
        ({"title": "x" * 200}, "title"),
    ],
)
def test_what_lacks_is_named(facts: dict[str, Any], said: str) -> None:
    draft = whole(**facts)
    assert said in file.problems(draft)[0]
    with pytest.raises(LessonError, match=said):
        file.lesson_bytes(draft)


def test_what_is_saved_is_read_by_the_reader(tmp_path: Path) -> None:
    project = edits.set_value(presets.load("circle"), "data.points", 60).project
    draft = whole(start=file.start_of(project))
    file.save(tmp_path / "own.dllesson", draft)
    lesson = reader.load(tmp_path / "own.dllesson")
    assert lesson == file.lesson_of(draft)
    assert reader.project_of(lesson.start) == project


def test_a_range_that_is_open_at_one_end_can_be_saved() -> None:
    draft = whole(steps=(DraftStep("a", "b", (LearningRateBetween(at_least=0.1),)),))
    assert file.lesson_of(draft).steps[0].until == (LearningRateBetween(at_least=0.1),)
    assert file.decode(file.encode(draft)) == draft


def test_a_lesson_that_cannot_be_saved_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "own.dllesson"
    path.write_text("before")
    with pytest.raises(LessonError, match="no title"):
        file.save(path, whole(title=""))
    assert path.read_text() == "before"
    with pytest.raises(LessonError, match="cannot be written.*another place"):
        file.save(tmp_path / "missing" / "own.dllesson", whole())


def test_data_of_ones_own_have_no_place_in_a_lesson() -> None:
    with pytest.raises(LessonError, match="data of your own"):
        file.start_of(learned(3))


@pytest.mark.parametrize("content", [b"", b"\xff", b"[" * 100_000, b"{}", b"x" * (file.MOST_BYTES + 1)])
def test_a_damaged_draft_is_a_sentence(content: bytes) -> None:
    with pytest.raises(LessonError, match="damaged"):
        file.decode(content)


def test_a_newer_draft_is_told() -> None:
    raw = {**json.loads(file.encode(whole())), "version": 2}
    with pytest.raises(LessonError, match="newer version"):
        file.decode(json.dumps(raw).encode())


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80)
@given(st.sampled_from(("start", "title", "steps", "present", "minutes", "level", "saved")), PLAIN)
def test_any_damage_is_a_sentence_or_a_sound_draft(name: str, value: Any) -> None:
    raw = json.loads(file.encode(whole()))
    raw["draft"][name] = value
    _sentence_or_sound(json.dumps(raw).encode())


@settings(max_examples=80)
@given(st.integers(0, 400), st.binary(min_size=1, max_size=4))
def test_bytes_that_were_written_over_are_a_sentence_or_a_sound_draft(place: int, damage: bytes) -> None:
    content = file.encode(whole())
    _sentence_or_sound(content[:place] + damage + content[place + len(damage) :])


def _sentence_or_sound(content: bytes) -> None:
    try:
        draft = file.decode(content)
    except LessonError:
        return
    file.problems(draft)
    assert file.decode(file.encode(draft)) == draft


def test_an_empty_draft_is_told_from_one_with_work_in_it() -> None:
    assert Draft(START).empty
    assert not whole(title="").empty
