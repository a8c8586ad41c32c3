"""Numbers on the canvas."""

import math

import pytest
from PySide6.QtCore import QLocale

from playground.views.canvas.numbers import short


@pytest.fixture(autouse=True)
def english() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5321, "0.532"), (-0.5321, "−0.532"), (0.0, "0"), (12.0, "12"), (math.inf, "∞"), (math.nan, "–")],
)
def test_short(value: float, text: str) -> None:
    assert short(value) == text


def test_very_small_numbers_keep_their_digits() -> None:
    assert short(-0.0000123).startswith("−1.23e")
