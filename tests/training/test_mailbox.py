"""The mailbox between the training thread and the window."""

import numpy as np

from playground.training.mailbox import Mailbox
from playground.training.records import Counters, EpochRecord, RunState, Snapshot, TrainingError


def snapshot(step: int) -> Snapshot:
    return Snapshot(7, RunState.RUNNING, Counters(0, step), np.zeros(1), {})


def record(epoch: int) -> EpochRecord:
    return EpochRecord(epoch, epoch, 0.5, None, None, None, 0.1)


def test_later_snapshots_replace_earlier_ones_and_no_epoch_is_lost() -> None:
    box = Mailbox(7)
    box.leave(RunState.RUNNING, [record(1)], snapshot=snapshot(1))
    box.leave(RunState.RUNNING, [record(2), record(3)], snapshot=snapshot(2))
    box.leave(RunState.PAUSED, [record(4)])
    batch = box.take()
    assert batch.run_id == 7
    assert batch.state is RunState.PAUSED
    assert batch.snapshot is not None
    assert batch.snapshot.counters.step == 2
    assert [r.epoch for r in batch.epochs] == [1, 2, 3, 4]


def test_taking_empties_it_but_for_the_state() -> None:
    box = Mailbox(7)
    error = TrainingError("It broke.", 3, "")
    box.leave(RunState.FAILED, [record(1)], snapshot=snapshot(1), error=error)
    assert box.take().error is error
    batch = box.take()
    assert batch.state is RunState.FAILED
    assert (batch.snapshot, batch.epochs, batch.divergence, batch.error) == (None, (), None, None)


def test_epochs_can_be_taken_alone() -> None:
    mailbox = Mailbox(1)
    mailbox.leave(RunState.RUNNING, [record(1), record(2)], snapshot=snapshot(5))
    assert [one.epoch for one in mailbox.take_epochs()] == [1, 2]
    assert mailbox.take_epochs() == ()
    batch = mailbox.take()
    assert batch.epochs == ()
    assert batch.snapshot is not None
