"""Counters: their width never changes, their numbers are short."""

import math

import pytest
from PySide6.QtCore import QLocale

from playground.views.panels.counter import Counter, count_text, loss_text, metric_text
from playground.views.theme import Theme, Token


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0213, "0.021"),
        (0.0, "0.000"),
        (12.5, "12.50"),
        (123.4, "123.4"),
        (4321.0, "4,321"),
        (1.2e-5, "1.2e-5"),
        (3.4e7, "3.4e7"),
        (math.nan, "NaN"),
        (math.inf, "∞"),
    ],
)
def test_losses(value, text):
    assert loss_text(value) == text


def test_metrics_and_counts():
    assert metric_text("accuracy", 0.984) == "98.4 %"
    assert metric_text("r2", 0.984) == "0.984"
    assert metric_text("accuracy", None) == "–"
    assert count_text(7242) == "7,242"


def test_a_counter_keeps_its_size_and_draws_only_changes(qapp, qtbot):
    counter = Counter("epoch", "888,888", Theme("light"))
    qtbot.addWidget(counter)
    counter.show()
    size = counter.size()
    assert counter.text == "–"
    counter.show_text("213", Token.GOOD)
    assert counter.size() == size
    assert counter.accessibleName() == "epoch: 213"
    assert counter.grab().toImage() != _blank(counter)
    counter.set_caption("rounds")
    assert counter.caption == "rounds"


def _blank(counter):
    image = counter.grab().toImage()
    image.fill(image.pixelColor(0, 0))
    return image
