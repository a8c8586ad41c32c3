"""Units of pictures: a channel is looked at where it answers most, and its window there."""

from collections.abc import Iterable
from itertools import product

import numpy as np

from playground.engine.layers import (
    AveragePooling2D,
    Conv2D,
    DepthwiseConv2D,
    GlobalAveragePooling2D,
    MaxPooling2D,
)
from playground.engine.layers.windows import Windows, windows_on
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
    """The weighted sum of a channel at one pixel: kernel times window, of all channels or of its own, and the bias."""
    index = focus.layer
    layer = trace.layers[index].layer
    assert isinstance(layer, Conv2D | DepthwiseConv2D)
    kernel, bias = (trace.parameter(index, name, trace.update.before) for name in ("kernel", "bias"))
    assert kernel is not None
    assert bias is not None
    windows = windows_on(layer, image(trace, index), layer.kernel_size, layer.strides, layer.padding)
    alone = isinstance(layer, DepthwiseConv2D)
    channels = (focus.unit // kernel.shape[3],) if alone else range(kernel.shape[2])
    seen = [one or 0.0 for one in _window(trace, focus, windows, channels)]
    weights = kernel.reshape(-1, naming.units(trace, index))[:, focus.unit].tolist()
    order = sorted(range(len(seen)), key=lambda at: -abs(seen[at] * weights[at]))
    written = sorted(order[:MOST])
    if focus.source is not None and focus.source < len(seen) and focus.source not in written:
        written = sorted([*sorted(written, key=order.index)[:-1], focus.source])
    symbols, values, parts = dict[str, Symbol](), dict[str, float](), []
    for at in written:
        symbols |= {f"w{at}": naming.weight_symbol(index, at, focus.unit), f"x{at}": Symbol("x", str(at + 1))}
        values |= {f"w{at}": weights[at], f"x{at}": seen[at]}
        parts.append(f"w{at} * x{at}")
    if len(seen) > len(written):
        symbols["rest"] = Symbol("…")
        values["rest"] = sum(seen[at] * weights[at] for at in range(len(seen)) if at not in written)
        parts.append("rest")
    symbols["b"], values["b"] = naming.weight_symbol(index, None, focus.unit), float(bias[focus.unit])
    result = of(trace.layers[index].sums, trace, focus)
    return Formula(naming.of_unit("z", index, focus.unit), " + ".join([*parts, "b"]), result, symbols, values)


def pooled(trace: Trace, focus: Focus) -> Formula:
    """The largest number, or the mean, of the window of a pooling layer; the mean of a whole channel."""
    traced = trace.layers[focus.layer]
    layer = traced.layer
    assert isinstance(layer, MaxPooling2D | AveragePooling2D | GlobalAveragePooling2D)
    if isinstance(layer, GlobalAveragePooling2D):
        seen = traced.input[focus.unit, ..., focus.example].astype(float).ravel().tolist()
    else:
        strides = layer.pool_size if layer.strides is None else layer.strides
        windows = windows_on(layer, image(trace, focus.layer), layer.pool_size, strides, layer.padding)
        seen = [one for one in _window(trace, focus, windows, (focus.unit,)) if one is not None]
    largest = isinstance(layer, MaxPooling2D)
    shown = sorted(seen, key=lambda one: -abs(one))[:MOST] if len(seen) > MOST else seen
    values = {f"x{at}": one for at, one in enumerate(shown)}
    symbols = {name: Symbol("x", str(at + 1)) for at, name in enumerate(values)}
    if len(seen) > MOST:
        rest = sorted(seen, key=lambda one: -abs(one))[MOST:]
        symbols["rest"], values["rest"] = Symbol("…"), max(rest) if largest else sum(rest)
    names = list(values)
    expression = f"max({', '.join(names)})" if largest else f"({' + '.join(names)}) / {len(seen)}"
    if len(names) == 1:
        expression = names[0]
    left = naming.of_unit("a", focus.layer, focus.unit)
    return Formula(left, expression, output(trace, focus), symbols, values)


def image(trace: Trace, index: int) -> tuple[int, int, int]:
    """Height, width and channels of what a layer gets."""
    channels, high, wide, _ = trace.layers[index].input.shape
    return high, wide, channels


def _window(trace: Trace, focus: Focus, windows: Windows, channels: Iterable[int]) -> list[float | None]:
    """The numbers below a window, row by row, channels side by side; None beyond the edge."""
    given, (_, row, column, example) = trace.layers[focus.layer].input, place(trace, focus)
    top, left = row * windows.strides[0] - windows.before[0], column * windows.strides[1] - windows.before[1]
    _, high, wide, _ = given.shape
    found = list[float | None]()
    for down, right, channel in product(*map(range, windows.kernel), channels):
        y, x = top + down, left + right
        inside = 0 <= y < high and 0 <= x < wide
        found.append(float(given[channel, y, x, example]) if inside else None)
    return found
