"""The stages of a network in two dimensions, against principal components by hand."""

from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.data.dataset import DOMAIN
from playground.engine import Network
from playground.engine.layers import Conv2D, Dense, Dropout, Flatten, GaussianNoise, MaxPooling2D
from playground.insight import representations
from playground.insight.pictures import DISTILLATION, PictureMaker
from playground.insight.purity import border
from playground.insight.representations import (
    GRID_DOTS,
    GRID_LINES,
    MOST_EXAMPLES,
    Distillation,
    Kind,
    aligned,
    corners,
    grid_lines,
    principal_axes,
    turn_towards,
)
from playground.project import build, presets
from playground.project.build import Samples
from playground.project.model import Project
from playground.training.run import train


@dataclass
class Subject:
    project: Project
    samples: Samples
    network: Network


def subject_of(preset: str, epochs: int = 5, layers: tuple[Any, ...] | None = None, **data: Any) -> Subject:
    project = presets.load(preset)
    project = msgspec.structs.replace(project, data=msgspec.structs.replace(project.data, **data))
    if layers is not None:
        project = msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=layers))
    if not epochs:
        return Subject(project, build.samples(project), build.network(project))
    result = train(project, epochs=epochs)
    return Subject(project, result.loop.samples, result.loop.network)


def picture(subject: Subject, maker: PictureMaker | None = None) -> Distillation:
    made = (maker or PictureMaker())(subject, frozenset({DISTILLATION}))[DISTILLATION]
    assert isinstance(made, Distillation)
    return made


def seen_by(subject: Subject, layer: int, rows: Any) -> np.ndarray:
    """The examples after so many layers, by the public forward pass of a shorter network."""
    inputs = subject.samples.inputs[rows]
    if layer == 0:
        return inputs.reshape(len(inputs), -1).astype(float)
    part = Network(list(subject.network.layers[:layer]), subject.network.input_shape, dtype="float64")
    part.flat[:] = subject.network.flat[: part.size]
    return part.forward(inputs).reshape(len(inputs), -1)


def components(x: np.ndarray) -> tuple[np.ndarray, float]:
    """The first two principal components by singular values, and the share of variance they carry."""
    left, values, _ = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return left[:, :2] * values[:2], float((values[:2] ** 2).sum() / (values**2).sum())


@pytest.mark.parametrize(
    ("preset", "layer"), [("circle", 1), ("spiral", 0), ("spiral", 2), ("digits", 0), ("digits", 2)]
)
def test_more_than_two_units_are_seen_on_their_principal_plane(preset: str, layer: int) -> None:
    subject = subject_of(preset)
    found = picture(subject)
    stage = next(stage for stage in found.stages if stage.layer == layer)
    expected, explained = components(seen_by(subject, layer, found.rows))
    assert stage.kind is Kind.PCA
    assert stage.explained == pytest.approx(explained, abs=1e-4)
    turn = turn_towards(stage.points, expected)
    np.testing.assert_allclose(turn.T @ turn, np.eye(2), atol=1e-6)
    np.testing.assert_allclose(stage.points @ turn, expected, atol=2e-3)


def test_a_first_picture_stands_as_the_stage_before() -> None:
    for preset in ("circle", "spiral"):
        subject = subject_of(preset, epochs=0)
        found = picture(subject)
        before = subject.samples.dataset.inputs[found.rows].astype(float)
        for stage in found.stages:
            if stage.kind is Kind.PCA:
                turn = turn_towards(stage.points, before - before.mean(axis=0))
                np.testing.assert_allclose(turn, np.eye(2), atol=1e-3)
            before = stage.points.astype(float)


def test_two_units_are_shown_as_they_are() -> None:
    subject = subject_of("circle")
    found = picture(subject)
    first, third = found.stages[0], found.stages[2]
    assert (first.kind, third.kind) == (Kind.PAIR, Kind.PAIR)
    np.testing.assert_array_equal(first.points, subject.samples.inputs[found.rows])
    np.testing.assert_allclose(third.points, seen_by(subject, 2, found.rows), atol=1e-5)
    assert third.explained == 1.0
    assert third.window.low == pytest.approx((-1.12, -1.12))  # tanh: all of its range, and a margin


def test_one_unit_is_a_strip_with_a_fixed_scatter() -> None:
    subject, maker = subject_of("circle"), PictureMaker()
    found = picture(subject, maker)
    strip = found.stages[-1]
    assert strip.kind is Kind.STRIP
    np.testing.assert_allclose(strip.points[:, 0], seen_by(subject, 3, found.rows)[:, 0], atol=1e-5)
    assert 0 <= strip.points[:, 1].min() < 0.05 < 0.95 < strip.points[:, 1].max() <= 1
    np.testing.assert_array_equal(found.outputs[:, 0], strip.points[:, 0])
    subject.network.flat *= 0.9
    np.testing.assert_array_equal(picture(subject, maker).stages[-1].points[:, 1], strip.points[:, 1])
    np.testing.assert_array_equal(picture(subject).stages[-1].points[:, 1], strip.points[:, 1])


@pytest.mark.parametrize("preset", ["blobs", "digits"])
def test_probabilities_stand_between_the_corners_of_their_classes(preset: str) -> None:
    subject = subject_of(preset, epochs=20)
    found = picture(subject)
    last = found.stages[-1]
    assert last.kind is Kind.CORNERS
    classes = found.outputs.shape[1]
    np.testing.assert_allclose(last.points, found.outputs @ corners(classes), atol=1e-5)
    sure = found.outputs.max(axis=1) > 0.99
    assert sure.sum() > 50
    np.testing.assert_allclose(last.points[sure], corners(classes)[found.outputs[sure].argmax(axis=1)], atol=0.03)


def test_layers_that_hand_on_the_same_numbers_are_left_out() -> None:
    assert [stage.layer for stage in picture(subject_of("digits", epochs=0)).stages] == [0, 2, 3]
    layers = (Dense(3, "tanh"), Dropout(0.5), GaussianNoise(0.1), Dense(1, "sigmoid"))
    assert [stage.layer for stage in picture(subject_of("circle", epochs=1, layers=layers)).stages] == [0, 1, 4]


def test_images_go_through_convolutions_too() -> None:
    layers = (Conv2D(4), MaxPooling2D(), Flatten(), Dense(10, "softmax"))
    found = picture(subject_of("digits", epochs=1, layers=layers))
    assert [stage.layer for stage in found.stages] == [0, 1, 2, 4]
    assert [stage.kind for stage in found.stages] == [Kind.PCA, Kind.PCA, Kind.PCA, Kind.CORNERS]


@pytest.mark.parametrize("preset", ["circle", "blobs", "digits", "plane"])
def test_the_examples_are_a_fixed_stratified_choice(preset: str) -> None:
    subject = subject_of(preset, epochs=0)
    found, dataset = picture(subject), subject.samples.dataset
    assert len(set(found.rows.tolist())) == len(found.rows) == min(MOST_EXAMPLES, dataset.n)
    np.testing.assert_array_equal(found.rows, picture(subject_of(preset, epochs=0)).rows)
    np.testing.assert_array_equal(found.targets, dataset.targets[found.rows])
    if dataset.labels is None:
        assert found.labels is None
        return
    np.testing.assert_array_equal(found.labels, dataset.labels[found.rows])
    shares = np.bincount(dataset.labels) / dataset.n
    np.testing.assert_allclose(np.bincount(found.labels) / len(found.rows), shares, atol=0.005)


def test_the_grid_travels_through_the_layers_on_the_same_map() -> None:
    subject = subject_of("circle")
    found = picture(subject)
    lines = grid_lines()
    assert lines.shape == (2 * GRID_LINES, GRID_DOTS, 2)
    assert np.abs(lines).max() == DOMAIN
    assert found.stages[0].grid is not None
    np.testing.assert_allclose(found.stages[0].grid, lines / 3, atol=1e-6)
    part = Network(list(subject.network.layers[:2]), (2,))
    part.flat[:] = subject.network.flat[: part.size]
    assert found.stages[2].grid is not None
    np.testing.assert_allclose(found.stages[2].grid.reshape(-1, 2), part.forward(lines.reshape(-1, 2) / 3), atol=1e-4)
    assert found.stages[-1].grid is None
    first = found.stages[1]  # where an example and a dot of the grid are the same place, both are seen at one place
    assert first.grid is not None
    hidden = Network(list(subject.network.layers[:1]), (2,))
    hidden.flat[:] = subject.network.flat[: hidden.size]
    x = hidden.forward(subject.samples.inputs[found.rows]).astype(float)
    g = hidden.forward(lines.reshape(-1, 2) / 3).astype(float)
    distances = np.linalg.norm(first.grid.reshape(-1, 2) - first.points.mean(axis=0), axis=1)
    axes = np.linalg.svd(x - x.mean(0), full_matrices=False)[2][:2]
    np.testing.assert_allclose(distances, np.linalg.norm((g - x.mean(0)) @ axes.T, axis=1), atol=1e-3)


def test_images_have_no_grid() -> None:
    assert all(stage.grid is None for stage in picture(subject_of("digits", epochs=0)).stages)


def test_the_picture_does_not_flip_from_frame_to_frame() -> None:
    """A small change of the weights moves every point a little, whatever the signs and places of the components."""
    subject, maker = subject_of("circle", layers=(Dense(8, "tanh"), Dense(1, "sigmoid"))), PictureMaker()
    rng = np.random.default_rng(0)
    before = picture(subject, maker).stages[1].points
    size = np.abs(before).max()
    for _ in range(60):
        subject.network.flat += rng.normal(0, 0.01, subject.network.size).astype(np.float32)
        after = picture(subject, maker).stages[1].points
        assert np.abs(after - before).max() < 0.15 * size
        before = after


def test_alignment_undoes_signs_and_exchanged_axes() -> None:
    rng = np.random.default_rng(1)
    axes = np.linalg.qr(rng.normal(size=(6, 2)))[0]
    for other in (axes * [-1, 1], axes[:, ::-1], axes[:, ::-1] * [1, -1], -axes):
        np.testing.assert_allclose(aligned(other, axes), axes, atol=1e-12)


def test_alignment_stays_in_the_plane() -> None:
    rng = np.random.default_rng(2)
    axes, before = (np.linalg.qr(rng.normal(size=(5, 2)))[0] for _ in range(2))
    turned = aligned(axes, before)
    np.testing.assert_allclose(turned.T @ turned, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(turned @ turned.T, axes @ axes.T, atol=1e-12)


@pytest.mark.parametrize("width", [3, 40, 900])
def test_wide_and_narrow_outputs_have_the_same_components(width: int) -> None:
    x = np.random.default_rng(3).normal(size=(50, width)) * np.geomspace(5, 1, width)
    axes, explained = principal_axes(x)
    expected, share = components(x)
    assert explained == pytest.approx(share)
    np.testing.assert_allclose(axes.T @ axes, np.eye(2), atol=1e-9)
    np.testing.assert_allclose(np.abs((x - x.mean(0)) @ axes), np.abs(expected), atol=1e-8)
    assert (axes[np.abs(axes).argmax(axis=0), [0, 1]] > 0).all()


def test_outputs_that_never_change_are_one_point() -> None:
    axes, explained = principal_axes(np.ones((20, 4)))
    assert explained == 1.0
    np.testing.assert_allclose(axes.T @ axes, np.eye(2), atol=1e-12)


def test_weights_that_are_not_finite_leave_only_the_input() -> None:
    subject = subject_of("circle")
    subject.network.flat[:] = np.nan
    found = picture(subject)
    assert np.isfinite(found.stages[0].points).all()
    assert all(np.isnan(stage.points[:, 0]).all() for stage in found.stages[1:])
    assert all(np.isfinite([stage.window.low, stage.window.high]).all() for stage in found.stages)


def test_the_input_is_computed_once() -> None:
    subject, maker = subject_of("circle"), PictureMaker()
    assert picture(subject, maker).stages[0] is picture(subject, maker).stages[0]


def test_few_examples_are_all_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(representations, "MOST_EXAMPLES", 50)
    assert len(picture(subject_of("circle", epochs=0)).rows) == 50
    assert len(picture(subject_of("circle", epochs=0, points=30)).rows) == 30


def test_the_line_of_the_probe_parts_the_examples_as_the_probe_does() -> None:
    subject = subject_of("circle", epochs=40)
    found = picture(subject)
    for stage in (found.stages[0], found.stages[2], found.stages[3]):
        x = seen_by(subject, stage.layer, found.rows)
        z = np.column_stack([x, np.ones(len(x))])
        z[:, :-1] = (x - x.mean(0)) / x.std(0)
        penalty = np.sqrt(1e-3 * len(x)) * np.eye(z.shape[1])[:-1]
        targets = np.where(found.labels == 1, 1.0, -1.0)
        weights = np.linalg.lstsq(np.vstack([z, penalty]), np.append(targets, np.zeros(len(penalty))), rcond=None)[0]
        assert stage.border is not None
        a, b, c = stage.border
        np.testing.assert_allclose(stage.points @ np.array([a, b]) - c, z @ weights, atol=1e-4)


def test_on_a_principal_plane_the_line_is_cut_out_of_the_probes_plane() -> None:
    subject = subject_of("circle", epochs=40)
    found = picture(subject)
    stage = found.stages[1]
    x = seen_by(subject, 1, found.rows)
    axes = np.linalg.lstsq(stage.points - stage.points.mean(0), x - x.mean(0), rcond=None)[0]
    plane = x.mean(0) + stage.points.astype(float) @ axes
    line = border(x, found.labels)  # type: ignore[arg-type]
    assert line is not None
    assert stage.border is not None
    a, b, c = stage.border
    np.testing.assert_allclose(stage.points @ np.array([a, b]) - c, plane @ line[0] - line[1], atol=5e-3)


@pytest.mark.parametrize("preset", ["blobs", "digits", "plane"])
def test_only_two_classes_have_one_line(preset: str) -> None:
    assert all(stage.border is None for stage in picture(subject_of(preset, epochs=1)).stages)


def test_outputs_that_tell_nothing_have_no_line() -> None:
    labels = np.array([0, 1] * 10)
    assert border(np.ones((20, 3)), labels) is None
    assert border(np.full((20, 3), np.nan), labels) is None
