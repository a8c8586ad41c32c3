"""What is drawn at a place of the network: a unit, a weight, a gauge, the head of a layer."""

from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QRect

from playground.views.canvas.assembly import Assembly
from playground.views.canvas.boxes import Rect
from playground.views.canvas.geometry import TITLE_HEIGHT
from playground.views.canvas.hover import edge_at, edge_text, gauge_at, place_text


@dataclass(frozen=True)
class Spot:
    """A part of the drawing. ``name``: of its help; ``words``: what it is just now; ``place``: on the sheet."""

    name: str
    words: str
    place: QRect


_AROUND = 14  # of a point on a line


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
    head = layout.head_at(x, y)
    if head is not None:
        return Spot(
            "canvas.head", "", _around(msgspec.structs.replace(layout.columns[head].frame, height=TITLE_HEIGHT))
        )
    edge = edge_at(assembly.bundles, x, y)
    if edge is None:
        return None
    told = " ".join(edge_text(edge, assembly.bundles, stages).split())
    return Spot("canvas.weight", f"{told}.", _around(Rect(x, y, 0, 0).grown(_AROUND)))


def _around(box: Rect) -> QRect:
    return QRect(round(box.x), round(box.y), round(box.width), round(box.height))
