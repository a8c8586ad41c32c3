"""What keeps a project from training, each with the setting to look at and the remedy."""

import math
from dataclasses import dataclass

from playground.data.dataset import Task
from playground.engine import BuildError
from playground.engine.layers import Dense
from playground.project.adapt import input_shape
from playground.project.arrangement import misfit
from playground.project.declarations import tag
from playground.project.model import Project

MAX_PARAMETERS = 10_000_000
COUNTS = ("units", "filters")
"""Settings that say how many outputs a layer has."""
NEED_CLASSES = {
    "binary_crossentropy": "Binary cross-entropy",
    "categorical_crossentropy": "Categorical cross-entropy",
    "hinge": "The hinge loss",
    "squared_hinge": "The squared hinge loss",
    "kl_divergence": "KL divergence",
}
"""Losses whose targets must be classes (0 or 1)."""
NEED_COUNTS = {"poisson": "The Poisson loss"}
"""Losses whose targets must not be negative."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. ``path`` is the setting that it is about."""

    sentence: str
    path: str


def problems(project: Project) -> tuple[Problem, ...]:
    """Return everything that keeps the project from training; empty when it can train."""
    trouble = misfit(project)
    if trouble is not None:
        return (Problem(trouble[1], f"network.layers.{trouble[0]}"),)
    found = [_size(project), _outputs(project), _softmax(project)]
    named = tuple(problem for problem in found if problem)
    if named:
        return named
    loss = _loss(project)
    return (loss,) if loss else ()


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
    remedy = f"Make layer {largest + 1} smaller, or what it gets."
    for count in COUNTS:
        if hasattr(layer, count):
            remedy, path = f"Give layer {largest + 1} or its neighbours fewer {count}.", f"{path}.{count}"
    return Problem(f"The network has {total:,} parameters; the most is {MAX_PARAMETERS:,}. {remedy}", path)


def _outputs(project: Project) -> Problem | None:
    """Whether the output layer gives as many numbers as the targets have."""
    source, shape, last = project.data.source, input_shape(project), len(project.network.layers) - 1
    for layer in project.network.layers:
        shape = layer.output_shape(shape)
    if shape == (source.outputs,):
        return None
    given = f"{shape[0]}" if len(shape) == 1 else f"an array of shape {shape}"
    return Problem(
        f"The output layer gives {given} per example, but {source.title} asks for {source.outputs}. "
        f"Make the last layer a Dense layer with {source.outputs} {'unit' if source.outputs == 1 else 'units'}.",
        f"network.layers.{last}" + (".units" if isinstance(project.network.layers[-1], Dense) else ""),
    )


def _softmax(project: Project) -> Problem | None:
    """Whether softmax has something to compare."""
    if getattr(project.network.layers[-1], "activation", None) != "softmax" or project.data.source.outputs > 1:
        return None
    remedy = "linear" if project.data.source.task is Task.REGRESSION else "sigmoid"
    return Problem(
        "Softmax compares several outputs; with 1 unit it always gives 1. "
        f"Set the output layer's activation to {remedy}.",
        f"network.layers.{len(project.network.layers) - 1}.activation",
    )


def _loss(project: Project) -> Problem | None:
    """Whether the loss suits the targets and the output layer."""
    source, loss = project.data.source, project.training.loss
    name = NEED_CLASSES.get(tag(loss))
    if name and source.task is Task.REGRESSION:
        return Problem(
            f"{name} needs classes, but the targets of {source.title} are numbers. Set the loss to mean squared error.",
            "training.loss",
        )
    counting = NEED_COUNTS.get(tag(loss))
    if counting and source.task is Task.REGRESSION:
        return Problem(
            f"{counting} needs counts (0 or more), but the targets of {source.title} can be negative. "
            "Set the loss to mean squared error.",
            "training.loss",
        )
    if tag(loss) == "categorical_crossentropy" and source.task is Task.BINARY:
        return Problem(
            f"{name} needs one output per class, but {source.title} has one output for two classes. "
            "Set the loss to binary cross-entropy.",
            "training.loss",
        )
    try:
        loss.check(getattr(project.network.layers[-1], "activation", "linear"), (source.outputs,))
    except BuildError as error:
        return Problem(str(error), "training.loss")
    return None
