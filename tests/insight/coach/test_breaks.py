"""Faults on purpose: each one harms the run, is seen by its rule, and is gone after the coach's remedy."""

import pytest

from playground.insight.coach import RULES
from playground.insight.coach.breaks import BREAKS, edit_for
from playground.project import build, presets
from playground.project.edit import EditError
from playground.training.run import train
from tests.insight.coach.runs import evidence_of


@pytest.mark.parametrize("name", BREAKS.names())
def test_it_harms_is_seen_and_can_be_repaired(name: str) -> None:
    fault, project = BREAKS[name], presets.load("circle")
    broken = edit_for(fault, project).project
    assert fault.mended(project)
    assert not fault.mended(broken)
    assert not build.problems(broken)
    good, bad = (train(one, epochs=60).counters.test_metric or 0 for one in (project, broken))
    assert bad < good - 0.05
    hint = RULES[fault.rule].look(evidence_of(broken, 150))
    assert hint is not None
    assert hint.edit is not None
    assert fault.mended(hint.edit.project)


def test_a_secret_does_not_tell_itself_in_the_history() -> None:
    project = presets.load("circle")
    assert edit_for(BREAKS["zero"], project, secret=True).label == "Break something"
    assert edit_for(BREAKS["zero"], project).label == "Break it: zero initialisation"


@pytest.mark.parametrize(("name", "preset"), [("zero", "gaussians"), ("activations", "gaussians"), ("loss", "plane")])
def test_what_makes_no_sense_says_why(name: str, preset: str) -> None:
    with pytest.raises(EditError):
        edit_for(BREAKS[name], presets.load(preset))
