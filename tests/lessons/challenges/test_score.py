"""Judging: from the seed, the same every time, and with a way to end it early."""

import math

import msgspec
import pytest

from playground.engine.layers import Dense
from playground.lessons.challenges import library, score
from playground.project import edits
from playground.training import run
from playground.training.records import Counters

NAME = "three_lines"


def test_the_score_is_that_of_the_training_loop_and_the_same_every_time() -> None:
    challenge, start = library.load(NAME), library.start(NAME)
    verdict = score.judge(challenge, start, start, 40)
    assert verdict == score.judge(challenge, start, start, 40)
    counters = run.train(start, epochs=40).counters
    assert verdict.score == counters.test_metric
    assert verdict.epochs == 40


def test_what_the_metric_means() -> None:
    counters = Counters(3, 30, test_loss=0.4, test_metric=0.9)
    assert score.read(library.load("few_points"), counters) == 0.4
    assert score.read(library.load("hills"), counters) == 0.9
    assert score.read(library.load("hills"), None) is None
    assert score.read(library.load("hills"), Counters(0, 0)) is None
    assert score.read(library.load("hills"), Counters(0, 0, test_metric=math.nan)) is None


def test_stars() -> None:
    more, less = library.load(NAME), library.load("few_points")
    assert [more.stars_for(value) for value in (None, 0.0, *more.stars, 1.0)] == [0, 0, 1, 2, 3, 3]
    assert [less.stars_for(value) for value in (None, 9.0, *less.stars, 0.1, math.nan)] == [0, 0, 1, 2, 3, 3, 0]


def test_a_broken_rule_is_told_and_nothing_is_trained() -> None:
    challenge, start = library.load(NAME), library.start(NAME)
    layers = (Dense(units=4096), Dense(units=2000), start.network.layers[-1])
    project = msgspec.structs.replace(start, network=msgspec.structs.replace(start.network, layers=layers))

    def never(_share: float) -> None:
        raise AssertionError

    verdict = score.judge(challenge, start, project, 10**9, never)
    assert (verdict.score, verdict.stars) == (None, 0)
    assert len(verdict.broken) == 3


def test_progress_is_told_and_can_end_it() -> None:
    challenge, start = library.load("digits_5000"), library.start("digits_5000")
    shares: list[float] = []
    score.judge(challenge, start, start, 20, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] <= 1.0

    class EnoughError(Exception):
        pass

    def stop(_share: float) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        score.judge(challenge, start, start, 20, stop)


def test_a_run_that_stops_itself_says_how_far_it_came() -> None:
    challenge, start = library.load(NAME), library.start(NAME)
    project = edits.set_value(start, "training.stop.loss_below", 0.6).project
    verdict = score.judge(challenge, start, project, 150)
    assert 0 < verdict.epochs < 150
