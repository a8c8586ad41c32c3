"""Where examples come from: generators on the plane and bundled data, simplest first.

A source draws the same base points whatever the noise: all random numbers are drawn for full noise and then scaled.
The toy sets on the plane follow the spirit of TensorFlow Playground: what they teach, not its code.
"""

import math
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data import digits
from playground.data.dataset import DOMAIN, Task
from playground.engine.registry import Registry

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
RADIUS = 5.0
"""Toy data without noise stay within this distance of the axes."""


class Source(msgspec.Struct, frozen=True, tag_field="kind"):
    """A way to obtain examples; subclasses hold the settings, class-level facts describe the data."""

    title: ClassVar[str]
    description: ClassVar[str]
    task: ClassVar[Task]
    input_kind: ClassVar[str] = "plane"
    outputs: ClassVar[int] = 1
    input_shape: ClassVar[tuple[int, ...]] = (2,)
    input_names: ClassVar[tuple[str, ...]] = ("x1", "x2")
    class_names: ClassVar[tuple[str, ...]] = ("class 0", "class 1")
    most: ClassVar[int | None] = None  # how many examples exist, None where they are made to order

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        """Return inputs (count, *input_shape) and labels (count,) — for regression, targets (count, 1).

        ``rng`` draws the base points, ``shake`` the disturbance that is scaled by ``noise`` (0..0.5).
        """
        raise NotImplementedError


SOURCES: Registry[type[Source]] = Registry("data set")


@SOURCES.register("circle")
class Circle(Source, frozen=True, tag="circle"):
    """A disc inside a ring."""

    title = "Circle"
    description = "A disc inside a ring: no straight line parts them, one hidden layer bends the border round."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = _alternate(count, 2)
        share, angle = rng.random((count, 2)).T
        radius = RADIUS * np.where(labels == 1, 0.5 * share, 0.7 + 0.3 * share)
        return _shaken(_polar(radius, math.tau * angle), noise, shake), labels


@SOURCES.register("xor")
class Xor(Source, frozen=True, tag="xor"):
    """Opposite quadrants belong together."""

    title = "XOR"
    description = "Opposite quadrants share a class: each input alone says nothing, only both together do."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = _alternate(count, 2)
        gap = 0.3
        size = gap + (RADIUS - gap) * rng.random((count, 2))
        sign = np.where(rng.random(count) < 0.5, -1.0, 1.0)
        same = np.where(labels == 1, 1.0, -1.0)  # class 1 where both coordinates have one sign
        return _shaken(np.stack([size[:, 0] * sign, size[:, 1] * sign * same], axis=1), noise, shake), labels


@SOURCES.register("gaussians")
class Gaussians(Source, frozen=True, tag="gaussians"):
    """Two round clouds."""

    title = "Two Gaussians"
    description = "Two round clouds: a straight border is enough, even a network without hidden layers learns it."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = _alternate(count, 2)
        centres = np.array([[-2.0, -2.0], [2.0, 2.0]])
        return _cloud(centres[labels], noise, rng), labels


@SOURCES.register("spiral")
class Spiral(Source, frozen=True, tag="spiral"):
    """Two arms wound around each other."""

    title = "Spiral"
    description = "Two arms wound around each other: the hardest border here, it takes more units or more features."
    task = Task.BINARY

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = _alternate(count, 2)
        along = 0.06 + 0.94 * rng.random(count)
        angle = 1.75 * math.tau * along + math.pi * labels
        return _shaken(_polar(RADIUS * along, angle), 0.5 * noise, shake), labels


@SOURCES.register("blobs")
class Blobs(Source, frozen=True, tag="blobs"):
    """Three round clouds, three classes."""

    title = "Three blobs"
    description = "Three round clouds, three classes: one output unit per class, and softmax compares them."
    task = Task.MULTICLASS
    outputs = 3
    class_names = ("class 0", "class 1", "class 2")

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        labels = _alternate(count, 3)
        angles = math.pi / 2 + math.tau * np.arange(3) / 3
        return _cloud(_polar(np.full(3, 3.2), angles)[labels], noise, rng), labels


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


@SOURCES.register("digits")
class Digits(Source, frozen=True, tag="digits"):
    """Scanned handwritten digits, 8 × 8 pixels."""

    title = "Handwritten digits"
    description = "Real scans of handwritten digits, 8 × 8 grey pixels: pictures in, one of ten labels out."
    task = Task.MULTICLASS
    input_kind = "image"
    outputs = 10
    input_shape = digits.SHAPE
    input_names = ()
    class_names = tuple(str(digit) for digit in range(10))
    most = digits.COUNT

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        images, labels = digits.load()
        chosen = rng.permutation(len(labels))[:count]
        pixels = images[chosen]
        if noise:
            pixels = np.clip(pixels + noise * shake.standard_normal(pixels.shape, np.float32), 0.0, 1.0)
        return pixels, labels[chosen]


if TYPE_CHECKING:
    AnySource: TypeAlias = Source
else:
    AnySource = SOURCES.union()  # the tagged union that files are decoded with


def _alternate(count: int, classes: int) -> Labels:
    """Labels 0, 1, …, 0, 1, …: classes of equal size."""
    return np.arange(count, dtype=np.int64) % classes


def _polar(radius: Floats, angle: Floats) -> Floats:
    """Points (n, 2) at a distance and an angle from the middle."""
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _shaken(points: Floats, noise: float, shake: np.random.Generator) -> Floats:
    """Move each point by up to ``noise`` × RADIUS in each direction."""
    return _folded(points + noise * RADIUS * (2.0 * shake.random(points.shape) - 1.0))


def _cloud(centres: Floats, noise: float, rng: np.random.Generator) -> Floats:
    """Normal scatter around the centres; noise widens it."""
    return _folded(centres + (0.7 + 3.0 * noise) * rng.standard_normal(centres.shape))


def _folded(points: Floats) -> Floats:
    """Reflect what lies outside the domain at its border."""
    distance = np.mod(points + DOMAIN, 4.0 * DOMAIN)
    return np.minimum(distance, 4.0 * DOMAIN - distance) - DOMAIN
