"""The linear probe behind the purity gauge."""

from dataclasses import replace

import numpy as np
import pytest

from playground import data
from playground.data.dataset import Dataset, Task
from playground.data.sources import SOURCES
from playground.insight.purity import (
    MOST_EXAMPLES,
    RIDGE,
    Folds,
    chance_spread,
    confusion_of,
    make_folds,
    probe,
    purity,
)


def dataset(name: str, points: int = 500, noise: float = 0.1, seed: int = 0) -> Dataset:
    return data.make(SOURCES[name](), points, noise, 0.67, seed)


def raw(dataset: Dataset, folds: Folds) -> np.ndarray:
    return dataset.inputs[folds.rows].reshape(len(folds.rows), -1)


def by_hand(x: np.ndarray, folds: Folds) -> float:
    """The same probe by least squares on rows that carry the penalty."""
    predicted = np.zeros_like(folds.targets)
    for fit in (folds.half, ~folds.half):
        mean, scale = x[fit].mean(0), x[fit].std(0)
        z, y = (x[fit] - mean) / scale, folds.targets[fit]
        penalty = np.sqrt(RIDGE * len(z)) * np.eye(z.shape[1])
        weights = np.linalg.lstsq(
            np.vstack([z, penalty]), np.vstack([y - y.mean(0), np.zeros((len(penalty), y.shape[1]))]), rcond=None
        )[0]
        predicted[~fit] = (x[~fit] - mean) / scale @ weights + y.mean(0)
    if folds.labels is None:
        residual = ((folds.targets - predicted) ** 2).sum()
        return float(max(0, 1 - residual / ((folds.targets - folds.targets.mean()) ** 2).sum()))
    recalls = [(predicted[folds.labels == k].argmax(1) == k).mean() for k in np.unique(folds.labels)]
    return float(np.mean(recalls))


@pytest.mark.parametrize("name", ["circle", "gaussians", "blobs", "plane", "digits"])
def test_the_probe_is_ridge_regression(name: str) -> None:
    examples = dataset(name)
    folds = make_folds(examples, 0)
    x = raw(examples, folds).astype(float) + np.random.default_rng(0).normal(0, 1e-3, raw(examples, folds).shape)
    assert purity(x, folds) == pytest.approx(by_hand(x, folds), abs=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_the_plane_does_not_separate_the_circle(seed: int) -> None:
    examples = dataset("circle", seed=seed)
    folds = make_folds(examples, seed)
    assert 0.4 < purity(raw(examples, folds), folds) < 0.65


def test_what_tells_the_classes_apart_is_pure() -> None:
    examples = dataset("circle", noise=0.0)
    folds = make_folds(examples, 0)
    radius = (raw(examples, folds) ** 2).sum(1, keepdims=True)
    assert purity(radius, folds) > 0.97
    assert purity(folds.targets, folds) == 1.0


def test_the_answer_itself_explains_a_regression() -> None:
    examples = dataset("plane", noise=0.0)
    folds = make_folds(examples, 0)
    assert folds.labels is None
    assert folds.chance == 0
    assert purity(raw(examples, folds), folds) > 0.95
    assert purity(np.random.default_rng(1).normal(size=(len(folds.rows), 3)), folds) < 0.1


@pytest.mark.parametrize("outputs", [np.zeros((500, 4)), np.full((500, 4), 0.1, np.float32), np.ones((500, 1)) / 3])
def test_outputs_that_never_change_tell_nothing(outputs: np.ndarray) -> None:
    folds = make_folds(dataset("circle"), 0)
    assert purity(outputs, folds) == pytest.approx(0.5, abs=0.05)


def test_outputs_that_are_not_finite_tell_nothing() -> None:
    folds = make_folds(dataset("blobs"), 0)
    outputs = np.ones((len(folds.rows), 2))
    outputs[3, 1] = np.nan
    assert purity(outputs, folds) == pytest.approx(1 / 3)


def test_equal_columns_do_no_harm() -> None:
    examples = dataset("gaussians")
    folds = make_folds(examples, 0)
    x = raw(examples, folds)
    assert purity(np.hstack([x, x, x]), folds) == pytest.approx(purity(x, folds), abs=0.02)


def test_rare_classes_count_as_much_as_common_ones() -> None:
    examples = dataset("circle")
    rows = np.flatnonzero(examples.labels == 0)[:20].tolist() + np.flatnonzero(examples.labels == 1)[:200].tolist()
    few = replace(examples, inputs=examples.inputs[rows], targets=examples.targets[rows], labels=examples.labels[rows])
    folds = make_folds(few, 0)
    assert purity(np.zeros((220, 1)), folds) == 0.5  # always the common class: one recall 1, the other 0


@pytest.mark.parametrize("name", ["circle", "blobs", "digits"])
def test_folds_are_stratified_and_fixed_by_the_seed(name: str) -> None:
    examples = dataset(name, points=1500)
    folds, again = make_folds(examples, 3), make_folds(examples, 3)
    assert (folds.rows == again.rows).all()
    assert (folds.half == again.half).all()
    assert len(folds.rows) == len(set(folds.rows.tolist())) == min(MOST_EXAMPLES, examples.n)
    assert (make_folds(examples, 4).rows != folds.rows).any()
    assert folds.labels is not None
    for label in range(len(examples.class_names)):
        share = (examples.labels == label).mean()
        mine = folds.labels == label
        assert mine.mean() == pytest.approx(share, abs=0.01)
        assert folds.half[mine].mean() == pytest.approx(0.5, abs=0.04)
    assert folds.chance == 1 / len(examples.class_names)


def test_halves_of_a_regression_cover_the_whole_range() -> None:
    examples = dataset("plane")
    assert examples.task is Task.REGRESSION
    folds = make_folds(examples, 0)
    halves = [folds.targets[folds.half], folds.targets[~folds.half]]
    assert np.quantile(halves[0], [0.1, 0.5, 0.9]) == pytest.approx(np.quantile(halves[1], [0.1, 0.5, 0.9]), abs=0.1)


@pytest.mark.parametrize("name", ["circle", "blobs", "digits"])
def test_the_confusion_of_the_probe_gives_its_balanced_accuracy(name: str) -> None:
    examples = dataset(name)
    folds = make_folds(examples, 0)
    matrix = confusion_of(probe(raw(examples, folds), folds), folds)
    assert folds.labels is not None
    np.testing.assert_array_equal(matrix.sum(axis=1), np.bincount(folds.labels))
    assert np.mean(np.diag(matrix) / matrix.sum(axis=1)) == pytest.approx(purity(raw(examples, folds), folds))
    assert confusion_of(None, folds).sum() == 0


@pytest.mark.parametrize("name", ["gaussians", "blobs"])
def test_the_spread_of_chance_is_that_of_shuffled_answers(name: str) -> None:
    examples = dataset(name)
    folds = make_folds(examples, 0)
    x, rng = raw(examples, folds), np.random.default_rng(1)
    found = []
    for _ in range(100):
        order = np.arange(len(folds.rows))
        for half in (folds.half, ~folds.half):
            order[half] = rng.permutation(order[half])
        assert folds.labels is not None
        found.append(by_hand(x, replace(folds, targets=folds.targets[order], labels=folds.labels[order])))
    assert chance_spread(x, folds) == pytest.approx(np.std(found), rel=0.35)
    assert abs(np.mean(found) - folds.chance) < chance_spread(x, folds)


def test_the_spread_of_chance_is_small_for_numbers_and_none_where_nothing_can_be_read() -> None:
    examples = dataset("plane")
    folds = make_folds(examples, 0)
    assert 0 <= chance_spread(raw(examples, folds), folds) < 0.02
    assert chance_spread(np.full((len(folds.rows), 2), np.nan), folds) == 0


def test_fewer_examples_scatter_more() -> None:
    few, many = (dataset("circle", points=points) for points in (60, 500))
    spreads = [chance_spread(raw(data, make_folds(data, 0)), make_folds(data, 0)) for data in (few, many)]
    assert spreads[0] > 1.5 * spreads[1]
