"""The way back through one layer: what it hands to a number of the layer before, whatever the layer does."""

from itertools import product

import numpy as np

from playground.engine.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GaussianNoise,
    GlobalAveragePooling2D,
    LayerNormalization,
    MaxPooling2D,
    Reshape,
    Residual,
)
from playground.engine.layers.windows import Windows, windows_on
from playground.insight.trace import around, naming, normal, pixels
from playground.insight.trace.card import Focus, Note
from playground.insight.trace.formulas.expression import Formula, Symbol
from playground.insight.trace.kept import Array
from playground.insight.trace.record import Trace
from playground.insight.trace.terms import Terms, weighted

At = tuple[int, ...]
"""A place in a layer's output: (unit, example), or (channel, row, column, example)."""


def handed_back(trace: Trace, index: int, unit: int, example: int, result: float) -> Formula:
    """∂L/∂a of a unit, from the layer that reads it; without an expression where none says more than the number."""
    left = naming.of_unit("∂L/∂a", index, unit)
    after, at = reader(trace, index, pixels.place(trace, Focus(example, index, unit)))
    traced = trace.layers[after]
    dz, layer = traced.sum_gradients, traced.layer
    if dz is None or result != result or traced.input.ndim != len(at):
        return Formula(left, "", result)
    if isinstance(layer, Dense):
        return _through_dense(trace, after, at, left, result, dz)
    if isinstance(layer, Conv2D | DepthwiseConv2D):
        return _through_windows(trace, after, at, left, result, dz)
    if isinstance(layer, BatchNormalization | LayerNormalization):
        return normal.backward(trace, after, at, left, result)
    if isinstance(layer, MaxPooling2D | AveragePooling2D):
        return _through_pool(trace, after, at, left, result, dz)
    if isinstance(layer, Residual):
        return around.backward(trace, after, at, left, result)
    return _straight(trace, after, at, left, result, dz)


def reader(trace: Trace, index: int, at: At) -> tuple[int, At]:
    """The next layer that computes with a number, and where it finds it: passages only put it elsewhere."""
    after, last = index + 1, len(trace.layers) - 1
    while after < last:
        traced = trace.layers[after]
        if trace.project.network.layers[after].bypassed:
            pass
        elif isinstance(traced.layer, Flatten | Reshape):
            at = _moved(traced.input, traced.outputs, at)
        else:
            break
        after += 1
    return after, at


def note(trace: Trace, focus: Focus) -> Note | None:
    """What is to be known about the layer that reads a unit; None where its formula says all."""
    if focus.layer == len(trace.layers) - 1:
        return None
    layer = trace.layers[reader(trace, focus.layer, pixels.place(trace, focus))[0]].layer
    if isinstance(layer, MaxPooling2D):
        return Note("Max pooling hands a gradient to the largest number of its window only: k is 1 for it, else 0.")
    if isinstance(layer, BatchNormalization) and not layer.trainable:
        return Note("This layer is frozen: μ and σ² are those that training gathered, and stay as they are.")
    if isinstance(layer, BatchNormalization):
        return Note("Each number also moves μ and σ² of the mini-batch: what moves all numbers alike is taken off.")
    if isinstance(layer, LayerNormalization):
        return Note("Each number also moves μ and σ² of its example: what moves all units alike is taken off.")
    if isinstance(layer, Residual):
        return Note("The gradient comes back around the block and through its layers; both add up.")
    if isinstance(layer, Dropout):
        return Note("What was left out (k = 0) gets no gradient.")
    return None


def _through_dense(trace: Trace, after: int, at: At, left: Symbol, result: float, dz: Array) -> Formula:
    """Σ w · ∂L/∂z over the units that read the number."""
    kernel = trace.parameter(after, "kernel", trace.update.before)
    if kernel is None or at[0] >= len(kernel):
        return Formula(left, "", result)
    terms: Terms = [
        (
            naming.weight_symbol(after, at[0], other),
            float(kernel[at[0], other]),
            naming.of_unit("∂L/∂z", after, other),
            float(dz[other, at[-1]]),
        )
        for other in range(kernel.shape[1])
    ]
    return weighted(left, terms, None, result)


def _through_windows(trace: Trace, after: int, at: At, left: Symbol, result: float, dz: Array) -> Formula:
    """Σ w · ∂L/∂z over all windows that have seen the pixel, and all channels that look at its own."""
    kernel, layer = trace.parameter(after, "kernel", trace.update.before), trace.layers[after].layer
    assert isinstance(layer, Conv2D | DepthwiseConv2D)
    if kernel is None:
        return Formula(left, "", result)
    windows = windows_on(layer, pixels.image(trace, after), layer.kernel_size, layer.strides, layer.padding)
    alone = isinstance(layer, DepthwiseConv2D)
    channels, units = kernel.shape[2:]
    terms: Terms = [
        (
            naming.weight_symbol(after, place if alone else place * channels + at[0], other),
            float(kernel[down, right, at[0], unit]),
            naming.of_unit("∂L/∂z", after, other),
            float(dz[other, row, column, at[-1]]),
        )
        for (row, column), (down, right) in _windows(windows, at)
        for unit in range(units)
        for place, other in [(down * windows.kernel[1] + right, at[0] * units + unit if alone else unit)]
    ]
    return weighted(left, terms, None, result) if terms else Formula(left, "", result)


def _through_pool(trace: Trace, after: int, at: At, left: Symbol, result: float, dz: Array) -> Formula:
    """A share of ∂L/∂z from each window that has seen the pixel: all or nothing (largest), or equal ones (mean)."""
    traced = trace.layers[after]
    layer, given = traced.layer, traced.input
    assert isinstance(layer, MaxPooling2D | AveragePooling2D)
    strides = layer.pool_size if layer.strides is None else layer.strides
    windows = windows_on(layer, pixels.image(trace, after), layer.pool_size, strides, layer.padding)
    symbols, values, parts = dict[str, Symbol](), dict[str, float](), list[str]()
    for number, ((row, column), _) in enumerate(_windows(windows, at)):
        inside = _inside(windows, given, row, column)
        d, k = f"d{number}", f"k{number}"
        symbols[d], values[d] = naming.of_unit("∂L/∂z", after, at[0]), float(dz[at[0], row, column, at[-1]])
        if isinstance(layer, AveragePooling2D):
            symbols[k], values[k] = Symbol("n"), float(len(inside))
            parts.append(f"{d} / {k}")
        else:
            first = max(inside, key=lambda place: given[at[0], place[0], place[1], at[-1]])
            mine = first == (at[1], at[2])
            symbols[k], values[k] = Symbol("k"), float(mine)
            parts.append(f"{d} * {k}")
    return Formula(left, " + ".join(parts), result, symbols, values)


def _straight(trace: Trace, after: int, at: At, left: Symbol, result: float, dz: Array) -> Formula:
    """Layers that work on each number by itself, and the mean of a channel."""
    traced = trace.layers[after]
    layer, symbol = traced.layer, naming.of_unit("∂L/∂z", after, at[0])
    if isinstance(layer, GlobalAveragePooling2D):
        count = float(traced.input[0, ..., 0].size)
        both = {"dz": float(dz[at[0], at[-1]]), "n": count}
        return Formula(left, "dz / n", result, {"dz": symbol, "n": Symbol("n")}, both)
    if dz.shape != traced.input.shape:
        return Formula(left, "", result)
    value = float(dz[at])
    if isinstance(layer, Activation | GaussianNoise):
        return Formula(left, "dz", result, {"dz": symbol}, {"dz": value})
    if isinstance(layer, Dropout):
        kept = float(bool(traced.outputs[at]) or bool(result))
        names = {"dz": symbol, "k": Symbol("k"), "rate": Symbol("rate")}
        return Formula(left, "dz * k / (1 - rate)", result, names, {"dz": value, "k": kept, "rate": layer.rate})
    return Formula(left, "", result)


def _moved(before: Array, after: Array, at: At) -> At:
    """Where Flatten and Reshape put a number: they go row by row, with the channels last."""
    shapes = [(*array.shape[1:-1], array.shape[0]) for array in (before, after)]
    number = int(np.ravel_multi_index((*at[1:-1], at[0]), shapes[0]))
    *pixel, channel = map(int, np.unravel_index(number, shapes[1]))
    return channel, *pixel, at[-1]


def _windows(windows: Windows, at: At) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The windows that have seen a pixel: where their output stands, and where in them the pixel does."""
    found = []
    for down, right in product(*map(range, windows.kernel)):
        top, left = at[1] + windows.before[0] - down, at[2] + windows.before[1] - right
        (row, rest_down), (column, rest_right) = divmod(top, windows.strides[0]), divmod(left, windows.strides[1])
        if not (rest_down or rest_right) and 0 <= row < windows.places[0] and 0 <= column < windows.places[1]:
            found.append(((row, column), (down, right)))
    return found


def _inside(windows: Windows, given: Array, row: int, column: int) -> list[tuple[int, int]]:
    """The pixels of the image below a window, row by row."""
    top, left = row * windows.strides[0] - windows.before[0], column * windows.strides[1] - windows.before[1]
    places = ((top + down, left + right) for down, right in product(*map(range, windows.kernel)))
    return [(y, x) for y, x in places if 0 <= y < given.shape[1] and 0 <= x < given.shape[2]]
