"""Curves made ready for the screen."""

import numpy as np
import pytest

from playground.views.plots import series


def test_unknown_values_leave_no_point():
    x, y = series.known(np.arange(4.0), np.array([1.0, np.nan, 3.0, np.inf]))
    assert x.tolist() == [0.0, 2.0]
    assert y.tolist() == [1.0, 3.0]


def test_smoothing_starts_at_the_first_value_and_follows_slowly():
    smooth = series.smooth(np.array([1.0, 0.0, 0.0]), 0.5)
    assert smooth.tolist() == [1.0, 0.5, 0.25]
    same = np.array([3.0, 1.0])
    assert series.smooth(same, 0.0) is same


@pytest.mark.parametrize("count", [10, 999, 1000, 1001, 4096, 100_000])
def test_thinning_keeps_ends_and_extremes(count):
    y = np.random.default_rng(1).normal(size=count)
    y[count // 2], y[count // 3] = 50.0, -50.0
    x, thin = series.thin(np.arange(float(count)), y, 1000)
    assert len(x) <= max(min(count, 1003), 10)
    assert thin.max() == 50.0
    assert thin.min() == -50.0
    assert x[0] == 0.0
    assert (np.diff(x) > 0).all()
    assert x[-1] >= count - 1 - 2 * count / 1000 - 1


@pytest.mark.parametrize(
    ("low", "high", "ends"), [(0.02, 0.5, (-2, 0)), (0.5, 0.5, (-1, 0)), (1.0, 1.0, (0, 1)), (3, 2000, (0, 4))]
)
def test_decades_enclose_the_values(low, high, ends):
    assert series.decades(low, high) == ends


@pytest.mark.parametrize(("value", "top"), [(0.7, 1.0), (1.0, 1.0), (1.1, 2.0), (2.2, 2.5), (30, 50), (0.006, 0.01)])
def test_nice_top(value, top):
    assert series.nice_top(value) == pytest.approx(top)
