"""Letters for what a step is made of, and where the chosen weight stands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.insight.trace.card import Focus
from playground.insight.trace.formulas.expression import Symbol
from playground.insight.trace.record import Trace
from playground.project.preprocessing import input_titles

LONGEST = 10
"""Characters of an input's name in a formula."""


def layer_mark(layer: int) -> str:
    """How a layer is numbered above a letter."""
    return f"({layer + 1})"


def input_symbol(trace: Trace, layer: int, place: int) -> Symbol:
    """One input of a layer: a feature of the data, or an output of the layer before."""
    if layer:
        return Symbol("a", str(place + 1), layer_mark(layer - 1))
    titles = input_titles(trace.project)
    if trace.layers[0].input.ndim == 2 and place < len(titles):
        title = titles[place]
        return Symbol(title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…")
    return Symbol("x", str(place + 1))


def of_unit(letter: str, layer: int, unit: int) -> Symbol:
    """A letter for one unit of a layer."""
    return Symbol(letter, str(unit + 1), layer_mark(layer))


def weight_symbol(layer: int, source: int | None, unit: int) -> Symbol:
    """A weight, first where it comes from, then where it leads; or a bias."""
    if source is None:
        return of_unit("b", layer, unit)
    comma = "," if max(source, unit) >= 9 else ""
    return Symbol("w", f"{source + 1}{comma}{unit + 1}", layer_mark(layer))


@dataclass(frozen=True)
class Chosen:
    """A single weight: its letter, and its place in the flat vectors."""

    symbol: Symbol
    place: int


def chosen(trace: Trace, focus: Focus) -> Chosen | None:
    """The weight in focus; None where the layer has none such."""
    named = _matrix(trace, focus.layer)
    if focus.source is None:
        bias = _bias(trace, focus.layer)
        if bias is None or focus.unit >= len(bias):
            return None
        return Chosen(weight_symbol(focus.layer, None, focus.unit), int(bias[focus.unit]))
    if named is None or focus.source >= named.shape[0] or focus.unit >= named.shape[1]:
        return None
    symbol = weight_symbol(focus.layer, focus.source, focus.unit)
    if f"{focus.layer}.gamma" in trace.places:
        symbol = of_unit("γ", focus.layer, focus.unit)
    return Chosen(symbol, int(named[focus.source, focus.unit]))


def sources(trace: Trace, layer: int) -> int:
    """How many weights lead to each unit of a layer, without its bias."""
    named = _matrix(trace, layer)
    return 0 if named is None else named.shape[0]


def has_bias(trace: Trace, layer: int) -> bool:
    """Whether units of the layer have a bias (or an offset)."""
    return _bias(trace, layer) is not None


def units(trace: Trace, layer: int) -> int:
    """How many units or channels a layer has."""
    return int(trace.layers[layer].outputs.shape[0])


def _matrix(trace: Trace, layer: int) -> NDArray[np.intp] | None:
    """Places of a layer's weights as (weights to a unit, units)."""
    if trace.project.network.layers[layer].bypassed:
        return None
    count = units(trace, layer)
    for name in ("kernel", "gamma"):
        found = trace.places.get(f"{layer}.{name}")
        if found is not None and found.size % count == 0:
            return found.reshape(-1, count)
    return None


def _bias(trace: Trace, layer: int) -> NDArray[np.intp] | None:
    if trace.project.network.layers[layer].bypassed:
        return None
    found = trace.places.get(f"{layer}.bias", trace.places.get(f"{layer}.beta"))
    return None if found is None or found.ndim != 1 else found
