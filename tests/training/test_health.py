"""The three rules of divergence, and which weights are kept."""

import math
from dataclasses import dataclass, field

import numpy as np
import pytest

from playground.training.health import KEEP_EVERY, LOWEST_RATE, Health, finite, suggest_learning_rate
from playground.training.records import DivergenceReason, State

FLAT = np.ones(3, np.float32)


@dataclass
class Run:
    """A run that only tells numbers; each look at the clock is as far from the last as ``tick`` says."""

    tick: float = KEEP_EVERY
    stuck: bool = False
    epoch: int = 0
    now: float = 0.0
    looks: int = 0
    health: Health = field(init=False)

    def __post_init__(self) -> None:
        self.health = Health(1.0, is_stuck=self.is_stuck, export=self.export, clock=self.clock)

    def is_stuck(self) -> bool:
        self.looks += 1
        return self.stuck

    def export(self) -> State:
        return State(FLAT, FLAT, {}, {}, epoch=self.epoch)

    def clock(self) -> float:
        self.now += self.tick
        return self.now

    def check(self, loss: float, flat: np.ndarray = FLAT) -> DivergenceReason | None:
        self.epoch += 1
        return self.health.check(self.epoch, loss, flat)


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_loss_that_is_not_finite(loss: float) -> None:
    assert Run().check(loss) is DivergenceReason.NON_FINITE


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_weight_that_is_not_finite(bad: float) -> None:
    assert Run().check(0.5, np.array([1, bad, 1], np.float32)) is DivergenceReason.NON_FINITE


def test_huge_weights_are_finite() -> None:
    with np.errstate(over="ignore"):
        assert finite(0.5, np.full(3, 3e38, np.float32))


def test_three_epochs_above_twice_the_initial_loss_are_an_explosion() -> None:
    run = Run()
    assert run.check(2.0) is None
    assert run.check(2.01) is None
    assert run.check(2.01) is None
    assert run.check(2.01) is DivergenceReason.EXPLODED


def test_a_leap_that_falls_again_is_no_explosion() -> None:
    run = Run()
    for _ in range(5):
        assert run.check(5.0) is None
        assert run.check(5.0) is None
        assert run.check(0.5) is None


def test_exploded_weights_are_not_kept() -> None:
    run = Run()
    run.check(5.0)
    run.check(5.0)
    assert run.check(5.0) is DivergenceReason.EXPLODED
    assert run.health.last_good.epoch == 0


def test_tiny_losses_are_all_good() -> None:
    run = Run()
    for epoch in range(20):
        run.check(1e-9 * (1 + 10 * (epoch % 5)))
    assert run.health.last_good.epoch == 19


def test_twenty_epochs_of_saturated_units_are_stuck() -> None:
    run = Run(stuck=True)
    verdicts = [run.check(0.9) for _ in range(30)]
    assert verdicts[:29] == [None] * 29
    assert verdicts[29] is DivergenceReason.STUCK  # seen first after epoch 10


def test_units_that_recover_are_not_stuck() -> None:
    run = Run()
    for epoch in range(1, 200):
        run.stuck = epoch % 20 >= 5
        assert run.check(0.9) is None


def test_a_healthy_run_is_left_alone_and_costs_few_looks() -> None:
    run = Run(tick=0.0)
    assert not any(run.check(1 / (1 + epoch)) for epoch in range(1000))
    assert run.looks == 100


def test_at_first_the_beginning_is_the_last_good_state() -> None:
    run = Run()
    run.check(5.0)
    assert run.health.last_good.epoch == 0


def test_good_weights_are_kept_once_the_next_epoch_was_healthy_too() -> None:
    run = Run()
    for _ in range(5):
        run.check(0.5)
    assert run.health.last_good.epoch == 4
    run.check(1.5)  # still allowed, but far above the best
    run.check(1.5)
    assert run.health.last_good.epoch == 4
    run.check(math.nan)
    assert run.health.last_good.epoch == 4


def test_copies_are_rare() -> None:
    run = Run(tick=KEEP_EVERY / 100)
    kept = set()
    for _ in range(1000):
        run.check(0.5)
        kept.add(run.health.last_good.epoch)
    assert len(kept) == pytest.approx(10, abs=2)


def test_stuck_weights_are_not_kept() -> None:
    run = Run()
    for _ in range(5):
        run.check(0.5)
    run.stuck = True
    for _ in range(25):
        run.check(0.5)
    assert run.health.last_good.epoch in (4, 5)


def test_where_a_stretch_of_training_ends_good_weights_are_kept() -> None:
    run = Run(tick=0.0)  # no copy becomes due
    for _ in range(5):
        run.check(0.5)
    assert run.health.last_good.epoch == 0
    run.health.rest(0.5)
    assert run.health.last_good.epoch == 5
    run.check(0.7)
    run.health.rest(None)
    run.health.rest(0.7)
    run.health.rest(math.nan)
    assert run.health.last_good.epoch == 5


def test_stuck_weights_are_not_kept_at_the_end_of_a_stretch() -> None:
    run = Run(tick=0.0, stuck=True)
    run.check(0.5)
    run.health.rest(0.5)
    assert run.health.last_good.epoch == 0


def test_beginning_anew() -> None:
    run = Run()
    for _ in range(5):
        run.check(0.5)
    run.health.restart(10.0)
    assert run.health.last_good.epoch == 5
    assert run.check(15.0) is None
    assert [run.check(25.0) for _ in range(3)][-1] is DivergenceReason.EXPLODED


@pytest.mark.parametrize(("rate", "suggested"), [(10.0, 1.0), (0.3, 0.03), (0.0333333, 0.0033), (1e-6, LOWEST_RATE)])
def test_a_tenth_of_the_learning_rate_is_suggested(rate: float, suggested: float) -> None:
    assert suggest_learning_rate(rate) == pytest.approx(suggested)


def test_far_above_the_usual_rate_that_one_is_suggested() -> None:
    assert suggest_learning_rate(10.0, 0.1) == pytest.approx(0.1)
    assert suggest_learning_rate(0.3, 0.1) == pytest.approx(0.03)
