"""Which pictures are computed when."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from playground.training.gallery import SHARE, Gallery


class Studio:
    """Draws pictures whose cost in seconds is given; moves the clock by it."""

    def __init__(self, **costs: float) -> None:
        self.costs, self.now, self.drawn = costs, 0.0, Counter[str]()

    def __call__(self) -> float:
        return self.now

    def draw(self, names: frozenset[str]) -> Mapping[str, Any]:
        for name in names:
            self.now += self.costs[name]
            self.drawn[name] += 1
        return {name: (name, self.drawn[name]) for name in names}


def gallery_of(studio: Studio) -> Gallery:
    gallery = Gallery(studio.draw, studio)
    gallery.request(frozenset(studio.costs))
    return gallery


def test_only_what_was_asked_for_is_drawn() -> None:
    studio = Studio(maps=0.001, purity=0.001)
    gallery = Gallery(studio.draw, studio)
    gallery.refresh_quick(1)
    assert gallery.pictures() == {}
    gallery.request(frozenset({"maps"}))
    gallery.refresh_quick(1)
    assert dict(gallery.pictures()) == {"maps": ("maps", 1)}


def test_what_is_up_to_date_is_not_drawn_again() -> None:
    studio = Studio(maps=0.001)
    gallery = gallery_of(studio)
    for _ in range(3):
        gallery.refresh_quick(1)
        gallery.refresh_due(1)
    assert studio.drawn["maps"] == 1
    assert not gallery.stale(1)
    assert gallery.stale(2)


def test_asking_again_draws_anew_and_shows_the_old_one_meanwhile() -> None:
    studio = Studio(maps=0.001)
    gallery = gallery_of(studio)
    gallery.refresh_quick(1)
    gallery.request(frozenset({"maps"}))
    assert gallery.stale(1)
    assert gallery.pictures()["maps"] == ("maps", 1)
    gallery.refresh_quick(1)
    assert gallery.pictures()["maps"] == ("maps", 2)


def test_slow_pictures_follow_later_after_a_command() -> None:
    studio = Studio(maps=0.001, landscape=0.1)
    gallery = gallery_of(studio)
    gallery.refresh_quick(1)  # nothing is known about costs yet
    gallery.refresh_quick(2)
    assert studio.drawn == {"maps": 2, "landscape": 1}
    assert gallery.stale(2)
    gallery.refresh_one(2)
    assert studio.drawn["landscape"] == 2
    assert not gallery.stale(2)
    gallery.refresh_one(2)
    assert studio.drawn == {"maps": 2, "landscape": 2}


@pytest.mark.parametrize(
    "costs", [{"a": 0.001, "b": 0.002}, {"a": 0.001, "b": 0.05}, {"a": 0.004, "b": 0.004, "c": 0.3}]
)
def test_while_training_they_take_a_fixed_share_of_the_time(costs: dict[str, float]) -> None:
    studio = Studio(**costs)
    gallery = gallery_of(studio)
    gallery.refresh_due(0)
    start, drawing = studio.now, 0.0
    for version in range(1, 1000):
        before = studio.now
        gallery.refresh_due(version)
        drawing += studio.now - before
        studio.now += 1 / 30
    assert drawing <= 1.05 * SHARE * (studio.now - start)
    assert studio.drawn["a"] > 200


def test_quick_pictures_come_with_every_snapshot() -> None:
    studio = Studio(maps=0.0005, boundary=0.0005, purity=0.001)
    gallery = gallery_of(studio)
    for version in range(100):
        gallery.refresh_due(version)
        studio.now += 1 / 30
    assert set(studio.drawn.values()) == {100}


def test_one_picture_is_renewed_alone() -> None:
    asked: list[str] = []

    def compute(names: frozenset[str]) -> dict[str, int]:
        asked.extend(names)
        return dict.fromkeys(names, len(asked))

    gallery = Gallery(compute, lambda: 0.0)
    gallery.request(frozenset({"a", "b"}))
    gallery.refresh_quick(1)
    gallery.renew("a")
    gallery.renew("nobody asked for this one")
    assert gallery.stale(1)
    gallery.refresh_quick(1)
    assert sorted(asked) == ["a", "a", "b"]
