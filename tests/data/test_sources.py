"""Generators: shapes, ranges, repeatability, and what noise may change."""

import numpy as np
import pytest

from playground import data
from playground.data import DOMAIN, SOURCES, Source, Task
from playground.data.sources import Blobs, Checkerboard, Curve, Hills, Rings, Ripple, Spiral, Wave

NAMES = SOURCES.names()
TOY = [name for name in NAMES if SOURCES[name]().input_kind == "plane"]


def make(name: str, points: int = 300, noise: float = 0.1, share: float = 0.67, seed: int = 0) -> data.Dataset:
    return data.make(SOURCES[name](), points, noise, share, seed)


@pytest.mark.parametrize("name", NAMES)
def test_arrays_have_the_declared_shapes(name: str) -> None:
    made, source = make(name), SOURCES[name]()
    count = min(300, source.most or 300)
    assert made.inputs.shape == (count, *source.input_shape)
    assert made.targets.shape == (count, source.outputs)
    assert made.outputs == source.outputs
    assert made.n == count
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


@pytest.mark.parametrize("name", TOY)
def test_they_fill_a_good_part_of_the_domain(name: str) -> None:
    inputs = make(name, 3000, 0.0).inputs
    assert (inputs.max(axis=0) > 2.6).all()
    assert (inputs.min(axis=0) < -2.6).all()


@pytest.mark.parametrize("name", NAMES)
def test_noise_keeps_labels_split_and_order(name: str) -> None:
    calm, noisy = make(name, noise=0.0), make(name, noise=0.5)
    np.testing.assert_array_equal(calm.train, noisy.train)
    if calm.labels is None:
        np.testing.assert_array_equal(calm.inputs, noisy.inputs)
    else:
        np.testing.assert_array_equal(calm.labels, noisy.labels)


@pytest.mark.parametrize("name", ["circle", "xor", "moons", "curve", "rings", "checkerboard", "spiral"])
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
    made = data.make(SOURCES["circle"](), 100, 0.1, 0.5, 0, balance=0.7, label_noise=0.1)
    for array in (made.inputs, made.targets, made.labels, made.train, made.test, made.flipped):
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


@pytest.mark.parametrize("name", TOY)
def test_a_million_points_are_quick_enough_to_make(name: str) -> None:
    assert make(name, points=1_000_000).n == 1_000_000


@pytest.mark.parametrize(
    ("source", "classes"),
    [
        *((Blobs(number), number) for number in range(2, 11)),
        *((Spiral(number), number) for number in range(2, 7)),
        *((Rings(number), 2) for number in range(2, 7)),
        *((Checkerboard(number), 2) for number in range(2, 9)),
        *((Curve(shape), 2) for shape in ("line", "parabola", "wave", "step")),
        *((Wave(number), 0) for number in (0.5, 4.0)),
        *((Hills(number), 0) for number in range(1, 9)),
        *((Ripple(number), 0) for number in (0.5, 3.0)),
    ],
    ids=repr,
)
def test_every_setting_gives_what_it_says(source: Source, classes: int) -> None:
    made = data.make(source, 1000, 0.05, 0.67, 1)
    assert source.title
    assert source.description.endswith(".")
    assert len(source.class_names) == classes == (0 if made.labels is None else made.labels.max() + 1)
    assert made.outputs == source.outputs == (classes if classes > 2 else 1)
    assert np.abs(made.inputs).max() <= DOMAIN
    if made.labels is None:
        assert 0.5 < np.abs(made.targets).max() <= 1.05
    else:
        assert np.ptp(np.bincount(made.labels)) <= 1


def test_titles_tell_the_number() -> None:
    assert Blobs().title == "Three blobs"
    assert Blobs(10).title == "Ten blobs"
    assert Blobs(2).task is Spiral().task is Task.BINARY
    assert Spiral().title == "Spiral"
    assert Spiral(3).title == "Spiral with three arms"


def test_the_curve_parts_the_classes() -> None:
    made = data.make(Curve("wave"), 500, 0.0, 0.5, 0)
    np.testing.assert_array_equal(made.inputs[:, 1] > 2.5 * np.sin(1.2 * made.inputs[:, 0]), made.labels == 1)


def test_squares_side_by_side_differ() -> None:
    made = data.make(Checkerboard(4), 500, 0.0, 0.5, 0)
    squares = np.floor((made.inputs + 5) / 2.5).sum(axis=1) % 2
    assert abs(np.corrcoef(squares, made.labels)[0, 1]) == pytest.approx(1)


def test_rings_take_turns_from_the_middle() -> None:
    made = data.make(Rings(4), 500, 0.0, 0.5, 0)
    ring = np.floor(np.hypot(*made.inputs.T) / 1.25)
    assert set(ring) == {0, 1, 2, 3}
    np.testing.assert_array_equal(ring % 2 == 0, made.labels == 1)


def test_a_wave_does_not_depend_on_the_vertical_position() -> None:
    made = data.make(Wave(1.5), 500, 0.0, 0.5, 0)
    np.testing.assert_allclose(made.targets[:, 0], np.sin(np.pi * 0.3 * made.inputs[:, 0]), atol=1e-5)
