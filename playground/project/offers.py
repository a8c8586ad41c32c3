"""What can be inserted at a place of the network: every kind of layer, with settings that suit the place."""

import math
from typing import Any

import msgspec

from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import LAYERS, Conv2D, Dense, Flatten, Layer, Reshape, Residual, ShapeError
from playground.engine.layers.base import Shape, activation_of
from playground.project.arrangement import shapes, with_layers
from playground.project.edit import EditError
from playground.project.layer_edits import add_layer
from playground.project.lineage import can_pass
from playground.project.model import Project
from playground.texts import Text

MOST_UNITS = 1024
OTHER = Text("More")
GROUPS = {
    "dense": Text("Basic"),
    "activation": Text("Basic"),
    "residual": Text("Basic"),
    "conv2d": Text("Images"),
    "depthwise_conv2d": Text("Images"),
    "max_pooling2d": Text("Images"),
    "average_pooling2d": Text("Images"),
    "global_average_pooling2d": Text("Images"),
    "batch_normalization": Text("Normalization"),
    "layer_normalization": Text("Normalization"),
    "dropout": Text("Against overfitting"),
    "gaussian_noise": Text("Against overfitting"),
    "flatten": Text("Shape"),
    "reshape": Text("Shape"),
}
"""Under which heading a kind of layer is offered; those that are not listed stand under "More"."""


class Offer(msgspec.Struct, frozen=True):
    """A kind of layer at one place of the network.

    layer: with the settings that it would begin with there. problem: why it cannot stand there, "" when it can.
    note: what is added along with it, "" for nothing.
    """

    kind: str
    layer: Layer
    group: str
    title: str
    help: str
    problem: str = ""
    note: str = ""


def offers(project: Project, index: int) -> tuple[Offer, ...]:
    """Every kind of layer for the place before the layer at ``index``, group by group, whether it fits or not."""
    order = [*GROUPS, *(kind for kind in LAYERS if kind not in GROUPS)]
    return tuple(_offer(project, index, kind, LAYERS[kind]) for kind in order)


def _offer(project: Project, index: int, kind: str, cls: type[Layer]) -> Offer:
    reached = shapes(project)
    shape = reached[index] if 0 <= index < len(reached) else None
    layer = _suiting(project, cls, shape)
    problem = note = ""
    try:
        note = add_layer(project, index, layer).note
    except EditError as error:
        problem = _own_words(layer, shape) or error.args[0]
    if not problem and cls is Flatten and shape is not None and len(shape) == 1:
        problem = Text("A list of numbers comes here already; Flatten would change nothing.")
    return Offer(kind, layer, GROUPS.get(kind, OTHER), cls.title, cls.help, problem, note)


def passing(project: Project, index: int, layer: Layer) -> Layer | None:
    """The layer as it can begin as one that passes everything on at this place, None where it cannot.

    A Dense layer then has as many units as numbers come, and no bend that would change them.
    """
    reached = shapes(project)
    if not 0 <= index < min(len(reached), len(project.network.layers)):
        return None
    came = reached[index]
    options: list[Layer] = [layer]
    if isinstance(layer, Dense) and len(came) == 1 and came[0] <= MOST_UNITS:
        options = [Dense(came[0], "relu"), Dense(came[0])]
    for option in options:
        layers = (*project.network.layers[:index], option, *project.network.layers[index:])
        if can_pass(with_layers(project, layers), index, came):
            return option
    return None


def summary(layer: Layer) -> str:
    """The settings of a layer in a few words: "Dense: 4 units, tanh."."""
    words = []
    if (units := getattr(layer, "units", None)) is not None:
        words.append(Text("1 unit") if units == 1 else Text("%1 units", units))
    if (filters := getattr(layer, "filters", None)) is not None:
        words.append(Text("1 filter") if filters == 1 else Text("%1 filters", filters))
    if (bend := activation_of(layer)) != "linear" or hasattr(layer, "activation"):
        words.append(Text(ACTIVATIONS[bend].title))
    title = Text(layer.title)
    match words:
        case []:
            return Text("%1.", title)
        case [one]:
            return Text("%1: %2.", title, one)
        case _:
            return Text("%1: %2, %3.", title, *words)


def _own_words(layer: Layer, shape: Shape | None) -> str:
    """Why the layer itself cannot take what comes, "" when that is not what is wrong."""
    try:
        if shape is not None:
            layer.output_shape(shape)
    except ShapeError as error:
        message: str = error.args[0]
        return message
    return ""


def _suiting(project: Project, cls: type[Layer], shape: Shape | None) -> Layer:
    """A layer of a kind with settings that suit what comes in: ``shape``, None where that is unknown."""
    plane = project.data.source.input_kind == "plane"
    bend = _usual_activation(project, "tanh" if plane else "relu")
    if cls is Dense:
        return Dense(4 if plane else 16, activation=bend)
    if cls is Reshape and shape is not None:
        return Reshape(_other_shape(shape))
    if cls is Residual and shape is not None:
        image = len(shape) == 3
        return Residual((Conv2D(shape[-1], padding="same", activation=bend) if image else Dense(shape[0], bend),))
    settings: dict[str, Any] = {"padding": "same", "activation": bend} if "kernel_size" in cls.__struct_fields__ else {}
    return cls(**settings)


def _usual_activation(project: Project, otherwise: str) -> str:
    """The activation that most hidden layers have, the later one of two that are as frequent."""
    found = [activation_of(layer) for layer in project.network.layers[:-1]]
    bent = [name for name in found if name not in ("linear", "softmax")]
    return max(reversed(bent), key=bent.count) if bent else otherwise


def _other_shape(shape: Shape) -> Shape:
    """A list for an image; for a list an image, square where the numbers allow it."""
    if len(shape) != 1:
        return (math.prod(shape),)
    side = math.isqrt(shape[0])
    return (side, side, 1) if side * side == shape[0] else (1, shape[0], 1)
