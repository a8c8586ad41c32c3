"""Sets with classes on the plane that have a setting of their own: how many arms, blobs, rings or squares."""

import math
from collections.abc import Callable
from typing import Annotated, Any

import numpy as np

from playground.data.dataset import Task
from playground.data.sources.base import SOURCES, Floats, Source
from playground.data.sources.shapes import RADIUS, alternate, around, cloud, polar, shaken
from playground.engine.settings import choice, number
from playground.texts import Text

WORDS = (
    *(Text("Two"), Text("Three"), Text("Four"), Text("Five"), Text("Six")),
    *(Text("Seven"), Text("Eight"), Text("Nine"), Text("Ten")),
)
"""Numbers from 2 to 10 at the beginning of a title."""

ARMS = (Text("three"), Text("four"), Text("five"), Text("six"))
"""Numbers from 3 to 6 within a title."""

FEW = 5
"""Up to so many classes have names of two words; more would not stand side by side in a legend."""


def _names(classes: int) -> tuple[str, ...]:
    return tuple(f"class {label}" if classes <= FEW else str(label) for label in range(classes))


class Several(Source, frozen=True):
    """A set with as many classes as it has parts."""

    @property
    def parts(self) -> int:
        """How many parts, and so classes, there are."""
        raise NotImplementedError

    @property
    def task(self) -> Task:
        return Task.BINARY if self.parts == 2 else Task.MULTICLASS

    @property
    def outputs(self) -> int:
        return 1 if self.parts == 2 else self.parts

    @property
    def class_names(self) -> tuple[str, ...]:
        return _names(self.parts)


@SOURCES.register("blobs")
class Blobs(Several, frozen=True, tag="blobs"):
    """Round clouds, a class each."""

    blobs: Annotated[int, number("Blobs", "How many clouds there are; each is a class.", ge=2, le=10, step=1)] = 3

    @property
    def title(self) -> str:
        return Text("%1 blobs", WORDS[self.blobs - 2])

    @property
    def description(self) -> str:
        if self.blobs == 2:
            return "Two round clouds, two classes: one output unit is enough to tell them apart."
        return Text(
            "%1 round clouds, each a class: one output unit per class, and softmax compares them.",
            WORDS[self.blobs - 2],
        )

    @property
    def parts(self) -> int:
        return self.blobs

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, self.blobs)
        radius = min(3.2 + 0.25 * max(self.blobs - 3, 0), 4.2)
        size = min(0.7, radius * math.sin(math.pi / self.blobs) / 2.25)  # neighbours hardly touch
        return cloud(around(radius, self.blobs)[labels], noise, rng, size), labels


@SOURCES.register("curve")
class Curve(Source, frozen=True, tag="curve"):
    """Above or below a line."""

    shape: Annotated[str, choice("Border", "The line that parts the classes.", lambda: tuple(CURVES))] = "wave"

    title = "Above a curve"
    description = "Above or below the curve? The border that the network draws should become this curve."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, 2)
        across, along = RADIUS * (2.0 * rng.random(count) - 1.0), rng.random(count)
        border, gap = CURVES[self.shape](across), 0.15
        above, below = border + gap, border - gap
        height = np.where(labels == 1, above + along * (RADIUS - above), below - along * (below + RADIUS))
        return shaken(np.stack([across, height], axis=1), noise, shake), labels


CURVES: dict[str, Callable[[Floats], Floats]] = {
    "line": lambda x: 0.5 * x,
    "parabola": lambda x: 0.24 * x**2 - 3.0,
    "wave": lambda x: 2.5 * np.sin(1.2 * x),
    "step": lambda x: 2.0 * np.sign(x),
}
"""Height of the border above each place; within ±3."""


@SOURCES.register("rings")
class Rings(Source, frozen=True, tag="rings"):
    """Rings in rings, two classes in turn."""

    rings: Annotated[int, number("Rings", "How many rings there are; the classes take turns.", ge=2, le=6, step=1)] = 4

    title = "Rings"
    description = "Rings within rings, two classes in turn: each further ring takes more units to enclose it."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, 2)
        pick, across, angle = rng.random((count, 3)).T
        ring = np.empty(count)
        for label in (0, 1):
            mine = np.arange(1 - label, self.rings, 2)  # class 1 has the innermost one
            sizes = np.cumsum(2.0 * mine + 1.0)
            ring[labels == label] = mine[np.searchsorted(sizes / sizes[-1], pick[labels == label], side="right")]
        radius = RADIUS * (ring + 0.15 + 0.7 * across) / self.rings
        return shaken(polar(radius, math.tau * angle), 0.5 * noise, shake), labels


@SOURCES.register("checkerboard")
class Checkerboard(Source, frozen=True, tag="checkerboard"):
    """Squares of two classes in turn."""

    squares: Annotated[
        int, number("Squares", "How many squares stand side by side along each edge.", ge=2, le=8, step=1)
    ] = 4

    title = "Checkerboard"
    description = "XOR many times over: every square more needs more units, or features that are waves."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, 2)
        pick, right, up = rng.random((count, 3)).T
        cells = np.array([divmod(cell, self.squares) for cell in range(self.squares**2)])
        corner = np.empty((count, 2))
        for label in (0, 1):
            mine = cells[cells.sum(axis=1) % 2 == (label + self.squares + 1) % 2]
            corner[labels == label] = mine[(pick[labels == label] * len(mine)).astype(np.int64)]
        gap = 0.06
        places = corner + gap + (1.0 - 2.0 * gap) * np.stack([right, up], axis=1)
        return shaken(RADIUS * (2.0 * places / self.squares - 1.0), 0.5 * noise, shake), labels


@SOURCES.register("spiral")
class Spiral(Several, frozen=True, tag="spiral"):
    """Arms wound around each other, a class each."""

    arms: Annotated[int, number("Arms", "How many arms the spiral has; each is a class.", ge=2, le=6, step=1)] = 2

    @property
    def title(self) -> str:
        return "Spiral" if self.arms == 2 else Text("Spiral with %1 arms", ARMS[self.arms - 3])

    @property
    def description(self) -> str:
        return Text(
            "%1 arms wound around each other: a hard border, it takes more units or features.", WORDS[self.arms - 2]
        )

    @property
    def parts(self) -> int:
        return self.arms

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = alternate(count, self.arms)
        along = 0.06 + 0.94 * rng.random(count)
        angle = 1.75 * math.tau * along + math.tau * labels / self.arms
        return shaken(polar(RADIUS * along, angle), 0.5 * noise * 2 / self.arms, shake), labels
