"""Edits that several rules propose."""

from dataclasses import replace

import msgspec

from playground.project import edits
from playground.project.edit import Edit, EditError
from playground.project.model import Project
from playground.texts import Text
from playground.training.health import suggest_learning_rate


def slower(project: Project) -> Edit:
    """A smaller learning rate."""
    optimizer = project.training.optimizer
    rate = suggest_learning_rate(optimizer.learning_rate, edits.usual_learning_rate(optimizer))
    return alone(edits.set_value(project, "training.optimizer.learning_rate", rate))


def faster(project: Project) -> Edit:
    """A learning rate ten times larger, up to the usual one."""
    optimizer = project.training.optimizer
    rate = float(f"{min(10 * optimizer.learning_rate, edits.usual_learning_rate(optimizer)):.1g}")
    return alone(edits.set_value(project, "training.optimizer.learning_rate", rate))


def batch(project: Project, size: int) -> Edit:
    """Another batch size."""
    return alone(edits.set_value(project, "training.batch_size", size))


def balanced(project: Project) -> Edit:
    """Classes that count alike in the loss."""
    return replace(
        alone(edits.set_value(project, "training.class_weight", "balanced")), label=Text("Balance the classes")
    )


def fresh_weights(project: Project, label: str = "") -> Edit:
    """Other random weights in all layers, drawn by Glorot's rule wherever they began with equal ones."""
    layers = tuple(
        msgspec.structs.replace(layer, kernel_initializer="glorot_uniform")
        if getattr(layer, "kernel_initializer", "") in ("zeros", "ones", "constant")
        else layer
        for layer in project.network.layers
    )
    network = msgspec.structs.replace(project.network, layers=layers, seed=project.network.seed + 1)
    changed = msgspec.structs.replace(project, network=network)
    return Edit(label or Text("Draw new weights"), changed, origin=(None,) * len(layers))


def activation(project: Project, layers: tuple[int, ...], name: str) -> Edit:
    """Another activation for several layers."""
    return alone(edits.set_values(project, [f"network.layers.{index}.activation" for index in layers], name))


def larger(project: Project) -> Edit | None:
    """Twice the units in the widest hidden layer; a hidden layer where there is none."""
    hidden = [(getattr(layer, "units", 0), index) for index, layer in enumerate(project.network.layers[:-1])]
    widest = max((pair for pair in hidden if pair[0]), default=None)
    try:
        if widest is None:
            return alone(edits.add_layer(project, len(project.network.layers) - 1))
        return alone(edits.set_units(project, widest[1], 2 * widest[0]))
    except EditError:
        return None


def mended(project: Project, label: str) -> Edit:
    """Data without the fault that was put into them."""
    return replace(alone(edits.set_value(project, "data.fault", "none")), label=label)


def alone(edit: Edit) -> Edit:
    """The edit as a step of its own in the history."""
    return replace(edit, merge_key=None)
