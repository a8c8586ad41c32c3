"""The way forward, term by term: how one unit comes to its output for one example."""

import numpy as np

from playground.engine.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    GaussianNoise,
    GlobalAveragePooling2D,
    LayerNormalization,
    MaxPooling2D,
    Residual,
)
from playground.insight.trace import around, naming, normal, pixels
from playground.insight.trace.card import Asked, Card, Focus, Note, Question
from playground.insight.trace.formulas.activations import bend
from playground.insight.trace.formulas.expression import Formula, Symbol
from playground.insight.trace.record import Trace
from playground.insight.trace.terms import weighted


def card(trace: Trace, focus: Focus) -> Card:
    """One unit's output for one example."""
    formulas = told(trace, focus)
    numbers = str(focus.layer + 1), str(focus.unit + 1), trace.layers[focus.layer].layer.title
    sums = len(formulas) > 1 and formulas[0].left.base == "z"
    plain = "Forward: layer %1 (%3), unit %2"
    title = Note("Forward: layer %1, unit %2 adds up, then bends the sum" if sums else plain, numbers)
    question = None
    if formulas:
        at = 0 if formulas[0].expression else len(formulas) - 1
        question = Question(Note("What does it come to?"), Asked.NUMBER, formulas[at].result, at)
    return Card(title, tuple(formulas), note=_note(trace, focus), question=question)


def told(trace: Trace, focus: Focus) -> list[Formula]:
    """The formulas of one unit: its sum, then its output."""
    layer = trace.layers[focus.layer].layer
    if isinstance(layer, Dense):
        return [_sum(trace, focus), *_bent(trace, focus)]
    if isinstance(layer, Conv2D | DepthwiseConv2D):
        return [pixels.window_sum(trace, focus), *_bent(trace, focus)]
    if isinstance(layer, Activation):
        return _bent(trace, focus, naming.input_symbol(trace, focus.layer, focus.unit))
    if isinstance(layer, BatchNormalization | LayerNormalization):
        return normal.forward(trace, focus)
    if isinstance(layer, Dropout | GaussianNoise):
        return [_disturbed(trace, focus)]
    if isinstance(layer, MaxPooling2D | AveragePooling2D | GlobalAveragePooling2D):
        return [pixels.pooled(trace, focus)]
    if isinstance(layer, Residual) and (added := around.forward(trace, focus)) is not None:
        return [added, *_bent(trace, focus)]
    return [Formula(naming.of_unit("a", focus.layer, focus.unit), "", pixels.output(trace, focus))]


def _sum(trace: Trace, focus: Focus) -> Formula:
    """The weighted sum of a dense unit."""
    index, unit, example = focus.layer, focus.unit, focus.example
    traced = trace.layers[index]
    kernel, bias = (trace.parameter(index, name, trace.update.before) for name in ("kernel", "bias"))
    assert kernel is not None
    assert bias is not None
    terms = [
        (
            naming.weight_symbol(index, at, unit),
            float(kernel[at, unit]),
            naming.input_symbol(trace, index, at),
            float(traced.input[at, example]),
        )
        for at in range(len(kernel))
    ]
    offset = naming.weight_symbol(index, None, unit), float(bias[unit])
    keep = -1 if focus.source is None else focus.source
    result = float(traced.sums[unit, example])
    return weighted(naming.of_unit("z", index, unit), terms, offset, result, keep)


def _bent(trace: Trace, focus: Focus, inner: Symbol | None = None) -> list[Formula]:
    """The output from the sum; softmax needs the sums of all units."""
    traced, unit = trace.layers[focus.layer], focus.unit
    z, a = pixels.of(traced.sums, trace, focus), pixels.output(trace, focus)
    left = naming.of_unit("a", focus.layer, unit)
    symbol = inner or naming.of_unit("z", focus.layer, unit)
    if unit in traced.layer.muted:
        return [Formula(left, "", a)]
    if traced.activation == "softmax" and traced.sums.ndim == 2:
        sums = traced.sums[:, focus.example].astype(np.float64)
        total = float(np.exp(sums).sum())
        names = {"z": symbol, "total": Symbol("Σ e", sup="z")}
        return [Formula(left, "exp(z) / total", a, names, {"z": z, "total": total})]
    expression = bend(traced.activation).output
    return [Formula(left, expression, a, {"z": symbol}, {"z": z})]


def _disturbed(trace: Trace, focus: Focus) -> Formula:
    """Dropout and noise: what chance did to the number."""
    traced = trace.layers[focus.layer]
    x, a = pixels.of(traced.input, trace, focus), pixels.output(trace, focus)
    left, symbol = naming.of_unit("a", focus.layer, focus.unit), naming.input_symbol(trace, focus.layer, focus.unit)
    if isinstance(traced.layer, Dropout):
        kept = 1.0 if a else 0.0
        names = {"x": symbol, "k": Symbol("k"), "rate": Symbol("rate")}
        return Formula(left, "x * k / (1 - rate)", a, names, {"x": x, "k": kept, "rate": traced.layer.rate})
    return Formula(left, "x + noise", a, {"x": symbol, "noise": Symbol("n")}, {"x": x, "noise": a - x})


def _note(trace: Trace, focus: Focus) -> Note | None:
    traced = trace.layers[focus.layer]
    if focus.unit in traced.layer.muted:
        return Note("This unit is muted: its output is 0, whatever its sum.")
    if isinstance(traced.layer, Dropout):
        return Note("k is drawn by chance for every number and step: 0 leaves it out.")
    if traced.outputs.ndim == 4:
        _, row, column, _ = pixels.place(trace, focus)
        where = (str(row + 1), str(column + 1))
        return Note("Shown where this channel answers most: row %1, column %2.", where)
    return None
