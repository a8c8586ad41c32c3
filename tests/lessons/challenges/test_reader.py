"""Reading challenges: sound ones, and all that can be wrong with a file."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import resources
from playground.lessons.challenges import reader
from playground.lessons.challenges.reader import ChallengeError

WHOLE: dict[str, Any] = json.loads(resources.path("challenges", "three_lines.json").read_text(encoding="utf-8"))


def challenge(**changes: Any) -> bytes:
    """A sound challenge with changes; a value of ... leaves the field out."""
    return json.dumps({name: value for name, value in {**WHOLE, **changes}.items() if value is not ...}).encode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "damaged"),
        (b"[" * 100_000, "damaged"),
        (b"[]", "no challenge file"),
        (b" " * (reader.MOST_BYTES + 1), "larger than a challenge"),
        (challenge(format="something"), "no challenge file"),
        (challenge(version=99), "newer version"),
        (challenge(title=...), "title"),
        (challenge(title="x" * 1000), "title"),
        (challenge(stars=[0.9, 0.8, 0.95]), "each star must ask for more"),
        (challenge(stars=[0.9, 0.95, 1.5]), "each star must ask for more"),
        (challenge(stars=[0.9]), "stars"),
        (challenge(metric="beauty"), "metric"),
        (challenge(rules={"parameters_at_most": 10}), "epochs_at_most"),
        (challenge(rules={"parameters_at_most": 10**30, "epochs_at_most": 5}), "parameters_at_most"),
        (challenge(rules={"parameters_at_most": 10, "epochs_at_most": 10**6}), "epochs_at_most"),
        (challenge(rules={"parameters_at_most": 10, "epochs_at_most": 5, "features": ["x9"]}), "x9"),
        (challenge(rules={"parameters_at_most": 10, "epochs_at_most": 5, "activations": ["magic"]}), "magic"),
        (challenge(rules={"parameters_at_most": 10, "epochs_at_most": 5, "stars": 3}), "stars"),
        (challenge(start={"preset": "nowhere"}), "nowhere"),
        (challenge(metric="found"), "belong to the metric found"),
        (challenge(points=[[0, 0, 1]], wrong=[0]), "belong to the metric found"),
        (challenge(metric="found", points=[[0, 0, 1]], wrong=[1]), "names a point that is not there"),
        (challenge(metric="found", points=[[0, 0, 1], [0, 0, 1]], wrong=[1]), "two points are the same"),
        (challenge(metric="found", points=[[0, 99, 1]], wrong=[0]), "points"),
        (challenge(metric="found", points=[[0, 0, 2]], wrong=[0]), "points"),
        (challenge(start={}), "preset or from a project"),
        (challenge(start={"project": {"data": {"points": -5}}}), "no sound challenge"),
    ],
)
def test_what_is_wrong_is_a_sentence_that_names_it(content: bytes, sentence: str) -> None:
    with pytest.raises(ChallengeError, match=sentence) as caught:
        reader.read(content, "strange.json")
    assert "strange.json" in str(caught.value)
    assert str(caught.value).endswith(".")


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    ),
)
def test_any_value_in_any_place_is_read_or_refused(field: str, value: Any) -> None:
    with contextlib.suppress(ChallengeError):
        reader.read(challenge(**{field: value}), "any.json")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ChallengeError, match=r"“none.json” cannot be read"):
        reader.load(tmp_path / "none.json")
