"""A step from further away: a whole layer, the whole mini-batch, or its place in the epoch."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.insight.trace import mistakes, naming
from playground.insight.trace.card import Asked, Beat, Card, Focus, Note, Numbers, Question, Stage, Table
from playground.insight.trace.formulas.expression import Formula, Symbol
from playground.insight.trace.record import Trace
from playground.texts import Text

MOST_COLUMNS, MOST_ROWS = 10, 5
"""Of a table."""


# -- a layer -----------------------------------------------------------------------------------------------------------


def layer_card(trace: Trace, beat: Beat, focus: Focus) -> Card:
    """All units of one layer, for one example; weights for the mini-batch."""
    if beat.stage is Stage.LOSS:
        return mistakes.card(trace, focus)
    number = str(beat.layer + 1)
    if beat.stage is Stage.FORWARD:
        return Card(Note("Forward: layer %1 turns its inputs into outputs", (number,)), tables=_forward(trace, focus))
    if beat.stage is Stage.BACKWARD:
        tables = _backward(trace, focus)
        title = Note("Backward: how much units and weights of layer %1 raise the loss", (number,))
        if not tables:
            return Card(title, note=Note("No gradient comes as far back as this layer."))
        summed = trace.learns(beat.layer)
        text = "Units: example %1. Weights: all %2 examples together." if summed else "Units: example %1."
        return Card(title, tables=tables, note=Note(text, (str(focus.example + 1), str(trace.batch))))
    return _layer_update(trace, focus)


def _forward(trace: Trace, focus: Focus) -> tuple[Table, ...]:
    """Inputs · weights + bias = sums → outputs."""
    index = focus.layer
    traced = trace.layers[index]
    inputs = _column(traced.input, focus.example)
    names = tuple(naming.input_symbol(trace, index, at) for at in range(len(inputs)))
    given = _list(_letter("a", index - 1) if index else Symbol("x"), inputs, names)
    tables = [replace(given, words=_by_channel(traced.input))]
    kernel, bias = (trace.parameter(index, name, trace.update.before) for name in ("kernel", "bias"))
    if kernel is not None and kernel.ndim == 2 and bias is not None:
        tables.append(replace(_matrix(trace, index, _letter("W", index), kernel), sign="·"))
        tables.append(replace(_list(_letter("b", index), bias), sign="+"))
        tables.append(replace(_list(_letter("z", index), _column(traced.sums, focus.example)), sign="="))
    outputs = _list(_letter("a", index), _column(traced.outputs, focus.example))
    word = traced.activation if traced.activation != "linear" else "" if kernel is not None else traced.layer.title
    channel = _by_channel(traced.outputs)
    word = Text("%1 %2", Text(word), channel) if word and channel else channel or Text(word)
    return (*tables, replace(outputs, sign="→", words=word))


def _backward(trace: Trace, focus: Focus) -> tuple[Table, ...]:
    """∂L/∂a · f′ = ∂L/∂z for the units; then the gradients of the weights."""
    index = focus.layer
    traced = trace.layers[index]
    tables = list[Table]()
    parts = ("∂L/∂a", traced.output_gradients, ""), ("f′", traced.slopes, "·"), ("∂L/∂z", traced.sum_gradients, "=")
    for name, array, sign in parts:
        if array is not None:
            one = _list(_letter(name, index), _column(array, focus.example))
            words = "" if tables else _by_channel(array)
            tables.append(replace(one, sign=sign if tables else "", words=words))
    kernel, bias = (trace.parameter(index, name, trace.update.loss_gradient) for name in ("kernel", "bias"))
    if traced.sum_gradients is not None and kernel is not None and kernel.ndim == 2:
        tables.append(replace(_matrix(trace, index, _letter("∂L/∂W", index), kernel), sign="→"))
        if bias is not None:
            tables.append(_list(_letter("∂L/∂b", index), bias))
    return tuple(tables)


def _layer_update(trace: Trace, focus: Focus) -> Card:
    index, update = focus.layer, trace.update
    title = Note("Update: %1 moves all weights of layer %2", (trace.optimizer.title, str(index + 1)))
    before, after = (trace.parameter(index, "kernel", flat) for flat in (update.before, update.after))
    if before is None or after is None or before.ndim != 2:
        return Card(title, (_size(trace, index),) if trace.learns(index) else (), note=_weightless(trace, index))
    tables = (
        _matrix(trace, index, _letter("W", index), before, words=Text("before")),
        replace(_matrix(trace, index, _letter("ΔW", index), after - before), sign="+"),
        replace(_matrix(trace, index, _letter("W", index), after, words=Text("after")), sign="="),
    )
    return Card(title, tables=tables, note=_weightless(trace, index))


def _weightless(trace: Trace, index: int) -> Note | None:
    if trace.learns(index):
        return None
    if not trace.update.before[_places(trace, index)].size:
        return Note("This layer has no weights: nothing to update.")
    return Note("Layer %1 is frozen: its weights stay as they are.", (str(index + 1),))


# -- the mini-batch ----------------------------------------------------------------------------------------------------


def batch_card(trace: Trace, beat: Beat) -> Card:
    """All examples of the mini-batch at once."""
    if beat.stage is Stage.FORWARD:
        return _predictions(trace)
    if beat.stage is Stage.LOSS:
        note = Note("One number says how wrong the network is on these %1 examples.", (str(trace.batch),))
        question = Question(Note("How large is the mean loss?"), Asked.NUMBER, trace.loss)
        title = Note("Loss: the mean over the mini-batch")
        return Card(title, (mistakes.mean(trace),), (_losses(trace),), note, question)
    if beat.stage is Stage.BACKWARD:
        title = Note("Backward: how strongly the loss pulls at each layer")
        note = Note("‖∂L/∂W‖ is the length of the gradient of all weights of a layer together.")
        lengths = [_length(trace.update.loss_gradient[_places(trace, at)]) for at in _learning(trace)]
        return Card(title, tables=(_by_layer(trace, Symbol("‖∂L/∂W‖"), lengths),), note=note)
    return _moves(trace)


def _predictions(trace: Trace) -> Card:
    shown = min(trace.batch, MOST_COLUMNS)
    outputs, targets, right = _rows(trace.outputs), _rows(trace.targets), _right(trace)
    signs = [""] * shown if right is None else [" ✓" if one else " ✗" for one in right[:shown].tolist()]
    columns = tuple(Symbol(f"{at + 1}{sign}") for at, sign in enumerate(signs))
    several, most = len(outputs) > 1, 3
    mark = [str(unit + 1) if several else "" for unit in range(len(outputs))]
    tables = (
        Table(
            Symbol("p"),
            outputs[:most, :shown],
            tuple(Symbol("p", one) for one in mark[:most]),
            columns,
            trace.batch - shown,
            Text("prediction"),
        ),
        Table(
            Symbol("t"),
            targets[:most, :shown],
            tuple(Symbol("t", one) for one in mark[:most]),
            columns,
            0,
            Text("target"),
        ),
    )
    title = Note("Forward: the network predicts all %1 examples of the mini-batch", (str(trace.batch),))
    if right is None:
        return Card(title, tables=tables)
    count = int(right.sum())
    question = Question(Note("How many of the %1 are right?", (str(trace.batch),)), Asked.NUMBER, float(count))
    note = Note("%1 of %2 are right, before this update.", (str(count), str(trace.batch)))
    return Card(title, tables=tables, note=note, question=question)


def _right(trace: Trace) -> NDArray[np.bool_] | None:
    """Which predicted classes are the true ones; None where numbers are predicted."""
    outputs, targets = _rows(trace.outputs), _rows(trace.targets)
    if not trace.names:
        return None
    if len(outputs) > 1:
        return np.asarray(outputs.argmax(0) == targets.argmax(0))
    middle = trace.loss_function.threshold
    return np.asarray((outputs[0] > middle) == (targets[0] > middle))


def _losses(trace: Trace) -> Table:
    shown = min(trace.batch, MOST_COLUMNS)
    columns = tuple(Symbol(str(at + 1)) for at in range(shown))
    return Table(Symbol("L"), trace.losses[None, :shown], (Symbol(Text("loss")),), columns, trace.batch - shown)


def _moves(trace: Trace) -> Card:
    update, learning = trace.update, _learning(trace)
    lengths = [_length((update.after - update.before)[_places(trace, at)]) for at in learning]
    shares = [
        length / max(_length(update.before[_places(trace, at)]), 1e-30)
        for at, length in zip(learning, lengths, strict=True)
    ]
    tables = (
        _by_layer(trace, Symbol("‖ΔW‖"), lengths),
        _by_layer(trace, Symbol("‖ΔW‖ / ‖W‖"), shares),
    )
    title = Note("Update: %1 moves all %2 weights", (trace.optimizer.title, str(len(update.before))))
    note = Note("η = %1. A share of about 0.001 to 0.01 of the weights per update is healthy.", (update.rate,))
    return Card(title, tables=tables, note=note)


# -- the epoch ---------------------------------------------------------------------------------------------------------


def epoch_card(trace: Trace, beat: Beat) -> Card:
    """Where the mini-batch stands in the epoch."""
    place, count = str(trace.position + 1), str(trace.steps_per_epoch)
    if beat.stage is Stage.FORWARD:
        title = Note("Epoch %1: mini-batch %2 of %3", (str(trace.epoch + 1), place, count))
        text = "Every epoch deals all training examples anew, in another order; now these %1 take their turn."
        return Card(title, tables=_known(trace, with_this=False), note=Note(text, (str(trace.batch),)))
    if beat.stage is Stage.LOSS:
        losses = np.append(trace.known_losses, trace.loss)
        sizes = np.full(losses.size, trace.project.training.batch_size)
        sizes[-1] = trace.batch
        mean = Formula(Symbol(Text("mean so far")), "", float(np.average(losses, weights=sizes)))
        title = Note("The losses of this epoch so far, mini-batch by mini-batch")
        note = Note("Their mean at the end of the epoch is one point of the curve of the training loss.")
        return Card(title, (mean,), _known(trace, with_this=True), note)
    if beat.stage is Stage.BACKWARD:
        length = Formula(Symbol("‖∂L/∂W‖"), "", _length(trace.update.loss_gradient))
        title = Note("Backward: one gradient for all weights, from this mini-batch alone")
        return Card(
            title, (length,), note=Note("Other examples would pull a little differently; over an epoch it evens out.")
        )
    left = trace.steps_per_epoch - trace.position - 1
    text = "One small step. %1 more mini-batches follow in this epoch." if left else "This step completes the epoch."
    title = Note("Update %1 of the run", (str(trace.step + 1),))
    return Card(title, (_size(trace, None),), note=Note(text, (str(left),)))


def _known(trace: Trace, *, with_this: bool) -> tuple[Table, ...]:
    losses = np.append(trace.known_losses, trace.loss) if with_this else trace.known_losses
    if not losses.size:
        return ()
    first = max(0, losses.size - MOST_COLUMNS)
    columns = tuple(Symbol(str(at + 1)) for at in range(first, losses.size))
    return (Table(Symbol("L"), losses[None, first:], (Symbol(Text("loss")),), columns, first),)


# -- parts -------------------------------------------------------------------------------------------------------------


def _letter(letter: str, index: int) -> Symbol:
    return Symbol(letter, sup=naming.layer_mark(index))


def _rows(array: NDArray[Any]) -> Numbers:
    """(outputs, …, batch) as (numbers, batch)."""
    return array.reshape(-1, array.shape[-1])


def _column(array: Numbers, example: int) -> Numbers:
    """One example's numbers; of pictures the mean of each channel's size."""
    if array.ndim == 2:
        return array[:, example]
    means: Numbers = np.abs(array[..., example]).mean(axis=(1, 2))
    return means


def _by_channel(array: Numbers) -> str:
    """A word for what ``_column`` makes of pictures."""
    return Text("mean of each channel") if array.ndim == 4 else ""


def _list(title: Symbol, numbers: Numbers, names: tuple[Symbol, ...] = ()) -> Table:
    rows = names or tuple(Symbol(str(at + 1)) for at in range(len(numbers)))
    hidden = max(0, len(numbers) - MOST_ROWS)
    return Table(title, numbers[:MOST_ROWS, None], rows[:MOST_ROWS], hidden=hidden)


def _matrix(trace: Trace, index: int, title: Symbol, numbers: Numbers, words: str = "") -> Table:
    rows, columns = min(numbers.shape[0], MOST_ROWS), min(numbers.shape[1], MOST_ROWS)
    return Table(
        title,
        numbers[:rows, :columns],
        tuple(naming.input_symbol(trace, index, at) for at in range(rows)),
        tuple(Symbol(str(at + 1)) for at in range(columns)),
        numbers.size - rows * columns,
        words,
    )


def _learning(trace: Trace) -> list[int]:
    return [index for index in range(len(trace.layers)) if trace.learns(index)]


def _places(trace: Trace, index: int) -> NDArray[np.intp]:
    found = [places.ravel() for name, places in trace.places.items() if name.startswith(f"{index}.")]
    return np.concatenate(found) if found else np.empty(0, np.intp)


def _length(numbers: Numbers) -> float:
    return math.sqrt(float(np.square(numbers, dtype=np.float64).sum()))


def _by_layer(trace: Trace, title: Symbol, numbers: list[float]) -> Table:
    learning = _learning(trace)
    shown = learning[-MOST_COLUMNS:]
    columns = tuple(Symbol(Text("layer %1", index + 1)) for index in shown)
    values = np.array([numbers[-len(shown) :]] if shown else np.zeros((1, 0)))
    return Table(title, values, (title,), columns, len(learning) - len(shown))


def _size(trace: Trace, index: int | None) -> Formula:
    change = trace.update.after - trace.update.before
    return Formula(Symbol("‖ΔW‖"), "", _length(change if index is None else change[_places(trace, index)]))
