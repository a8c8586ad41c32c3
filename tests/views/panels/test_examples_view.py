"""Test images with predictions: order, tool-tips, empty state."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from playground.data import make
from playground.data.sources import SOURCES
from playground.views.panels.examples_view import ExamplesView


@pytest.fixture
def dataset():
    return make(SOURCES["digits"](), points=90, noise=0.0, training_share=0.5, seed=0)


@pytest.fixture
def view(theme, shown, dataset):
    made = ExamplesView(theme)
    made.show_data(dataset)
    return shown(made, 306, 340)


def outputs(dataset, wrong=()):
    """Certain predictions, all right but those of the test rows ``wrong``."""
    truth = dataset.labels[dataset.test].copy()
    for row in wrong:
        truth[row] = (truth[row] + 1) % 10
    return np.eye(10, dtype=np.float32)[truth]


def test_before_any_prediction_the_images_are_shown(view, dataset):
    assert view.shown_rows == list(range(30))
    assert view.grab().toImage().pixelColor(20, 20).isValid()


def test_mistakes_come_first(view, dataset):
    view.show_outputs(outputs(dataset, wrong=(7, 31)), errors_only=False, sort_now=True)
    assert view.shown_rows[:3] == [7, 31, 0]


def test_while_training_the_order_rests(view, dataset):
    view.show_outputs(outputs(dataset), errors_only=False, sort_now=False)
    view.show_outputs(outputs(dataset, wrong=(5,)), errors_only=False, sort_now=False)
    assert view.shown_rows[0] == 0
    view.show_outputs(outputs(dataset, wrong=(5,)), errors_only=False, sort_now=True)
    assert view.shown_rows[0] == 5


def test_only_mistakes(view, dataset):
    view.show_outputs(outputs(dataset, wrong=(7, 31)), errors_only=True, sort_now=True)
    assert view.shown_rows == [7, 31]
    view.show_outputs(outputs(dataset), errors_only=True, sort_now=True)
    assert view.shown_rows == []
    assert not view.grab().isNull()


def test_the_row_under_the_pointer_is_found(view, dataset):
    view.show_outputs(outputs(dataset, wrong=(7,)), errors_only=False, sort_now=True)
    assert view.row_at(QPoint(20, 20)) == dataset.test[7]
    assert view.row_at(QPoint(view.width() - 1, view.height() - 1)) is None


def test_predictions_of_other_data_are_left_out(view, dataset):
    view.show_outputs(np.zeros((3, 10), np.float32), errors_only=False, sort_now=True)
    assert view.shown_rows[:2] == [0, 1]


def test_captions_stay_inside(view, dataset):
    assert view._cell(5).left() + 50 <= view.width()
    assert view._cell(29).bottom() < view.height()
