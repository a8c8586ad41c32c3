"""Two chosen units of a stage, in place of its principal plane."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from playground.insight.representations import Distillation, Kind, Representation
from playground.insight.windows import Window
from playground.training.records import frozen

Pair = tuple[int, int]


def with_pairs(picture: Distillation, pairs: Mapping[int, Pair]) -> Distillation:
    """The picture with chosen units (to the right, upwards) for the layers in ``pairs``; those that do not fit stay."""
    stages = tuple(_seen_by(stage, pairs.get(stage.layer)) for stage in picture.stages)
    return replace(picture, stages=stages)


def choosable(stage: Representation) -> int:
    """Among how many units one can choose; 0 where there is nothing to choose."""
    return 0 if stage.units is None else int(stage.units.shape[-1])


def _seen_by(stage: Representation, pair: Pair | None) -> Representation:
    if pair is None or stage.units is None or max(pair) >= stage.units.shape[-1]:
        return stage
    points = np.ascontiguousarray(stage.units[:, list(pair)], np.float32)
    grid = None
    if stage.grid_units is not None:
        grid = frozen(stage.grid_units[..., list(pair)])
    window = Window.around(points, stage.limits)
    return replace(stage, kind=Kind.PAIR, points=frozen(points), explained=1.0, window=window, grid=grid, border=None)
