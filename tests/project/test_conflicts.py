"""Choices that go against each other, and the one edit that mends them."""

import msgspec
import pytest

from playground.engine.layers import Activation, Conv2D, Dense, Flatten
from playground.engine.losses import LOSSES
from playground.project import Project, edits, presets
from playground.project.arrangement import with_layers
from playground.project.conflicts import conflict
from playground.project.problems import problems


def with_output(project: Project, activation: str) -> Project:
    return edits.set_activation(project, len(project.network.layers) - 1, activation).project


@pytest.mark.parametrize("preset", presets.names())
def test_presets_have_no_conflict(preset: str) -> None:
    assert conflict(presets.load(preset)) is None


@pytest.mark.parametrize("loss", LOSSES.names())
@pytest.mark.parametrize("preset", ["circle", "blobs", "plane", "digits"])
def test_every_loss_with_every_output_is_mended_by_one_edit(preset: str, loss: str) -> None:
    chosen = edits.set_loss(presets.load(preset), loss).project
    for activation in ("sigmoid", "tanh", "linear", "relu", "softmax"):
        project = with_output(chosen, activation)
        found = conflict(project)
        assert bool(problems(project)) == (found is not None and found.blocking)
        if found is not None:
            assert not problems(found.repair.project)
            assert conflict(found.repair.project) is None
            assert found.repair.merge_key is None
            assert found.sentence.endswith(".")


def test_the_mildest_repair_comes_first() -> None:
    circle = presets.load("circle")
    for project, label in (
        (with_output(circle, "tanh"), "Set activation of layer 3 to sigmoid"),
        (edits.set_loss(circle, "hinge").project, "Set activation of layer 3 to tanh"),
        (edits.set_loss(circle, "categorical_crossentropy").project, "Set loss to binary cross-entropy"),
    ):
        found = conflict(project)
        assert found is not None
        assert found.repair.label == label


def test_an_output_that_cannot_reach_the_targets_is_told_though_it_trains() -> None:
    found = conflict(with_output(presets.load("plane"), "sigmoid"))
    assert found is not None
    assert not found.blocking
    assert "between 0 and 1" in found.sentence
    assert conflict(found.repair.project) is None


def test_a_wrong_number_of_outputs_is_mended() -> None:
    circle = presets.load("circle")
    for last in (Dense(3, "softmax"), Dense(3, "sigmoid"), Activation("tanh"), Flatten()):
        project = with_layers(circle, (*circle.network.layers[:-1], last))
        found = conflict(project)
        assert found is not None
        assert found.blocking
        assert not problems(found.repair.project)


def test_layers_that_do_not_fit_are_mended() -> None:
    digits = presets.load("digits")
    without = with_layers(digits, digits.network.layers[1:])
    found = conflict(without)
    assert found is not None
    assert found.repair.label == "Add Flatten layer"
    assert found.repair.origin == (None, 0, 1)
    wrong = with_layers(digits, (Flatten(), Conv2D(), *digits.network.layers[1:]))
    found = conflict(wrong)
    assert found is not None
    assert found.repair.label == "Remove Conv2D layer"
    assert not problems(found.repair.project)


def test_what_one_edit_cannot_mend_is_left_alone() -> None:
    huge = with_layers(presets.load("digits"), (Flatten(), *(Dense(1024),) * 12, Dense(10, "softmax")))
    assert problems(huge)
    assert conflict(huge) is None
    assert msgspec.structs.replace(huge).network.layers == huge.network.layers
