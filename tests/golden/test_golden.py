"""The engine against Keras 3: the same weights, examples and settings give the same numbers, to 1e-10 in float64."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import Network, layers, losses, optimizers, schedules
from playground.engine.activations import ACTIVATIONS
from playground.engine.constraints import CONSTRAINTS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES

sys.path.insert(0, str(Path(__file__).parent))
import cases

FILE = Path(__file__).with_name("golden.npz")
CLOSE = 1e-10


@pytest.fixture(scope="module")
def golden() -> Mapping[str, Any]:
    with np.load(FILE) as file:
        return dict(file)


def close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=CLOSE, atol=CLOSE)


def build(case: cases.Case) -> Network:
    parts = [msgspec.convert(kinds, layers.AnyLayer) for kinds in case.layers]
    network = Network(parts, case.input_shape, dtype="float64")
    network.set_parameters({name: cases.draw(name, value.shape) for name, value in network.parameters().items()})
    return network


@pytest.mark.parametrize("case", cases.all_cases().values(), ids=lambda case: case.name)
def test_a_hundred_steps_are_those_of_keras(case: cases.Case, golden: Mapping[str, Any]) -> None:
    network, (x, y), weights = build(case), case.data(), case.weights()
    loss, first = losses.get(case.loss), slice(cases.BATCH)
    given = None if weights is None else weights[first]
    _, gradients = network.loss_and_gradients(x[first], y[first], loss, sample_weight=given)
    close(np.concatenate([gradients[name].ravel() for name in sorted(gradients)]), golden[f"{case.name}|gradient"])
    run = network.compile(
        x,
        y,
        loss=loss,
        optimizer=msgspec.convert(case.optimizer, optimizers.AnyOptimizer),
        batch_size=cases.BATCH,
        shuffle=False,
        sample_weight=weights,
    )
    found = []
    for _ in range(cases.STEPS):
        run.step()
        found.append(run.step_loss())
    close(found, golden[f"{case.name}|losses"])
    close(network.forward(x), golden[f"{case.name}|outputs"])
    expected = {key.split("|")[2]: value for key, value in golden.items() if key.startswith(f"{case.name}|weights|")}
    for name, value in network.parameters().items():
        close(value, expected.pop(name))
    assert not expected


@pytest.mark.parametrize("name", list(cases.SCHEDULES))
def test_a_schedule_is_the_curve_of_keras(name: str, golden: Mapping[str, Any]) -> None:
    schedule = msgspec.convert(cases.SCHEDULES[name], schedules.SCHEDULES.union())
    expected = golden[f"schedule.{name}"]
    close([schedule.rate(step, cases.RATE) for step in range(len(expected))], expected)


def test_nothing_that_can_be_chosen_is_left_out() -> None:
    assert set(ACTIVATIONS) <= set(cases.ACTIVATIONS)
    assert set(LOSSES) <= set(cases.LOSSES)
    rules = {rule["kind"] for kinds in cases.RULES.values() for rule in kinds.values()}
    assert set(REGULARIZERS) | set(CONSTRAINTS) <= rules
    assert set(OPTIMIZERS) <= {kinds["kind"] for kinds in cases.OPTIMIZERS.values()}
    assert set(SCHEDULES) <= {kinds["kind"] for kinds in cases.SCHEDULES.values()}
    assert set(layers.LAYERS) <= {part["kind"] for case in cases.all_cases().values() for part in case.layers}
