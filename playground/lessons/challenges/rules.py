"""Whether a project keeps to the rules of a challenge; told from the settings alone, nothing is trained."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from playground.data.features import FEATURES
from playground.data.sources import Points
from playground.engine.layers import Layer
from playground.lessons.challenges import found
from playground.lessons.challenges.challenge import Challenge
from playground.project import build
from playground.project.model import Project
from playground.texts import Text


@dataclass(frozen=True)
class Check:
    """One rule. ``rule``: what it asks for. ``kept``: whether the project does. ``broken``: what is wrong, if it is.

    usual: a rule that all challenges have in common, of which a short list need not tell while it is kept.
    """

    rule: str
    kept: bool
    broken: str = ""
    usual: bool = False


def parameters(project: Project) -> int | None:
    """How many parameters the network has, without making it; None where the layers do not fit together."""
    if build.problems(project):
        return None
    shape, total = build.input_shape(project), 0
    for layer in project.network.layers:
        weights = layer.parameter_shape(shape)
        total += math.prod(weights) if weights else 0
        shape = layer.output_shape(shape)
    return total


def same_data(start: Project, project: Project) -> bool:
    """Whether a project has the data of the start; its inputs may be others, and points of one's own may be fewer."""
    first, data = start.data, project.data
    if isinstance(first.source, Points) and isinstance(data.source, Points) and not found.added(start, project):
        data = msgspec.structs.replace(data, source=first.source, points=first.points)
    return msgspec.structs.replace(data, features=first.features) == first


def check(challenge: Challenge, start: Project, project: Project, epochs: int) -> tuple[Check, ...]:
    """Every rule, in the order in which a card lists them.

    start: the project that the challenge begins with. epochs: after how many the project is judged.
    """
    if challenge.finds:
        return (_erased(challenge, start, project), *_settings(challenge, start, project))
    return (*_network(challenge, project), _epochs(challenge, epochs), *_settings(challenge, start, project))


def _network(challenge: Challenge, project: Project) -> Iterator[Check]:
    rules, hidden = challenge.rules, project.network.layers[:-1]
    count, most = parameters(project), rules.parameters_at_most
    problems = build.problems(project)
    if problems:
        broken: str = problems[0].sentence
    else:
        broken = Text("The network has %1 parameters; at most %2 are allowed.", count or 0, most)
    yield Check(Text("at most %1 parameters", most), count is not None and count <= most, broken)
    if (layers := rules.hidden_layers_at_most) is not None:
        rule = Text("at most %1 hidden layers", layers) if layers else Text("no hidden layer")
        broken = Text("The network has %1 hidden layers; take some away.", len(hidden))
        yield Check(rule, len(hidden) <= layers, broken)
    if (units := rules.hidden_units_at_most) is not None:
        count = sum(_outputs(hidden))
        broken = Text("The hidden layers have %1 units; at most %2 are allowed.", count, units)
        yield Check(Text("at most %1 hidden units", units), count <= units, broken)
    if rules.activations is not None:
        strange = next((name for name in _activations(hidden) if name not in rules.activations), "")
        allowed = ", ".join(rules.activations)
        broken = Text("A hidden layer has the activation %1; allowed: %2.", strange, allowed)
        yield Check(Text("hidden layers: only %1", allowed), not strange, broken)


def _epochs(challenge: Challenge, epochs: int) -> Check:
    most = challenge.rules.epochs_at_most
    broken = Text("The run has %1 epochs; at most %2 are allowed.", epochs, most)
    return Check(Text("at most %1 epochs", most), 1 <= epochs <= most, broken)


def _erased(challenge: Challenge, start: Project, project: Project) -> Check:
    rows, most = len(found.erased(start, project)), 2 * len(challenge.wrong)
    broken = Text("%1 points are gone; at most %2 may be erased.", rows, most)
    return Check(Text("at most %1 points erased", most), rows <= most, broken)


def _settings(challenge: Challenge, start: Project, project: Project) -> Iterator[Check]:
    data, allowed = project.data, challenge.rules.features
    if data.source.input_kind == "plane" and not challenge.finds:
        strange = next((name for name in data.features if name not in allowed), "")
        titles = ", ".join(FEATURES[name].title for name in allowed)
        rule = Text("any of the nine features") if set(allowed) >= set(FEATURES) else Text("features: only %1", titles)
        title = FEATURES[strange].title if strange in FEATURES else strange
        yield Check(rule, not strange, Text("The feature %1 is not allowed here; click it off.", title))
    same = same_data(start, project)
    broken = Text("The data are others than at the start; undo that, or start over.")
    if challenge.finds:
        broken = Text("Points were added or moved, or the data are others; undo that, or start over.")
        yield Check(Text("points are only erased"), same, broken)
        return
    yield Check(Text("the data stay as they are"), same, broken, usual=True)
    if challenge.metric == "test_loss":
        old, new = start.training, project.training
        same = (old.loss, old.class_weight) == (new.loss, new.class_weight)
        broken = Text("The score is a loss, so that the loss function must stay as it was at the start.")
        yield Check(Text("the loss function stays"), same, broken)


def _outputs(layers: Sequence[Layer]) -> Iterable[int]:
    """Units or filters of all layers, those within blocks included."""
    for layer in layers:
        yield getattr(layer, "units", 0) or getattr(layer, "filters", 0)
        yield from _outputs(getattr(layer, "inner", ()))


def _activations(layers: Sequence[Layer]) -> Iterable[str]:
    """The activations of all layers; "linear" is none."""
    for layer in layers:
        activation: str = getattr(layer, "activation", "linear")
        if activation != "linear":
            yield activation
        yield from _activations(getattr(layer, "inner", ()))
