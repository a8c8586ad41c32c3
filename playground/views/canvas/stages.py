"""What the columns are: a project read as stages from input to output. No Qt widgets here."""

import math
from collections.abc import Callable
from enum import Enum

import msgspec
import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.data.features import feature
from playground.engine.layers import Layer, ShapeError
from playground.project import build
from playground.project.arrangement import size_name
from playground.project.model import Project
from playground.session.language import translated
from playground.views.class_names import shown_names
from playground.views.scales import number

Size = tuple[int, ...]


class Kind(Enum):
    """What a column stands for."""

    FEATURES = "features"
    TABLE = "table"
    IMAGE = "image"
    UNITS = "units"
    PLAIN = "plain"  # reshapes only: Flatten
    OUTPUT = "output"


class Stage(msgspec.Struct, frozen=True):
    """One column. ``shape`` is its output shape, None where layers do not fit; ``names`` name its units."""

    kind: Kind
    title: str
    units: int
    shape: Size | None
    parameters: int
    names: tuple[str, ...] = ()
    multiply_adds: int = 0
    bypassed: bool = False
    paired: bool = False  # each unit stands for one of the layer before (normalisation, dropout, activation)
    channels: bool = False  # the units are channels of an image

    def caption(self, room: float, width_of: Callable[[str], float]) -> str:
        """The longest caption that fits into ``room`` pixels."""
        options = self._captions()
        return next((text for text in options if width_of(text) <= room), options[-1])

    def _captions(self) -> tuple[str, ...]:
        if self.kind is Kind.IMAGE and self.shape:
            return (_tr("%1 × %2 image").replace("%1", str(self.shape[0])).replace("%2", str(self.shape[1])),)
        if self.kind in (Kind.FEATURES, Kind.TABLE):
            return (_count(self.units, _tr("1 input"), _tr("%1 inputs")),)
        if self.shape is None:
            return (_tr("does not fit"),)
        if self.bypassed:
            return (_tr("bypassed"), "–")
        if not self.parameters and self.channels:
            return (self._shape_text(), str(self.units))
        if not self.parameters:
            values = _count(self.units, _tr("1 value"), _tr("%1 values"))
            return (values, str(self.units))
        parameters = _count(self.parameters, _tr("1 parameter"), _tr("%1 parameters"))
        outputs = _count(self.units, _tr("1 output"), _tr("%1 outputs"))
        if self.channels:
            outputs = self._shape_text()
        return (
            f"{outputs} · {parameters}",
            parameters,
            _tr("%1 par.").replace("%1", str(self.parameters)),
            number(self.parameters),
        )

    def _shape_text(self) -> str:
        return " × ".join(map(str, self.shape or ()))

    def summary(self) -> str:
        """A few words for those who cannot see the column: "Dense, 4 outputs · 12 parameters"."""
        return f"{self.title}, {self._captions()[0]}"

    def tip(self) -> str:
        """Everything the caption may have had no room for."""
        if self.shape is None:
            return _tr("This layer does not fit what the layer before gives.")
        text = _tr("Output shape %1, %2 parameters, %3 multiply-adds per example.")
        text = (
            text.replace("%1", self._shape_text())
            .replace("%2", number(self.parameters))
            .replace("%3", number(self.multiply_adds))
        )
        return f"{_tr('Bypassed: passes its input on unchanged.')} {text}" if self.bypassed else text


def stages_of(project: Project) -> tuple[Stage, ...]:
    """Read ``project`` as columns: input, every layer, the last one as output."""
    source = project.data.source
    shape: Size | None = build.input_shape(project)
    if source.input_kind == "image":
        first = Stage(Kind.IMAGE, _tr("Input"), math.prod(shape or ()), shape, 0)
    elif source.input_kind == "table":
        first = Stage(Kind.TABLE, _tr("Inputs"), len(source.input_names), shape, 0, source.input_names)
    else:
        titles = tuple(feature(name).title for name in project.data.features)
        first = Stage(Kind.FEATURES, _tr("Features"), len(titles), shape, 0, titles)
    stages = [first]
    for index, layer in enumerate(project.network.layers):
        stages.append(_stage(project, layer, shape, last=index == len(project.network.layers) - 1))
        shape = stages[-1].shape
    return tuple(stages)


def _stage(project: Project, layer: Layer, before: Size | None, *, last: bool) -> Stage:
    """The column of one layer that gets an input of the shape ``before``."""
    shape = before if layer.bypassed else _after(layer, before)
    units = None if layer.bypassed else getattr(layer, "units", None)
    channels = not layer.bypassed and not last and shape is not None and len(shape) == 3
    paired = units is None and not layer.bypassed and _keeps_units(layer, before, shape)
    weights = layer.parameter_shape(before) if before and shape and not layer.bypassed else ()
    kind = Kind.OUTPUT if last else Kind.UNITS if units or paired else Kind.PLAIN
    kind = Kind.UNITS if channels else kind
    count = shape[-1] if channels and shape else units or math.prod(shape or (1,))
    names = class_names(project) if last else ()
    work = _multiply_adds(layer, weights, before, shape) if weights and before and shape else 0
    parameters = math.prod(weights) if weights else 0
    return Stage(kind, translated(layer.title), count, shape, parameters, names, work, layer.bypassed, paired, channels)


def _keeps_units(layer: Layer, before: Size | None, shape: Size | None) -> bool:
    """Whether each unit, or channel, stands for the same one of the layer before."""
    if shape is None or before is None or len(shape) != len(before) or shape[-1] != before[-1]:
        return False
    return size_name(layer) is None and (shape == before if len(shape) == 1 else True)


def _multiply_adds(layer: Layer, weights: Size, before: Size, shape: Size) -> int:
    """How many products a layer sums for one example: every number of a kernel once per place where it is applied."""
    named = layer.named_parameters(np.zeros(weights, np.float32), before)
    kernel = sum(values.size for name, values in named.items() if name.endswith("kernel"))
    return kernel * math.prod(shape[:-1])


def first_weighted(stages: tuple[Stage, ...]) -> int | None:
    """The column whose units look at the pixels themselves (their weights make an image); None if there is none."""
    if len(stages) < 4 or stages[0].kind is not Kind.IMAGE or stages[1].kind is not Kind.PLAIN:
        return None
    fits = stages[0].shape is not None and stages[1].units == math.prod(stages[0].shape)
    return 2 if fits and stages[2].kind is Kind.UNITS and stages[2].shape else None


def class_names(project: Project) -> tuple[str, ...]:
    """The names of the classes where the network has one output for each."""
    source = project.data.source
    return shown_names(source.class_names) if source.outputs > 1 else ()


def _after(layer: Layer, shape: Size | None) -> Size | None:
    if shape is None:
        return None
    try:
        result: Size = layer.output_shape(shape)
    except ShapeError:
        return None
    return result


def _count(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.replace("%1", number(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Canvas", text)
