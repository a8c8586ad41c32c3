"""The reference for authors names exactly what there is, and its examples are sound."""

import json
import re

import msgspec
import pytest

from playground import resources
from playground.lessons import library, reader
from playground.lessons.conditions import CONDITIONS, AnyCondition
from playground.lessons.lesson import Lesson, Step
from playground.lessons.recording.draft import DraftStep
from playground.lessons.recording.rings import RINGS

TEXT = resources.path("lessons", "README.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| `")]
CONDITION_ROWS = {row[0].strip("`"): row for row in ROWS if len(row) == 4}


def names(cell: str) -> set[str]:
    """What stands in code marks before any bracket."""
    return set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", cell)))


def test_it_names_exactly_the_conditions_there_are() -> None:
    assert set(CONDITION_ROWS) == set(CONDITIONS)


@pytest.mark.parametrize("name", CONDITIONS)
def test_the_fields_and_the_example_of_a_condition_are_right(name: str) -> None:
    _, fields, _, example = CONDITION_ROWS[name]
    kind = CONDITIONS[name]
    assert names(fields) == {field.name for field in msgspec.structs.fields(kind)}
    assert isinstance(msgspec.convert(json.loads(example.strip("`")), AnyCondition), kind)


def test_it_names_all_fields_of_lessons_and_steps() -> None:
    listed = {row[0].strip("`") for row in ROWS if len(row) == 2}
    for kind in (Lesson, Step):
        assert {field.name for field in msgspec.structs.fields(kind)} <= listed
    assert {field.name for field in msgspec.structs.fields(Step)} <= set(DraftStep.__struct_fields__)


def test_it_names_the_controls_that_the_recorder_offers() -> None:
    assert {name for name, _ in RINGS} <= {row[0].strip("`") for row in ROWS if len(row) == 2}


def test_its_example_is_a_lesson() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert reader.read(example.encode(), "example").title == "Longer steps"


def test_it_is_no_lesson_itself() -> None:
    assert "README" not in library.names()
