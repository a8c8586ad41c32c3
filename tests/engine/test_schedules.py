"""Schedules against values worked out by hand, and at their ends."""

import math
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import Network, layers, losses, optimizers, schedules
from playground.engine.schedules import SCHEDULES

RATE = 0.2
BY_HAND: list[tuple[str, dict[str, Any], dict[int, float]]] = [
    ("constant", {}, {0: 0.2, 5: 0.2, 10**6: 0.2}),
    ("step", {"every": 10, "factor": 0.5}, {0: 0.2, 9: 0.2, 10: 0.1, 19: 0.1, 20: 0.05, 35: 0.025}),
    (
        "piecewise",
        {"boundaries": (10, 20), "factors": (1.0, 0.5, 0.1)},
        {0: 0.2, 10: 0.2, 11: 0.1, 20: 0.1, 21: 0.02, 99: 0.02},
    ),
    ("exponential", {"decay_steps": 10, "decay_rate": 0.25}, {0: 0.2, 5: 0.1, 10: 0.05, 20: 0.0125}),
    ("polynomial", {"decay_steps": 10, "end_learning_rate": 0.1}, {0: 0.2, 5: 0.15, 10: 0.1, 50: 0.1}),
    ("polynomial", {"decay_steps": 10, "end_learning_rate": 0.0, "power": 2.0}, {0: 0.2, 5: 0.05, 10: 0.0}),
    ("cosine", {"decay_steps": 12}, {0: 0.2, 4: 0.15, 6: 0.1, 8: 0.05, 12: 0.0, 90: 0.0}),
    ("cosine", {"decay_steps": 12, "alpha": 0.5}, {0: 0.2, 6: 0.15, 12: 0.1, 90: 0.1}),
    (
        "cosine_restarts",  # waves of 10, 20 and 40 steps, each half as high as the one before
        {"first_decay_steps": 10, "m_mul": 0.5},
        {0: 0.2, 5: 0.1, 10: 0.1, 20: 0.05, 30: 0.05, 50: 0.025, 70: 0.025},
    ),
    ("cosine_restarts", {"first_decay_steps": 10, "t_mul": 1.0}, {0: 0.2, 5: 0.1, 10: 0.2, 15: 0.1, 25: 0.1}),
    (
        "one_cycle",  # up in steps 0 … 4, down in steps 4 … 9
        {"total_steps": 10, "pct_start": 0.5, "div_factor": 20.0, "final_div_factor": 10.0},
        {0: 0.01, 2: 0.105, 4: 0.2, 9: 0.001, 50: 0.001},
    ),
]


@pytest.mark.parametrize(("name", "settings", "values"), BY_HAND)
def test_a_schedule_by_hand(name: str, settings: dict[str, Any], values: dict[int, float]) -> None:
    schedule = schedules.get(name, **settings)
    for step, expected in values.items():
        assert schedule.rate(step, RATE) == pytest.approx(expected, abs=1e-15), step


def test_every_schedule_is_worked_out_here() -> None:
    assert {name for name, _, _ in BY_HAND} == set(SCHEDULES)


@pytest.mark.parametrize("name", list(SCHEDULES))
def test_a_warm_up_rises_evenly_and_then_the_schedule_begins(name: str) -> None:
    plain, warm = schedules.get(name), schedules.get(name, warmup_steps=4)
    assert [warm.rate(step, RATE) for step in range(4)] == pytest.approx([0.0, 0.05, 0.1, 0.15])
    for step in (0, 1, 7, 1500):
        assert warm.rate(4 + step, RATE) == plain.rate(step, RATE)


@pytest.mark.parametrize("name", list(SCHEDULES))
def test_rates_are_finite_and_never_negative(name: str) -> None:
    schedule = schedules.get(name)
    rates = [schedule.rate(step, RATE) for step in (0, 1, 10, 999, 1000, 1001, 3000, 10**6)]
    assert all(math.isfinite(rate) and 0 <= rate <= RATE for rate in rates)


def test_pieces_need_one_factor_more_than_boundaries() -> None:
    with pytest.raises(ValueError, match="one factor more"):
        schedules.get("piecewise", boundaries=(1, 2), factors=(1.0,))
    with pytest.raises(msgspec.ValidationError, match="must rise"):
        msgspec.json.decode(b'{"kind": "piecewise", "boundaries": [2, 1]}', type=schedules.AnySchedule)


X = np.random.default_rng(0).normal(size=(20, 2))
Y = X[:, :1] - X[:, 1:]


def regression() -> Network:
    return Network([layers.Dense(3, activation="tanh"), layers.Dense(1)], (2,), seed=1, dtype="float64")


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_training_uses_the_scheduled_rate_of_every_step(optimizer: str) -> None:
    net, twin = regression(), regression()
    schedule = schedules.get("cosine", decay_steps=7, warmup_steps=2)
    settings: dict[str, Any] = {"loss": losses.get("mean_squared_error"), "batch_size": 5, "shuffle": False}
    run = net.compile(X, Y, optimizer=optimizers.get(optimizer, learning_rate=RATE), schedule=schedule, **settings)
    by_hand = twin.compile(X, Y, optimizer=optimizers.get(optimizer, learning_rate=RATE), **settings)
    for step in range(12):
        run.step()
        by_hand.set_learning_rate(schedule.rate(step, RATE))
        by_hand.step()
        np.testing.assert_array_equal(net.flat, twin.flat)
        assert run.learning_rate == by_hand.learning_rate


def test_a_schedule_continues_from_an_exported_state_and_can_be_taken_away() -> None:
    settings: dict[str, Any] = {
        "loss": losses.get("mean_squared_error"),
        "optimizer": optimizers.get("sgd", learning_rate=RATE),
        "batch_size": 5,
        "schedule": schedules.get("exponential", decay_steps=2, decay_rate=0.25),
    }
    run = regression().compile(X, Y, **settings)
    for _ in range(3):
        run.step()
    assert run.learning_rate == pytest.approx(RATE * 0.25)
    again = regression().compile(X, Y, **settings)
    again.import_state(run.export_state())
    again.step()
    assert again.learning_rate == pytest.approx(RATE * 0.125)
    again.set_learning_rate(2 * RATE)
    again.step()
    assert again.learning_rate == pytest.approx(2 * RATE * 0.0625)
    again.set_schedule(None)
    again.step()
    assert again.learning_rate == 2 * RATE
