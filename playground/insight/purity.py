"""Purity: how well a linear probe can read the answer from one stage of a network.

The probe is a ridge regression from a stage's outputs to the targets (one-hot for classes), fitted on one half of the
examples and judged on the other, then the other way round (two-fold cross-fitting). The halves hold the same share of
every class (for numbers: of every part of the range) and depend on the data seed alone, so that a purity that rises
does so because the network changed. What is measured: balanced accuracy (the mean over the classes of the share
recognised) for classes, R² for numbers, where anything below 0 counts as 0. At most ``MOST_EXAMPLES`` are used.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Dataset, Task

MOST_EXAMPLES = 500
"""Examples that the probe sees at most; it has to be done within a frame."""

RIDGE = 1e-3
"""Penalty on the probe's weights, per example and for outputs of variance 1; keeps it determined in every case."""

SHUFFLES = 32
"""How often the answers are shuffled to see what chance alone reaches."""

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Folds:
    """The examples of a probe and their two halves.

    rows: row numbers in the data set. half: bool (n,), the half each of them belongs to. targets: float64 (n, k).
    labels: int64 (n,) classes, None for numbers.
    """

    rows: NDArray[np.int64]
    half: NDArray[np.bool_]
    targets: NDArray[np.float64]
    labels: NDArray[np.int64] | None

    @property
    def chance(self) -> float:
        """What a probe that knows nothing reaches: one over the number of classes, 0 for R²."""
        return 0.0 if self.labels is None else 1.0 / self.targets.shape[1]


def make_folds(dataset: Dataset, seed: int, most: int = MOST_EXAMPLES) -> Folds:
    """Choose the examples for the probe, training and test alike, and halve them, stratified by class or target."""
    rng = np.random.default_rng((seed, 2))
    order = rng.permutation(dataset.n)
    key = dataset.targets[:, 0] if dataset.labels is None else dataset.labels
    order = order[np.argsort(key[order], kind="stable")]  # neighbours are alike, in random order among equals
    if dataset.n > most:
        order = order[np.linspace(0, dataset.n - 1, most).round().astype(np.int64)]
    # one of each pair of neighbours goes to each half, by lot
    coins = rng.random(len(order) // 2 + 1) < 0.5
    half = np.repeat(coins, 2)[: len(order)] ^ (np.arange(len(order)) % 2 == 1)
    if dataset.labels is None:
        return Folds(order, half, dataset.targets[order].astype(np.float64), None)
    labels = dataset.labels[order]
    classes = 2 if dataset.task is Task.BINARY else dataset.outputs
    return Folds(order, half, np.eye(classes)[labels], labels)


def purity(outputs: Floats, folds: Folds) -> float:
    """Probe one stage and judge it. outputs: (n, width), one row per example of ``folds``; returns 0..1."""
    return purity_of(probe(outputs, folds), folds)


def probe(outputs: Floats, folds: Folds) -> Floats | None:
    """What the probe reads for each example from a stage, always fitted on the other half of the examples.

    outputs: (n, width); returns float64 (n, k), or None for outputs that are not finite: they tell nothing.
    """
    x = np.asarray(outputs, np.float64)
    return _cross_fitted(x, folds.targets, folds.half) if np.isfinite(x).all() else None


def purity_of(reading: Floats | None, folds: Folds) -> float:
    """Judge what the probe read; None gets the chance level."""
    if reading is None:
        return folds.chance
    if folds.labels is None:
        return _r2(folds.targets, reading)
    return _balanced_accuracy(folds.labels, reading)


def border(outputs: Floats, labels: NDArray[np.int64]) -> tuple[NDArray[np.float64], float] | None:
    """Where a probe of two classes draws the line: at normal · x = offset, class 1 on the side of ``normal``.

    It is fitted on all examples. outputs: (n, width). None where the outputs are not finite or tell nothing.
    """
    x = np.asarray(outputs, np.float64)
    if not np.isfinite(x).all():
        return None
    sign = np.where(labels == 1, 1.0, -1.0)[:, None]  # the difference of the two one-hot targets
    points = np.vstack([np.zeros(x.shape[1]), np.eye(x.shape[1])])
    scores = _fitted(x, sign, points)[:, 0]
    normal = scores[1:] - scores[0]
    return (normal, -float(scores[0])) if np.abs(normal).max() > 1e-9 else None


def confusion_of(reading: Floats | None, folds: Folds) -> NDArray[np.int64]:
    """How often the probe took each class (rows) for each class (columns): int64 (k, k); None is no reading at all."""
    assert folds.labels is not None
    classes = folds.targets.shape[1]
    if reading is None:
        return np.zeros((classes, classes), np.int64)
    pairs = folds.labels * classes + reading.argmax(axis=1)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def chance_spread(outputs: Floats, folds: Folds, shuffles: int = SHUFFLES) -> float:
    """How far the purity of a stage scatters whose outputs have nothing to do with the answers.

    The answers are dealt anew among the examples of each half, again and again, and the same probe is fitted to all of
    these at once. outputs: (n, width) of some stage. Returns the standard deviation of the purities.
    """
    x = np.asarray(outputs, np.float64)
    if not np.isfinite(x).all():
        return 0.0
    rng = np.random.default_rng(0)
    dealt = np.tile(np.arange(len(x)), (shuffles, 1))
    for half in (folds.half, ~folds.half):
        dealt[:, half] = rng.permuted(dealt[:, half], axis=1)
    targets = folds.targets[dealt]  # (shuffles, n, k)
    width = targets.shape[2]
    readings = _cross_fitted(x, targets.transpose(1, 0, 2).reshape(len(x), -1), folds.half)
    found = []
    for index, order in enumerate(dealt):
        reading = readings[:, index * width : (index + 1) * width]
        if folds.labels is None:
            found.append(_r2(targets[index], reading))
        else:
            found.append(_balanced_accuracy(folds.labels[order], reading))
    return float(np.std(found))


def _cross_fitted(x: Floats, targets: Floats, half: NDArray[np.bool_]) -> Floats:
    predicted = np.empty_like(targets)
    for fit in (half, ~half):
        predicted[~fit] = _fitted(x[fit], targets[fit], x[~fit])
    return predicted


def _fitted(x: Floats, y: Floats, elsewhere: Floats) -> Floats:
    """Fit the ridge on (x, y) with unpenalised intercept; predict ``elsewhere``."""
    mean, offset = x.mean(axis=0), y.mean(axis=0)
    spread = x.std(axis=0)
    # an output that never changes carries nothing; dividing by its rounding errors would make it up
    scale = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 1e-7 * (np.abs(mean) + 1e-30))
    z = (x - mean) * scale
    gram = z.T @ z
    gram.flat[:: len(gram) + 1] += RIDGE * len(x)
    weights = np.linalg.solve(gram, z.T @ (y - offset))
    prediction: Floats = ((elsewhere - mean) * scale) @ weights + offset
    return prediction


def _balanced_accuracy(labels: NDArray[np.int64], predicted: Floats) -> float:
    hits = predicted.argmax(axis=1) == labels
    total = np.bincount(labels)
    right = np.bincount(labels, weights=hits)
    present = total > 0
    return float((right[present] / total[present]).mean())


def _r2(targets: Floats, predicted: Floats) -> float:
    spread = ((targets - targets.mean(axis=0)) ** 2).sum()
    return max(0.0, float(1.0 - ((targets - predicted) ** 2).sum() / spread)) if spread > 0 else 0.0
