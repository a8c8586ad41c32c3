"""Toy sets that ask for a number at each place of the plane."""

from typing import Any

import numpy as np

from playground.data.dataset import Task
from playground.data.sources.base import SOURCES, Source
from playground.data.sources.shapes import RADIUS


@SOURCES.register("plane")
class Plane(Source, frozen=True, tag="plane"):
    """A number that rises evenly from corner to corner."""

    title = "Plane"
    description = "Predict a number, not a class: it rises evenly from the lower left (−1) to the upper right (+1)."
    task = Task.REGRESSION
    class_names = ()

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        points = RADIUS * (2.0 * rng.random((count, 2)) - 1.0)
        height = points.sum(axis=1, keepdims=True) / (2.0 * RADIUS)
        return points, height + noise * (2.0 * shake.random((count, 1)) - 1.0)
