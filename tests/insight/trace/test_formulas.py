"""Formulas say what the engine does: each is evaluated with its own numbers and compared with the engine's."""

import numpy as np
import pytest

from playground.engine import activations, losses, optimizers
from playground.engine.activations import ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.recorder import Recorder
from playground.insight.trace.formulas import activations as bends
from playground.insight.trace.formulas import losses as mistakes
from playground.insight.trace.formulas.expression import Formula, Raised, Symbol, Value
from playground.insight.trace.formulas.optimizers import Weight, formulas


def words(parts):
    """A rendered formula as plain text."""
    found = ""
    for part in parts:
        if isinstance(part, Symbol):
            found += part.base + part.sub + part.sup
        elif isinstance(part, Value):
            text = f"{part.value:g}"
            found += f"({text})" if part.guarded and part.value < 0 else text
        elif isinstance(part, Raised):
            found += "^" + words(part.parts)
        else:
            found += part
    return found


def formula(expression, **values):
    return Formula(Symbol("y"), expression, 0.0, {name: Symbol(name) for name in values}, values)


@pytest.mark.parametrize(
    ("expression", "symbols", "numbers"),
    [
        ("w * x + v * y + b", "w · x + v · y + b", "0.31 · 1.2 + (-0.52) · 0.4 + 0.05"),
        ("w - x * (y + b)", "w − x · (y + b)", "0.31 − 1.2 · (0.4 + 0.05)"),
        ("1 / (1 + exp(-v))", "1 / (1 + e^−v)", "1 / (1 + e^−(-0.52))"),
        ("sqrt(x + b) - sqrt(y)", "√(x + b) − √y", "√(1.2 + 0.05) − √0.4"),
        ("v**2 * 0.5", "v^2 · ½", "(-0.52)^2 · ½"),
        ("max(v, 0) + abs(v)", "max(v, 0) + |v|", "max(-0.52, 0) + |-0.52|"),
        ("w - (x - y)", "w − (x − y)", "0.31 − (1.2 − 0.4)"),
        ("w / (x * y)", "w / (x · y)", "0.31 / (1.2 · 0.4)"),
    ],
)
def test_an_expression_is_written_with_letters_and_with_numbers(expression, symbols, numbers):
    made = formula(expression, w=0.31, x=1.2, v=-0.52, y=0.4, b=0.05)
    assert words(made.in_symbols) == symbols
    assert words(made.in_numbers) == numbers


def test_a_formula_knows_whether_it_agrees_with_the_engine():
    right = Formula(Symbol("z"), "w * x + b", 0.5, {}, {"w": 2.0, "x": 0.2, "b": 0.1})
    wrong = Formula(Symbol("z"), "w * x + b", 0.501, {}, {"w": 2.0, "x": 0.2, "b": 0.1})
    cancelling = Formula(Symbol("z"), "w - x", np.float32(1) - np.float32(0.9999), {}, {"w": 1.0, "x": 0.9999})
    assert right.agrees
    assert not wrong.agrees
    assert cancelling.agrees
    assert Formula(Symbol("z"), "", 7.0).agrees


@pytest.mark.parametrize("name", ACTIVATIONS.names())
def test_activations(name):
    bend, activation = bends.bend(name), activations.get(name)
    z = np.linspace(-2.5, 2.5, 11).reshape(1, -1)
    y, s, ops = z.copy(), np.ones_like(z), Recorder("float64")
    activation.train_forward(ops, y, s)
    if activation.elementwise and not activation.early_slope:
        activation.slope(ops, y, s)
    for call in ops.calls:
        call()
    for at in range(z.size):
        values = {"z": z[0, at], "a": y[0, at]}
        for expression, result in ((bend.output, y[0, at]), (bend.slope, s[0, at])):
            if expression:
                assert Formula(Symbol("a"), expression, result, {}, values).evaluate() == pytest.approx(
                    result, abs=3e-6
                )


@pytest.mark.parametrize("name", LOSSES.names())
def test_losses(name):
    loss, n = losses.get(name), 5
    shape = mistakes.mistake(loss)
    several = shape.over_outputs == "sum"
    p = np.array([[0.2, 0.4, 0.7, 0.9, 0.5]])
    t = np.array([[0.0, 1.0, 0.0, 1.0, 1.0]])
    if several:
        p, t = np.concatenate([p, 1 - p]), np.concatenate([t, 1 - t])
    each = loss.each(p[None], t[None])[0]
    gradient, ops = np.zeros_like(p), Recorder("float64")
    if shape.gradient:
        loss.seed(ops, p, t, gradient)
    for call in ops.calls:
        call()
    for at in range(n):
        total = 0.0
        for unit in range(len(p)):
            count = float(loss.count(p.shape))
            values = {"p": p[unit, at], "t": t[unit, at], "s": 1.0 if t[unit, at] > 0 else -1.0, "n": count}
            if t[unit, at] or not several:
                total += Formula(Symbol("L"), shape.value, 0.0, {}, values).evaluate()
            if shape.gradient:
                found = Formula(Symbol("g"), shape.gradient, 0.0, {}, values).evaluate()
                assert found == pytest.approx(gradient[unit, at], abs=1e-6)
        assert total == pytest.approx(each[at], abs=1e-5)


SETTINGS = [
    *({"name": name} for name in OPTIMIZERS.names()),
    {"name": "sgd", "momentum": 0.9},
    {"name": "sgd", "momentum": 0.9, "nesterov": True},
    {"name": "rmsprop", "momentum": 0.5},
    {"name": "adam", "amsgrad": True},
    {"name": "sgd", "weight_decay": 0.1},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_optimizers(settings):
    """Five updates of one weight: every line of the formulas is what the optimizer really has afterwards."""
    optimizer = optimizers.get(**{"learning_rate": 0.05, **settings})
    p, g, ops = np.array([0.4]), np.array([0.0]), Recorder("float64")
    state = optimizer.start(1, "float64")
    optimizer.record(ops, p, g, state)
    decay = optimizer.weight_decay
    for gradient in (0.3, -0.2, 0.05, 0.0, 0.7):
        g[0], before, old = gradient, float(p[0]), {name: float(slot[0]) for name, slot in state.slots.items()}
        for call in ops.calls:
            call()
        start = before if decay is None else before * (1 - 0.05 * decay)
        new = {name: float(slot[0]) for name, slot in state.slots.items()}
        weight = Weight(Symbol("w"), before, float(p[0]), gradient, 0.05, state.steps, old, new, start)
        told = formulas(optimizer, weight)
        assert told[-1].result == p[0]
        for one in told:
            assert one.expression
            assert one.evaluate() == pytest.approx(one.result, rel=1e-6, abs=1e-12), one
        shown = {one.result for one in told}
        assert set(new.values()) <= shown | {0.0}


def test_an_optimizer_without_formulas_is_told_by_its_numbers():
    class Odd(optimizers.Optimizer, frozen=True, tag="odd"):
        title, help = "odd", "Unknown to the formulas."

    weight = Weight(Symbol("w"), 0.5, 0.4, 1.0, 0.1, 0, {"memory": 1.0}, {"memory": 2.0}, 0.5)
    memory, moved = formulas(Odd(), weight)
    assert (memory.left.base, memory.result, memory.expression) == ("memory", 2.0, "")
    assert words(moved.in_symbols) == "w + Δw"
    assert moved.evaluate() == pytest.approx(0.4)
