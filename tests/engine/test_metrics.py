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
