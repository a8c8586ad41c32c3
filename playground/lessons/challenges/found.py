"""Challenges about points with wrong labels: they are erased from the map, and what is gone is judged."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data.block import Block
from playground.data.sources import Points
from playground.lessons.challenges.challenge import Challenge
from playground.project.model import Project

CLASSES = ("class 0", "class 1")
GOLDEN = 0.6180339887498949


def source(challenge: Challenge) -> Points:
    """The points of the challenge as a data set; their wrong labels are not told by anything in it."""
    x = np.array([point[:2] for point in challenge.points], np.float32).reshape(-1, 2)
    y = np.array([point[2] for point in challenge.points], np.int64)
    lot = (np.arange(len(y)) * GOLDEN % 1.0).astype(np.float32)
    return Points(Block({"x": x, "y": y, "lot": lot}), CLASSES, challenge.title)


def erased(start: Project, project: Project) -> tuple[int, ...]:
    """The rows of the start's points that the project has no more, or with another label; ascending."""
    left = set(_points(project))
    return tuple(row for row, point in enumerate(_points(start)) if point not in left)


def added(start: Project, project: Project) -> int:
    """How many points the project has that the start has not at that place."""
    places = {point[:2] for point in _points(start)}
    return sum(point[:2] not in places for point in _points(project))


def without(start: Project, rows: tuple[int, ...]) -> Project:
    """The start without these points."""
    points = start.data.source
    assert isinstance(points, Points)
    stay = np.ones(len(points.block["x"]), np.bool_)
    stay[list(rows)] = False
    arrays: dict[str, NDArray[np.generic]] = {name: points.block[name][stay] for name in ("x", "y", "lot")}
    left = msgspec.structs.replace(points, block=Block(arrays))
    return msgspec.structs.replace(start, data=msgspec.structs.replace(start.data, source=left))


def score(challenge: Challenge, rows: tuple[int, ...]) -> float:
    """The F1 score of what was found: 1 when all wrong labels are gone and nothing else, 0 when none is."""
    found, wrong = set(rows), set(challenge.wrong)
    return 2 * len(found & wrong) / (len(found) + len(wrong))


def _points(project: Project) -> list[tuple[float, float, int]]:
    """Place and label of every point; none where the data are not points of one's own."""
    points = project.data.source
    if not isinstance(points, Points) or points.block.missing:
        return []
    x, y = points.block["x"].tolist(), points.block["y"].tolist()
    return [(*place, label) for place, label in zip(x, y, strict=True)]
