"""The loss: how far the prediction for one example is from its target, and the mean over the mini-batch."""

import math
from dataclasses import replace

from playground.insight.trace.card import Asked, Card, Focus, Note, Question
from playground.insight.trace.formulas.expression import Formula, Symbol
from playground.insight.trace.formulas.losses import mistake
from playground.insight.trace.record import Trace

ROUNDED = 1.2e-7
"""What a probability is rounded to; the engine takes its logarithm from the logits instead."""

MOST = 3
"""Outputs that are written out."""


def card(trace: Trace, focus: Focus) -> Card:
    """The loss of one example, then of the mini-batch."""
    formulas = [*told(trace, focus.example), mean(trace)]
    title = Note("Loss: %1 for example %2", (trace.loss_function.title, str(focus.example + 1)))
    text = "p is the prediction, t the target. L is the mean over all %1 examples."
    if trace.weights is not None:
        text = "p is the prediction, t the target, c the weight of its class. L is the mean over all %1 examples."
    note = Note(text, (str(trace.batch),))
    asked = max(0, len(formulas) - 2)
    question = Question(Note("How large is the loss of this example?"), Asked.NUMBER, formulas[asked].result, asked)
    return Card(title, tuple(formulas), note=note, question=question)


def told(trace: Trace, example: int) -> list[Formula]:
    """The loss of one example, output by output."""
    shape, loss = mistake(trace.loss_function), float(trace.losses[example])
    whole = Symbol("L", str(example + 1))
    outputs = trace.outputs
    if outputs.ndim != 2 or not shape.value:
        return [Formula(whole, "", loss)]
    asked = [unit for unit in range(len(outputs)) if shape.over_outputs == "mean" or trace.targets[unit, example]]
    single = len(asked) == 1 and (shape.over_outputs == "sum" or len(outputs) == 1)
    doubt = {"p": ROUNDED, "t": shape.doubt}
    weight, counted = weighing(trace, example)
    found = []
    for unit in asked[:MOST]:
        p, t = float(outputs[unit, example]), float(trace.targets[unit, example])
        values = {"p": p, "t": t, "s": 1.0 if t > 0 else -1.0, **counted}
        mark = str(unit + 1) if len(outputs) > 1 else ""
        names = {name: Symbol(name, mark) for name in values}
        one = Formula(
            whole if single else Symbol("ℓ", mark), weight.format(shape.value), loss, names, values, doubt=doubt
        )
        if not math.isfinite(one.evaluate()):  # the logarithm of 0; the engine knows better from the logits
            sure = shape.sure(t)
            one = replace(one, expression=weight.format(sure) if sure else "")
        found.append(one if single or not one.expression else replace(one, result=one.evaluate()))
    return found if single else [*found, Formula(whole, "", loss)]


def weighing(trace: Trace, example: int) -> tuple[str, dict[str, float]]:
    """Where the example's class has a weight c: how it goes before an expression, and its value; else no change."""
    if trace.weights is None:
        return "{}", {}
    return "c * ({})", {"c": float(trace.weights[example])}


def mean(trace: Trace) -> Formula:
    """L of the mini-batch."""
    shown = min(trace.batch, MOST + 1)
    symbols = {f"l{at}": Symbol("L", str(at + 1)) for at in range(shown)}
    values = {f"l{at}": float(trace.losses[at]) for at in range(shown)}
    parts = " + ".join(symbols)
    if shown < trace.batch:
        symbols["rest"], values["rest"] = Symbol("…"), float(trace.losses[shown:].sum())
        parts += " + rest"
    return Formula(Symbol("L"), f"({parts}) / {trace.batch}", trace.loss, symbols, values)
