"""Losses, metrics and saturation, against the plain public functions of the engine."""

from typing import Any

import numpy as np
import pytest

from playground.engine import losses, metrics
from playground.project import build
from playground.training import evaluation
from playground.training.evaluation import FIRST_EPOCHS, SHARE, Evaluator, Saturation, Scores
from tests.training.runs import make_project


@pytest.mark.parametrize("chunk", [4096, 50, 37])
@pytest.mark.parametrize(
    ("source", "output", "loss"),
    [
        ("circle", "sigmoid", "binary_crossentropy"),
        ("circle", "sigmoid", "mean_squared_error"),
        ("circle", "linear", "mean_squared_error"),
        ("circle", "tanh", "mean_absolute_error"),
        ("blobs", "softmax", "categorical_crossentropy"),
        ("blobs", "sigmoid", "binary_crossentropy"),
        ("plane", "linear", "mean_squared_error"),
        ("plane", "tanh", "mean_absolute_error"),
    ],
)
def test_loss_and_metric_are_those_of_the_engine(
    source: str, output: str, loss: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation, "CHUNK", chunk)
    project = make_project(source, output=output, loss=loss)
    samples, network = build.samples(project), build.network(project)
    x, y, task = samples.x_train, samples.y_train, samples.dataset.task
    evaluator = Evaluator(network, x, y, project.training.loss, task)
    metric = metrics.r2 if source == "plane" else metrics.accuracy
    for scale in (1.0, 3.0):
        network.flat[:] *= scale
        found = evaluator.measure()
        assert found[0] == pytest.approx(network.evaluate(x, y, project.training.loss), rel=1e-5)
        assert found[1] == pytest.approx(metric(y, network.forward(x)), abs=1e-6)


def test_images_are_measured_too() -> None:
    from playground.project import presets

    project = presets.load("digits")
    samples, network = build.samples(project), build.network(project)
    loss = losses.get("categorical_crossentropy")
    found = Evaluator(network, samples.x_test, samples.y_test, loss, samples.dataset.task).measure()
    assert found[0] == pytest.approx(network.evaluate(samples.x_test, samples.y_test, loss), rel=1e-5)


class SlowClock:
    """Every look at it takes ``cost`` seconds."""

    def __init__(self, cost: float) -> None:
        self.now, self.cost = 0.0, cost

    def __call__(self) -> float:
        self.now += self.cost
        return self.now


def scores_of(clock: Any, interval: float) -> Scores:
    project = make_project()
    return Scores(build.network(project), build.samples(project), project.training, clock, interval)


def test_slow_measuring_takes_its_share_of_the_time_at_most() -> None:
    clock = SlowClock(0.0)
    scores = scores_of(clock, 1 / 30)
    times = []
    for epoch in range(2000):
        clock.now += 0.01
        if scores.due():
            clock.cost = 0.2
            scores.measure(epoch, epoch, epoch)
            clock.cost = 0.0
            times.append(clock.now)
    assert len(times) > FIRST_EPOCHS + 3
    assert 0.2 / np.diff(times[FIRST_EPOCHS:])[1:].min() <= SHARE * 1.3


def test_a_snapshot_waits_for_slow_measuring() -> None:
    clock = SlowClock(0.1)
    scores = scores_of(clock, 1 / 30)
    first = scores.measure(0, 0, 0)
    clock.cost = 0.0
    clock.now += 0.5
    assert scores.measure(1, 1, 5, max_age=0.04).train_loss == first.train_loss
    assert scores.measure(1, 1, 5, max_age=0.04).step == 5
    assert scores.measure(1, 1, 5).epoch == 1


def test_without_an_interval_every_epoch_is_measured() -> None:
    scores = scores_of(SlowClock(1.0), 0.0)
    assert all(scores.due() for _ in range(10))


def saturation_of(activation: str, output: str = "sigmoid", loss: str = "mean_squared_error") -> tuple[Any, Saturation]:
    project = make_project(activation=activation, output=output, loss=loss)
    samples, network = build.samples(project), build.network(project)
    return network, Saturation(network, samples.x_train, samples.y_train)


@pytest.mark.parametrize("activation", ["linear", "relu", "leaky_relu", "elu", "tanh", "sigmoid"])
def test_fresh_networks_react(activation: str) -> None:
    assert not saturation_of(activation)[1].stuck()


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "elu"])
def test_units_far_out_do_not_react(activation: str) -> None:
    network, saturation = saturation_of(activation)
    network.flat[:] = 0
    network.unpack()["0.bias"][:] = -1000  # every unit of the first layer far out on one side
    assert saturation.stuck()


def test_a_constant_output_alone_is_not_stuck() -> None:
    network, saturation = saturation_of("tanh")
    network.flat[:] = 0  # all units at the steepest place
    assert not saturation.stuck()


def test_saturated_units_that_tell_examples_apart_are_not_stuck() -> None:
    network, saturation = saturation_of("tanh")
    network.flat[:] *= 1000
    assert np.ptp(network.forward(np.eye(2, dtype=np.float32) * 2 - 1)) > 0.5
    assert not saturation.stuck()


def test_linear_networks_have_nothing_to_saturate() -> None:
    network, saturation = saturation_of("linear", output="linear")
    network.flat[:] = 0
    assert not saturation.stuck()


def test_a_saturated_softmax_is_stuck() -> None:
    project = make_project("blobs", units=(), output="softmax", loss="mean_squared_error")
    samples, network = build.samples(project), build.network(project)
    saturation = Saturation(network, samples.x_train, samples.y_train)
    network.flat[:] = 0
    network.unpack()["0.bias"][:] = [1000, 0, 0]
    assert saturation.stuck()
