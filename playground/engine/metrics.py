"""Metrics: how good predictions are, in numbers that people understand. All take (examples, outputs) arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


def decisions(values: Floats, threshold: float = 0.5) -> NDArray[np.int64]:
    """The class of each row: the largest output, or p > threshold where there is only one. (n, outputs) → (n,)"""
    if values.shape[1] == 1:
        return (values[:, 0] > threshold).astype(np.int64)
    return np.asarray(values.argmax(axis=1), np.int64)


def accuracy(y_true: Floats, y_pred: Floats) -> float:
    """The share of examples whose class is predicted rightly, 0..1."""
    return float(np.mean(decisions(y_true) == decisions(y_pred)))


def confusion_matrix(y_true: Floats, y_pred: Floats) -> NDArray[np.int64]:
    """How often each true class (row) is taken for each class (column)."""
    classes = max(2, y_true.shape[1])
    pairs = decisions(y_true) * classes + decisions(y_pred)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def r2(y_true: Floats, y_pred: Floats) -> float:
    """1 − Σ (t − p)² / Σ (t − mean t)²: 1 is perfect, 0 no better than the mean; 0 for constant targets."""
    residual = float(np.square(y_true - y_pred, dtype=np.float64).sum())
    total = float(np.square(y_true - y_true.mean(axis=0), dtype=np.float64).sum())
    return 1.0 - residual / total if total else 0.0


def mean_absolute_error(y_true: Floats, y_pred: Floats) -> float:
    """Mean |t − p|"""
    return float(np.abs(y_true - y_pred).mean())


def root_mean_squared_error(y_true: Floats, y_pred: Floats) -> float:
    """√ mean (t − p)²"""
    return float(np.sqrt(np.square(y_true - y_pred).mean()))
