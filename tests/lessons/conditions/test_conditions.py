"""Every condition: a moment in which it holds, and one in which it does not."""

from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.lessons.conditions import CONDITIONS, AnyCondition
from playground.lessons.moment import DIVERGED, EXAMPLE, GUESS, WEIGHTS, Moment
from playground.project import drawing_edits, edits, presets
from playground.project.model import Project
from playground.training.records import Counters

CIRCLE = presets.load("circle")
ALIKE = np.ones(25, np.float32)
RANDOM = np.random.default_rng(0).normal(size=25).astype(np.float32)


def at(path: str, value: Any) -> Project:
    """The circle with one setting changed."""
    return edits.set_value(CIRCLE, path, value).project


def moment(project: Project = CIRCLE, **facts: Any) -> Moment:
    """A moment of a step that began with the circle."""
    return Moment(project, CIRCLE, **facts)


def scores(train: float | None = None, test: float | None = None, metric: float | None = None, step: int = 0) -> Moment:
    """A moment at which these numbers are known."""
    return moment(counters=Counters(0, step, train_loss=train, test_loss=test, test_metric=metric))


def drawn(each: int) -> Project:
    """The circle with so many drawings of each of two classes beside it."""
    project = CIRCLE
    for label in (0, 1):
        for place in range(each):
            image = np.zeros((28, 28), np.uint8)
            image[place : place + 9, 4 + 12 * label] = 255
            project = drawing_edits.add(project, image, label).project
    return project


def learned(each: int) -> Project:
    """A project whose data set is made of so many drawings of each of two classes."""
    return drawing_edits.learn(drawn(each)).project


TANH, RELU = CIRCLE, edits.set_activation(CIRCLE, 0, "relu").project
WITHOUT_HIDDEN = edits.remove_layers(CIRCLE, (0, 1)).project
DIGITS = presets.load("digits_cnn")
SGD = edits.set_optimizer(CIRCLE, "sgd").project
MOMENTUM = edits.set_value(SGD, "training.optimizer.momentum", 0.9).project

CASES: dict[str, list[tuple[dict[str, Any], Moment, Moment]]] = {
    "test_loss_below": [({"value": 0.2}, scores(test=0.1), scores(test=0.2, train=0.1))],
    "train_loss_below": [({"value": 0.2}, scores(train=0.1), scores(train=0.2, test=0.1))],
    "test_metric_above": [({"value": 0.9}, scores(metric=0.95), scores(metric=0.9))],
    "loss_gap_above": [({"value": 0.3}, scores(train=0.1, test=0.5), scores(train=0.1, test=0.3))],
    "loss_gap_below": [({"value": 0.3}, scores(train=0.1, test=0.3), scores(train=0.1, test=0.5))],
    "purity_above": [
        ({"layer": -1, "value": 0.9}, moment(purity=(0.5, 0.7, 0.95)), moment(purity=(0.95, 0.7, 0.5))),
        ({"layer": 0, "value": 0.4}, moment(purity=(0.5,)), moment()),
    ],
    "epochs_since": [({"value": 20}, moment(epochs=20), moment(epochs=19, updates=9999))],
    "updates_at_most": [({"value": 0}, scores(step=0), scores(step=1))],
    "diverged": [({}, moment(done=frozenset({DIVERGED})), moment())],
    "panel_opened": [({"panel": "health"}, moment(done=frozenset({"panel.health"})), moment())],
    "action_done": [({"action": "run.reset"}, moment(done=frozenset({"run.reset"})), moment())],
    "example_selected": [({}, moment(done=frozenset({EXAMPLE})), moment())],
    "guessed": [({}, moment(done=frozenset({GUESS})), moment())],
    "updates_at_least": [({"value": 1}, scores(step=1), scores(step=0))],
    "new_weights_at_least": [({"value": 2}, moment(at("network.seed", 2)), moment(at("network.seed", 1)))],
    "units_at_least": [
        ({"layer": 1, "value": 4}, moment(), moment(edits.set_value(CIRCLE, "network.layers.0.units", 3).project)),
        ({"layer": 1, "value": 4}, moment(), moment(DIGITS)),
    ],
    "drawings_learned": [
        ({"value": 3}, moment(learned(3)), moment(drawn(3))),
        ({"value": 4}, moment(learned(4)), moment(learned(3))),
    ],
    "weight_edited": [({}, moment(done=frozenset({WEIGHTS})), moment())],
    "learning_rate_between": [
        ({"at_least": 0.01, "at_most": 0.03}, moment(), moment(at("training.optimizer.learning_rate", 0.1))),
        ({"at_least": 1}, moment(at("training.optimizer.learning_rate", 10.0)), moment()),
    ],
    "momentum_between": [
        ({"at_least": 0.8}, moment(MOMENTUM), moment(SGD)),
        ({}, moment(SGD), moment()),
    ],
    "batch_size_between": [({"at_least": 8, "at_most": 12}, moment(), moment(at("training.batch_size", 1)))],
    "l2_between": [({"at_least": 0.005}, moment(at("training.l2", 0.01)), moment())],
    "points_between": [({"at_least": 1500}, moment(at("data.points", 2000)), moment())],
    "classes_at_least": [({"value": 10}, moment(DIGITS), moment())],
    "source_is": [({"kind": "circle"}, moment(), moment(edits.set_source(CIRCLE, "xor").project))],
    "feature_on": [({"feature": "x1_x2"}, moment(edits.toggle_feature(CIRCLE, "x1_x2").project), moment())],
    "feature_off": [({"feature": "x1_x2"}, moment(), moment(edits.toggle_feature(CIRCLE, "x1_x2").project))],
    "optimizer_is": [({"optimizer": "sgd"}, moment(SGD), moment())],
    "view_shows": [({"what": "discretize"}, moment(at("view.discretize", True)), moment())],
    "hidden_layers_at_least": [({"value": 1}, moment(), moment(WITHOUT_HIDDEN))],
    "layers_at_most": [({"value": 1}, moment(WITHOUT_HIDDEN), moment())],
    "has_layer": [({"kind": "conv2d"}, moment(DIGITS), moment())],
    "activation_is": [
        ({"layer": 1, "activation": "relu"}, moment(RELU), moment()),
        ({"layer": 2, "activation": "tanh"}, moment(RELU), moment(WITHOUT_HIDDEN)),
    ],
    "hidden_activations_are": [
        ({"activation": "tanh"}, moment(), moment(RELU)),
        ({"activation": "relu"}, moment(edits.set_activation(RELU, 1, "relu").project), moment(WITHOUT_HIDDEN)),
    ],
    "initializer_is_not": [
        ({"layer": 1, "initializer": "zeros"}, moment(), moment(at("network.layers.0.kernel_initializer", "zeros"))),
        ({"layer": 3, "initializer": "zeros"}, moment(), moment(WITHOUT_HIDDEN)),
    ],
    "unit_muted": [({}, moment(edits.mute_unit(CIRCLE, 0, 1, True).project), moment())],
    "parameters_at_most": [({"value": 25}, moment(parameters=RANDOM), moment(parameters=np.ones(26)))],
    "unit_kinds_at_least": [
        ({"layer": 1, "value": 4}, moment(parameters=RANDOM), moment(parameters=ALIKE)),
        ({"layer": 1, "value": 1}, moment(parameters=ALIKE), moment(parameters=np.ones(3, np.float32))),
        ({"layer": 2, "value": 2}, moment(parameters=RANDOM), moment(WITHOUT_HIDDEN, parameters=np.ones(3))),
    ],
}
TABLE = [(name, *case) for name, cases in CASES.items() for case in cases]


def test_every_condition_has_its_case() -> None:
    assert set(CASES) == set(CONDITIONS.names())


@pytest.mark.parametrize(("name", "fields", "held", "failed"), TABLE)
def test_a_condition(name: str, fields: dict[str, Any], held: Moment, failed: Moment) -> None:
    condition = msgspec.convert({"type": name, **fields}, AnyCondition)
    assert condition.met(held)
    assert not condition.met(failed)
    assert msgspec.to_builtins(condition)["type"] == name


@pytest.mark.parametrize(
    "name", ["test_loss_below", "train_loss_below", "test_metric_above", "loss_gap_above", "loss_gap_below"]
)
def test_what_is_not_known_is_not_met(name: str) -> None:
    condition = msgspec.convert({"type": name, "value": 0.5}, AnyCondition)
    assert not condition.met(moment())
    assert not condition.met(scores())


@pytest.mark.parametrize("name", ["updates_at_most", "updates_at_least", "parameters_at_most"])
def test_nothing_is_known_of_a_network_that_cannot_train(name: str) -> None:
    assert not msgspec.convert({"type": name, "value": 9}, AnyCondition).met(moment())


def test_a_moment_knows_whether_anything_has_happened() -> None:
    still = moment()
    assert not still.moved
    assert replace(still, updates=1).moved
    assert replace(still, done=frozenset({EXAMPLE})).moved
    assert moment(SGD).moved
