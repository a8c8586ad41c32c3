"""The moments of the loss curve that no finished epoch tells of."""

from dataclasses import replace

import numpy as np
import pytest

from playground.training.curves import Curves
from playground.training.records import Counters, EpochRecord, RunState, Snapshot
from playground.views.panels.loss_trail import MOST, Trail

PER_EPOCH = 10


def moment(step: int, loss: float = 0.5, state: RunState = RunState.PAUSED, step_loss: float | None = 0.5) -> Snapshot:
    counters = Counters(step // PER_EPOCH, step, loss, loss, 0.5, 0.5)
    return Snapshot(1, state, counters, np.zeros(1), {}, step_loss)


def epochs(count: int) -> Curves:
    curves = Curves()
    for epoch in range(1, count + 1):
        curves.append(EpochRecord(epoch, epoch * PER_EPOCH, 1 / epoch, None, None, None, 0.1))
    return curves


def places(trail: Trail, curves: Curves) -> list[float]:
    return trail.arrays(curves, curves.arrays())["epoch"].tolist()


def test_updates_of_the_first_epoch_stand_at_their_place() -> None:
    trail, curves = Trail(), Curves()
    assert all(trail.take(moment(step), curves, PER_EPOCH) for step in (0, 1, 5))
    assert places(trail, curves) == [0.0, 0.1, 0.5]


def test_a_finished_epoch_takes_their_place_but_the_beginning_stays() -> None:
    trail = Trail()
    for step in (0, 4, 9):
        trail.take(moment(step), Curves(), PER_EPOCH)
    assert places(trail, epochs(1)) == [0.0]
    assert trail.take(moment(13), epochs(1), PER_EPOCH)
    assert places(trail, epochs(1)) == [0.0, 1.3]


def test_the_end_of_an_epoch_has_a_point_already_unless_something_was_edited() -> None:
    trail = Trail()
    assert not trail.take(moment(20), epochs(2), PER_EPOCH)
    assert trail.take(moment(20, loss=0.9), epochs(2), PER_EPOCH, edited=True)
    assert trail.take(moment(20, loss=0.7), epochs(2), PER_EPOCH, edited=True)
    found = trail.arrays(epochs(2), epochs(2).arrays())
    assert found["epoch"].tolist() == [2.0]
    assert found["train_loss"].tolist() == [0.7]


def test_while_epochs_fly_by_nothing_is_added() -> None:
    trail = Trail()
    flying = moment(23, state=RunState.RUNNING, step_loss=None)
    assert not trail.take(flying, epochs(2), PER_EPOCH)
    assert trail.take(replace(flying, counters=replace(flying.counters, step=25)), epochs(2), PER_EPOCH)


def test_old_snapshots_and_unknown_losses_are_left_out() -> None:
    trail = Trail()
    assert not trail.take(moment(5), epochs(2), PER_EPOCH)
    unknown = moment(23)
    assert not trail.take(replace(unknown, counters=Counters(2, 23)), epochs(2), PER_EPOCH)


def test_the_beginning_stays_where_a_run_goes_on_with_the_same_curves() -> None:
    trail = Trail()
    trail.take(moment(0), Curves(), PER_EPOCH)
    places(trail, epochs(2))
    trail.restart(epochs(2).arrays())
    assert places(trail, epochs(2)) == [0.0]
    trail.restart(Curves().arrays())
    assert places(trail, Curves()) == []


def test_a_long_epoch_takes_a_bounded_number_of_moments() -> None:
    trail, curves = Trail(), Curves()
    for step in range(2 * MOST):
        trail.take(moment(step), curves, 10 * MOST)
    found = places(trail, curves)
    assert len(found) <= MOST
    assert found[0] == 0.0
    assert (np.diff(found) > 0).all()


def test_edits_stand_where_their_mini_batch_stands() -> None:
    trail, curves = Trail(), epochs(4)
    trail.take(moment(43), curves, PER_EPOCH)
    arrays = curves.arrays()
    assert [trail.place(step, arrays) for step in (5, 20, 43)] == pytest.approx([0.5, 2.0, 4.3])


def test_a_run_from_a_file_begins_with_the_untrained_network() -> None:
    curves = Curves()
    curves.begin(Counters(0, 0, 0.7, 0.8, 0.5, 0.4))
    curves.append(EpochRecord(1, 10, 0.6, None, None, None, 0.03))
    trail = Trail()
    trail.restart(curves.arrays())
    arrays = trail.arrays(curves, curves.arrays())
    assert [float(arrays[name][0]) for name in ("epoch", "train_loss", "test_loss")] == [0, 0.7, 0.8]
