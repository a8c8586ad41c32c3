"""Break it: faults that can be put into a run on purpose, each by one edit, to be found and repaired."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from playground.data.dataset import Task
from playground.engine.registry import Registry
from playground.insight.coach import remedies
from playground.insight.coach.rules.data import REGRESSION_LOSSES
from playground.project import edits
from playground.project.declarations import tag
from playground.project.edit import Edit, EditError
from playground.project.edits import usual_learning_rate
from playground.project.model import Project
from playground.texts import Text

TIMES = 100
"""How many times too large the learning rate is made."""


@dataclass(frozen=True)
class Break:
    """One fault. answer: what went wrong, in words to choose. lesson: why it keeps the network from learning.

    rule: the coach's rule that sees it. make: the edit (raises EditError where it cannot be). mended: whether a project
    is free of it.
    """

    name: str
    title: str
    answer: str
    lesson: str
    rule: str
    make: Callable[[Project], Edit]
    mended: Callable[[Project], bool]


BREAKS: Registry[Break] = Registry("fault")
"""All of them."""


def edit_for(fault: Break, project: Project, *, secret: bool = False) -> Edit:
    """The one edit that breaks the run; its name does not tell the fault where it is ``secret``.

    Raises:
        EditError: when the project cannot have this fault.
    """
    edit = fault.make(project)
    return replace(edit, label=Text("Break something") if secret else Text("Break it: %1", fault.title), merge_key=None)


def _zero(project: Project) -> Edit:
    layers = tuple(
        msgspec.structs.replace(layer, kernel_initializer="zeros") if hasattr(layer, "kernel_initializer") else layer
        for layer in project.network.layers
    )
    if len(layers) < 2:
        raise EditError(Text("Without a hidden layer, weights of 0 do no harm: add a layer first."))
    network = msgspec.structs.replace(project.network, layers=layers)
    return Edit("", msgspec.structs.replace(project, network=network), origin=(None,) * len(layers))


def _random(project: Project) -> bool:
    return all(getattr(layer, "kernel_initializer", "") != "zeros" for layer in project.network.layers)


def _fast(project: Project) -> Edit:
    rate = TIMES * usual_learning_rate(project.training.optimizer)
    return edits.set_value(project, "training.optimizer.learning_rate", rate)


def _usual(project: Project) -> bool:
    optimizer = project.training.optimizer
    return bool(optimizer.learning_rate <= 5 * usual_learning_rate(optimizer))


def _linear(project: Project) -> Edit:
    bent = tuple(
        index
        for index, layer in enumerate(project.network.layers[:-1])
        if getattr(layer, "activation", "linear") != "linear"
    )
    if not bent:
        raise EditError(Text("No hidden layer has an activation that could be taken away."))
    return remedies.activation(project, bent, "linear")


def _bends(project: Project) -> bool:
    return any(getattr(layer, "activation", "linear") != "linear" for layer in project.network.layers[:-1])


def _wrong_loss(project: Project) -> Edit:
    if project.data.source.task is Task.REGRESSION:
        raise EditError(
            Text("%1 asks for numbers; choose data with classes for this fault.", Text(project.data.source.title))
        )
    return edits.set_loss(project, "mean_absolute_error")


def _right_loss(project: Project) -> bool:
    return tag(project.training.loss) not in REGRESSION_LOSSES


def _spoil(fault: str) -> Callable[[Project], Edit]:
    return lambda project: edits.set_value(project, "data.fault", fault)


def _unspoilt(project: Project) -> bool:
    return project.data.fault == "none"


_ALL = (
    Break(
        "zero",
        Text("zero initialisation"),
        Text("All weights began at 0"),
        Text("Units with equal weights get equal gradients and stay equal; with 0 nothing flows at all."),
        "symmetric",
        _zero,
        _random,
    ),
    Break(
        "rate",
        Text("%1 × learning rate", TIMES),
        Text("The learning rate is far too high"),
        Text("The steps are so long that they leap across every valley of the loss."),
        "rate_high",
        _fast,
        _usual,
    ),
    Break(
        "labels",
        Text("shuffled labels"),
        Text("The labels were shuffled"),
        Text("Where labels do not belong to the inputs there is nothing to learn but single examples by heart."),
        "labels",
        _spoil("shuffled"),
        _unspoilt,
    ),
    Break(
        "activations",
        Text("no activations"),
        Text("The hidden layers lost their activations"),
        Text("Linear layers in a row are worth one linear layer: it can only draw a straight border."),
        "underfitting",
        _linear,
        _bends,
    ),
    Break(
        "inputs",
        Text("unscaled inputs"),
        Text("The inputs are not scaled"),
        Text("Inputs a hundred times too large drive the units to the flat ends of their activations at once."),
        "unscaled",
        _spoil("unscaled"),
        _unspoilt,
    ),
    Break(
        "loss",
        Text("wrong loss"),
        Text("The loss does not fit the task"),
        Text("The mean absolute error hardly cares how sure a wrong answer is; cross-entropy does."),
        "mismatch",
        _wrong_loss,
        _right_loss,
    ),
)

for _one in _ALL:
    BREAKS.register(_one.name)(_one)
