"""Which numbers belong to one unit: its bias, scale and shift, and its incoming weights, each with a name."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.engine.layers import DepthwiseConv2D
from playground.project import weights
from playground.project.model import Project
from playground.project.preprocessing import input_titles
from playground.project.weights import Positions


@dataclass(frozen=True)
class Number:
    """One parameter. ``place``: in the flat vector; ``incoming``: whether it is the weight of something that comes."""

    place: int
    name: str
    incoming: bool = False


def numbers(project: Project, layer: int, unit: int) -> list[Number]:
    """The parameters of ``unit`` of the layer at ``layer``, those of the unit alone first; none where it has none.

    Raises:
        BuildError: when the layers do not fit.
    """
    own: list[Number] = []
    incoming: list[Number] = []
    for key, places in weights.positions(project).items():
        head, _, name = key.partition(".")
        if head != str(layer) or "." in name:
            continue
        if places.ndim == 1:
            if unit < places.size:
                own.append(Number(int(places[unit]), QCoreApplication.translate("Inspector", name)))
        elif name == "kernel":
            incoming += _of_kernel(project, layer, places, unit)
    return own + incoming


def _of_kernel(project: Project, layer: int, places: Positions, unit: int) -> list[Number]:
    """The weights of one unit of a matrix, or of one filter: row, column, and channel where there are several."""
    if places.ndim == 2:
        names = _sources(project, layer, places.shape[0])
        column = places[:, unit] if unit < places.shape[1] else ()
        return [Number(int(place), name, incoming=True) for place, name in zip(column, names, strict=False)]
    if isinstance(project.network.layers[layer], DepthwiseConv2D):
        places = places.reshape(*places.shape[:2], 1, -1)  # a filter looks at one channel
    if unit >= places.shape[-1]:
        return []
    several = places.shape[2] > 1
    found = []
    for row, across, channel in np.ndindex(places.shape[:3]):
        name = f"{row + 1}, {across + 1}" + (f" · {channel + 1}" if several else "")
        found.append(Number(int(places[row, across, channel, unit]), name, incoming=True))
    return found


def _sources(project: Project, layer: int, count: int) -> list[str]:
    """Names of what a layer with a matrix of weights reads: features, or units of the layer before."""
    titles = input_titles(project) if layer == 0 else ()
    if len(titles) == count:
        return list(titles)
    return [f"{k + 1}" for k in range(count)]
