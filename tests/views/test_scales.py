"""Slider scales and the writing of numbers."""

import math

import pytest
from PySide6.QtCore import QLocale

from playground.engine.settings import SettingInfo
from playground.views.scales import Scale, number, text_of


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


def info(kind="float", **more):
    return SettingInfo("x", kind, "X", "What it is.", 0, **more)


def test_linear_scale_has_both_ends_where_they_count():
    scale = Scale.of(info(ge=0.0, le=0.5, step=0.05))
    assert scale.values[0] == 0.0
    assert scale.values[-1] == 0.5
    assert len(scale.values) == 11
    assert 0.0 not in Scale.of(info(gt=0.0, lt=1.0)).values
    assert 1.0 not in Scale.of(info(gt=0.0, lt=1.0)).values


def test_log_scale_steps_through_decades():
    scale = Scale.of(info(gt=0.0, le=10.0, scale="log"))
    assert 0.03 in scale.values
    assert scale.values[-1] == 10.0
    assert Scale.of(info("int", ge=1, le=100, scale="log")).value(0) == 1


def test_log_scale_from_zero_starts_at_zero():
    assert Scale.of(info(ge=0.0, le=1.0, scale="log")).values[0] == 0.0


def test_position_and_value_are_each_others_inverse():
    scale = Scale.of(info("int"), (1, 2, 5, 10))
    assert [scale.position(scale.value(place)) for place in range(4)] == [0, 1, 2, 3]
    assert isinstance(scale.value(2), int)
    assert scale.value(99) == 10


def test_values_between_go_to_the_nearest_position():
    scale = Scale.of(info(), (0.0, 1.0, 10.0))
    assert [scale.position(value) for value in (-5, 0.2, 0.8, 4, 8, 50)] == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.03, "0.03"),
        (7242, "7,242"),
        (1.5e-5, "1.5e-5"),
        (0.0012345, "0.00123"),
        (2.0, "2"),
        (math.inf, "∞"),
        (math.nan, "–"),
    ],
)
def test_numbers(value, text):
    assert number(value) == text


def test_units_follow_the_value():
    assert text_of(info(unit="%"))(0.67) == "67 %"
    assert text_of(info("int", unit="epochs"))(20) == "20 epochs"
