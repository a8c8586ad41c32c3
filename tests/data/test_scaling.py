"""Scaling the columns of a table."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.scaling import SCALINGS, Scaling

ROWS = np.array([[1.0, 200.0, 0.0, 7.0], [2.0, 400.0, 1.0, 7.0], [6.0, 300.0, 1.0, 7.0]], np.float32)


def test_standard_scaling_gives_mean_0_and_deviation_1() -> None:
    scaled = Scaling.fit("standard", ROWS).apply(ROWS)
    assert np.allclose(scaled[:, :2].mean(axis=0), 0, atol=1e-6)
    assert np.allclose(scaled[:, :2].std(axis=0), 1, atol=1e-6)
    assert scaled.dtype == np.float32


def test_min_max_scaling_reaches_from_minus_1_to_1() -> None:
    scaled = Scaling.fit("min-max", ROWS).apply(ROWS)
    assert scaled[:, :2].min(axis=0).tolist() == [-1, -1]
    assert scaled[:, :2].max(axis=0).tolist() == [1, 1]


@pytest.mark.parametrize("kind", SCALINGS)
def test_flags_and_constant_columns_stay(kind: str) -> None:
    assert np.array_equal(Scaling.fit(kind, ROWS).apply(ROWS)[:, 2:], ROWS[:, 2:])


@pytest.mark.parametrize("value", [3e38, -3e38])
def test_what_leaves_the_range_of_the_inputs_stays_finite(value: float) -> None:
    rows = np.array([[1.0], [2.0], [value]], np.float32)
    scaled = Scaling.fit("standard", rows[:2]).apply(rows)
    assert np.isfinite(scaled).all()
    assert np.sign(scaled[2, 0]) == np.sign(value)


def test_without_scaling_all_stays() -> None:
    assert np.array_equal(Scaling.fit("none", ROWS).apply(ROWS), ROWS)


@given(st.sampled_from(SCALINGS), st.integers(0, 100))
def test_scaling_is_undone(kind: str, seed: int) -> None:
    rows = np.random.default_rng(seed).normal(50, 30, (20, 3)).astype(np.float32)
    scaling = Scaling.fit(kind, rows)
    assert np.allclose(scaling.undo(scaling.apply(rows)), rows, atol=1e-3)


def test_no_rows_are_no_trouble() -> None:
    assert Scaling.fit("standard", ROWS[:0]).apply(ROWS).tolist() == ROWS.tolist()
