"""Reading lessons: sound ones, and all that can be wrong with a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from playground.lessons import library, reader
from playground.lessons.reader import LessonError
from playground.project import presets


def lesson(**changes: Any) -> bytes:
    """A small sound lesson, with changes; a value of ... leaves the field out."""
    whole = {
        "format": "deep-learning-playground lesson",
        "version": 1,
        "title": "Small",
        "goal": "See it.",
        "level": "first steps",
        "minutes": 2,
        "start": {"preset": "circle"},
        "steps": [{"text": "Look.", "do": "Press Train.", "until": [{"type": "epochs_since", "value": 5}]}],
        "learned": ["That."],
    }
    return json.dumps({name: value for name, value in {**whole, **changes}.items() if value is not ...}).encode()


def step(**changes: Any) -> list[dict[str, Any]]:
    """One step with changes."""
    return [{"text": "Look.", "do": "Act.", "until": [{"type": "diverged"}], **changes}]


def test_a_small_lesson() -> None:
    read = reader.read(lesson(), "small.json")
    assert read.title == "Small"
    assert read.steps[0].control == ""
    assert read.steps[0].hints == ()
    assert reader.project_of(read.start) == presets.load("circle")


def test_a_lesson_may_bring_its_own_project() -> None:
    read = reader.read(lesson(start={"project": {"data": {"points": 60}}}), "small.json")
    assert reader.project_of(read.start).data.points == 60


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "damaged or no lesson file"),
        (b"\xff\xfe{", "damaged or no lesson file"),
        (b"[" * 100_000, "damaged or no lesson file"),
        (b"[]", "no lesson file"),
        (b"{}", "no lesson file"),
        (lesson(format="other"), "no lesson file"),
        (lesson(version=2), "newer version"),
        (lesson(version="x"), "version"),
        (lesson(title=...), "title"),
        (lesson(title=""), "title"),
        (lesson(level="hard"), "level"),
        (lesson(minutes=0), "minutes"),
        (lesson(steps=[]), "steps"),
        (lesson(steps=step(until=[])), "until"),
        (lesson(steps=step(until=[{"type": "magic"}])), "magic"),
        (lesson(steps=step(until=[{"type": "epochs_since"}])), "value"),
        (lesson(steps=step(until=[{"type": "diverged", "typo": 1}])), "typo"),
        (lesson(steps=step(hints=["x"] * 99)), "hints"),
        (lesson(steps=step(text="x" * 5000)), "text"),
        (lesson(steps=step() * 100), "steps"),
        (lesson(learned=[]), "learned"),
        (lesson(start={}), "preset or from a project"),
        (lesson(start={"preset": "circle", "project": {}}), "preset or from a project"),
        (lesson(start={"preset": "nowhere"}), "nowhere"),
        (lesson(start={"project": {"data": {"points": -5}}}), "points"),
        (lesson(start={"project": {"typo": 1}}), "typo"),
        (lesson(title="x" * 2_000_000), "larger than a lesson"),
    ],
)
def test_what_is_no_lesson_is_told_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(LessonError) as error:
        reader.read(content, "bad.json")
    message = str(error.value)
    assert message.startswith("“bad.json” ")
    assert message.endswith(".")
    assert "\n" not in message
    assert said in message


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="cannot be read"):
        reader.load(tmp_path / "none.json")


def test_a_lesson_that_does_not_exist() -> None:
    with pytest.raises(LessonError, match="line_or_not"):
        library.load("nowhere")


def test_every_bundled_lesson_can_be_read() -> None:
    assert set(library.ORDER) <= set(library.names())
    for name in library.names():
        assert library.load(name).title
