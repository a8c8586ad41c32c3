"""What keeps a project from training, each with the setting to look at and the remedy."""

import math

import msgspec

from playground.data.dataset import Task
from playground.engine import BuildError
from playground.engine.layers import Dense
from playground.engine.losses import Loss
from playground.project import memory
from playground.project.adapt import input_shape
from playground.project.arrangement import misfit
from playground.project.declarations import tag
from playground.project.model import Project
from playground.texts import Text

MAX_PARAMETERS = 10_000_000
LEAST_EXAMPLES = 4
"""With fewer there is nothing to learn and nothing to test with."""
COUNTS = ("units", "filters")
"""Settings that say how many outputs a layer has."""
NEED_CLASSES = {
    "binary_crossentropy": Text("Binary cross-entropy"),
    "categorical_crossentropy": Text("Categorical cross-entropy"),
    "hinge": Text("The hinge loss"),
    "squared_hinge": Text("The squared hinge loss"),
    "kl_divergence": Text("KL divergence"),
}
"""Losses whose targets must be classes (0 or 1)."""
NEED_COUNTS = {"poisson": Text("The Poisson loss")}
"""Losses whose targets must not be negative."""


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong. ``path`` is the setting that it is about."""

    sentence: str
    path: str


def problems(project: Project) -> tuple[Problem, ...]:
    """Return everything that keeps the project from training; empty when it can train."""
    trouble = misfit(project)
    if trouble is not None:
        return (Problem(trouble[1], f"network.layers.{trouble[0]}"),)
    few = _examples(project)
    if few is not None:
        return (few,)
    found = [_size(project), _outputs(project), _softmax(project), _memory(project)]
    named = tuple(problem for problem in found if problem)
    if named:
        return named
    loss = loss_problem(project, project.training.loss)
    return (loss,) if loss else ()


def _examples(project: Project) -> Problem | None:
    """Whether there is something to learn from, and something to test with."""
    source = project.data.source
    if source.most is None or source.most >= LEAST_EXAMPLES:
        return None
    return Problem(
        Text(
            "“%1” has %2 examples; training and test need at least %3. Add some more.",
            source.title,
            source.most,
            LEAST_EXAMPLES,
        ),
        "data.source",
    )


def _size(project: Project) -> Problem | None:
    """Whether the network would take more memory than is sensible."""
    shape, sizes = input_shape(project), []
    for layer in project.network.layers:
        weights = layer.parameter_shape(shape)
        sizes.append(math.prod(weights) if weights else 0)
        shape = layer.output_shape(shape)
    total, largest = sum(sizes), sizes.index(max(sizes))
    if total <= MAX_PARAMETERS:
        return None
    layer, path = project.network.layers[largest], f"network.layers.{largest}"
    remedy = Text("Make layer %1 smaller, or what it gets.", largest + 1)
    for count in COUNTS:
        if hasattr(layer, count):
            remedy, path = (
                Text("Give layer %1 or its neighbours fewer %2.", largest + 1, Text(count)),
                f"{path}.{count}",
            )
    most = f"{MAX_PARAMETERS:,}"
    return Problem(Text("The network has %1 parameters; the most is %2. %3", f"{total:,}", most, remedy), path)


def _memory(project: Project) -> Problem | None:
    """Whether a mini-batch would take more memory than is sensible."""
    needed = memory.of_batch(project)
    if needed <= memory.MOST_BYTES:
        return None
    fitting = memory.MOST_BYTES // memory.of_example(project)
    remedy, path = Text("Make the layers smaller."), "network.layers.0"
    if fitting:
        remedy, path = Text("Set the batch size to at most %1.", fitting), "training.batch_size"
    gigabytes = f"{needed / 1024**3:.1f}"
    return Problem(Text("A mini-batch would take %1 GB of memory, which is too much. %2", gigabytes, remedy), path)


def _outputs(project: Project) -> Problem | None:
    """Whether the output layer gives as many numbers as the targets have."""
    source, shape, last = project.data.source, input_shape(project), len(project.network.layers) - 1
    for layer in project.network.layers:
        shape = layer.output_shape(shape)
    if shape == (source.outputs,):
        return None
    given = str(shape[0]) if len(shape) == 1 else Text("an array of shape %1", str(shape))
    units = Text("%1 units", source.outputs) if source.outputs > 1 else Text("1 unit")
    return Problem(
        Text(
            "The output layer gives %1 per example, but %2 asks for %3. Make the last layer a Dense layer with %4.",
            given,
            Text(source.title),
            source.outputs,
            units,
        ),
        f"network.layers.{last}" + (".units" if isinstance(project.network.layers[-1], Dense) else ""),
    )


def _softmax(project: Project) -> Problem | None:
    """Whether softmax has something to compare."""
    if getattr(project.network.layers[-1], "activation", None) != "softmax" or project.data.source.outputs > 1:
        return None
    remedy = "linear" if project.data.source.task is Task.REGRESSION else "sigmoid"
    return Problem(
        Text(
            "Softmax compares several outputs; with 1 unit it always gives 1. Set the output layer's activation to %1.",
            remedy,
        ),
        f"network.layers.{len(project.network.layers) - 1}.activation",
    )


def loss_problem(project: Project, loss: Loss) -> Problem | None:
    """Why ``loss`` does not suit the targets and the output layer; None when it does."""
    source = project.data.source
    title = Text(source.title)
    name = NEED_CLASSES.get(tag(loss))
    if name and source.task is Task.REGRESSION:
        return Problem(
            Text(
                "%1 needs classes, but the targets of %2 are numbers. Set the loss to mean squared error.", name, title
            ),
            "training.loss",
        )
    counting = NEED_COUNTS.get(tag(loss))
    if counting and source.task is Task.REGRESSION:
        return Problem(
            Text(
                "%1 needs counts (0 or more), but the targets of %2 can be negative. "
                "Set the loss to mean squared error.",
                counting,
                title,
            ),
            "training.loss",
        )
    if tag(loss) == "categorical_crossentropy" and source.task is Task.BINARY:
        return Problem(
            Text(
                "%1 needs one output per class, but %2 has one output for two classes. "
                "Set the loss to binary cross-entropy.",
                name or "",
                title,
            ),
            "training.loss",
        )
    try:
        loss.check(getattr(project.network.layers[-1], "activation", "linear"), (source.outputs,))
    except BuildError as error:
        return Problem(error.args[0], "training.loss")
    return None
