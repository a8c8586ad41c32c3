"""Records that cross threads."""

import dataclasses

import numpy as np
import pytest

from playground.engine import optimizers
from playground.engine.layers import BatchNormalization, Dense
from playground.project import build, edits
from playground.project.carry import Transfer
from playground.project.model import NetworkSettings, Project, TrainingSettings
from playground.training.loop import TrainingLoop
from playground.training.records import State, frozen


def test_frozen_is_a_read_only_copy() -> None:
    array = np.arange(3.0)
    copy = frozen(array)
    array[0] = 9
    assert copy.tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="read-only"):
        copy[0] = 1


def test_the_size_of_a_state_counts_all_arrays() -> None:
    four = np.zeros(4)
    state = State(four, four, {"m": four, "v": four}, {}, curves={"loss": four})
    assert state.nbytes == 5 * four.nbytes


def test_a_state_for_another_network_keeps_all_that_still_has_a_place() -> None:
    old = Project(
        network=NetworkSettings(layers=(Dense(4, "tanh"), BatchNormalization(), Dense(1, "sigmoid"))),
        training=TrainingSettings(optimizer=optimizers.get("adagrad")),
    )
    loop = TrainingLoop(old, build.samples(old))
    for _ in range(60):
        loop.single_step()
    state = dataclasses.replace(loop.export_state(), curves={"loss": np.ones(3)})
    edit = edits.add_unit(old, 0, after=1)
    transfer = Transfer(old, edit.project, edit.origin, edit.units)
    other = state.carried(transfer, old.training.optimizer.joining)
    slot, kept = other.program["slot.accumulator"], transfer.index >= 0
    np.testing.assert_array_equal(slot[kept], state.program["slot.accumulator"][transfer.index[kept]])
    assert set(slot[~kept].tolist()) == {np.float32(0.1)}  # Adagrad's sums begin at 0.1
    np.testing.assert_array_equal(other.moving.reshape(2, 5)[:, [0, 1, 3, 4]], state.moving.reshape(2, 4))
    assert other.program["steps"] == state.program["steps"]
    assert other.reference_loss is None
    assert (other.epoch, other.step, other.rng) == (state.epoch, state.step, state.rng)
    assert other.curves is state.curves
    assert not other.parameters.flags.writeable
    TrainingLoop(edit.project, build.samples(edit.project), state=other).single_step()
    with pytest.raises(dataclasses.FrozenInstanceError):
        other.epoch = 8  # type: ignore[misc]
