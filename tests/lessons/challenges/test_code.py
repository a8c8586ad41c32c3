"""Hand-in codes: whole or refused, and the same project on the other side."""

from dataclasses import replace

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playground.lessons.challenges import code, library
from playground.lessons.challenges import found as erasing
from playground.lessons.challenges.code import HandIn
from playground.lessons.challenges.reader import ChallengeError
from playground.project import share
from playground.project.model import Project
from tests.lessons.challenges import references
from tests.project.strategies import projects

NAME = "digits_5000"
CODE = code.encode(NAME, references.project(NAME), 20)
SHARED = share.encode(library.start("sprint"))


def outcome(text: str) -> HandIn | None:
    """What is in a code, None where it is refused."""
    try:
        return code.read(text)
    except ChallengeError:
        return None


@given(st.sampled_from(library.names()), projects, st.integers(1, 1000))
@settings(max_examples=30)
def test_a_code_brings_network_and_training_over_and_the_data_of_the_challenge(
    name: str, project: Project, epochs: int
) -> None:
    made = code.encode(name, project, epochs)
    assert code.looks_like_code(made)
    assert not share.looks_like_code(made)
    found = code.read(made)
    assert (found.name, found.epochs) == (name, epochs)
    assert found.project.network == project.network
    assert found.project.training == project.training
    assert found.project.data.features == project.data.features
    if library.load(name).finds:
        return  # the points that are gone are another test's
    data = msgspec.structs.replace(found.project.data, features=library.start(name).data.features)
    assert data == library.start(name).data


@given(st.sets(st.integers(0, 129)))
def test_points_that_are_gone_are_in_the_code(rows: set[int]) -> None:
    name, start = "find_the_wrong", library.start("find_the_wrong")
    project = erasing.without(start, tuple(sorted(rows)))
    handed = code.read(code.encode(name, project, 1))
    assert erasing.erased(start, handed.project) == tuple(sorted(rows))
    assert handed.project.data == project.data


def test_digits_without_end_are_refused_at_once() -> None:
    assert outcome(sealed("find_the_wrong", 1, SHARED, "-e" + "1" * 5000)) is None


def test_words_before_it_and_line_breaks_do_not_matter() -> None:
    broken = "\n".join(CODE[at : at + 30] for at in range(0, len(CODE), 30))
    found = code.read(f"Digits: three stars\nAnna: {broken}\n ")
    assert found.words == "Anna"
    assert replace(found, words="") == code.read(CODE)


@given(st.integers(0, len(CODE) - 1), st.sampled_from("ABCxyz0189-_."))
def test_no_letter_can_be_another_one(at: int, letter: str) -> None:
    changed = CODE[:at] + letter + CODE[at + 1 :]
    assert changed == CODE or outcome(changed) is None


@given(st.integers(0, len(CODE) - 1))
def test_no_end_can_be_missing(length: int) -> None:
    assert outcome(CODE[:length]) is None


@given(st.text(max_size=300))
@example("DLC1-")
@example("DLC999999-three_lines-5-00000000-DLP1-AAAA")
@example("DLC0-three_lines-5-00000000-DLP1-AAAA")
def test_any_text_is_refused_with_a_sentence(text: str) -> None:
    assert outcome(text) is None
    assert outcome("DLC1-three_lines-5-" + text) is None


def sealed(name: str, epochs: int, body: str, rows: str = "") -> str:
    """A code with a right checksum, whatever it holds."""
    about = f"{name}-{epochs}{rows}"
    return f"DLC1-{about}-{code._checksum(about, body)}-{body}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hello", "begins with “DLC1-”"),
        (SHARED, "begins with “DLC1-”"),
        ("DLC2-" + CODE[5:], "version 2.*update"),
        (CODE[:-1], "damaged"),
        ("DLC1-" + "A" * 70_000, "damaged"),
        ("DLC1-" + "A" * 100_000, "begins with"),
        (sealed("nowhere", 5, SHARED), "no challenge named “nowhere”"),
        (sealed("sprint", 0, SHARED), "0 epochs"),
        (sealed("sprint", 999_999, SHARED), "999999 epochs; judged are 1 to 1000"),
        (sealed("sprint", 5, "DLP1-AAAA"), "damaged"),
        (sealed("sprint", 5, SHARED, "-e3.4"), "damaged"),
        (sealed("find_the_wrong", 1, SHARED), "damaged"),
        (sealed("find_the_wrong", 1, SHARED, "-e3..4"), "damaged"),
        (sealed("find_the_wrong", 1, SHARED, "-e3.130"), "erases point 130, which is not there"),
        (sealed("sprint", 5, "DLP7" + SHARED[4:]), "version 7"),
    ],
)
def test_what_is_wrong_is_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ChallengeError, match=sentence):
        code.read(text)
