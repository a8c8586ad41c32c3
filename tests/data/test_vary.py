"""Varied copies: the same by seed, for training only, and as far from the original as was asked for."""

import numpy as np
import pytest

from playground import data
from playground.data.block import Block
from playground.data.pictures import merged
from playground.data.sources import Pictures
from playground.data.vary import varied


def images(count: int = 6, side: int = 12) -> np.ndarray:
    drawn = np.zeros((count, side, side, 1), np.float32)
    drawn[:, 5:7, 5:7] = 1
    return drawn


def test_nothing_to_vary_leaves_them_as_they_are():
    np.testing.assert_allclose(varied(images(), 0, 0.0, 0.0, np.random.default_rng(0)), images(), atol=1e-6)


def test_shifting_moves_by_whole_pixels_in_the_range():
    moved = varied(images(200), 2, 0.0, 0.0, np.random.default_rng(0))
    tops = {int(np.argwhere(each[..., 0] > 0.5)[0][0]) - 5 for each in moved}
    assert tops == {-2, -1, 0, 1, 2}
    np.testing.assert_allclose(moved.sum(axis=(1, 2, 3)), 4)


def test_turning_keeps_the_middle_and_grain_stays_in_range():
    bar = np.zeros((50, 13, 13, 1), np.float32)
    bar[:, :, 6] = 1
    turned = varied(bar, 0, 45.0, 0.0, np.random.default_rng(0))
    np.testing.assert_allclose(turned[:, 6, 6], 1, atol=1e-5)
    assert (np.abs(turned - bar).sum(axis=(1, 2, 3)) > 1).mean() > 0.8
    grainy = varied(bar, 0, 0.0, 0.5, np.random.default_rng(0))
    assert grainy.min() == 0
    assert grainy.max() == 1


def source(copies: int) -> Pictures:
    rng = np.random.default_rng(1)
    block = Block({"images": rng.integers(0, 256, (40, 12, 12, 1)).astype(np.uint8), "labels": np.arange(40) % 3})
    return Pictures(block, ("a", "b", "c"), copies=copies)


def test_only_training_examples_get_copies():
    plain, more = (data.make(source(copies), 40, 0.0, 0.5, 0) for copies in (0, 3))
    assert plain.n == 40
    extra = len(plain.train)
    assert more.n == 40 + 3 * extra
    np.testing.assert_array_equal(more.test, plain.test)
    np.testing.assert_array_equal(more.inputs[:40], plain.inputs)
    np.testing.assert_array_equal(more.labels[40 : 40 + extra], plain.labels[plain.train])
    np.testing.assert_array_equal(np.sort(np.concatenate([more.train, more.test])), np.arange(more.n))
    np.testing.assert_array_equal(more.targets.argmax(axis=1), more.labels)
    again = data.make(source(3), 40, 0.0, 0.5, 0)
    np.testing.assert_array_equal(more.inputs, again.inputs)


def test_facts_follow_the_pictures():
    made = source(0)
    assert made.input_shape == (12, 12, 1)
    assert made.outputs == 3
    assert made.most == 40
    assert made.description == "40 pictures, 3 classes, 12 × 12 pixels, grey."


@pytest.mark.parametrize(
    "arrays",
    [
        {"images": np.zeros((2, 8, 8, 1), np.uint8), "labels": np.array([0, 5])},
        {"images": np.zeros((2, 8, 8, 1), np.uint8), "labels": np.array([0])},
        {"images": np.zeros((2, 8, 8)), "labels": np.array([0, 1])},
        {"images": np.zeros((2, 8, 8, 1), np.uint8)},
    ],
    ids=["label of no class", "labels are missing", "no pictures", "no labels"],
)
def test_pictures_that_do_not_fit_are_not_sound(arrays):
    assert not Pictures(Block(arrays)).sound()
    assert source(0).sound()


def test_the_split_stays_when_pictures_are_added():
    made = source(0)
    block = made.block
    more = Block({"images": np.concatenate([block["images"], block["images"][:5]]), "labels": np.arange(45) % 3})
    first, second = data.make(made, 40, 0.0, 0.7, 0), data.make(Pictures(more, made.class_names), 45, 0.0, 0.7, 0)
    np.testing.assert_array_equal(first.train, second.train[second.train < 40])
    assert (np.bincount(first.labels[first.test]) >= 3).all()


def test_merging_joins_classes_by_name_and_leaves_out_doubles():
    rng = np.random.default_rng(2)
    first = rng.integers(0, 256, (3, 16, 16, 1)).astype(np.uint8)
    other = np.concatenate([first[:1], rng.integers(0, 256, (2, 16, 16, 1)).astype(np.uint8)])
    found, labels, names, doubles = merged(
        [(first, np.array([0, 1, 0]), ("cat", "dog")), (other, np.array([1, 0, 1]), ("bird", "cat"))], 16
    )
    assert names == ("cat", "dog", "bird")
    assert doubles == 1
    assert len(found) == 5
    assert labels.tolist() == [0, 1, 0, 2, 0]


def test_drawings_and_photos_are_told_apart():
    drawing = np.zeros((4, 12, 12, 1), np.uint8)
    drawing[:, 4:8, 4:8] = 255
    labels = np.arange(4) % 2
    assert Pictures(Block({"images": drawing, "labels": labels})).drawn
    assert not Pictures(Block({"images": 255 - drawing, "labels": labels})).drawn
    assert not data.make(Pictures(Block({"images": 255 - drawing, "labels": labels})), 4, 0.0, 0.5, 0).drawn
    assert data.make(data.SOURCES["digits"](), 10, 0.0, 0.5, 0).drawn
