"""Every bundled challenge can be won, is not won from the start, and says what it wants."""

import pytest

from playground.lessons.challenges import code, library, rules, score
from playground.lessons.challenges.reader import ChallengeError
from tests.lessons.challenges import references

NAMES = library.names()


def test_all_are_in_their_order_and_have_a_reference() -> None:
    assert library.ORDER == NAMES
    assert set(references.REFERENCES) == set(NAMES)
    assert len(NAMES) >= 8
    levels = [library.load(name).level for name in NAMES]
    assert sorted(levels, key=["first steps", "intermediate", "advanced"].index) == levels
    assert len({library.load(name).title for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_start_keeps_the_rules_and_wins_nothing(name: str) -> None:
    challenge, start = library.load(name), library.start(name)
    verdict = score.judge(challenge, start, start, challenge.rules.epochs_at_most)
    assert verdict.broken == ()
    assert verdict.score is not None
    assert verdict.erased == (0 if challenge.finds else None)
    assert verdict.stars == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_wins_three_stars_and_its_code_the_same_score(name: str) -> None:
    challenge, start, epochs = library.load(name), library.start(name), references.REFERENCES[name].epochs
    project = references.project(name)
    verdict = score.judge(challenge, start, project, epochs)
    assert verdict.stars == 3, verdict
    assert verdict.parameters == rules.parameters(project)
    again = code.read(code.encode(name, project, epochs))
    assert again.challenge is challenge
    assert score.judge(again.challenge, start, again.project, again.epochs) == verdict


def test_a_name_that_no_challenge_has() -> None:
    with pytest.raises(ChallengeError, match="There is no challenge named “nothing”.*three_lines"):
        library.load("nothing")
