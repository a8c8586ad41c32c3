"""What a run takes along to another network, and what is told about its predictions."""

import numpy as np
import pytest

from playground.engine.layers import Dense
from playground.project import build, edits, presets
from playground.project.changes import compare
from playground.project.edit import Edit
from playground.project.model import Project
from playground.session import handover
from playground.session.replacement import Replacement
from playground.training.loop import TrainingLoop
from playground.training.records import State


def trained(project: Project, updates: int = 12) -> State:
    loop = TrainingLoop(project, build.samples(project))
    for _ in range(updates):
        loop.single_step()
    return loop.export_state()


def replacement(project: Project, edit: Edit) -> Replacement:
    change = compare(project, edit.project)
    facts = {"units": edit.units, "identity": edit.identity}
    return Replacement(project, edit.project, change, edit.origin, label=edit.label, **facts)


def distance(project: Project, edit: Edit, updates: int = 12) -> float | None:
    before = trained(project, updates)
    after = handover.carried(project, before, replacement(project, edit))
    return handover.moved(project, before, edit.project, after, build.samples(edit.project))


def test_a_new_unit_and_an_identity_layer_leave_the_predictions_as_they_were() -> None:
    circle = presets.load("circle")
    assert distance(circle, edits.add_unit(circle, 0, 1)) == 0.0
    assert distance(circle, edits.toggle_feature(circle, "x1_x2")) == 0.0
    assert distance(circle, edits.add_layer(circle, 1, Dense(4), identity=True)) == 0.0


def test_what_changes_the_predictions_is_measured() -> None:
    circle, digits = presets.load("circle"), presets.load("digits")
    assert distance(circle, edits.remove_unit(circle, 0, 0)) > 0.0
    assert distance(digits, edits.remove_layer(digits, 1)) > 0.0


def test_nothing_is_compared_where_it_would_mean_nothing() -> None:
    circle = presets.load("circle")
    assert distance(circle, edits.add_unit(circle, 0), updates=0) is None
    assert distance(circle, edits.set_source(circle, "blobs")) is None


def test_the_origins_of_an_edit_count_for_the_project_it_was_made_for_only() -> None:
    circle = presets.load("circle")
    other = edits.set_units(circle, 0, 6).project
    before = trained(circle)
    removed = replacement(other, edits.remove_unit(other, 0, 0))
    after = handover.carried(circle, before, removed)
    kept = build.network(removed.new).unpack(after.parameters)["0.kernel"][:, :4]
    np.testing.assert_array_equal(kept, build.network(circle).unpack(before.parameters)["0.kernel"])


def test_the_memory_of_another_optimizer_is_of_no_use() -> None:
    circle = presets.load("circle")
    changed = edits.set_optimizer(edits.add_unit(circle, 0).project, "sgd").project
    state = handover.carried(circle, trained(circle), replacement(circle, Edit("Change", changed)))
    assert state.program == {}


@pytest.mark.parametrize(
    ("amount", "note", "told"),
    [
        (0.0, "", "Add: the predictions stayed as they were."),
        (None, "Flatten came, too.", "Flatten came, too."),
        (None, "", ""),
        (0.0, "Flatten came, too.", "Flatten came, too. Add: the predictions stayed as they were."),
    ],
)
def test_sentences(amount: float | None, note: str, told: str) -> None:
    assert handover.sentence("Add", amount, note) == told


def test_the_amount_is_told_with_two_digits() -> None:
    assert "by 0.12 on average" in handover.sentence("Add", 0.1234, "")
