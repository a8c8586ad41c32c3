"""Every rule of the coach, on a real short run that shows the fault and on one that does not."""

from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import losses, optimizers
from playground.engine.layers import Dense
from playground.insight.coach import RULES, Evidence, advise
from playground.project import build, presets
from playground.project.model import Project
from playground.training.run import train
from tests.insight.coach.runs import evidence_of, first_hint, look, preset, uneven


def layers(*units: int, activation: str = "tanh", output: str = "sigmoid", **settings: Any) -> tuple[Dense, ...]:
    hidden = [Dense(units=n, activation=activation, **settings) for n in units]
    return (*hidden, Dense(units=1, activation=output, **settings))


def adam(rate: float) -> Any:
    return optimizers.get("adam", learning_rate=rate)


DEEP = layers(*[6] * 8, activation="sigmoid")
NOISY = {"points": 60, "noise": 0.3, "training_share": 0.5}

FAULTS: dict[str, tuple[Project, int]] = {
    "diverging": (preset(optimizer=adam(3.0)), 100),
    "unscaled": (preset(fault="unscaled"), 5),
    "rate_high": (preset("spiral", optimizer=adam(1.0)), 60),
    "mismatch": (preset(loss=losses.get("mean_absolute_error")), 60),
    "symmetric": (preset(layers=layers(4, 2, kernel_initializer="zeros")), 10),
    "vanishing": (preset(layers=DEEP), 50),
    "saturated": (preset(optimizer=adam(1.0)), 60),
    "rate_low": (preset(optimizer=adam(1e-5)), 60),
    "batch_large": (preset(batch_size=100_000, optimizer=optimizers.get("sgd", learning_rate=0.1)), 60),
    "batch_small": (preset(batch_size=1, noise=0.3), 60),
    "labels": (preset(fault="shuffled"), 150),
    "overfitting": (preset(layers=layers(32, 32), **NOISY), 300),
    "underfitting": (preset("spiral", layers=layers(2)), 200),
    "plateau": (preset(layers=layers(2)), 200),
}

HEALTHY = [("circle", 5), ("circle", 300), ("xor", 100), ("gaussians", 100), ("spiral", 300), ("blobs", 100)]
HEALTHY += [("plane", 100), ("digits", 3), ("digits", 40)]


@pytest.mark.parametrize("rule", FAULTS)
def test_a_rule_finds_its_fault_with_numbers_a_chart_and_a_remedy(rule: str) -> None:
    project, epochs = FAULTS[rule]
    hint = look(rule, project, epochs)
    assert hint is not None
    assert hint.rule == rule
    assert any(letter.isdigit() for letter in hint.sentence)
    assert hint.sentence.endswith(".")
    assert hint.why
    assert hint.chart in ("loss", "health", "distillation")
    assert hint.edit is not None
    assert not build.problems(hint.edit.project)


@pytest.mark.parametrize(("name", "epochs"), HEALTHY)
def test_the_coach_has_nothing_to_say_about_a_healthy_run(name: str, epochs: int) -> None:
    evidence = evidence_of(presets.load(name), epochs)
    assert [rule for rule in RULES if RULES[rule].look(evidence) is not None] == []


def test_dead_units_are_found() -> None:
    project = preset(layers=layers(8, activation="relu"))
    evidence = evidence_of(
        preset(layers=layers(8, activation="relu"), optimizer=optimizers.get("sgd", learning_rate=20)), 3
    )
    hint = RULES["dead"].look(evidence)
    assert hint is not None
    assert hint.edit is not None
    assert hint.edit.project.network.layers[0].activation == "leaky_relu"
    assert look("dead", project, 30) is None


def test_rare_classes_are_found() -> None:
    project = preset()
    samples = build.samples(project)
    hint = look("imbalance", project, 10, uneven(samples, 0.1))
    assert hint is not None
    assert "class 1" in hint.sentence
    assert hint.edit is not None
    assert hint.edit.project.training.class_weight == "balanced"
    assert look("imbalance", hint.edit.project, 10, uneven(samples, 0.1)) is None
    assert look("imbalance", project, 10, uneven(samples, 0.7)) is None


def test_balanced_classes_help_the_rare_one() -> None:
    project = preset(balance=0.05, optimizer=adam(0.003))
    hint = look("imbalance", project, 15)
    assert hint is not None
    assert hint.edit is not None
    recalls = []
    for one in (project, hint.edit.project):
        samples = build.samples(one)
        rare = samples.y_test[:, 0] == float(samples.y_train.mean() < 0.5)
        predicted = train(one, epochs=15).loop.network.forward(samples.x_test)[:, 0] > 0.5
        recalls.append(float((predicted == samples.y_test[:, 0])[rare].mean()))
    assert recalls[1] > recalls[0]


def test_an_output_that_cannot_reach_the_targets_is_found() -> None:
    hint = look("mismatch", preset("plane", layers=layers(4, output="sigmoid")), 5)
    assert hint is not None
    assert hint.edit is not None
    assert hint.edit.project.network.layers[-1].activation == "linear"


def test_every_rule_is_tested() -> None:
    assert set(RULES) == {*FAULTS, "dead", "imbalance"}


CURED = ["unscaled", "mismatch", "symmetric", "rate_low", "rate_high", "batch_large", "labels", "underfitting"]


@pytest.mark.parametrize("rule", CURED)
def test_the_remedy_helps(rule: str) -> None:
    project, epochs = FAULTS[rule]
    hint = first_hint(project, epochs)
    assert hint is not None
    assert hint.rule == rule
    assert hint.edit is not None
    before = train(project, epochs=epochs).counters
    after = train(hint.edit.project, epochs=epochs).counters
    assert before.train_metric is not None
    assert after.train_metric is not None
    assert after.train_metric > before.train_metric


def test_what_explains_the_rest_comes_first() -> None:
    hint = first_hint(preset(fault="unscaled"), 60)
    assert hint is not None
    assert hint.rule == "unscaled"


def test_a_network_without_an_activation_gets_one() -> None:
    hint = first_hint(preset(layers=layers(4, 2, activation="linear")), 100)
    assert hint is not None
    assert hint.rule == "underfitting"
    assert hint.edit is not None
    assert [layer.activation for layer in hint.edit.project.network.layers[:-1]] == ["tanh", "tanh"]


def test_a_hint_comes_again_only_when_it_got_worse() -> None:
    evidence = evidence_of(*FAULTS["unscaled"])
    hint = advise(evidence)
    assert hint is not None
    again = advise(evidence, {hint.rule: hint.severity})
    assert again is None or again.rule != hint.rule
    worse = advise(evidence, {hint.rule: hint.severity / 2})
    assert worse is not None
    assert worse.rule == hint.rule


def test_only_what_happened_since_the_last_change_counts() -> None:
    project, epochs = FAULTS["rate_low"]
    evidence = evidence_of(project, epochs)
    assert RULES["rate_low"].look(evidence) is not None
    fresh = Evidence(project, evidence.samples, evidence.curves, evidence.health, since=epochs - 3)
    assert fresh.epochs == 3
    assert RULES["rate_low"].look(fresh) is None


def test_nothing_is_said_before_anything_was_trained() -> None:
    project = presets.load("circle")
    assert advise(Evidence(project, build.samples(project), {})) is None


def test_the_blind_loss_is_that_of_the_mean_of_the_targets() -> None:
    evidence = evidence_of(preset(), 1)
    share = evidence.samples.y_train.mean()
    assert evidence.blind_loss == pytest.approx(-(share * np.log(share) + (1 - share) * np.log(1 - share)), rel=1e-6)
    plane = msgspec.structs.replace(presets.load("plane"))
    found = evidence_of(plane, 1)
    assert found.blind_loss == pytest.approx(found.samples.y_train.var(), rel=1e-5)
