"""Dead, saturated and constant units."""

import numpy as np
import pytest

from playground.insight.health import look_at


def test_each_unit_counts_once() -> None:
    outputs = np.array([[0, 0, 0], [0, 0, 2], [3, 3, 3], [0.5, 1, 2]], float)
    units = look_at(outputs, "relu")
    assert (units.total, units.dead, units.constant, units.saturated) == (4, 1, 1, 0)
    assert units.share(units.dead) == 0.25


@pytest.mark.parametrize(
    ("activation", "end", "inside"), [("tanh", -0.98, 0.96), ("sigmoid", 0.02, 0.05), ("sigmoid", 0.99, 0.9)]
)
def test_units_at_the_flat_ends_are_saturated(activation: str, end: float, inside: float) -> None:
    outputs = np.full((2, 20), inside)
    outputs[0] = end
    outputs[:, 0] = 0.5
    outputs[1, 1:9] += 0.01 * np.arange(8)
    assert look_at(outputs, activation).saturated == 1


def test_dead_means_cut_off_not_small() -> None:
    assert look_at(np.zeros((2, 5)), "tanh").dead == 0
    assert look_at(np.zeros((2, 5)), "tanh").constant == 2
    assert look_at(np.zeros((2, 5)), "relu").dead == 2


def test_muted_units_do_not_count() -> None:
    outputs = np.array([[0.0, 0.0], [1.0, 2.0]])
    assert look_at(outputs, "relu", muted=(0,)).total == 1
    assert look_at(outputs, "relu", muted=(0,)).dead == 0


def test_units_that_do_the_same_are_alike() -> None:
    rng = np.random.default_rng(1)
    one = rng.normal(size=(1, 30))
    assert look_at(np.repeat(one, 3, axis=0), "tanh").alike
    assert not look_at(rng.normal(size=(3, 30)), "tanh").alike
    assert not look_at(one, "tanh").alike
