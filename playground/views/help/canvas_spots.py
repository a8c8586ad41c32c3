"""What is drawn at a place of the network: a unit, a weight, a gauge, the head of a layer."""

from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QRect

from playground.engine.layers import LAYERS
from playground.session.language import translated
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.boxes import Rect, Shape
from playground.views.canvas.geometry import TITLE_HEIGHT
from playground.views.canvas.hover import edge_at, edge_text, gauge_at, place_text


@dataclass(frozen=True)
class Spot:
    """A part of the drawing. ``name``: of its help; ``words``: what it is just now; ``place``: on the sheet.

    ``kind``: what the glossary calls it, such as "layer:dense"; "" for most.
    """

    name: str
    words: str
    place: QRect
    kind: str = ""


_AROUND = 14  # of a point on a line
_WHOLE = {Shape.PICTURE: "canvas.input", Shape.BAR: "canvas.flatten"}


def spot(assembly: Assembly, x: float, y: float) -> Spot | None:
    """What is at a point of the canvas's sheet; None where it is empty."""
    layout, stages = assembly.layout, assembly.stages
    words = " ".join(place_text(layout, stages, x, y).split())
    gauge = gauge_at(layout, x, y)
    if gauge is not None:
        box = layout.columns[gauge].gauge
        return Spot("canvas.purity", "", _around(box))
    if layout.targets.contains(x, y):
        return Spot("canvas.targets", words, _around(layout.targets))
    unit = layout.unit_at(x, y)
    if unit is not None:
        return Spot("canvas.unit", words, _around(layout.columns[unit[0]].units[unit[1]]))
    for column in layout.columns:
        if column.shape in _WHOLE and any(box.contains(x, y) for box in column.units):
            return Spot(_WHOLE[column.shape], words, _around(column.units[0]))
    head = layout.head_at(x, y)
    if head is not None:
        box = msgspec.structs.replace(layout.columns[head].frame, height=TITLE_HEIGHT)
        kind = layer_kind(stages[head].title)
        return Spot("canvas.head", translated(LAYERS[kind].help) if kind else "", _around(box), f"layer:{kind}")
    edge = edge_at(assembly.bundles, x, y)
    if edge is None:
        return None
    told = " ".join(edge_text(edge, assembly.bundles, stages).split())
    return Spot("canvas.weight", f"{told}.", _around(Rect(x, y, 0, 0).grown(_AROUND)))


def layer_kind(title: str) -> str:
    """The registered name of the kind of layer whose head says ``title``; "" where it is none, such as the output."""
    return next((name for name in LAYERS.names() if translated(LAYERS[name].title) == title), "")


def _around(box: Rect) -> QRect:
    return QRect(round(box.x), round(box.y), round(box.width), round(box.height))
