"""Histograms with a history."""

import numpy as np

from playground.insight.health.tracks import BINS, MOST_MOMENTS, Clock, Track


def test_a_range_that_doubles_keeps_the_moments_before_exactly() -> None:
    rng = np.random.default_rng(0)
    track, early, late = Track(-1.0, 1.0, grows=True), rng.uniform(-1, 1, 3000), rng.uniform(-5, 5, 3000)
    track.add(early, "append")
    picture = track.add(late, "append")
    assert (picture.low, picture.high) == (-8.0, 8.0)
    for numbers, counts in zip((early, late), picture.history, strict=True):
        expected, _ = np.histogram(numbers, bins=BINS, range=(-8, 8))
        assert np.allclose(counts, expected / 3000, atol=1e-6)


def test_one_sided_ranges_grow_at_their_upper_end() -> None:
    track = Track(0.0, 1.0, grows=True)
    track.add(np.array([0.1, 0.9]), "append")
    picture = track.add(np.array([3.0]), "append")
    assert (picture.low, picture.high) == (0.0, 4.0)
    expected, _ = np.histogram([0.1, 0.9], bins=BINS, range=(0, 4))
    assert np.allclose(picture.history[0], expected / 2)


def test_sizes_are_counted_by_their_powers_of_ten() -> None:
    picture = Track.of_sizes().add(np.array([0.0, 1e-30, 0.011, -0.011, 5e9]), "append")
    assert picture.counts[0] == np.float32(2 / 5)
    assert picture.counts[-1] == np.float32(1 / 5)
    place = int((np.log10(0.011) - picture.low) / (picture.high - picture.low) * BINS)
    assert picture.counts[place] == np.float32(2 / 5)


def test_numbers_that_are_none_are_left_out() -> None:
    picture = Track(-1.0, 1.0, grows=True).add(np.array([np.nan, np.inf, 0.5]), "append")
    assert picture.counts.sum() == 1.0
    assert picture.high == 1.0


def test_a_long_run_costs_no_more_than_a_short_one() -> None:
    clock, track = Clock(), Track(-1.0, 1.0)
    for step in range(0, 20_000, 7):
        picture = track.add(np.array([0.5]), clock.tick(step))
        assert len(picture.history) == len(clock.steps) <= MOST_MOMENTS
    assert clock.steps[0] == 0
    assert clock.steps[-1] == step
    gaps = np.diff(clock.steps[:-1])
    assert gaps.max() <= 3 * gaps.min()


def test_the_same_moment_again_takes_the_place_of_the_last_one() -> None:
    clock = Clock()
    assert [clock.tick(step) for step in (0, 4, 4, 9, 3)] == ["append", "append", "replace", "append", "anew"]
    assert clock.steps == [3]
