"""Which number between the layers of one network is the same as which in another: both are given names."""

from collections.abc import Hashable, Mapping, Sequence

from playground.engine import activations
from playground.engine.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    MaxPooling2D,
    Reshape,
    Residual,
)
from playground.engine.layers.base import activation_of
from playground.project.arrangement import shapes, size_name
from playground.project.edit import Origin
from playground.project.model import Project

Names = tuple[Hashable, ...]
"""A name for every unit of a list, or for every channel of an image."""

KEEP_SIGN = (Flatten, Reshape, MaxPooling2D, AveragePooling2D, GlobalAveragePooling2D, Dropout)
"""Layers behind which nothing is negative where nothing was before them."""

THROUGH_ZERO = ("linear", "tanh", "elu", "selu", "softsign", "sine", "silu", "gelu")
"""Activations that are 0 at 0 and not flat there: what gives 0 at first can still learn."""

SLOPE_ONE = ("linear", "tanh", "elu", "softsign", "sine")
"""Those of them that hand on small numbers as they are."""


def inputs_of(project: Project) -> Names:
    """The names of the network's inputs: the features of the plane, or the channels of the image and its shape."""
    source = project.data.source
    if source.input_kind == "plane":
        return project.data.features
    if source.input_kind == "table":
        return source.input_names
    return tuple((source.input_shape, channel) for channel in range(source.input_shape[-1]))


def old_names(project: Project) -> list[Names]:
    """The names of what comes into each layer of a network, and what comes out last."""
    count = len(project.network.layers)
    own = [
        tuple((index, unit) for unit in range(units_of(layer))) for index, layer in enumerate(project.network.layers)
    ]
    return _names(project, own, [False] * count)


def new_names(project: Project, origin: Origin, units: Mapping[int, Origin], identity: frozenset[int]) -> list[Names]:
    """The same for the network after an edit: what stems from the old network bears its old name."""
    own: list[Names] = []
    for index, layer in enumerate(project.network.layers):
        stem, count = origin[index], units_of(layer)
        before = units.get(index, tuple(range(count)))
        own.append(
            tuple(
                ("new", index, unit) if stem is None or before[unit] is None else (stem, before[unit])
                for unit in range(count)
            )
        )
    reached = shapes(project)
    passes = [
        index in identity and index < len(reached) and can_pass(project, index, reached[index])
        for index in range(len(project.network.layers))
    ]
    return _names(project, own, passes)


def can_pass(project: Project, index: int, shape: tuple[int, ...]) -> bool:
    """Whether the layer at ``index`` can begin as one that changes nothing, with weights of its own."""
    layer = project.network.layers[index]
    if isinstance(layer, Dense):
        straight = layer.activation == "linear" or (layer.activation == "relu" and _never_negative(project, index))
        return shape == (layer.units,) and straight
    if isinstance(layer, Residual) and layer.activation == "linear":
        last = layer.inner[-1] if layer.inner else None
        adds_nothing = isinstance(last, Dense | Conv2D) and last.activation in THROUGH_ZERO and not last.bypassed
        return adds_nothing and layer.output_shape(shape) == shape
    return False


def nearly_passes(project: Project, index: int, shape: tuple[int, ...]) -> bool:
    """Whether a layer can at least begin as one that changes little: slope 1 at 0, and a unit for each input."""
    layer = project.network.layers[index]
    if not isinstance(layer, Dense) or layer.activation not in SLOPE_ONE:
        return False
    return len(shape) == 1 and shape[0] <= layer.units


def _never_negative(project: Project, index: int) -> bool:
    """Whether what comes into a layer is never below 0."""
    for layer in reversed(project.network.layers[:index]):
        bends = size_name(layer) is not None or activation_of(layer) != "linear"
        if bends and not layer.bypassed:
            return activations.get(activation_of(layer)).range in ("unit", "positive")
        if not layer.bypassed and not isinstance(layer, KEEP_SIGN):
            return False
    return False


def _names(project: Project, own: Sequence[Names], passes: Sequence[bool]) -> list[Names]:
    found, reached = [inputs_of(project)], shapes(project)
    for index, layer in enumerate(project.network.layers[: len(reached) - 1]):
        came = found[-1]
        if layer.bypassed or passes[index]:
            found.append(came)
        elif size_name(layer) is not None:
            found.append(own[index])
        else:
            found.append(_passed(came, reached[index], reached[index + 1], index))
    return found


def _passed(names: Names, before: tuple[int, ...], after: tuple[int, ...], index: int) -> Names:
    """The names behind a layer without units of its own: the same ones where it works on each number or channel."""
    if len(after) == 1 and len(before) == 3 and after[0] == before[0] * before[1] * before[2]:  # Flatten
        return tuple((place, name) for place in range(before[0] * before[1]) for name in names)
    return names if len(names) == after[-1] else tuple((index, unit) for unit in range(after[-1]))


def units_of(layer: Layer) -> int:
    """How many units (or channels) a layer has of its own, 0 for none."""
    name = size_name(layer)
    return int(getattr(layer, name)) if name else 0
