"""Metrics on small examples by hand."""

import numpy as np
import pytest

from playground.engine import metrics


def test_binary_accuracy_decides_at_one_half() -> None:
    truth, guess = np.array([[0.0], [1.0], [1.0], [0.0]]), np.array([[0.2], [0.9], [0.4], [0.5]])
    assert metrics.accuracy(truth, guess) == 0.75


def test_categorical_accuracy_takes_the_largest() -> None:
    assert metrics.accuracy(np.eye(3), np.array([[0.6, 0.3, 0.1], [0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])) == pytest.approx(
        2 / 3
    )


def test_the_confusion_matrix_has_the_truth_in_rows() -> None:
    truth = np.eye(3)[[0, 0, 1, 2]]
    guess = np.eye(3)[[0, 1, 1, 0]]
    assert metrics.confusion_matrix(truth, guess).tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]


def test_r2_is_one_for_perfect_and_zero_for_the_mean() -> None:
    truth = np.array([[1.0], [2.0], [3.0]])
    assert metrics.r2(truth, truth) == 1.0
    assert metrics.r2(truth, np.full((3, 1), 2.0)) == 0.0
    assert metrics.r2(np.ones((3, 1)), truth) == 0.0


def test_errors_of_numbers() -> None:
    truth, guess = np.array([[0.0], [0.0]]), np.array([[3.0], [-4.0]])
    assert metrics.mean_absolute_error(truth, guess) == 3.5
    assert metrics.root_mean_squared_error(truth, guess) == pytest.approx(np.sqrt(12.5))


BINARY = np.array([[1.0], [1.0], [1.0], [0.0], [0.0]]), np.array([[0.9], [0.8], [0.2], [0.7], [0.1]])
"""Two of three found; one of the three taken for class 1 is not."""

THREE = np.eye(3)[[0, 0, 1, 2]], np.array([[0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.1, 0.8, 0.1], [0.5, 0.3, 0.2]])
"""Taken for 0, 1, 1, 0; the true classes are 0, 0, 1, 2."""

NUMBERS = np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [2.0], [5.0]])


@pytest.mark.parametrize(
    ("name", "settings", "data", "expected"),
    [
        ("binary_accuracy", {}, BINARY, 3 / 5),
        ("binary_accuracy", {"threshold": 0.75}, BINARY, 4 / 5),
        ("categorical_accuracy", {}, THREE, 2 / 4),
        ("top_k_categorical_accuracy", {"k": 1}, THREE, 2 / 4),
        ("top_k_categorical_accuracy", {"k": 2}, THREE, 3 / 4),
        ("top_k_categorical_accuracy", {}, THREE, 1.0),
        ("precision", {}, BINARY, 2 / 3),
        ("recall", {}, BINARY, 2 / 3),
        ("f1_score", {}, BINARY, 2 / 3),
        ("precision", {"threshold": 0.75}, BINARY, 1.0),
        ("precision", {}, THREE, (1 / 2 + 1 / 2 + 0) / 3),
        ("recall", {}, THREE, (1 / 2 + 1 + 0) / 3),
        ("f1_score", {}, THREE, (1 / 2 + 2 / 3 + 0) / 3),
        ("mean_absolute_error", {}, NUMBERS, 2 / 3),
        ("root_mean_squared_error", {}, NUMBERS, (4 / 3) ** 0.5),
        ("r2_score", {}, NUMBERS, 1 - 4 / 2),
    ],
)
def test_a_metric_by_hand(name: str, settings: dict[str, float], data: tuple[np.ndarray, ...], expected: float) -> None:
    assert metrics.get(name, **settings).value(*data) == pytest.approx(expected)


def test_minus_one_is_class_zero() -> None:
    truth, guess = np.array([[-1.0], [1.0], [-1.0]]), np.array([[-0.3], [0.2], [0.4]])
    assert metrics.get("binary_accuracy", threshold=0.0).value(truth, guess) == pytest.approx(2 / 3)
    assert metrics.get("precision", threshold=0.0).value(truth, guess) == 0.5


def test_r2_of_several_outputs_is_their_mean() -> None:
    truth, guess = np.array([[1.0, 0.0], [2.0, 10.0], [3.0, 20.0]]), np.array([[2.0, 0.0], [2.0, 10.0], [2.0, 20.0]])
    assert metrics.r2(truth, guess) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("task", "first"),
    [("binary", "binary_accuracy"), ("multiclass", "categorical_accuracy"), ("regression", "r2_score")],
)
def test_every_task_has_its_metrics(task: str, first: str) -> None:
    names = metrics.for_task(task)
    assert names[0] == first
    assert set(names) == {name for name, cls in metrics.METRICS.items() if task in cls.tasks}
