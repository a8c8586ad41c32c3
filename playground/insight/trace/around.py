"""Residual blocks: what comes through the inner layers and what comes around them, as it is or projected."""

from playground.insight.trace import naming, pixels
from playground.insight.trace.card import Focus
from playground.insight.trace.formulas.expression import Formula, Symbol
from playground.insight.trace.kept import Array
from playground.insight.trace.record import Trace
from playground.insight.trace.terms import Terms, weighted
from playground.texts import Text

At = tuple[int, ...]
"""A place in a layer's output: (unit, example), or (channel, row, column, example)."""


def forward(trace: Trace, focus: Focus) -> Formula | None:
    """The sum z = inner(x) + x, or + projection(x); None where the number in focus is none of a sum."""
    index, unit = focus.layer, focus.unit
    traced, at = trace.layers[index], pixels.place(trace, focus)
    if traced.sums.shape != traced.outputs.shape:
        return None
    left, total = naming.of_unit("z", index, unit), float(traced.sums[at])
    kernel = _kernel(trace, index)
    if kernel is None:
        x = float(traced.input[at])
        names = {"x": naming.input_symbol(trace, index, unit), "inner": _inner()}
        return Formula(left, "x + inner", total, names, {"x": x, "inner": total - x})
    bias = trace.parameter(index, "projection.bias", trace.update.before)
    assert bias is not None
    down, right = _strides(trace, index)
    place = (at[1] * down, at[2] * right) if len(at) == 4 else ()
    terms: Terms = [
        (
            _weight(index, source, unit),
            float(kernel[source, unit]),
            naming.input_symbol(trace, index, source),
            float(traced.input[(source, *place, focus.example)]),
        )
        for source in range(len(kernel))
    ]
    around = sum(weight * x for _, weight, _, x in terms) + float(bias[unit])
    told = weighted(left, terms, (_bias(index, unit), float(bias[unit])), total)
    return _with_inner(told, total - around)


def backward(trace: Trace, index: int, at: At, left: Symbol, result: float) -> Formula:
    """∂L/∂x at a place of a block's input: what comes back around it and what comes through its layers."""
    dz, kernel = trace.layers[index].sum_gradients, _kernel(trace, index)
    assert dz is not None
    if kernel is None:
        value = float(dz[at])
        names = {"dz": naming.of_unit("∂L/∂z", index, at[0]), "inner": _inner()}
        return Formula(left, "dz + inner", result, names, {"dz": value, "inner": result - value})
    terms: Terms = []
    if (place := _seen_at(trace, index, at)) is not None:
        terms = [
            (
                _weight(index, at[0], other),
                float(kernel[at[0], other]),
                naming.of_unit("∂L/∂z", index, other),
                float(dz[(other, *place, at[-1])]),
            )
            for other in range(kernel.shape[1])
        ]
    around = sum(weight * gradient for _, weight, _, gradient in terms)
    return _with_inner(weighted(left, terms, None, result), result - around)


def _kernel(trace: Trace, index: int) -> Array | None:
    """Weights of the projection as (units of the input, units of the output); None where x goes around as it is."""
    kernel = trace.parameter(index, "projection.kernel", trace.update.before)
    return None if kernel is None else kernel.reshape(-1, kernel.shape[-1])


def _strides(trace: Trace, index: int) -> tuple[int, int]:
    """How far the projection's window of one pixel moves, down and to the right."""
    before, after = trace.layers[index].input.shape[1:-1], trace.layers[index].outputs.shape[1:-1]
    down, right = (-(-old // new) for old, new in zip(before, after, strict=True)) if before else (1, 1)
    return down, right


def _seen_at(trace: Trace, index: int, at: At) -> tuple[int, ...] | None:
    """Where in the output the projection puts a number of the input; None where it steps over it."""
    if len(at) == 2:
        return ()
    (row, rest_down), (column, rest_right) = map(divmod, at[1:3], _strides(trace, index))
    return None if rest_down or rest_right else (row, column)


def _with_inner(told: Formula, inner: float) -> Formula:
    expression = " + ".join(filter(None, (told.expression, "inner")))
    symbols, values = {**told.symbols, "inner": _inner()}, {**told.values, "inner": inner}
    return Formula(told.left, expression, told.result, symbols, values)


def _inner() -> Symbol:
    return Symbol(Text("through its layers"))


def _weight(index: int, source: int, unit: int) -> Symbol:
    one = naming.weight_symbol(index, source, unit)
    return Symbol("p", one.sub, one.sup)


def _bias(index: int, unit: int) -> Symbol:
    return naming.of_unit("b", index, unit)
