"""Toy sets that ask for a number at each place of the plane."""

import math
from typing import Annotated, Any

import numpy as np

from playground.data.dataset import Task
from playground.data.sources.base import SOURCES, Floats, Source
from playground.data.sources.shapes import RADIUS, around
from playground.engine.settings import number


class Height(Source, frozen=True):
    """A number from −1 to 1 at each place; noise disturbs the numbers, the places stay."""

    task = Task.REGRESSION
    class_names = ()

    def height(self, points: Floats) -> Floats:
        """The numbers (n,) at points (n, 2)."""
        raise NotImplementedError

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        points = RADIUS * (2.0 * rng.random((count, 2)) - 1.0)
        return points, self.height(points)[:, np.newaxis] + noise * (2.0 * shake.random((count, 1)) - 1.0)


@SOURCES.register("plane")
class Plane(Height, frozen=True, tag="plane"):
    """A number that rises evenly from corner to corner."""

    title = "Plane"
    description = "Predict a number, not a class: it rises evenly from the lower left (−1) to the upper right (+1)."

    def height(self, points: Floats) -> Floats:
        sums: Floats = points.sum(axis=1)
        return sums / (2.0 * RADIUS)


@SOURCES.register("wave")
class Wave(Height, frozen=True, tag="wave"):
    """A wave along x1 alone."""

    waves: Annotated[float, number("Waves", "How many waves there are from left to right.", ge=0.5, le=4, step=0.5)] = (
        1.5
    )

    title = "Wave"
    description = "A wave along x₁ alone: watch the bends that form it, and that x₂ comes to say nothing."

    def height(self, points: Floats) -> Floats:
        return np.sin(math.pi * self.waves * points[:, 0] / RADIUS)


@SOURCES.register("hills")
class Hills(Height, frozen=True, tag="hills"):
    """Gaussian hills and hollows in turn."""

    hills: Annotated[
        int, number("Hills", "How many hills and hollows there are; they take turns.", ge=1, le=8, step=1)
    ] = 4

    title = "Gaussian hills"
    description = "Hills (+1) and hollows (−1) in a flat land: each takes a few units of its own."

    def height(self, points: Floats) -> Floats:
        result = np.zeros(len(points))
        for place, centre in enumerate(around(3.2 if self.hills > 1 else 0.0, self.hills)):
            result += (-1.0) ** place * np.exp(-np.square(points - centre).sum(axis=1) / 2.0)
        return result


@SOURCES.register("ripple")
class Ripple(Height, frozen=True, tag="ripple"):
    """Circular waves."""

    waves: Annotated[
        float, number("Waves", "How many waves there are from the middle to the edge.", ge=0.5, le=3, step=0.5)
    ] = 1.0

    title = "Ripple"
    description = "Circular waves as of a stone in water: round shapes are hard to build from straight ones."

    def height(self, points: Floats) -> Floats:
        distance = np.hypot(points[:, 0], points[:, 1]) / RADIUS
        return np.cos(math.tau * self.waves * distance) / (1.0 + 0.5 * distance)
