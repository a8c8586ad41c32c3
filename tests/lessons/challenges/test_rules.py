"""Which rule a project breaks, and what is said about it."""

import msgspec
import pytest

from playground.engine.layers import Conv2D, Dense, Residual
from playground.lessons.challenges import library, rules
from playground.project import build, edits
from playground.project.model import Project


def broken(name: str, project: Project, epochs: int = 5) -> list[str]:
    """What is wrong with a project, told for the challenge of that name."""
    found = rules.check(library.load(name), library.start(name), project, epochs)
    assert all(one.rule for one in found)
    return [one.broken for one in found if not one.kept]


def with_hidden(name: str, *layers: object) -> Project:
    project = library.start(name)
    kept = (*layers, project.network.layers[-1])
    return msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=kept))


def with_data(name: str, **changes: object) -> Project:
    project = library.start(name)
    return msgspec.structs.replace(project, data=msgspec.structs.replace(project.data, **changes))


@pytest.mark.parametrize("name", library.names())
def test_parameters_are_those_of_the_network(name: str) -> None:
    project = library.start(name)
    assert rules.parameters(project) == build.network(project).size


def test_too_many_parameters_epochs_and_units() -> None:
    project = with_hidden("three_lines", Dense(units=4, activation="tanh"))
    assert broken("three_lines", project, 151) == [
        "The network has 17 parameters; at most 13 are allowed.",
        "The hidden layers have 4 units; at most 3 are allowed.",
        "The run has 151 epochs; at most 150 are allowed.",
    ]
    assert broken("three_lines", library.start("three_lines"), 0) == [
        "The run has 0 epochs; at most 150 are allowed.",
    ]


def test_units_and_activations_within_a_block_count() -> None:
    inner = (Dense(units=2, activation="relu"),)
    hidden = (Dense(units=2, activation="sigmoid"), Residual(inner=inner))
    assert any("have 4 units" in one for one in broken("three_lines", with_hidden("three_lines", *hidden)))
    assert any("activation relu" in one for one in broken("only_sigmoid", with_hidden("only_sigmoid", *hidden)))


def test_hidden_layers() -> None:
    project = with_hidden("no_layers", Dense(units=1, activation="tanh"))
    assert "The network has 1 hidden layers; take some away." in broken("no_layers", project)


def test_features_that_are_not_allowed() -> None:
    assert broken("sprint", with_data("sprint", features=("x1", "x2_squared"))) == [
        "The feature x₂² is not allowed here; click it off."
    ]
    [sentence] = broken("no_layers", with_data("no_layers", features=("x1", "=x1*x2")))
    assert "=x1*x2" in sentence


@pytest.mark.parametrize("change", [{"noise": 0.0}, {"points": 600}, {"seed": 1}, {"label_noise": 0.0}])
def test_other_data(change: dict[str, float]) -> None:
    assert broken("wrong_labels", with_data("wrong_labels", **change)) == [
        "The data are others than at the start; undo that, or start over."
    ]


def test_a_score_that_is_a_loss_wants_the_same_loss() -> None:
    edit = edits.set_value(library.start("few_points"), "training.class_weight", "balanced")
    assert any("loss function must stay" in one for one in broken("few_points", edit.project))
    other = edits.set_value(library.start("sprint"), "training.class_weight", "balanced").project
    assert broken("sprint", other) == []


def test_a_network_that_does_not_fit_breaks_the_rule_with_its_reason() -> None:
    project = with_hidden("three_lines", Conv2D(filters=1))
    assert rules.parameters(project) is None
    assert any("layer 1" in one.lower() for one in broken("three_lines", project))
