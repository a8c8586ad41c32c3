"""Units of pictures: a channel is looked at where it answers most, and its window there."""

from itertools import product

import numpy as np

from playground.engine.layers import Conv2D
from playground.engine.layers.windows import windows_on
from playground.insight.trace import naming
from playground.insight.trace.card import Focus
from playground.insight.trace.formulas.expression import Formula, Symbol
from playground.insight.trace.kept import Array
from playground.insight.trace.record import Trace

MOST = 4
"""Of the numbers in a window; the strongest are written out."""


def place(trace: Trace, focus: Focus) -> tuple[int, ...]:
    """Where the unit in focus stands in its layer's output: (unit, example), or (channel, row, column, example)."""
    outputs = trace.layers[focus.layer].outputs
    if outputs.ndim == 2:
        return focus.unit, focus.example
    seen = np.nan_to_num(np.abs(outputs[focus.unit, :, :, focus.example]))
    row, column = np.unravel_index(int(seen.argmax()), seen.shape)
    return focus.unit, int(row), int(column), focus.example


def of(array: Array, trace: Trace, focus: Focus) -> float:
    """The number at that place of an array; nan where the array has no such place."""
    at = place(trace, focus)
    if array.ndim != len(at) or any(one >= size for one, size in zip(at, array.shape, strict=True)):
        return float("nan")
    return float(array[at])


def output(trace: Trace, focus: Focus) -> float:
    """The output of the unit in focus."""
    return of(trace.layers[focus.layer].outputs, trace, focus)


def window_sum(trace: Trace, focus: Focus) -> Formula:
    """The weighted sum of a Conv2D channel at one pixel: kernel times window, and the bias."""
    index = focus.layer
    traced = trace.layers[index]
    layer = traced.layer
    assert isinstance(layer, Conv2D)
    kernel, bias = (trace.parameter(index, name, trace.update.before) for name in ("kernel", "bias"))
    assert kernel is not None
    assert bias is not None
    channels, high, wide, _ = traced.input.shape
    windows = windows_on(layer, (high, wide, channels), layer.kernel_size, layer.strides, layer.padding)
    _, row, column, example = place(trace, focus)
    top, left = row * windows.strides[0] - windows.before[0], column * windows.strides[1] - windows.before[1]
    symbols, values, found = dict[str, Symbol](), dict[str, float](), list[tuple[float, int, float, float]]()
    for at, (down, right, channel) in enumerate(product(*map(range, kernel.shape[:3]))):
        y, x = top + down, left + right
        inside = 0 <= y < high and 0 <= x < wide
        seen = float(traced.input[channel, y, x, example]) if inside else 0.0
        weight = float(kernel[down, right, channel, focus.unit])
        found.append((weight * seen, at, weight, seen))
    found.sort(key=lambda term: -abs(term[0]))
    parts = []
    for _, at, weight, seen in sorted(found[:MOST], key=lambda term: term[1]):
        symbols |= {f"w{at}": naming.weight_symbol(index, at, focus.unit), f"x{at}": Symbol("x", str(at + 1))}
        values |= {f"w{at}": weight, f"x{at}": seen}
        parts.append(f"w{at} * x{at}")
    if len(found) > MOST:
        symbols["rest"], values["rest"] = Symbol("…"), sum(term[0] for term in found[MOST:])
        parts.append("rest")
    symbols["b"], values["b"] = naming.weight_symbol(index, None, focus.unit), float(bias[focus.unit])
    left_side = naming.of_unit("z", index, focus.unit)
    return Formula(left_side, " + ".join([*parts, "b"]), of(traced.sums, trace, focus), symbols, values)
