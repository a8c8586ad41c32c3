"""Generators: shapes, ranges, repeatability, and what noise may change."""

import numpy as np
import pytest

from playground import data
from playground.data import DOMAIN, SOURCES, Task

NAMES = SOURCES.names()
TOY = [name for name in NAMES if SOURCES[name]().input_kind == "plane"]


def make(name: str, points: int = 300, noise: float = 0.1, share: float = 0.67, seed: int = 0) -> data.Dataset:
    return data.make(SOURCES[name](), points, noise, share, seed)


@pytest.mark.parametrize("name", NAMES)
def test_arrays_have_the_declared_shapes(name: str) -> None:
    made, source = make(name), SOURCES[name]()
    assert made.inputs.shape == (300, *source.input_shape)
    assert made.targets.shape == (300, source.outputs)
    assert made.outputs == source.outputs
    assert made.n == 300
    assert made.inputs.dtype == made.targets.dtype == np.float32
    assert made.name == name
    assert made.task is source.task
    assert np.isfinite(made.inputs).all()
    assert np.isfinite(made.targets).all()


@pytest.mark.parametrize("name", NAMES)
def test_title_and_description_are_there(name: str) -> None:
    assert SOURCES[name]().title
    assert SOURCES[name]().description.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_same_seed_same_data_other_seed_other_data(name: str) -> None:
    first, again, other = make(name), make(name), make(name, seed=1)
    np.testing.assert_array_equal(first.inputs, again.inputs)
    np.testing.assert_array_equal(first.train, again.train)
    assert not np.array_equal(first.inputs, other.inputs)


@pytest.mark.parametrize("name", TOY)
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_points_stay_in_the_domain(name: str, noise: float) -> None:
    assert np.abs(make(name, 3000, noise).inputs).max() <= DOMAIN


@pytest.mark.parametrize("name", NAMES)
def test_noise_keeps_labels_split_and_order(name: str) -> None:
    calm, noisy = make(name, noise=0.0), make(name, noise=0.5)
    np.testing.assert_array_equal(calm.train, noisy.train)
    if calm.labels is None:
        np.testing.assert_array_equal(calm.inputs, noisy.inputs)
    else:
        np.testing.assert_array_equal(calm.labels, noisy.labels)


@pytest.mark.parametrize("name", ["circle", "xor", "spiral"])
def test_noise_moves_points_in_proportion(name: str) -> None:
    none, some, twice = (make(name, noise=noise).inputs for noise in (0.0, 0.02, 0.04))
    inside = np.abs(none).max(axis=1) < 5.0  # points that are not reflected at the border
    np.testing.assert_allclose((twice - none)[inside], 2 * (some - none)[inside], atol=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_labels_and_targets_agree(name: str) -> None:
    made = make(name)
    if made.task is Task.REGRESSION:
        assert made.labels is None
        assert made.class_names == ()
    elif made.task is Task.BINARY:
        assert made.labels is not None
        assert len(made.class_names) == 2
        np.testing.assert_array_equal(made.targets[:, 0], made.labels)
    else:
        assert made.labels is not None
        assert len(made.class_names) == made.outputs
        np.testing.assert_array_equal(made.targets.argmax(axis=1), made.labels)
        np.testing.assert_array_equal(made.targets.sum(axis=1), 1)


@pytest.mark.parametrize("name", [name for name in TOY if SOURCES[name]().task is not Task.REGRESSION])
def test_classes_of_toy_data_are_balanced(name: str) -> None:
    counts = np.bincount(make(name).labels)
    assert counts.max() - counts.min() <= 1


def test_circle_without_noise_is_a_disc_in_a_ring() -> None:
    made = make("circle", 1000, 0.0)
    radius = np.hypot(*made.inputs.T)
    assert radius[made.labels == 1].max() <= 2.5
    assert radius[made.labels == 0].min() >= 3.49


def test_xor_without_noise_is_the_sign_of_the_product() -> None:
    made = make("xor", 1000, 0.0)
    np.testing.assert_array_equal(made.inputs.prod(axis=1) > 0, made.labels == 1)


def test_plane_without_noise_is_the_scaled_sum() -> None:
    made = make("plane", 100, 0.0)
    np.testing.assert_allclose(made.targets[:, 0], made.inputs.sum(axis=1) / 10, atol=1e-6)


def test_arrays_are_read_only() -> None:
    made = make("circle")
    for array in (made.inputs, made.targets, made.labels, made.train, made.test):
        assert array is not None
        assert not array.flags.writeable


def test_digits_are_real_pictures_in_zero_to_one() -> None:
    made = make("digits", points=1_000_000, noise=0.0)
    assert made.inputs.shape == (1797, 8, 8, 1)
    assert made.inputs.min() == 0
    assert made.inputs.max() == 1
    assert np.bincount(made.labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert make("digits", noise=0.5).inputs.min() >= 0
    assert make("digits", noise=0.5).inputs.max() <= 1


def test_a_million_points_are_quick_enough_to_make() -> None:
    assert make("spiral", points=1_000_000).n == 1_000_000
