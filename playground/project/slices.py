"""Pictures are flat: which cut through the space of the inputs they show.

Points of the plane are shown as they are. A table with more inputs is cut along two of them, the others held at their
medians or where the user puts them, or along its first two principal components.
"""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import DOMAIN, Dataset
from playground.data.scaling import Scaling
from playground.project.model import Project, SliceSettings

ROOM = 1.1
"""The picture reaches so many times as far as the data, so that no point lies on its edge."""

LOOKED_AT = 5000
"""Rows from which medians, ranges and components are taken."""

Floats = NDArray[np.floating[Any]]
Ends = tuple[float, float]


class Slice(msgspec.Struct, frozen=True):
    """A flat cut, laid onto the square that reaches from −6 to 6 on both axes (``DOMAIN``).

    names: of the axes, to the right and upwards ("" where there is one input only). ends: the values at both ends of
    each axis. axes: the two inputs that it runs along; None where it runs along several. origin (k,), directions (2,
    k), inverse (k, 2): raw row = origin + place @ directions; place = (raw row − origin) @ inverse.
    """

    names: tuple[str, str]
    ends: tuple[Ends, Ends]
    axes: tuple[int, int] | None
    origin: Floats
    directions: Floats
    inverse: Floats

    def rows(self, places: Floats) -> NDArray[np.float32]:
        """The raw examples (n, k) that lie at places (n, 2) of the square."""
        return (self.origin + places @ self.directions).astype(np.float32)

    def places(self, rows: Floats) -> NDArray[np.float32]:
        """Where raw examples (n, k) lie on the square: (n, 2), those outside at its edge."""
        used = np.flatnonzero(self.inverse.any(axis=1))
        found = (rows[:, used] - self.origin[used]) @ self.inverse[used]
        return np.clip(found, -DOMAIN, DOMAIN).astype(np.float32)


def slice_of(project: Project, dataset: Dataset) -> Slice | None:
    """The cut that the pictures of a project show; None for images, which have none."""
    if dataset.input_kind == "image":
        return None
    if dataset.input_kind == "plane":
        whole = (-DOMAIN, DOMAIN)
        return Slice(("x₁", "x₂"), (whole, whole), (0, 1), np.zeros(2), np.eye(2), np.eye(2))
    settings, rows = project.view.slice, _sample(dataset)
    if settings.principal and dataset.inputs.shape[1] > 2:
        return _principal(dataset, rows)
    return _along(chosen_axes(settings, dataset), settings, dataset, rows)


def chosen_axes(settings: SliceSettings, dataset: Dataset) -> tuple[int, int]:
    """The two inputs that the picture shows: those that were chosen, else those that tell most about the target."""
    names, telling = dataset.input_names, None
    found = []
    for wanted in (settings.across, settings.up):
        if wanted in names and names.index(wanted) not in found:
            found.append(names.index(wanted))
            continue
        telling = most_telling(dataset) if telling is None else telling
        other = settings.up if wanted == settings.across else settings.across
        taken = {*found, names.index(other) if other in names else -1}
        found.append(next((column for column in telling if column not in taken), 0))
    return found[0], found[1]


def held_at(settings: SliceSettings, dataset: Dataset) -> NDArray[np.float64]:
    """The values (k,) at which inputs are held that are no axis: shares of their ranges as set, else medians."""
    rows = _sample(dataset)
    held = np.median(rows, axis=0).astype(np.float64)
    low, high = _ranges(rows)
    for column, share in enumerate(settings.held[: len(held)]):
        if share >= 0:
            held[column] = low[column] + share * (high[column] - low[column])
    return held


def most_telling(dataset: Dataset) -> list[int]:
    """The inputs, those first whose values differ most with the target, measured by the training rows.

    For classes by the ratio of the variance between them to that within (Fisher's F), for numbers by the correlation.
    """
    rows = dataset.train[:: max(len(dataset.train) // LOOKED_AT, 1)]
    values = dataset.inputs[rows].astype(np.float64)
    spread = values.var(axis=0) + 1e-12
    if dataset.labels is None:
        target = dataset.targets[rows, 0].astype(np.float64)
        told = np.abs(((values - values.mean(axis=0)) * (target - target.mean())[:, None]).mean(axis=0)) / np.sqrt(
            spread
        )
    else:
        labels, within = dataset.labels[rows], np.zeros(values.shape[1])
        for label in np.unique(labels):
            members = values[labels == label]
            within += members.var(axis=0) * len(members) / len(values)
        told = (spread - within) / (within + 1e-12 * spread)
    return [int(column) for column in np.argsort(-told, kind="stable")]


def _along(axes: tuple[int, int], settings: SliceSettings, dataset: Dataset, rows: Floats) -> Slice:
    count = dataset.inputs.shape[1]
    origin = held_at(settings, dataset)
    directions, inverse = np.zeros((2, count)), np.zeros((count, 2))
    low, high = _ranges(rows)
    ends = []
    for axis, column in enumerate(axes):
        middle, half = (low[column] + high[column]) / 2, ROOM * (high[column] - low[column]) / 2
        origin[column], directions[axis, column], inverse[column, axis] = middle, half / DOMAIN, DOMAIN / half
        ends.append((middle - half, middle + half))
    names = dataset.input_names
    if count == 1:  # there is no second input: all points lie on the middle line
        directions[1], inverse[:, 1] = 0.0, 0.0
        return Slice((names[0], ""), (ends[0], (0.0, 0.0)), axes, origin, directions, inverse)
    return Slice((names[axes[0]], names[axes[1]]), (ends[0], ends[1]), axes, origin, directions, inverse)


def _principal(dataset: Dataset, rows: Floats) -> Slice:
    """The plane on which the scaled rows vary most, through their mean (Pearson 1901)."""
    scaling = Scaling.fit("standard", rows)
    values = scaling.apply(rows).astype(np.float64)
    center = values.mean(axis=0)
    _, sizes, axes = np.linalg.svd(values - center, full_matrices=False)
    axes = axes[:2] * np.sign(axes[:2, np.abs(axes[:2]).argmax(axis=1)].diagonal())[:, None]
    reach = ROOM * np.abs((values - center) @ axes.T).max(axis=0)
    shares = sizes[:2] ** 2 / np.square(sizes).sum()
    first, second = (f"component {place + 1} ({share:.0%})" for place, share in enumerate(shares))
    directions = axes * reach[:, None] / DOMAIN * scaling.size
    inverse = (axes / scaling.size).T * DOMAIN / reach
    ends = ((-float(reach[0]), float(reach[0])), (-float(reach[1]), float(reach[1])))
    return Slice((first, second), ends, None, scaling.undo(center[None])[0], directions, inverse)


def _sample(dataset: Dataset) -> Floats:
    return dataset.inputs[:: max(dataset.n // LOOKED_AT, 1)]


def _ranges(rows: Floats) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The lowest and highest value of each column; a column with one value gets some room around it."""
    low, high = rows.min(axis=0).astype(np.float64), rows.max(axis=0).astype(np.float64)
    flat = high <= low
    return np.where(flat, low - 0.5, low), np.where(flat, high + 0.5, high)
