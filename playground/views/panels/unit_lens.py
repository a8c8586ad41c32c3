"""Which unit is looked at closely, and what its map over the plane is."""

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from playground.data.dataset import Task
from playground.engine.activations import ACTIVATIONS
from playground.engine.layers.base import activation_of
from playground.insight.grids import features_there_are
from playground.insight.pictures import UNIT_MAPS
from playground.project.model import Project
from playground.project.preprocessing import input_titles
from playground.views.canvas.units import Span
from playground.views.panels.output_scale import OutputScale

Place = tuple[int, int]
"""(column, unit): column 0 holds the inputs that are in use, column k the units of layer k."""


class UnitMap(msgspec.Struct, frozen=True):
    """The outputs of one unit over the plane (1, height, width), and the scale of its colours."""

    values: NDArray[Any]
    scale: OutputScale


class UnitLens:
    """A unit under the pointer goes before the one that is pinned."""

    def __init__(self) -> None:
        self.hovered: Place | None = None
        self.pinned: Place | None = None

    @property
    def unit(self) -> Place | None:
        """The unit that is looked at, None when there is none."""
        return self.hovered or self.pinned

    def title(self, project: Project) -> str:
        """What it is called."""
        assert self.unit is not None
        column, unit = self.unit
        if column == 0:
            titles = input_titles(project)
            return titles[unit] if unit < len(titles) else ""
        if column == len(project.network.layers):
            name = QCoreApplication.translate("UnitLens", "output unit %1")
        else:
            name = QCoreApplication.translate("UnitLens", "layer %2, unit %1").replace("%2", str(column))
        name = name.replace("%1", str(unit + 1))
        return QCoreApplication.translate("UnitLens", "%s · pinned") % name if self.hovered is None else name

    def map(self, project: Project, pictures: Mapping[str, Any]) -> UnitMap | None:
        """Its map, None where there is none (yet)."""
        maps = pictures.get(UNIT_MAPS)
        if self.unit is None or maps is None:
            return None
        column, unit = self.unit
        if column == 0:
            values = self._input(project, maps.inputs, unit)
            if values is None:
                return None
            return UnitMap(values[None], _scale(Span(-_reach(values), _reach(values))))
        if column > len(maps.layers) or column > len(project.network.layers):
            return None
        layer = maps.layers[column - 1]
        if layer is None or unit >= len(layer):
            return None
        kind = ACTIVATIONS[activation_of(project.network.layers[column - 1])].range
        finite = np.nan_to_num(layer, nan=0.0, posinf=0.0, neginf=0.0)
        return UnitMap(layer[unit][None], _scale(Span.of(finite, kind)))

    @staticmethod
    def _input(project: Project, maps: NDArray[Any], unit: int) -> NDArray[Any] | None:
        """The map of an input: of a feature that is in use, or of a table's column."""
        place = unit
        if project.data.source.input_kind == "plane":
            names = project.data.features
            if unit >= len(names):
                return None
            place = features_there_are(names).index(names[unit])
        return maps[place] if place < len(maps) else None


def _scale(span: Span) -> OutputScale:
    return OutputScale(Task.REGRESSION, span.low, (span.low + span.high) / 2, span.high, ())


def _reach(values: NDArray[Any]) -> float:
    return max(1e-6, float(np.abs(values).max()))
