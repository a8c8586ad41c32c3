"""Toy sets with classes on the plane, simplest first.

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


@SOURCES.register("spiral")
class Spiral(Source, frozen=True, tag="spiral"):
    """Two arms wound around each other."""

    title = "Spiral"
    description = "Two arms wound around each other: the hardest border here, it takes more units or more features."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, 2)
        along = 0.06 + 0.94 * rng.random(count)
        angle = 1.75 * math.tau * along + math.pi * labels
        return shaken(polar(RADIUS * along, angle), 0.5 * noise, shake), labels


@SOURCES.register("blobs")
class Blobs(Source, frozen=True, tag="blobs"):
    """Three round clouds, three classes."""

    title = "Three blobs"
    description = "Three round clouds, three classes: one output unit per class, and softmax compares them."
    task = Task.MULTICLASS
    outputs = 3
    class_names = ("class 0", "class 1", "class 2")

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, 3)
        angles = math.pi / 2 + math.tau * np.arange(3) / 3
        return cloud(polar(np.full(3, 3.2), angles)[labels], noise, rng), labels
