"""The gradient check of a running network."""

from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine.layers import Dense, Dropout
from playground.insight.gradcheck import PAUSE, WRONG, GradientChecker
from playground.insight.pictures import LAMP, PictureMaker
from playground.project import build, edits, presets
from playground.project.model import Project
from tests.training.runs import make_loop, make_project


def bugged(project: Project, layer: int | None) -> Project:
    return edits.set_value(project, "training.bug", layer).project


def checked(project: Project, times: int = 60, epochs: int = 2) -> Any:
    loop = make_loop(project)
    for _ in range(epochs):
        loop.finish_epoch()
    checker = GradientChecker(loop.network)
    for _ in range(times):
        found = checker.check(project, loop.samples)
    return found


@pytest.mark.parametrize("name", presets.names())
def test_every_preset_passes(name: str) -> None:
    found = checked(presets.load(name), times=30, epochs=1)
    assert found.checks + found.skipped == 30
    assert found.checks >= 20
    assert found.worst < 1e-5
    assert found.wrong == ()


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "gelu", "silu", "leaky_relu"])
def test_activations_pass_also_with_kinks(activation: str) -> None:
    found = checked(make_project(units=(6, 5), activation=activation, l1=0.001, l2=0.01))
    assert found.worst < WRONG / 10


def test_chance_passes_too() -> None:
    project = make_project()
    layers = (Dense(units=8, activation="tanh"), Dropout(rate=0.3), *project.network.layers[1:])
    project = msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=layers))
    assert checked(project).worst < 1e-5


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_a_planted_bug_is_found_and_its_layer_named(layer: int) -> None:
    found = checked(bugged(make_project(), layer))
    assert found.wrong == (layer,)
    bad = found.layers[layer]
    assert bad.worst == pytest.approx(1.0, rel=1e-3)
    assert bad.analytic == pytest.approx(-bad.numeric, rel=1e-3)
    assert bad.name.startswith(("kernel[", "bias["))


def test_a_planted_bug_turns_the_gradient_of_its_layer_round_and_no_other() -> None:
    right, wrong = make_loop(), make_loop(bugged(make_project(), 1))
    right.single_step()
    wrong.single_step()
    ends = np.cumsum(right.network.layer_sizes)[:-1]
    pairs = zip(np.split(right.network.gradient, ends), np.split(wrong.network.gradient, ends), strict=True)
    for index, (good, bad) in enumerate(pairs):
        assert np.array_equal(bad, -good if index == 1 else good)


def test_it_can_be_planted_and_taken_back_in_a_running_loop() -> None:
    loop = make_loop()
    loop.single_step()
    loop.apply(bugged(loop.project, 0))
    assert checked(loop.project).wrong == (0,)
    loop.apply(bugged(loop.project, None))
    assert checked(loop.project).wrong == ()


def test_it_costs_little_and_touches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.insight.gradcheck.time", SimpleNamespace(monotonic=lambda: 0.0))
    loop, maker = make_loop(), PictureMaker()
    flat = loop.network.flat.copy()
    first = maker(loop, frozenset({LAMP}))[LAMP]
    assert first.checks + first.skipped == 3 * len(first.layers)
    assert maker(loop, frozenset({LAMP}))[LAMP] is first
    assert PAUSE >= 0.1
    assert np.array_equal(loop.network.flat, flat)


def test_other_settings_begin_anew() -> None:
    loop = make_loop()
    checker = GradientChecker(loop.network)
    for _ in range(4):
        checker.check(loop.project, loop.samples)
    assert checker.check(bugged(loop.project, 2), build.samples(loop.project)).checks == 1
