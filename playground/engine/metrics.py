"""Metrics: how good predictions are, in numbers that people understand; simplest first.

All take (examples, outputs) arrays, true targets first. Classes are 0/1 (or −1/1) in one output, or one-hot in several.
Names and definitions follow Keras 3 except where a docstring says otherwise.
"""

from typing import Annotated, Any, ClassVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine.registry import Registry
from playground.engine.settings import number

Floats = NDArray[np.floating[Any]]
CLASSES = ("binary", "multiclass")
_THRESHOLD = number("Threshold", "A single output above this stands for class 1.", ge=-1e6, le=1e6)


def decisions(values: Floats, threshold: float = 0.5) -> NDArray[np.int64]:
    """The class of each row: the largest output, or p > threshold where there is only one. (n, outputs) → (n,)"""
    if values.shape[1] == 1:
        return (values[:, 0] > threshold).astype(np.int64)
    return np.asarray(values.argmax(axis=1), np.int64)


def accuracy(y_true: Floats, y_pred: Floats, threshold: float = 0.5) -> float:
    """The share of examples whose class is predicted rightly, 0..1."""
    return float(np.mean(decisions(y_true) == decisions(y_pred, threshold)))


def confusion_matrix(y_true: Floats, y_pred: Floats, threshold: float = 0.5) -> NDArray[np.int64]:
    """How often each true class (row) is taken for each class (column)."""
    classes = max(2, y_true.shape[1])
    pairs = decisions(y_true) * classes + decisions(y_pred, threshold)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def r2(y_true: Floats, y_pred: Floats) -> float:
    """1 − Σ (t − p)² / Σ (t − mean t)²: 1 is perfect, 0 no better than the mean; 0 for constant targets.

    With several outputs the mean over them.
    """
    residual = np.square(y_true - y_pred, dtype=np.float64).sum(axis=0)
    total = np.square(y_true - y_true.mean(axis=0), dtype=np.float64).sum(axis=0)
    return float(np.mean(np.where(total > 0, 1.0 - residual / np.where(total > 0, total, 1.0), 0.0)))


def mean_absolute_error(y_true: Floats, y_pred: Floats) -> float:
    """The mean of |t − p|."""
    return float(np.abs(y_true - y_pred).mean())


def root_mean_squared_error(y_true: Floats, y_pred: Floats) -> float:
    """The root √ mean (t − p)²."""
    return float(np.sqrt(np.square(y_true - y_pred).mean()))


class Metric(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base of all metrics. tasks: "binary", "multiclass", "regression". rises: larger is better."""

    title: ClassVar[str]
    help: ClassVar[str]
    tasks: ClassVar[tuple[str, ...]] = CLASSES
    rises: ClassVar[bool] = True

    def value(self, y_true: Floats, y_pred: Floats) -> float:
        """The metric over all examples."""
        raise NotImplementedError


METRICS: Registry[type[Metric]] = Registry("metric")


@METRICS.register("binary_accuracy")
class BinaryAccuracy(Metric, frozen=True, tag="binary_accuracy"):
    """mean [p > threshold is the true class], over examples and outputs"""

    title, help, tasks = "accuracy", "The share of examples whose class is predicted rightly.", ("binary",)

    threshold: Annotated[float, _THRESHOLD] = 0.5

    def value(self, y_true: Floats, y_pred: Floats) -> float:
        return float(np.mean((y_true > 0.5) == (y_pred > self.threshold)))


@METRICS.register("categorical_accuracy")
class CategoricalAccuracy(Metric, frozen=True, tag="categorical_accuracy"):
    """mean [the largest output is the true class]"""

    title, help, tasks = "accuracy", "The share of examples whose class is predicted rightly.", ("multiclass",)

    def value(self, y_true: Floats, y_pred: Floats) -> float:
        return float(np.mean(y_true.argmax(axis=1) == y_pred.argmax(axis=1)))


@METRICS.register("top_k_categorical_accuracy")
class TopKCategoricalAccuracy(Metric, frozen=True, tag="top_k_categorical_accuracy"):
    """mean [fewer than k outputs are larger than that of the true class]"""

    title, help, tasks = "top-k accuracy", "How often the true class is among the k most likely ones.", ("multiclass",)

    k: Annotated[int, number("Guesses", "How many of the most likely classes count.", ge=1, le=10_000)] = 5

    def value(self, y_true: Floats, y_pred: Floats) -> float:
        of_true = np.take_along_axis(y_pred, y_true.argmax(axis=1)[:, None], axis=1)
        return float(np.mean((y_pred > of_true).sum(axis=1) < self.k))


class _ByClass(Metric, frozen=True):
    """Base of what is counted class by class: for two classes the score of class 1, else the mean over the classes.

    (scikit-learn's "macro" mean. Keras' Precision and Recall count every output above ½ instead.) 0 where undefined.
    """

    threshold: Annotated[float, _THRESHOLD] = 0.5

    def value(self, y_true: Floats, y_pred: Floats) -> float:
        matrix = confusion_matrix(y_true, y_pred, self.threshold).astype(np.float64)
        scores = self.scores(matrix.diagonal(), matrix.sum(axis=0), matrix.sum(axis=1))
        return float(scores[1] if y_true.shape[1] == 1 else scores.mean())

    def scores(self, right: Floats, predicted: Floats, true: Floats) -> Floats:
        """The score of each class, from how often it was predicted rightly, predicted at all, and true."""
        raise NotImplementedError


@METRICS.register("precision")
class Precision(_ByClass, frozen=True, tag="precision"):
    """right / predicted"""

    title, help = "precision", "Of the examples taken for a class, the share that belongs to it."

    def scores(self, right: Floats, predicted: Floats, true: Floats) -> Floats:
        return right / np.maximum(predicted, 1)


@METRICS.register("recall")
class Recall(_ByClass, frozen=True, tag="recall"):
    """right / true"""

    title, help = "recall", "Of the examples of a class, the share that is found."

    def scores(self, right: Floats, predicted: Floats, true: Floats) -> Floats:
        return right / np.maximum(true, 1)


@METRICS.register("f1_score")
class F1Score(_ByClass, frozen=True, tag="f1_score"):
    """2 · precision · recall / (precision + recall) = 2 right / (predicted + true); Keras' average="macro"."""

    title, help = "F1", "Precision and recall in one number; low when either is."

    def scores(self, right: Floats, predicted: Floats, true: Floats) -> Floats:
        return 2 * right / np.maximum(predicted + true, 1)


@METRICS.register("mean_absolute_error")
class MeanAbsoluteError(Metric, frozen=True, tag="mean_absolute_error"):
    """mean |t − p|"""

    title, help = "mean absolute error", "How far predictions are off, on average."
    tasks, rises = ("regression",), False

    def value(self, y_true: Floats, y_pred: Floats) -> float:
        return mean_absolute_error(y_true, y_pred)


@METRICS.register("root_mean_squared_error")
class RootMeanSquaredError(Metric, frozen=True, tag="root_mean_squared_error"):
    """√ mean (t − p)²"""

    title, help = "root mean squared error", "How far predictions are off, large mistakes counting more."
    tasks, rises = ("regression",), False

    def value(self, y_true: Floats, y_pred: Floats) -> float:
        return root_mean_squared_error(y_true, y_pred)


@METRICS.register("r2_score")
class R2Score(Metric, frozen=True, tag="r2_score"):
    """1 − Σ (t − p)² / Σ (t − mean t)²"""

    title, help = "R²", "The share of the targets' variation that is predicted: 1 is perfect, 0 is guessing the mean."
    tasks = ("regression",)

    def value(self, y_true: Floats, y_pred: Floats) -> float:
        return r2(y_true, y_pred)


AnyMetric = METRICS.union()


def for_task(task: str) -> tuple[str, ...]:
    """The names of the metrics for a task ("binary", "multiclass" or "regression"), the usual one first."""
    usual = {"regression": "r2_score"}.get(task)
    return tuple(sorted((name for name, cls in METRICS.items() if task in cls.tasks), key=lambda name: name != usual))


def get(name: str, **settings: Any) -> Any:
    """The metric called ``name`` (exact Keras name) with these settings.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return METRICS[name](**settings)
