"""The first toy sets on the plane: two classes, nothing to set.

They follow the spirit of TensorFlow Playground: what they teach, not its code.
"""

import math
from typing import Any

import numpy as np

from playground.data.dataset import Task
from playground.data.sources.base import SOURCES, Source
from playground.data.sources.shapes import RADIUS, alternate, cloud, polar, shaken


@SOURCES.register("circle")
class Circle(Source, frozen=True, tag="circle"):
    """A disc inside a ring."""

    title = "Circle"
    description = "A disc inside a ring: no straight line parts them, one hidden layer bends the border round."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, 2)
        share, angle = rng.random((count, 2)).T
        radius = RADIUS * np.where(labels == 1, 0.5 * share, 0.7 + 0.3 * share)
        return shaken(polar(radius, math.tau * angle), noise, shake), labels


@SOURCES.register("xor")
class Xor(Source, frozen=True, tag="xor"):
    """Opposite quadrants belong together."""

    title = "XOR"
    description = "Opposite quadrants share a class: each input alone says nothing, only both together do."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, 2)
        gap = 0.3
        size = gap + (RADIUS - gap) * rng.random((count, 2))
        sign = np.where(rng.random(count) < 0.5, -1.0, 1.0)
        same = np.where(labels == 1, 1.0, -1.0)  # class 1 where both coordinates have one sign
        return shaken(np.stack([size[:, 0] * sign, size[:, 1] * sign * same], axis=1), noise, shake), labels


@SOURCES.register("gaussians")
class Gaussians(Source, frozen=True, tag="gaussians"):
    """Two round clouds."""

    title = "Two Gaussians"
    description = "Two round clouds: a straight border is enough, even a network without hidden layers learns it."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, 2)
        centres = np.array([[-2.0, -2.0], [2.0, 2.0]])
        return cloud(centres[labels], noise, rng), labels


@SOURCES.register("moons")
class Moons(Source, frozen=True, tag="moons"):
    """Two half moons that reach into each other."""

    title = "Moons"
    description = "Two half moons that reach into each other: a straight line does well, a bend does better."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, 2)
        angle = math.pi * rng.random(count)
        width = 3.0 + 0.5 * (2.0 * rng.random(count) - 1.0)
        side = np.where(labels == 1, -1.0, 1.0)  # class 1 is the lower moon, which opens upwards
        x1, x2 = side * (width * np.cos(angle) - 1.5), side * (width * np.sin(angle) - 0.8)
        return shaken(np.stack([x1, x2], axis=1), noise, shake), labels
