"""What the pointer is on, in a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from playground.views.canvas.edges import EdgeBundle
from playground.views.canvas.geometry import Layout, Shape
from playground.views.canvas.numbers import short
from playground.views.canvas.stages import Kind, Stage, first_weighted

Edge = tuple[int, int, int]


def edge_at(bundles: Sequence[EdgeBundle | None], x: float, y: float) -> Edge | None:
    """The weight line under a point, as (layer, source, target)."""
    for layer, bundle in enumerate(bundles):
        found = bundle.nearest(x, y) if bundle is not None else None
        if found is not None:
            return layer, *found
    return None


def edge_text(edge: Edge, bundles: Sequence[EdgeBundle | None], stages: Sequence[Stage]) -> str:
    """ "Weight −0.53 from x₁ to unit 2 of layer 1"."""
    layer, source, target = edge
    bundle = bundles[layer]
    weight = bundle.weight(source, target) if bundle is not None else 0.0
    text = _tr("Weight %1\nfrom %2 to %3")
    names = unit_name(stages, layer, source), unit_name(stages, layer + 1, target)
    return text.replace("%1", short(weight)).replace("%2", names[0]).replace("%3", names[1])


def gauge_at(layout: Layout, x: float, y: float) -> int | None:
    """The column whose purity gauge (bar or number) is under a point."""
    for place, column in enumerate(layout.columns):
        if column.gauge.contains(x, y) and y < column.gauge.y + 26:
            return place
    return None


def place_text(layout: Layout, stages: Sequence[Stage], x: float, y: float) -> str:
    """The tip for a unit, a caption or the targets; empty elsewhere."""
    if layout.targets.contains(x, y):
        return _tr("What the answers should have been. The loss function compares the predictions with them.")
    for column, stage in zip(layout.columns, stages, strict=True):
        if column.gauge.contains(x, y):
            return stage.tip()
        if column.bundle is not None and column.bundle.contains(x, y):
            features = stage.kind is Kind.FEATURES
            return _tr("Click to see all features.") if features else _tr("Click to see all units of this layer.")
    for place, column in enumerate(layout.columns):
        for unit, box in enumerate(column.units):
            if box.contains(x, y):
                return _unit_text(stages, place, unit, column.shape)
    return ""


def _unit_text(stages: Sequence[Stage], place: int, unit: int, shape: Shape) -> str:
    if shape is Shape.PICTURE:
        return _tr("The example that the network is looking at.")
    if shape is Shape.BAR:
        return _tr("Flatten: puts the pixels into one row, so that a dense layer can take them. It has no weights.")
    name = unit_name(stages, place, unit)
    name = name[:1].upper() + name[1:]
    if shape is Shape.ROWS:
        return _tr("%1: the probability that the network gives this class for the example.").replace("%1", name)
    if place == first_weighted(tuple(stages)):
        text = _tr("%1: its weights as an image (blue counts for it, orange against it); below, its answer.")
        return text.replace("%1", name)
    if stages[place].channels:
        text = _tr("%1: what it finds where in the example; the small picture: its kernel, mean over what it reads.")
        return text.replace("%1", name)
    if stages[0].kind is Kind.IMAGE:
        return _tr("%1: how strongly it answers the example (blue positive, orange negative).").replace("%1", name)
    return _tr("%1: its output for every point of the plane (blue positive, orange negative).").replace("%1", name)


def unit_name(stages: Sequence[Stage], place: int, unit: int) -> str:
    """What a unit of the column ``place`` is called: "x₁", "unit 2 of layer 1", "the output"."""
    stage = stages[place]
    if place == 0 or stage.kind is Kind.OUTPUT:
        if unit < len(stage.names):
            return stage.names[unit]
        return _tr("the output") if stage.kind is Kind.OUTPUT else _tr("input %1").replace("%1", str(unit + 1))
    if stage.kind is Kind.PLAIN:
        return _tr("pixel %1").replace("%1", str(unit + 1))
    if stage.channels:
        return _tr("channel %1 of layer %2").replace("%1", str(unit + 1)).replace("%2", str(place))
    return _tr("unit %1 of layer %2").replace("%1", str(unit + 1)).replace("%2", str(place))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Canvas", text)
