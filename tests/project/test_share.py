"""Share codes: short, whole or refused, and the same run on the other side."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import resources
from playground.data.block import Block
from playground.data.sources import Points
from playground.project import edits, presets, share
from playground.project.model import Project
from playground.project.share import ShareError
from playground.training.run import train
from tests.project.strategies import projects

CODE = share.encode(Project())


def outcome(code: str) -> Project | None:
    """The project in a code, None where it is refused."""
    try:
        return share.read(code)[0]
    except ShareError:
        return None


@pytest.mark.parametrize("name", presets.names())
def test_presets_come_back_and_are_short_enough_for_a_message(name: str) -> None:
    code = share.encode(presets.load(name))
    assert share.read(code) == (presets.load(name), ())
    assert len(code) <= 300
    assert share.looks_like_code(code)


@settings(max_examples=60)
@given(projects)
def test_any_project_comes_back(project: Project) -> None:
    assert share.read(share.encode(project)) == (project, ())


def test_the_same_code_gives_the_same_data_weights_and_run() -> None:
    project = edits.new_weights(presets.load("xor"), 7).project
    results = [train(one, epochs=5) for one in (project, share.read(share.encode(project))[0])]
    assert np.array_equal(results[0].state.parameters, results[1].state.parameters)
    assert results[0].counters == results[1].counters


def test_line_breaks_and_blanks_of_a_chat_do_not_matter() -> None:
    assert share.read(f"  {CODE[:20]}\n{CODE[20:30]} {CODE[30:]}\r\n")[0] == Project()


@settings(max_examples=300)
@given(st.integers(0, len(CODE) - 1), st.sampled_from("ABCxyz019-_ .é\n"))
def test_a_changed_letter_never_gives_another_project(place: int, letter: str) -> None:
    changed = CODE[:place] + letter + CODE[place + 1 :]
    assert outcome(changed) in (Project(), None)


@pytest.mark.parametrize("length", range(0, len(CODE), 7))
def test_a_code_that_was_cut_is_refused(length: int) -> None:
    with pytest.raises(ShareError):
        share.read(CODE[:length])


@given(st.one_of(st.text(), st.text("ABCxyz019-_", max_size=200).map("DLP1-".__add__)))
def test_any_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ShareError) as refused:
        share.read(text)
    assert str(refused.value)[-1] == "."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("hello", "no share code"),
        ("DLP2-abc", "version 2"),
        ("DLP0-abc", "version 0"),
        (CODE[:-3], "damaged"),
        ("DLP1-" + "A" * 30_000, "no share code"),
    ],
)
def test_what_is_wrong_is_named(text: str, sentence: str) -> None:
    with pytest.raises(ShareError, match=sentence):
        share.read(text)


def test_a_code_that_unpacks_to_very_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "MOST_BYTES", 100)
    with pytest.raises(ShareError, match="damaged"):
        share.read(CODE)


def test_own_data_do_not_fit_into_a_code() -> None:
    own = Points(Block({"x": np.zeros((20, 2), np.float32), "y": np.arange(20) % 2}), name="Our cats")
    with pytest.raises(ShareError, match="Our cats.*Save the project as a file"):
        share.encode(edits.set_source(Project(), own).project)


def test_codes_of_version_1_can_always_be_read() -> None:
    """The dictionary must never change: codes are on paper and in chats."""
    content = resources.path("share", "dictionary-1.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == "fe5055f8b81344b58b4536e928e09b749f9d47aeffcb619c4c35244e74e431d0"
