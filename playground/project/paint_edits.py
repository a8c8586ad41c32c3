"""Paint data on the plane: every stroke is an edit that puts other points in the place of the present ones."""

from dataclasses import dataclass, replace
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data.block import Block
from playground.data.dataset import DOMAIN, Dataset, Task
from playground.data.sources import Points
from playground.data.sources.points import MOST_CLASSES
from playground.project.edit import Edit
from playground.project.edits import EditError, set_source
from playground.project.model import Project

MOST_POINTS = 100_000
"""Points that can be painted."""

Spots = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Canvas:
    """Points that are being painted: x float32 (n, 2), y (n,) labels or numbers, lot float32 (n,) (see ``Points``)."""

    x: NDArray[np.float32]
    y: NDArray[Any]
    lot: NDArray[np.float32]
    class_names: tuple[str, ...]
    name: str = "My points"

    @classmethod
    def of(cls, project: Project, dataset: Dataset) -> "Canvas":
        """The present points of the plane, ready to be painted on; for other data an empty plane with two classes."""
        source = project.data.source
        if isinstance(source, Points):
            block = source.block
            return cls(block["x"], block["y"], block["lot"], source.class_names, source.name)
        if dataset.input_kind != "plane":
            return cls.empty(("class 0", "class 1"))
        numbers = dataset.task is Task.REGRESSION
        y = dataset.targets[:, 0] if numbers or dataset.labels is None else dataset.labels
        lot = np.empty(dataset.n, np.float32)  # each point stays on its side of the split
        share, rng = project.data.training_share, np.random.default_rng(dataset.n)
        lot[dataset.train] = share * rng.random(len(dataset.train))
        lot[dataset.test] = share + (1 - share) * rng.random(len(dataset.test))
        lot = (lot - 0.618033988749895 * project.data.seed) % 1.0
        return cls(dataset.inputs, y, lot.astype(np.float32), () if numbers else tuple(dataset.class_names))

    @classmethod
    def empty(cls, class_names: tuple[str, ...]) -> "Canvas":
        """A plane without points."""
        y = np.zeros(0, np.int64 if class_names else np.float32)
        return cls(np.zeros((0, 2), np.float32), y, np.zeros(0, np.float32), class_names)

    def added(self, spots: Spots, value: float) -> "Canvas":
        """With points (m, 2) of a class (its index) or a number; what lies outside the plane is left out."""
        spots = np.asarray(spots, np.float32).reshape(-1, 2)
        spots = spots[(np.abs(spots) <= DOMAIN).all(axis=1)][: MOST_POINTS - len(self.x)]
        lot = np.random.default_rng(len(self.x)).random(len(spots), np.float32)
        y = np.concatenate([self.y, np.full(len(spots), value, self.y.dtype)])
        return self._with(np.concatenate([self.x, spots]), y, np.concatenate([self.lot, lot]))

    def erased(self, center: Spots, radius: float) -> "Canvas":
        """Without the points around ``center`` (2,)."""
        return self.without(np.hypot(*(self.x - np.asarray(center)).T) <= radius)

    def without(self, gone: NDArray[np.bool_]) -> "Canvas":
        """Without the marked points."""
        return self._with(self.x[~gone], self.y[~gone], self.lot[~gone])

    def moved(self, chosen: NDArray[np.bool_], by: Spots) -> "Canvas":
        """With the marked points moved by (2,), as far as the plane reaches."""
        x = self.x.copy()
        x[chosen] = np.clip(x[chosen] + np.asarray(by, np.float32), -DOMAIN, DOMAIN)
        return self._with(x, self.y, self.lot)

    def inside(self, outline: Spots) -> NDArray[np.bool_]:
        """Which points lie inside a closed outline (m, 2), by the even-odd rule."""
        outline = np.asarray(outline, np.float64)
        inside = np.zeros(len(self.x), np.bool_)
        for (x1, y1), (x2, y2) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
            crosses = (self.x[:, 1] < y1) != (self.x[:, 1] < y2)
            if y1 != y2:
                inside ^= crosses & (self.x[:, 0] < x1 + (self.x[:, 1] - y1) * (x2 - x1) / (y2 - y1))
        return inside

    def source(self) -> Points:
        """The points as a data set."""
        return Points(Block({"x": self.x, "y": self.y, "lot": self.lot}), self.class_names, self.name)

    def _with(self, x: NDArray[np.float32], y: NDArray[Any], lot: NDArray[np.float32]) -> "Canvas":
        return Canvas(x, y, lot, self.class_names, self.name)


def paint(project: Project, canvas: Canvas, label: str, stroke: int) -> Edit:
    """Put painted points into the project; edits of one stroke merge, however long it rests.

    Noise, which would move the points, is switched off.
    """
    edit = set_source(project, canvas.source())
    data = msgspec.structs.replace(edit.project.data, noise=0.0, label_noise=0.0, balance=0.5, fault="none")
    changed = msgspec.structs.replace(edit.project, data=data)
    return replace(edit, label=label, project=changed, merge_key=f"paint {stroke}", held=True)


def add_class(canvas: Canvas) -> Canvas:
    """With one class more.

    Raises:
        EditError: for numbers, and when there are as many classes as there can be.
    """
    count = len(canvas.class_names)
    if not count:
        raise EditError("These points have numbers, not classes; clear them to begin with classes.")
    if count >= MOST_CLASSES:
        raise EditError(f"There are {count} classes; that is the most.")
    return Canvas(canvas.x, canvas.y, canvas.lot, (*canvas.class_names, f"class {count}"), canvas.name)
