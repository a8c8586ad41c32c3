"""Unequal classes and wrong labels: how many, which, and what else stays as it was."""

import numpy as np
import pytest

from playground import data
from playground.data import SOURCES, Dataset
from playground.data.sources import Blobs, Formula, Source

CLASSES = [name for name in SOURCES if SOURCES[name]().class_names]


def make(source: Source | str = "circle", points: int = 400, **settings: float) -> Dataset:
    source = SOURCES[source]() if isinstance(source, str) else source
    given = {"noise": 0.1, "training_share": 0.5, "seed": 0, **settings}
    return data.make(source, points, **given)  # type: ignore[arg-type]


def shares(made: Dataset) -> list[float]:
    assert made.labels is not None
    return (np.bincount(made.labels) / made.n).tolist()


@pytest.mark.parametrize("balance", [0.05, 0.3, 0.5, 0.8, 0.95])
def test_of_two_classes_the_first_is_as_large_as_asked_for(balance: float) -> None:
    made = make(balance=balance)
    assert made.n == 400
    assert shares(made) == pytest.approx([balance, 1 - balance])


def test_of_several_classes_only_the_first_differs() -> None:
    first, *others = shares(make(Blobs(4), balance=0.75))
    assert first == pytest.approx(0.5)
    assert others == pytest.approx([1 / 6] * 3, abs=0.01)


@pytest.mark.parametrize("name", CLASSES)
def test_every_set_with_classes_can_be_unbalanced(name: str) -> None:
    even, more = make(name, 300), make(name, 300, balance=0.8)
    assert shares(more)[0] > shares(even)[0] + 0.1
    assert len(shares(more)) == len(shares(even))
    assert np.isfinite(more.inputs).all()
    assert more.n == 300 or SOURCES[name]().most is not None


def test_noise_keeps_points_and_split_of_unbalanced_data() -> None:
    calm, noisy = make(balance=0.8, noise=0.0), make(balance=0.8, noise=0.05)
    assert np.abs(calm.inputs - noisy.inputs).max() <= 0.25 + 1e-6
    np.testing.assert_array_equal(calm.labels, noisy.labels)
    np.testing.assert_array_equal(calm.train, noisy.train)


def test_most_points_stay_when_the_balance_changes() -> None:
    even, more = make(), make(balance=0.6)
    stayed = {tuple(point) for point in even.inputs.tolist()} & {tuple(point) for point in more.inputs.tolist()}
    assert len(stayed) == 360


def test_a_formula_that_is_rarely_true_can_be_evened_out() -> None:
    rare = Formula("x > 4 and y > 4")
    natural = shares(make(rare))[1]
    assert natural < 0.05
    assert shares(make(rare, balance=0.05))[1] > 5 * natural


def test_numbers_have_no_balance_and_no_wrong_labels() -> None:
    plain, asked = make("wave"), make("wave", balance=0.9, label_noise=0.5)
    np.testing.assert_array_equal(plain.inputs, asked.inputs)
    np.testing.assert_array_equal(plain.targets, asked.targets)
    assert not len(asked.flipped)


@pytest.mark.parametrize("name", ["circle", "blobs", "digits"])
def test_label_noise_gives_training_examples_another_class(name: str) -> None:
    right, wrong = make(name), make(name, label_noise=0.2)
    assert right.labels is not None
    assert wrong.labels is not None
    differ = np.flatnonzero(right.labels != wrong.labels)
    np.testing.assert_array_equal(differ, wrong.flipped)
    assert len(differ) == round(0.2 * len(right.train))
    assert set(differ) <= set(wrong.train.tolist())
    np.testing.assert_array_equal(right.inputs, wrong.inputs)
    np.testing.assert_array_equal(right.train, wrong.train)
    assert wrong.labels.max() < len(wrong.class_names)
    if name == "circle":
        np.testing.assert_array_equal(wrong.targets[:, 0], wrong.labels)


def test_more_label_noise_flips_the_same_examples_and_more() -> None:
    some, more = make("blobs", label_noise=0.1), make("blobs", label_noise=0.3)
    assert some.labels is not None
    assert more.labels is not None
    assert set(some.flipped) < set(more.flipped)
    np.testing.assert_array_equal(some.labels[some.flipped], more.labels[some.flipped])
    np.testing.assert_array_equal(make("blobs", label_noise=0.3).labels, more.labels)
