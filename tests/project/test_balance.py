"""Balanced class weights are n / (classes · count), in the training and in every loss that is shown."""

import msgspec
import numpy as np
import pytest

from playground.engine import metrics
from playground.insight.effects import effect
from playground.project import build, edits
from playground.project.balance import class_weights
from playground.project.build import Samples
from playground.project.model import Project
from playground.training.loop import TrainingLoop
from playground.training.run import train
from tests.training.runs import make_project


def uneven(source: str = "circle", **settings: object) -> tuple[Project, Samples]:
    """A project with one class in ten, balanced, and its examples."""
    project = make_project(source, points=400, class_weight="balanced", **settings)
    data = msgspec.structs.replace(project.data, balance=0.1)
    project = msgspec.structs.replace(project, data=data)
    return project, build.samples(project)


def plain(project: Project) -> Project:
    return edits.set_value(project, "training.class_weight", "none").project


def test_all_classes_count_alike_and_the_examples_one_on_average() -> None:
    project, samples = uneven()
    found = class_weights(project.training, samples)
    assert found is not None
    counts = np.bincount(samples.y_train[:, 0].astype(int))
    assert counts.max() > 5 * counts.min()
    assert [counts[number] * weight for number, weight in found.items()] == pytest.approx(
        [len(samples.y_train) / 2] * 2
    )
    assert class_weights(plain(project).training, samples) is None


def test_several_classes_and_none() -> None:
    project, samples = uneven("blobs", output="softmax", loss="categorical_crossentropy")
    found = class_weights(project.training, samples)
    assert found is not None
    counts = samples.y_train.sum(axis=0)
    np.testing.assert_allclose(list(found.values()), len(samples.y_train) / (len(counts) * counts))
    numbers = make_project("plane", output="linear", loss="mean_squared_error", class_weight="balanced")
    assert class_weights(numbers.training, build.samples(numbers)) is None


@pytest.mark.parametrize("loss", ["binary_crossentropy", "mean_squared_error"])
def test_the_gradient_and_every_loss_are_those_of_the_engine_with_class_weights(loss: str) -> None:
    project, samples = uneven(loss=loss, batch_size=1000)
    weights, network = class_weights(project.training, samples), build.network(project)
    with_numbers = TrainingLoop(project, samples, evaluation_interval=0.0)
    x, y = samples.x_train, samples.y_train
    value, gradients = network.loss_and_gradients(x, y, project.training.loss, class_weight=weights)
    counters = with_numbers.evaluate()
    assert counters.train_loss == pytest.approx(value, rel=1e-5)
    tested = network.evaluate(samples.x_test, samples.y_test, project.training.loss, class_weight=weights)
    assert counters.test_loss == pytest.approx(tested, rel=1e-5)
    assert counters.train_metric == pytest.approx(metrics.accuracy(y, network.forward(x)))
    before = with_numbers.network.flat.copy()
    with_numbers.single_step()
    assert with_numbers.step_loss() == pytest.approx(value, rel=1e-5)
    found = with_numbers.network.unpack(with_numbers.network.gradient)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(found[name], gradient, rtol=2e-4, atol=1e-6)
    ripple = effect(project, samples, before, with_numbers.network.flat)
    assert ripple.loss_before == pytest.approx(value, rel=1e-5)


def test_it_is_taken_over_live_and_finds_the_rare_class() -> None:
    project, samples = uneven(learning_rate=0.003)
    loop = TrainingLoop(plain(project), samples, evaluation_interval=0.0)
    loop.finish_epoch()
    before, loss = loop.network.flat.copy(), loop.evaluate().train_loss
    loop.apply(project)
    np.testing.assert_array_equal(loop.network.flat, before)
    assert loop.evaluate().train_loss != pytest.approx(loss, rel=0.01)
    recalls = []
    for one in (plain(project), project):
        run = train(one, epochs=15).loop
        predicted = run.network.forward(samples.x_test)[:, 0] > 0.5
        rare = samples.y_test[:, 0] == np.bincount(samples.y_train[:, 0].astype(int)).argmin()
        recalls.append(float((predicted == samples.y_test[:, 0])[rare].mean()))
    assert recalls[1] > recalls[0]
