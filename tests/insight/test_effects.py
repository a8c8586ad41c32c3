"""What an edit of the weights does to all layers behind it, against plain forward passes in float64."""

from dataclasses import dataclass
from time import perf_counter
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import Network
from playground.engine.layers import BatchNormalization, Dense
from playground.insight.effects import MOST_EXAMPLES, EffectMeter, EffectPainter, effect, sample_rows
from playground.insight.pictures import EFFECT, PictureMaker
from playground.project import build, presets
from playground.project.model import Project
from playground.training.records import WeightsEdit


@dataclass
class Run:
    project: Any
    samples: Any
    network: Any
    last_edit: Any = None


def with_layers(project: Project, *hidden: Any) -> Project:
    layers = (*hidden, project.network.layers[-1])
    return msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=layers))


def outputs_by_layer(project: Project, x: Any, flat: Any) -> list[Any]:
    """The outputs of all layers, each by a network of its own that ends there; float64 (examples, …)."""
    whole = build.network(project, "float64")
    whole.flat[:] = flat
    named, layers = whole.parameters(), project.network.layers
    results = []
    for count in range(1, len(layers) + 1):
        network = Network(list(layers[:count]), x.shape[1:], dtype="float64")
        network.set_parameters({name: named[name] for name in network.parameters()})
        results.append(network.forward(x))
    return results


def edited(project: Project, *changes: tuple[str, tuple[int, ...], float]) -> tuple[Any, Any]:
    network = build.network(project)
    before = network.flat.copy()
    for name, place, value in changes:
        network.unpack()[name][place] = value
    return before, network.flat.copy()


@pytest.mark.parametrize("preset", ["circle", "blobs", "plane", "digits"])
def test_the_changes_are_those_of_plain_forward_passes(preset: str) -> None:
    project = presets.load(preset)
    samples = build.samples(project)
    layer = next(k for k, kind in enumerate(project.network.layers) if isinstance(kind, Dense))
    before, after = edited(project, (f"{layer}.kernel", (1, 2), 0.9), (f"{layer}.bias", (0,), -0.4))
    ripple = effect(project, samples, before, after)
    x = samples.x_train[sample_rows(build.network(project), len(samples.x_train))].astype(np.float64)
    old, new = outputs_by_layer(project, x, before), outputs_by_layer(project, x, after)
    for index, (then, now) in enumerate(zip(old, new, strict=True)):
        axes = tuple(range(then.ndim - 1))
        size, moved = np.sqrt(np.square(then).sum(axis=axes)), np.sqrt(np.square(now - then).sum(axis=axes))
        np.testing.assert_allclose(ripple.units[index][size > 0], (moved[size > 0] / size[size > 0]), 1e-3, 1e-6)
        total = np.linalg.norm(now - then) / np.linalg.norm(then)
        assert ripple.layers[index] == pytest.approx(total, rel=1e-3, abs=1e-6)
    assert ripple.output == ripple.layers[-1] > 0


@pytest.mark.parametrize("preset", ["circle", "blobs", "plane"])
def test_the_loss_is_the_training_loss(preset: str) -> None:
    project = presets.load(preset)
    samples = build.samples(project)
    before, after = edited(project, ("0.kernel", (0, 1), 1.5))
    ripple = effect(project, samples, before, after)
    network = build.network(project)
    for flat, loss in ((before, ripple.loss_before), (after, ripple.loss_after)):
        network.flat[:] = flat
        expected = network.evaluate(samples.x_train, samples.y_train, project.training.loss)
        assert loss == pytest.approx(expected, rel=1e-5)
    assert ripple.loss == pytest.approx(ripple.loss_after - ripple.loss_before)


def test_layers_before_the_edit_stay_as_they_are() -> None:
    project = presets.load("circle")
    ripple = effect(project, build.samples(project), *edited(project, ("1.kernel", (2, 1), 2.0)))
    assert ripple.layers[0] == 0
    assert not ripple.units[0].any()
    assert ripple.units[1][0] == 0  # the other unit of the edited layer
    assert ripple.units[1][1] > 0 < ripple.output


def test_a_silent_unit_is_measured_by_its_layer() -> None:
    project = with_layers(presets.load("circle"), Dense(3, activation="relu"))
    dead = edited(project, ("0.bias", (0,), -1e6))[1]
    alive = edited(project)[0]
    ripple = effect(project, build.samples(project), dead, alive)
    assert 0 < ripple.units[0][0] < 10
    everything_dead = dead.copy()
    build.network(project).unpack(everything_dead)["0.bias"][:] = -1e6
    ripple = effect(project, build.samples(project), everything_dead, alive)
    assert ripple.layers[0] == pytest.approx(1.0)
    assert np.isfinite(ripple.units[0]).all()


def test_nothing_moves_without_a_change() -> None:
    project = presets.load("digits")
    before, _ = edited(project)
    ripple = effect(project, build.samples(project), before, before)
    assert not any(ripple.layers)
    assert ripple.loss == 0


def test_moving_statistics_count() -> None:
    project = with_layers(presets.load("circle"), Dense(3), BatchNormalization())
    network = build.network(project)
    moving = network.moving.copy()
    network.unpack_moving(moving)["1.moving_variance"][:] = 100.0
    before, after = edited(project, ("1.beta", (0,), 1.0))
    small, large = (effect(project, build.samples(project), before, after, m) for m in (None, moving))
    assert large.layers[1] > small.layers[1]


def test_an_extreme_edit_is_told_as_it_is() -> None:
    project = presets.load("circle")
    before, after = edited(project, ("2.kernel", (0, 0), 1e30))
    ripple = effect(project, build.samples(project), before, after)
    assert ripple.loss_after > 100  # not cut off where the float32 probability saturates


def test_a_sample_is_enough_of_many_examples() -> None:
    network = build.network(presets.load("circle"))
    assert sample_rows(network, 335).tolist() == list(range(335))
    rows = sample_rows(network, 10_000)
    assert len(rows) == MOST_EXAMPLES == len(set(rows.tolist()))
    assert (rows[0], rows[-1]) == (0, 9_999)
    large = Network([*[Dense(1000)] * 3, Dense(1)], (2,))
    assert len(sample_rows(large, 10_000)) == 333


# -- as a picture --------------------------------------------------------------------------------------------------


def run_of(preset: str) -> Run:
    project = presets.load(preset)
    return Run(project, build.samples(project), build.network(project))


def picture(maker: PictureMaker, run: Run) -> Any:
    return maker(run, frozenset({EFFECT}))[EFFECT]


def test_the_picture_follows_the_last_edit() -> None:
    run, maker = run_of("circle"), PictureMaker()
    assert picture(maker, run) is None
    run.last_edit = WeightsEdit.between(*edited(run.project, ("0.kernel", (0, 0), 2.0)))
    live = run.network.flat.copy()
    first = picture(maker, run)
    assert first.edit is run.last_edit
    assert picture(maker, run) is first
    assert np.array_equal(run.network.flat, live)
    run.last_edit = WeightsEdit.between(run.last_edit.after, run.last_edit.before)
    assert picture(maker, run) is not first


def test_an_edit_of_another_network_has_no_picture() -> None:
    run = run_of("circle")
    run.last_edit = WeightsEdit.between(np.zeros(3, np.float32), np.ones(3, np.float32))
    assert picture(PictureMaker(), run) is None


def test_a_gesture_counts_from_its_beginning() -> None:
    """Training moves other weights while a line is dragged: only what the hand moved counts."""
    run, painter = run_of("circle"), EffectPainter()
    start = run.network.flat.copy()
    flat, ripple = start.copy(), None
    for value in (0.5, 1.0, 1.5):
        before = flat.copy()
        before[5] += 0.25  # trained between two moves of the hand
        flat = before.copy()
        flat[3] = value
        edit = WeightsEdit(before, flat.copy(), np.array([3]), gesture="drag 1")
        ripple = painter.ripple(run.project, run.samples, run.network, edit)
    without = flat.copy()
    without[3] = start[3]
    expected = effect(run.project, run.samples, without, flat)
    assert ripple is not None
    assert ripple.layers == pytest.approx(expected.layers)
    after = flat.copy()
    after[3] = 0.0
    ripple = painter.ripple(
        run.project, run.samples, run.network, WeightsEdit(flat, after, np.array([3]), gesture="drag 2")
    )
    assert ripple is not None
    assert ripple.layers == pytest.approx(effect(run.project, run.samples, flat, after).layers)


def test_small_networks_take_a_moment() -> None:
    project = presets.load("circle")
    meter = EffectMeter(build.network(project), build.samples(project), project.training)
    flats = edited(project, ("0.kernel", (0, 0), 2.0))
    times = []
    for _ in range(20):
        start = perf_counter()
        meter.measure(*flats)
        times.append(perf_counter() - start)
    assert min(times) < 0.002
