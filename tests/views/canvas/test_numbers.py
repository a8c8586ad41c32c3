"""Numbers on the canvas, shown and typed."""

import math

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from playground.views.canvas.numbers import NumberField, short


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


@pytest.mark.parametrize(("typed", "value"), [("0.0007", 0.0007), ("3e-4", 0.0003), ("5", 5.0)])
def test_any_number_in_the_range_can_be_typed(qtbot, typed: str, value: float) -> None:
    field = NumberField()
    qtbot.addWidget(field)
    field.setRange(0.0, 10.0)
    field.setValue(0.03)
    assert field.text() == "0.03"
    field.selectAll()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == pytest.approx(value)


def test_what_is_no_number_changes_nothing(qtbot) -> None:
    field = NumberField()
    qtbot.addWidget(field)
    field.setRange(0.0, 10.0)
    field.setValue(0.5)
    field.selectAll()
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 0.5
