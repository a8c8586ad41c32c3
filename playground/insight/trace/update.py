"""The update of one weight: from its gradient, through what the optimizer remembers, to the new weight."""

from playground.insight.trace import naming
from playground.insight.trace.card import Asked, Card, Focus, Note, Question
from playground.insight.trace.formulas import optimizers
from playground.insight.trace.formulas.expression import Formula, Symbol
from playground.insight.trace.formulas.optimizers import Weight
from playground.insight.trace.record import Trace
from playground.texts import Text

GRADIENT = Symbol("g")


def card(trace: Trace, focus: Focus) -> Card:
    """What the optimizer does to the weight in focus."""
    chosen = naming.chosen(trace, focus)
    title = Note("Update: %1 moves one weight of layer %2", (trace.optimizer.title, str(focus.layer + 1)))
    if chosen is None:
        return Card(title, note=Note("This layer has no weight here; choose a unit of another layer."))
    if not trace.learns(focus.layer):
        return Card(title, note=Note("Layer %1 is frozen: its weights stay as they are.", (str(focus.layer + 1),)))
    formulas = told(trace, chosen)
    update = trace.update
    question = Question(
        Note("Will this weight go up or down?"),
        Asked.DIRECTION,
        float(update.after[chosen.place]) - float(update.before[chosen.place]),
        len(formulas) - 1,
    )
    return Card(title, tuple(formulas), note=_note(trace), question=question)


def told(trace: Trace, chosen: naming.Chosen) -> list[Formula]:
    """All formulas of one weight's update; the last one gives the new weight."""
    update, place = trace.update, chosen.place
    weight = weight_of(trace, chosen)
    formulas = []
    loss_gradient = float(update.loss_gradient[place])
    if weight.gradient != loss_gradient:
        left = Symbol("∂L/∂" + chosen.symbol.base, chosen.symbol.sub, chosen.symbol.sup)
        names = {"g": left, "more": Symbol(Text("penalty, clipping"))}
        given = {"g": loss_gradient, "more": weight.gradient - loss_gradient}
        formulas.append(Formula(GRADIENT, "g + more", weight.gradient, names, given))
    formulas += optimizers.formulas(trace.optimizer, weight)
    after = float(update.after[place])
    if after != weight.after:
        formulas.append(Formula(chosen.symbol, "", after, arrow=True))
    return formulas


def weight_of(trace: Trace, chosen: naming.Chosen) -> Weight:
    """The weight with all that the optimizer knows of it."""
    update, place, decay = trace.update, chosen.place, trace.optimizer.weight_decay
    before = float(update.before[place])
    return Weight(
        symbol=chosen.symbol,
        before=before,
        after=float(update.stepped[place]),
        gradient=float(update.gradient[place]),
        rate=update.rate,
        steps=update.steps,
        old={name: float(slot[place]) for name, slot in update.memory_before.items()},
        new={name: float(slot[place]) for name, slot in update.memory_after.items()},
        start=before if decay is None else before * (1 - update.rate * decay),
    )


def _note(trace: Trace) -> Note:
    if trace.update.steps:
        return Note(
            "η = %1 is the learning rate, t = %2 the number of this update.", (trace.update.rate, trace.update.steps)
        )
    return Note("η = %1 is the learning rate.", (trace.update.rate,))
