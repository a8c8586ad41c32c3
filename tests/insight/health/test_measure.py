"""The health of a run, against plain NumPy and against what training really does."""

import math
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine.layers import Dense
from playground.insight.health import Health, HealthPainter, ratio_of
from playground.insight.pictures import HEALTH, PictureMaker, compute
from playground.project import build, edits, presets
from playground.training.loop import TrainingLoop
from tests.training.runs import make_loop, make_project


def health_of(loop: Any) -> Health:
    found: Health = compute(loop, frozenset({HEALTH}))[HEALTH]
    return found


def test_gradient_norms_are_those_of_the_mean_loss() -> None:
    loop = make_loop(make_project(points=100))
    loop.finish_epoch()
    health = health_of(loop)
    net, samples = build.network(loop.project, "float64"), loop.samples
    net.flat[:] = loop.network.flat
    _, gradients = net.loss_and_gradients(samples.x_train, samples.y_train, loop.project.training.loss)
    for layer in health.layers:
        parts = [gradients[f"{layer.index}.{name}"].ravel() for name in ("kernel", "bias")]
        assert layer.gradient_norm == pytest.approx(np.linalg.norm(np.concatenate(parts)), rel=1e-4)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_the_update_is_the_one_that_training_makes_next(optimizer: str) -> None:
    loop = make_loop(make_project(optimizer=optimizer, l2=0.01))
    for _ in range(9):  # across the end of an epoch of 8
        loop.single_step()
        health, before = health_of(loop), loop.network.flat.copy()
        copy = TrainingLoop(loop.project, loop.samples, state=loop.export_state())
        copy.single_step()
        moved, ends = copy.network.flat - before, np.cumsum(loop.network.layer_sizes)[:-1]
        for layer, part, old in zip(health.layers, np.split(moved, ends), np.split(before, ends), strict=True):
            assert layer.update_norm == pytest.approx(np.linalg.norm(part.astype(float)), rel=1e-5)
            assert layer.ratio == pytest.approx(math.log10(np.linalg.norm(part) / np.linalg.norm(old)), abs=1e-4)


def test_looking_changes_nothing_of_the_run() -> None:
    watched, alone = make_loop(), make_loop()
    maker = PictureMaker()
    for _ in range(20):
        watched.single_step()
        maker(watched, frozenset({HEALTH}))
        alone.single_step()
    assert np.array_equal(watched.network.flat, alone.network.flat)


def test_units_are_counted_like_by_hand() -> None:
    loop = make_loop(make_project(units=(6, 5), activation="relu"))
    named = loop.network.unpack()
    named["0.bias"][:2] = -1e3  # dead
    named["1.kernel"][:, 3] = 0.0
    named["1.bias"][3] = 0.7  # constant
    first, second, _ = health_of(loop).layers
    hidden = np.maximum(loop.samples.x_train @ named["0.kernel"] + named["0.bias"], 0)
    assert first.units.dead == int((hidden.max(axis=0) == 0).sum()) >= 2
    outputs = np.maximum(hidden @ named["1.kernel"] + named["1.bias"], 0)
    assert second.units.dead == int((outputs.max(axis=0) == 0).sum())
    assert second.units.constant == 1
    assert second.units.saturated == 0


def test_histograms_hold_all_numbers_in_their_bins() -> None:
    loop = make_loop()
    loop.finish_epoch()
    for layer in health_of(loop).layers:
        part = np.concatenate([loop.network.unpack()[f"{layer.index}.{name}"].ravel() for name in ("kernel", "bias")])
        assert layer.weights is not None
        assert layer.gradients is not None
        low, high = layer.weights.low, layer.weights.high
        counts, _ = np.histogram(part, bins=len(layer.weights.counts), range=(low, high))
        assert np.abs(part).max() <= high
        assert np.allclose(layer.weights.counts, counts / part.size, atol=1.01 / part.size)  # an edge may go either way
        for histogram in (layer.weights, layer.gradients, layer.activations):
            assert histogram.counts.sum() == pytest.approx(1.0, abs=1e-5)
            assert np.array_equal(histogram.history[-1], histogram.counts)


def test_pooling_behind_relu_has_one_sided_bins() -> None:
    project = presets.load("digits_cnn")
    conv, pooled = health_of(TrainingLoop(project, build.samples(project))).layers[:2]
    assert conv.activation == "relu"
    assert pooled.activations.low == conv.activations.low == 0.0
    assert pooled.activations.counts.sum() == pytest.approx(1.0, abs=1e-5)


def test_the_history_grows_with_the_run_and_begins_anew_with_another_network() -> None:
    maker, loop = PictureMaker(), make_loop()
    for _ in range(5):
        loop.single_step()
        health = maker(loop, frozenset({HEALTH}))[HEALTH]
    assert health.steps.tolist() == [1, 2, 3, 4, 5]
    assert len(health.layers[0].norms) == len(health.layers[0].activations.history) == 5
    other = make_loop()
    assert maker(other, frozenset({HEALTH}))[HEALTH].steps.tolist() == [0]


def test_the_history_goes_on_with_other_settings_and_other_examples() -> None:
    maker, loop = PictureMaker(), make_loop()
    loop.single_step()
    slow = maker(loop, frozenset({HEALTH}))[HEALTH]
    fast = edits.set_value(loop.project, "training.optimizer.learning_rate", 0.3).project
    noisy = edits.set_value(fast, "data.noise", 0.3).project
    loop.apply(noisy, build.samples(noisy))
    loop.single_step()
    health = maker(loop, frozenset({HEALTH}))[HEALTH]
    assert health.steps.tolist() == [1, 2]
    assert health.layers[0].update_norm > 5 * slow.layers[0].update_norm


def test_frozen_layers_do_not_move_and_layers_without_weights_have_no_gradient() -> None:
    project = presets.load("digits")
    project = edits.set_trainable(project, 1, False).project
    health = health_of(TrainingLoop(project, build.samples(project)))
    assert [layer.index for layer in health.layers] == [1, 2]  # Flatten hands on the same numbers
    still, moving = health.layers
    assert not still.learns
    assert still.ratio == -math.inf
    assert moving.learns
    assert moving.ratio > -6


def test_a_network_without_a_run_is_measured_too() -> None:
    loop = make_loop()

    class Plain:
        project = loop.project
        samples = loop.samples
        network = loop.network

    found = HealthPainter(loop.network).health(Plain())
    assert found.steps.tolist() == [0]
    assert found.layers[0].update_norm > 0


def test_weights_of_zero_have_no_finite_ratio_and_equal_units_are_found() -> None:
    project = make_project(units=(4,))
    zero = msgspec.structs.replace(project.network.layers[0], kernel_initializer="zeros")
    project = msgspec.structs.replace(
        project, network=msgspec.structs.replace(project.network, layers=(zero, Dense(units=1, activation="sigmoid")))
    )
    first = health_of(make_loop(project)).layers[0]
    assert first.units.alike
    assert first.units.constant == 4
    assert ratio_of(1.0, 0.0) == math.inf
    assert math.isnan(ratio_of(0.0, 0.0))


def test_broken_weights_are_pictured_too() -> None:
    loop = make_loop()
    loop.network.flat[0] = np.nan
    health = health_of(loop)
    assert math.isnan(health.layers[0].weight_norm)
    assert health.layers[0].activations.counts.sum() <= 1.0 + 1e-6
