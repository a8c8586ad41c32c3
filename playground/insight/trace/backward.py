"""The way back, product by product: from the loss through every later layer to one weight (the chain rule)."""

import re

import numpy as np

from playground.engine.layers import BatchNormalization, Dense, Flatten, LayerNormalization, Reshape
from playground.insight.trace import naming, normal, pixels
from playground.insight.trace.card import Asked, Card, Focus, Note, Question
from playground.insight.trace.formulas.activations import bend
from playground.insight.trace.formulas.expression import Formula, Symbol
from playground.insight.trace.formulas.losses import FUSED_GRADIENT, mistake
from playground.insight.trace.mistakes import weighing
from playground.insight.trace.record import Trace
from playground.insight.trace.through import handed_back, note
from playground.texts import Text

MOST_UNITS = 3
"""Of a later layer: as many as have the strongest part in the gradient are followed."""


def card(trace: Trace, focus: Focus) -> Card:
    """The gradient of the weight in focus, through all later layers."""
    weight = naming.chosen(trace, focus)
    if trace.layers[focus.layer].sum_gradients is None:
        text = "No gradient comes as far back as layer %1: nothing before or in it learns."
        return Card(_title(focus), note=Note(text, (str(focus.layer + 1),)))
    formulas = chain(trace, focus)
    if weight is None:
        return Card(_title(focus), tuple(formulas), note=Note("This layer has no such weight; the gradient goes on."))
    formulas += _of_weight(trace, focus, weight)
    question = Question(
        Note("Is the gradient above 0 (then the weight has to go down) or below it?"),
        Asked.DIRECTION,
        formulas[-1].result,
        max(0, len(formulas) - 2),
    )
    return Card(_title(focus, weight.symbol), tuple(formulas), note=_note(trace, focus), question=question)


def chain(trace: Trace, focus: Focus) -> list[Formula]:
    """∂L/∂z of the units that matter, from the output back to the unit in focus."""
    found = list[Formula]()
    last = len(trace.layers) - 1
    for index in range(last, focus.layer, -1):
        if _is_passage(trace, index):
            continue
        told = (unit_gradient(trace, index, unit, focus.example) for unit in _strongest(trace, index, focus))
        found += [one for one in told if one.expression]
    return [*found, *unit_steps(trace, focus.layer, focus.unit, focus)]


def unit_gradient(trace: Trace, index: int, unit: int, example: int) -> Formula:
    """∂L/∂z of one unit in a single line."""
    steps = unit_steps(trace, index, unit, Focus(example, index, unit))
    if len(steps) == 1:
        return steps[0]
    above, here = steps
    if not above.expression or not here.expression.startswith("da"):
        return here
    renamed = {f"s_{name}": symbol for name, symbol in here.symbols.items()}
    numbers = {f"s_{name}": value for name, value in here.values.items()}
    after = re.sub(r"\b(z|a|slope)\b", r"s_\1", here.expression.removeprefix("da"))
    both = {**above.symbols, **renamed}, {**above.values, **numbers}
    return Formula(here.left, f"({above.expression}){after}", here.result, *both)


def unit_steps(trace: Trace, index: int, unit: int, focus: Focus) -> list[Formula]:
    """∂L/∂a and ∂L/∂z of one unit; a single line where the two are one."""
    traced, at = trace.layers[index], Focus(focus.example, index, unit)
    assert traced.sum_gradients is not None
    total = pixels.of(traced.sum_gradients, trace, at)
    left = _gradient_of("z", index, unit)
    if index == len(trace.layers) - 1 and trace.fused:
        return [_seed(trace, left, total, FUSED_GRADIENT, unit, focus.example)]
    if traced.output_gradients is None:
        return [Formula(left, "", total)]
    arrived = pixels.of(traced.output_gradients, trace, at)
    above = _arriving(trace, index, unit, focus.example, arrived)
    if unit in traced.layer.muted:
        return [Formula(left, "", total)]
    if traced.slopes is None:  # linear, or softmax, whose units depend on each other
        if traced.activation == "softmax":
            return [above, _through_softmax(trace, at, above, total)]
        return [Formula(left, above.expression, total, above.symbols, above.values)]
    inner, names, given = _slope(trace, at, {"da": above.left}, {"da": arrived})
    return [above, Formula(left, f"da * {inner}", total, names, given)]


def _through_softmax(trace: Trace, focus: Focus, above: Formula, total: float) -> Formula:
    """∂L/∂z of one unit of a softmax: the gradients of all units count."""
    traced, left = trace.layers[focus.layer], _gradient_of("z", focus.layer, focus.unit)
    assert traced.output_gradients is not None
    if traced.outputs.ndim != 2:
        return Formula(left, "", total)
    a, da = (array[:, focus.example].astype(np.float64) for array in (traced.outputs, traced.output_gradients))
    names = {"a": naming.of_unit("a", focus.layer, focus.unit), "da": above.left, "all": Symbol("Σ a · ∂L/∂a")}
    values = {"a": float(a[focus.unit]), "da": float(da[focus.unit]), "all": float((a * da).sum())}
    return Formula(left, "a * (da - all)", total, names, values)


def _slope(
    trace: Trace, focus: Focus, symbols: dict[str, Symbol], values: dict[str, float]
) -> tuple[str, dict[str, Symbol], dict[str, float]]:
    """The slope f′ as a factor: as an expression where there is one, else as the engine's number."""
    traced, index, unit = trace.layers[focus.layer], focus.layer, focus.unit
    expression = bend(traced.activation).slope
    if not expression:
        assert traced.slopes is not None
        mark = Symbol(f"{traced.activation}′", str(unit + 1), naming.layer_mark(index))
        return "slope", {**symbols, "slope": mark}, {**values, "slope": pixels.of(traced.slopes, trace, focus)}
    found = {"z": traced.sums, "a": traced.outputs}
    names = {name: naming.of_unit(name, index, unit) for name in found}
    numbers = {name: pixels.of(array, trace, focus) for name, array in found.items()}
    return f"({expression})", {**symbols, **names}, {**values, **numbers}


def _arriving(trace: Trace, index: int, unit: int, example: int, result: float) -> Formula:
    """∂L/∂a of a unit: from the loss, or from all units of the next layer that it feeds."""
    left, last = _gradient_of("a", index, unit), len(trace.layers) - 1
    if index == last:
        return _seed(trace, left, result, mistake(trace.loss_function).gradient, unit, example)
    return handed_back(trace, index, unit, example, result)


def _seed(trace: Trace, left: Symbol, result: float, expression: str, unit: int, example: int) -> Formula:
    """Where the way back begins: the gradient of the loss itself."""
    outputs = trace.outputs.reshape(trace.outputs.shape[0], -1, trace.batch)
    if outputs.shape[1] != 1:
        return Formula(left, "", result)
    p, t = float(outputs[unit, 0, example]), float(trace.targets[unit, example])
    values = {"p": p, "t": t, "s": 1.0 if t > 0 else -1.0, "n": float(trace.loss_function.count(trace.targets.shape))}
    if expression:
        weight, counted = weighing(trace, example)
        expression, values = weight.format(expression), {**values, **counted}
    names = {name: Symbol(name) for name in values}
    return Formula(left, expression, result, names, values, doubt={"t": mistake(trace.loss_function).doubt})


def _of_weight(trace: Trace, focus: Focus, weight: naming.Chosen) -> list[Formula]:
    """∂L/∂w for the example, then for the whole mini-batch."""
    traced, left = trace.layers[focus.layer], Symbol("∂L/∂" + weight.symbol.base, weight.symbol.sub, weight.symbol.sup)
    total = float(trace.update.loss_gradient[weight.place])
    if isinstance(traced.layer, BatchNormalization | LayerNormalization):
        return normal.of_weight(trace, focus, left, total)
    if not isinstance(traced.layer, Dense):
        return [Formula(left, "", total)]
    assert traced.sum_gradients is not None
    parts = traced.sum_gradients[focus.unit].astype(np.float64)
    if focus.source is not None:
        parts = parts * traced.input[focus.source].astype(np.float64)
    gradient = _gradient_of("z", focus.layer, focus.unit)
    delta = float(traced.sum_gradients[focus.unit, focus.example])
    values, names, expression = {"dz": delta}, {"dz": gradient}, "dz"
    if focus.source is not None:
        names["x"] = naming.input_symbol(trace, focus.layer, focus.source)
        values["x"] = float(traced.input[focus.source, focus.example])
        expression = "dz * x"
    one = Formula(left, expression, float(parts[focus.example]), names, values)
    if trace.batch == 1:
        return [one]
    others = float(parts.sum() - parts[focus.example])
    added = {"this": float(parts[focus.example]), "others": others}
    words = {"this": Symbol(Text("this example")), "others": Symbol(Text("the others"))}
    return [one, Formula(Symbol("g"), "this + others", total, words, added)]


def _strongest(trace: Trace, index: int, focus: Focus) -> list[int]:
    """Units of a later layer by the size of their gradient."""
    gradients = trace.layers[index].sum_gradients
    assert gradients is not None
    sizes = np.nan_to_num(np.abs(gradients.reshape(gradients.shape[0], -1, trace.batch)[:, :, focus.example])).max(1)
    kernel = trace.parameter(index, "kernel", trace.update.before)
    if index == focus.layer + 1 and kernel is not None and kernel.ndim == 2 and focus.unit < kernel.shape[0]:
        sizes = sizes * np.abs(kernel[focus.unit])
    return sorted(np.argsort(-sizes, kind="stable")[:MOST_UNITS].tolist())


def _is_passage(trace: Trace, index: int) -> bool:
    """Whether a layer hands on its numbers as they are."""
    return trace.project.network.layers[index].bypassed or isinstance(trace.layers[index].layer, Flatten | Reshape)


def _gradient_of(letter: str, index: int, unit: int) -> Symbol:
    one = naming.of_unit(letter, index, unit)
    return Symbol(f"∂L/∂{letter}", one.sub, one.sup)


def _title(focus: Focus, weight: Symbol | None = None) -> Note:
    if weight is None:
        return Note("Backward: layer %1, unit %2", (str(focus.layer + 1), str(focus.unit + 1)))
    return Note("Backward: the chain rule for one weight of layer %1", (str(focus.layer + 1),))


def _note(trace: Trace, focus: Focus) -> Note | None:
    if (through := note(trace, focus)) is not None:
        return through
    if not isinstance(trace.layers[focus.layer].layer, Dense):
        return Note("The weight's gradient adds up over all places and all %1 examples.", (str(trace.batch),))
    if trace.batch == 1 or focus.layer < len(trace.layers) - 1:
        return None
    return Note("n = %1: each example has its share in the mean loss.", _count(trace))


def _count(trace: Trace) -> tuple[str, ...]:
    return (str(trace.loss_function.count(trace.targets.shape)),)
