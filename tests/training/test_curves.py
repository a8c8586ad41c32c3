"""Curves of bounded size."""

import math
import tracemalloc

import numpy as np
import pytest

from playground.training.curves import LIMIT, NAMES, Curves
from playground.training.records import Counters, EpochRecord


def record(epoch: int, loss: float = 1.0, test: float | None = None) -> EpochRecord:
    return EpochRecord(epoch, 10 * epoch, loss, test, test, test, 0.03)


def filled(count: int, limit: int = LIMIT) -> Curves:
    curves = Curves(limit)
    for epoch in range(1, count + 1):
        curves.append(record(epoch, float(epoch), 0.5 if epoch % 3 == 0 else None))
    return curves


def test_empty_curves_have_empty_arrays() -> None:
    arrays = Curves().arrays()
    assert len(arrays["epoch"]) == 0
    assert set(NAMES) <= set(arrays)


def test_few_epochs_are_kept_one_by_one() -> None:
    arrays = filled(5).arrays()
    assert arrays["epoch"].tolist() == [1, 2, 3, 4, 5]
    assert arrays["step"].tolist() == [10, 20, 30, 40, 50]
    assert arrays["train_loss"].tolist() == [1, 2, 3, 4, 5]
    assert arrays["train_loss_min"].tolist() == arrays["train_loss_max"].tolist() == [1, 2, 3, 4, 5]


def test_unknown_values_leave_gaps() -> None:
    arrays = filled(6).arrays()
    assert np.isnan(arrays["test_loss"]).tolist() == [True, True, False, True, True, False]
    assert arrays["test_loss_count"].tolist() == [0, 0, 1, 0, 0, 1]


def test_a_loss_that_is_not_finite_leaves_a_gap() -> None:
    curves = Curves()
    curves.append(record(1, math.inf))
    assert np.isnan(curves.arrays()["train_loss"]).all()


@pytest.mark.parametrize("count", [4096, 4097, 5000, 20_000, 123_457])
def test_merging_keeps_mean_extremes_and_order(count: int) -> None:
    curves = filled(count)
    arrays = curves.arrays()
    points = len(arrays["epoch"])
    assert points <= LIMIT
    assert points == len(curves)
    assert arrays["rows"].sum() == count
    assert arrays["epoch"][-1] == count
    assert arrays["step"][-1] == 10 * count
    assert arrays["first_epoch"][0] == 1
    assert (arrays["first_epoch"][1:] == arrays["epoch"][:-1] + 1).all()
    assert (arrays["train_loss_min"] == arrays["first_epoch"]).all()
    assert (arrays["train_loss_max"] == arrays["epoch"]).all()
    np.testing.assert_allclose(arrays["train_loss"], (arrays["first_epoch"] + arrays["epoch"]) / 2)
    assert arrays["test_loss_count"].sum() == count // 3


def test_a_spike_survives_all_merging() -> None:
    curves = Curves(16)
    for epoch in range(1, 10_001):
        curves.append(record(epoch, 99.0 if epoch == 5_000 else 1.0))
    arrays = curves.arrays()
    assert arrays["train_loss_max"].max() == 99
    assert arrays["train_loss_min"].max() == 1


def test_reading_in_between_changes_nothing() -> None:
    whole, read = Curves(32), Curves(32)
    for epoch in range(1, 1_000):
        for curves in (whole, read):
            curves.append(record(epoch, math.sin(epoch)))
        if epoch % 7 == 0:
            read.arrays()
    for name, array in whole.arrays().items():
        np.testing.assert_allclose(read.arrays()[name], array, err_msg=name)


def test_a_million_epochs_take_bounded_memory() -> None:
    curves = Curves()
    one = record(1)
    for _ in range(20_000):
        curves.append(one)
    tracemalloc.start()
    for _ in range(980_000):
        curves.append(one)
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 200_000
    assert len(curves) <= LIMIT
    assert curves.arrays()["rows"].sum() == 1_000_000


def test_arrays_and_back_then_on() -> None:
    first, whole = filled(5_000), filled(9_000)
    again = Curves.from_arrays(first.arrays())
    for epoch in range(5_001, 9_001):
        again.append(record(epoch, float(epoch), 0.5 if epoch % 3 == 0 else None))
    for name, array in whole.arrays().items():
        np.testing.assert_allclose(again.arrays()[name], array, err_msg=name)


def test_the_last_epoch_is_known_at_any_time() -> None:
    curves = Curves(64)
    assert curves.last == (0, 0)
    for epoch in range(1, 300):
        curves.append(record(epoch))
        assert curves.last == (epoch, record(epoch).step)
        if epoch % 90 == 0:
            curves.arrays()
            assert curves.last == (epoch, record(epoch).step)


def test_curves_can_be_cut() -> None:
    curves = filled(50)
    cut = Curves.from_arrays(curves.until(20))
    assert cut.arrays()["epoch"].tolist() == list(range(1, 21))
    assert Curves.from_arrays(curves.until(0)).last == (0, 0)
    assert cut.last[0] == 20
    cut.append(record(21))
    assert len(cut) == 21


def test_no_arrays_give_empty_curves() -> None:
    assert len(Curves.from_arrays({})) == 0


def test_arrays_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        filled(3).arrays()["train_loss"][0] = 0


def test_broken_arrays_are_refused() -> None:
    arrays = filled(5).arrays()
    with pytest.raises(ValueError, match="test_loss_min"):
        Curves.from_arrays({name: array for name, array in arrays.items() if name != "test_loss_min"})
    with pytest.raises(ValueError, match="5 points"):
        Curves.from_arrays(arrays | {"step": arrays["step"][:-1]})


@pytest.mark.parametrize("limit", [0, 1, 7])
def test_an_odd_limit_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="even number"):
        Curves(limit)


def test_the_beginning_is_kept() -> None:
    curves = Curves()
    assert "beginning" not in curves.arrays()
    curves.begin(Counters(0, 0, 0.7, None, 0.5, 0.4))
    curves.append(EpochRecord(1, 10, 0.6, None, None, None, 0.03))
    for again in (curves, Curves.from_arrays(curves.arrays()), Curves.from_arrays(curves.until(1))):
        np.testing.assert_array_equal(again.arrays()["beginning"], [0.7, np.nan, 0.5, 0.4])
    with pytest.raises(ValueError, match="shape"):
        Curves.from_arrays({**curves.arrays(), "beginning": np.zeros(3)})
