"""What the menus offer trains: every optimizer at its usual rate, every activation, every loss that fits."""

import msgspec
import pytest

from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import Dense
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.insight.pictures import PREDICTIONS, compute
from playground.project import build, edits, presets
from playground.project.edits import USUAL_RATES
from playground.project.model import Project
from playground.training.run import train

OUTPUTS = {"binary_crossentropy": "sigmoid", "hinge": "tanh", "squared_hinge": "tanh", "poisson": "softplus"}
"""Output activations for one output and two classes; the other losses take a sigmoid."""


def circle() -> Project:
    return presets.load("circle")


def accuracy(project: Project, epochs: int = 60) -> float:
    metric = train(project, epochs=epochs).loop.evaluate().train_metric
    assert metric is not None
    return metric


def test_every_optimizer_has_a_usual_rate() -> None:
    assert set(USUAL_RATES) == set(OPTIMIZERS)


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_every_optimizer_learns_at_its_usual_rate(name: str) -> None:
    assert accuracy(edits.set_optimizer(circle(), name).project) > 0.95


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name not in {"linear", "step"}])
def test_every_hidden_activation_learns(name: str) -> None:
    project = circle()
    for index in range(len(project.network.layers) - 1):
        project = edits.set_activation(edits.set_units(project, index, 8).project, index, name).project
    assert accuracy(project) > 0.8  # guessing reaches 0.5


@pytest.mark.parametrize("name", list(LOSSES))
def test_every_loss_learns_or_says_why_not(name: str) -> None:
    output = Dense(1, OUTPUTS.get(name, "sigmoid"))
    project = circle()
    layers = (*project.network.layers[:-1], output)
    project = msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=layers))
    project = edits.set_loss(project, name).project
    if name in {"categorical_crossentropy", "kl_divergence"}:
        assert [problem.path for problem in build.problems(project)] == ["training.loss"]
    else:
        assert not build.problems(project)
        assert accuracy(project) > 0.8  # guessing reaches 0.5


@pytest.mark.parametrize("name", ["hinge", "squared_hinge", "kl_divergence", "poisson", "binary_crossentropy"])
def test_losses_for_classes_and_counts_refuse_other_numbers(name: str) -> None:
    problems = build.problems(edits.set_loss(presets.load("plane"), name).project)
    assert [problem.path for problem in problems] == ["training.loss"]
    assert "mean squared error" in problems[0].sentence


@pytest.mark.parametrize("name", ["huber", "log_cosh", "mean_absolute_error"])
def test_losses_for_numbers_learn_them(name: str) -> None:
    assert accuracy(edits.set_loss(presets.load("plane"), name).project) > 0.9


def test_pictures_decide_where_the_loss_decides() -> None:
    """With the hinge loss class 1 begins at 0, not at ½."""
    project = edits.set_activation(circle(), len(circle().network.layers) - 1, "tanh").project
    loop = train(edits.set_loss(project, "hinge").project, epochs=5).loop
    found = compute(loop, frozenset({PREDICTIONS}))[PREDICTIONS]
    assert found.train_correct.mean() == pytest.approx(loop.evaluate().train_metric)
    assert found.train_correct.tolist() == ((found.train > 0) == (loop.samples.y_train > 0.5))[:, 0].tolist()
