"""The pictures of a network, against the plain public forward pass."""

from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.data.dataset import DOMAIN
from playground.data.features import FEATURES, expand
from playground.engine import Network
from playground.insight.examples import CHUNK, CLOSE
from playground.insight.grids import BOUNDARY_SIZE, UNIT_MAP_SIZE, plane
from playground.insight.pictures import (
    ACTIVATIONS,
    BOUNDARY,
    CONFUSION,
    NAMES,
    PREDICTIONS,
    PURITY,
    UNIT_MAPS,
    PictureMaker,
    compute,
)
from playground.project import build, presets
from playground.project.build import Samples
from playground.project.model import Project
from playground.training.loop import TrainingLoop
from playground.training.run import train


@dataclass
class Subject:
    project: Project
    samples: Samples
    network: Network


def subject_of(preset: str, epochs: int = 3, **data: Any) -> Subject:
    project = presets.load(preset)
    project = msgspec.structs.replace(project, data=msgspec.structs.replace(project.data, **data))
    result = train(project, epochs=epochs)
    return Subject(project, result.loop.samples, result.loop.network)


def picture(subject: Any, name: str) -> Any:
    return compute(subject, frozenset({name}))[name]


PLANES = ["circle", "xor", "gaussians", "spiral", "blobs", "plane"]


def test_the_grid_covers_the_plane_from_the_top_left() -> None:
    grid = plane(4).reshape(4, 4, 2)
    assert grid[0, 0].tolist() == [-4.5, 4.5]
    assert grid[0, 3].tolist() == [4.5, 4.5]
    assert grid[3, 0].tolist() == [-4.5, -4.5]
    assert np.abs(plane(BOUNDARY_SIZE)).max() < DOMAIN


@pytest.mark.parametrize("preset", PLANES)
def test_the_boundary_is_the_networks_output(preset: str) -> None:
    subject = subject_of(preset)
    values = picture(subject, BOUNDARY).values
    inputs = expand(plane(BOUNDARY_SIZE), subject.project.data.features)
    expected = subject.network.forward(inputs).T.reshape(-1, BOUNDARY_SIZE, BOUNDARY_SIZE)
    assert values.shape == (subject.samples.dataset.outputs, BOUNDARY_SIZE, BOUNDARY_SIZE)
    np.testing.assert_allclose(values, expected, rtol=1e-4, atol=1e-5)


def test_several_classes_share_the_probability() -> None:
    values = picture(subject_of("blobs"), BOUNDARY).values
    np.testing.assert_allclose(values.sum(axis=0), 1, rtol=1e-4)


@pytest.mark.parametrize("preset", PLANES)
def test_unit_maps_are_the_outputs_of_each_layer(preset: str) -> None:
    subject = subject_of(preset)
    maps = picture(subject, UNIT_MAPS)
    inputs = expand(plane(UNIT_MAP_SIZE), subject.project.data.features)
    assert len(maps.layers) == len(subject.network.layers)
    layers = list(subject.network.layers)
    for depth, found in enumerate(maps.layers):
        part = Network(layers[: depth + 1], subject.network.input_shape)
        part.flat[:] = subject.network.flat[: part.size]
        expected = part.forward(inputs).T.reshape(-1, UNIT_MAP_SIZE, UNIT_MAP_SIZE)
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_the_inputs_show_all_features_also_those_not_in_use() -> None:
    maps = picture(subject_of("circle"), UNIT_MAPS)
    assert maps.inputs.shape == (len(FEATURES), UNIT_MAP_SIZE, UNIT_MAP_SIZE)
    x1, x2 = maps.inputs[0], maps.inputs[1]
    assert (np.diff(x1, axis=1) > 0).all()
    assert (np.diff(x2, axis=0) < 0).all()


def test_predictions_are_in_the_order_of_the_rows() -> None:
    subject = subject_of("circle", epochs=60)
    found = picture(subject, PREDICTIONS)
    np.testing.assert_allclose(found.train, subject.network.forward(subject.samples.x_train), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(found.test, subject.network.forward(subject.samples.x_test), rtol=1e-4, atol=1e-6)
    np.testing.assert_array_equal(found.test_correct, ((found.test > 0.5) == (subject.samples.y_test > 0.5))[:, 0])
    assert found.train_correct.mean() > 0.9


def test_predictions_of_many_examples_come_in_chunks() -> None:
    subject = subject_of("gaussians", epochs=1, points=3 * CHUNK + 100, training_share=0.5)
    found = picture(subject, PREDICTIONS)
    assert len(found.train) > CHUNK
    np.testing.assert_allclose(found.train, subject.network.forward(subject.samples.x_train), rtol=1e-4, atol=1e-6)


def test_several_classes_are_right_where_the_highest_is() -> None:
    subject = subject_of("blobs")
    found = picture(subject, PREDICTIONS)
    np.testing.assert_array_equal(found.train_correct, found.train.argmax(1) == subject.samples.y_train.argmax(1))


def test_numbers_are_right_when_close() -> None:
    subject = subject_of("plane")
    found = picture(subject, PREDICTIONS)
    tolerance = CLOSE * np.ptp(subject.samples.dataset.targets)
    np.testing.assert_array_equal(found.test_correct, np.abs(found.test - subject.samples.y_test)[:, 0] <= tolerance)


@pytest.mark.parametrize("preset", ["circle", "blobs", "digits"])
def test_confusion_counts_the_test_examples(preset: str) -> None:
    subject = subject_of(preset)
    confusion = picture(subject, CONFUSION)
    dataset = subject.samples.dataset
    assert confusion.names == dataset.class_names
    assert confusion.matrix.sum() == len(dataset.test)
    assert dataset.labels is not None
    np.testing.assert_array_equal(
        confusion.matrix.sum(axis=1), np.bincount(dataset.labels[dataset.test], minlength=len(dataset.class_names))
    )
    right = picture(subject, PREDICTIONS).test_correct.sum()
    assert np.trace(confusion.matrix) == right


def test_numbers_have_no_confusion() -> None:
    assert picture(subject_of("plane"), CONFUSION) is None


def test_images_have_no_maps_but_the_rest() -> None:
    pictures = compute(subject_of("digits", epochs=1), frozenset(NAMES))
    assert pictures[UNIT_MAPS] is None
    assert pictures[BOUNDARY] is None
    assert all(pictures[name] is not None for name in (PURITY, PREDICTIONS, CONFUSION, ACTIVATIONS))


def test_activations_of_the_selected_example() -> None:
    subject, maker = subject_of("digits", epochs=1), PictureMaker()
    dataset = subject.samples.dataset
    found = maker(subject, frozenset({ACTIVATIONS}))[ACTIVATIONS]
    assert found.example == dataset.test[0]
    maker.select(7)
    found = maker(subject, frozenset({ACTIVATIONS}))[ACTIVATIONS]
    assert found.example == 7
    np.testing.assert_array_equal(found.input, dataset.inputs[7])
    np.testing.assert_allclose(found.layers[-1], subject.network.forward(dataset.inputs[7:8])[0], rtol=1e-4, atol=1e-6)
    assert [layer.shape for layer in found.layers] == [tuple(shape) for shape in subject.network.shapes]
    maker.select(10**9)
    assert maker(subject, frozenset({ACTIVATIONS}))[ACTIVATIONS].example == dataset.test[0]


def test_purity_has_a_stage_for_the_input_and_for_every_layer() -> None:
    subject = subject_of("digits", epochs=3)
    purity = picture(subject, PURITY)
    assert len(purity.stages) == 1 + len(subject.network.layers)
    assert purity.chance == pytest.approx(0.1)
    assert purity.stages[0] == purity.stages[1]  # Flatten changes nothing
    assert purity.stages[-1] > 0.8
    assert 0.005 < purity.spread < 0.05
    assert len(purity.confusions) == len(purity.stages)
    assert purity.names == subject.samples.dataset.class_names
    for stage, confusion in zip(purity.stages, purity.confusions, strict=True):
        assert np.mean(np.diag(confusion) / confusion.sum(axis=1)) == pytest.approx(stage)


def test_the_purity_of_numbers_has_no_confusion() -> None:
    purity = picture(subject_of("plane"), PURITY)
    assert (purity.confusions, purity.names, purity.chance) == ((), (), 0.0)


@pytest.mark.parametrize("seed", range(3))
def test_purity_rises_from_stage_to_stage_on_the_circle(seed: int) -> None:
    project = presets.load("circle")
    fresh = TrainingLoop(project, build.samples(project))
    before = picture(fresh, PURITY)
    result = train(project, epochs=300, seed=seed)
    after = picture(result.loop, PURITY)
    assert before.stages[0] == after.stages[0] < 0.65
    assert after.stages[-2] >= 0.95
    assert after.stages[-1] >= 0.95


def test_pictures_follow_the_weights_with_the_same_buffers() -> None:
    subject, maker = subject_of("circle"), PictureMaker()
    names = frozenset({UNIT_MAPS, BOUNDARY, PURITY, PREDICTIONS, ACTIVATIONS})
    first = maker(subject, names)
    values = first[BOUNDARY].values.copy()
    subject.network.flat[:] = 0
    second = maker(subject, names)
    np.testing.assert_array_equal(first[BOUNDARY].values, values)
    assert (second[BOUNDARY].values == 0.5).all()
    assert not second[UNIT_MAPS].layers[0].any()
    assert second[PURITY].stages[1] == pytest.approx(0.5, abs=0.05)


def test_another_network_or_other_examples_are_noticed() -> None:
    maker = PictureMaker()
    for preset in ("circle", "blobs", "digits", "circle"):
        subject = subject_of(preset, epochs=1)
        pictures = maker(subject, frozenset(NAMES))
        assert pictures[PREDICTIONS].train.shape == subject.samples.y_train.shape


def test_pictures_are_read_only() -> None:
    pictures = compute(subject_of("circle", epochs=1), frozenset(NAMES))
    arrays = [
        pictures[BOUNDARY].values,
        pictures[UNIT_MAPS].inputs,
        *pictures[UNIT_MAPS].layers,
        pictures[PREDICTIONS].train,
        pictures[PREDICTIONS].test_correct,
        pictures[CONFUSION].matrix,
        pictures[ACTIVATIONS].input,
        *pictures[ACTIVATIONS].layers,
    ]
    assert not any(array.flags.writeable for array in arrays)


def test_weights_that_are_not_finite_can_be_pictured() -> None:
    subject = subject_of("circle", epochs=1)
    subject.network.flat[:] = np.nan
    pictures = compute(subject, frozenset(NAMES))
    assert pictures[PURITY].stages[1:] == (0.5,) * len(subject.network.layers)
    assert np.isnan(pictures[BOUNDARY].values).all()


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError, match="portrait"):
        compute(subject_of("circle", epochs=1), frozenset({"portrait"}))
