"""Records that cross threads."""

import dataclasses

import numpy as np
import pytest

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


def test_with_parameters_keeps_counters_and_curves_only() -> None:
    state = State(np.zeros(4), np.zeros(2), {"m": np.ones(4)}, {"a": 1}, 7, 70, 0.5, {"loss": np.ones(3)})
    other = state.with_parameters(np.ones(9))
    assert other.parameters.shape == (9,)
    assert not other.parameters.flags.writeable
    assert (other.program, other.moving.size, other.reference_loss) == ({}, 0, None)
    assert (other.epoch, other.step, other.rng) == (7, 70, {"a": 1})
    assert other.curves is state.curves
    with pytest.raises(dataclasses.FrozenInstanceError):
        other.epoch = 8  # type: ignore[misc]
