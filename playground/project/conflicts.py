"""Where the output layer, its activation or the loss go against the data, and the one edit that mends it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec

from playground.data.dataset import Task
from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.base import activation_of
from playground.project import adapt
from playground.project.arrangement import misfit, shapes, with_layers
from playground.project.edit import Edit, EditError
from playground.project.edits import set_activation, set_loss
from playground.project.layer_edits import remove_layer
from playground.project.model import Project
from playground.project.problems import problems
from playground.texts import Text

_BETWEEN = {"unit": Text("between 0 and 1"), "positive": Text("of 0 or more")}


@dataclass(frozen=True)
class Conflict:
    """Choices that go against each other, in a sentence; ``repair`` mends it in one step.

    blocking: whether the project cannot train before that.
    """

    sentence: str
    repair: Edit
    blocking: bool = True


def conflict(project: Project) -> Conflict | None:
    """Return the first conflict that one edit can mend, None where there is none."""
    found = problems(project)
    if found:
        repair = _repair(project)
        return Conflict(found[0].sentence, repair) if repair else None
    return _narrow(project)


def _narrow(project: Project) -> Conflict | None:
    """An output that cannot reach all targets of a regression."""
    source, last = project.data.source, len(project.network.layers) - 1
    activation = ACTIVATIONS[activation_of(project.network.layers[-1])]
    if source.task is not Task.REGRESSION or activation.range not in _BETWEEN:
        return None
    sentence = Text(
        "With %1 the output layer gives numbers %2 only, but the targets of %3 can be any number.",
        Text(activation.title),
        _BETWEEN[activation.range],
        Text(source.title),
    )
    return Conflict(sentence, _alone(set_activation(project, last, "linear")), blocking=False)


def _repair(project: Project) -> Edit | None:
    """The mildest edit after which the project can train, if possible without another conflict."""
    possible = [edit for edit in _candidates(project) if edit is not None and not problems(edit.project)]
    best = next((edit for edit in possible if _narrow(edit.project) is None), possible[0] if possible else None)
    return _alone(best) if best else None


def _candidates(project: Project) -> Iterator[Edit | None]:
    """Edits that may help, mildest first: the output's activation, the loss, the output layer, all of it."""
    trouble = misfit(project)
    if trouble is not None:
        yield _flattened(project, trouble[0])
        yield _removed(project, trouble[0])
        return
    source, last = project.data.source, len(project.network.layers) - 1
    loss = adapt.LOSSES[source.task]
    usual = adapt.OUTPUT_ACTIVATIONS[source.task]
    if hasattr(project.network.layers[-1], "activation"):
        for name in dict.fromkeys((usual, "tanh", "linear", "softplus", "sigmoid", "softmax")):
            yield set_activation(project, last, name)
    yield set_loss(project, loss)
    if hasattr(project.network.layers[-1], "activation"):
        both = set_loss(set_activation(project, last, usual).project, loss)
        yield replace(both, label=Text("%1, output to %2", both.label, Text(ACTIVATIONS[usual].title)))
    yield _with_output(project, project)
    yield _with_output(project, set_loss(project, loss).project)


def _with_output(old: Project, changed: Project) -> Edit:
    """Give the network the output layer that the data set asks for, a new one where the last cannot become it."""
    source, layers = old.data.source, changed.network.layers
    usual, last = adapt.output_layer(source), layers[-1]
    reached = shapes(changed)
    if not isinstance(last, Dense):
        flatten = (Flatten(),) if len(reached[-1]) == 3 else ()
        origin = (*range(len(layers)), *(None,) * (len(flatten) + 1))
        return Edit(Text("Add the output layer"), with_layers(changed, (*layers, *flatten, usual)), origin=origin)
    activation = last.activation if source.outputs > 1 or last.activation != "softmax" else usual.activation  # type: ignore[attr-defined]
    for name in dict.fromkeys((activation, adapt.OUTPUT_ACTIVATIONS[source.task])):
        output = msgspec.structs.replace(last, units=source.outputs, activation=name)
        mended = with_layers(changed, (*layers[:-1], output))
        if not problems(mended):
            break
    count = source.outputs
    label = Text("Give the output layer %1 units", count) if count > 1 else Text("Give the output layer 1 unit")
    return Edit(label, mended)


def _flattened(project: Project, index: int) -> Edit | None:
    """A Flatten layer before the one that gets an image but needs a list."""
    layers = project.network.layers
    if len(shapes(project)[-1]) != 3:
        return None
    origin = (*range(index), None, *range(index, len(layers)))
    changed = with_layers(project, (*layers[:index], Flatten(), *layers[index:]))
    return Edit(Text("Add %1 layer", Text(Flatten.title)), changed, origin=origin)


def _removed(project: Project, index: int) -> Edit | None:
    """The network without a layer that cannot take what comes."""
    try:
        return remove_layer(project, index)
    except EditError:
        return None


def _alone(edit: Edit) -> Edit:
    """The edit as a step of its own in the history."""
    return replace(edit, merge_key=None)
