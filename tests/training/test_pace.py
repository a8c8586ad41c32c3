"""Keeping and telling the speed, against a clock that only the test moves."""

import pytest

from playground.training.pace import Pace, Speedometer


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def steps_within(pace: Pace, clock: Clock, seconds: float) -> int:
    end, steps = clock.now + seconds, 0
    while clock.now < end - 1e-9:
        wait = pace.wait()
        if wait > 0:
            clock.now += wait
        else:
            pace.stepped()
            steps += 1
    return steps


def test_full_speed_never_waits() -> None:
    pace = Pace(Clock())
    pace.stepped()
    assert pace.wait() == 0
    assert pace.slice(0.002) == 0.002
    assert not pace.slow


@pytest.mark.parametrize("speed", [1, 2.5, 30, 60, 250, 1000, 20_000])
def test_the_speed_is_kept(speed: float) -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.set(speed)
    assert abs(steps_within(pace, clock, 4.0) - 4 * speed) <= max(1, 0.01 * speed)
    assert pace.slice(0.002) == 0


def test_high_speeds_wait_in_bundles() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.set(1000)
    pace.stepped()
    assert pace.wait() >= 0.002


def test_missed_steps_are_let_go() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.set(100)
    clock.now += 60
    steps = 0
    while pace.wait() <= 0:
        pace.stepped()
        steps += 1
    assert steps <= 12


def test_the_first_step_is_due_at_once() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.set(1)
    pace.stepped()
    assert pace.wait() == pytest.approx(1)
    pace.restart()
    assert pace.wait() <= 0


def test_slow_means_that_single_steps_can_be_seen() -> None:
    pace = Pace(Clock())
    pace.set(30)
    assert pace.slow
    pace.set(500)
    assert not pace.slow


def test_speedometer_tells_the_speed_of_the_last_half_second() -> None:
    clock = Clock()
    meter = Speedometer(clock)
    meter.restart(0)
    assert meter.read(0) is None
    step = 0
    for _ in range(20):
        clock.now += 0.1
        step += 10
        rate = meter.read(step)
    assert rate == pytest.approx(100)
    for _ in range(10):
        clock.now += 0.1
        step += 50
        rate = meter.read(step)
    assert rate == pytest.approx(500)
    meter.restart(step)
    assert meter.read(step) is None
