"""Edits of the layers: add, remove, move, units, activation.

The last layer is the output layer: it belongs to the data set and stays last.
"""

from typing import Any

import msgspec

from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import Dense, Layer, ShapeError
from playground.engine.settings import SettingError
from playground.project import paths
from playground.project.adapt import input_shape
from playground.project.edit import Edit, EditError, Origin
from playground.project.model import MAX_LAYERS, Project


def add_layer(project: Project, index: int, layer: Layer | None = None) -> Edit:
    """Insert a layer (Dense 4 tanh if none is given) before the layer at ``index``.

    Raises:
        EditError: when it would stand behind the output layer, does not fit there, or there are too many layers.
    """
    layers = project.network.layers
    if not 0 <= index < len(layers):
        raise EditError(
            f"A layer cannot be added at place {index}; choose a place from 0 (first) to {len(layers) - 1} "
            "(just before the output layer)."
        )
    if len(layers) >= MAX_LAYERS:
        raise EditError(f"The network has {len(layers)} layers already, which is the most; remove one first.")
    added = layer if layer is not None else Dense(units=4, activation="tanh")
    order: Origin = (*range(index), None, *range(index, len(layers)))
    return _arranged(project, f"Add {added.title} layer", (*layers[:index], added, *layers[index:]), order)


def remove_layer(project: Project, index: int) -> Edit:
    """Remove the layer at ``index``.

    Raises:
        EditError: for the output layer, or when the layers behind would not fit.
    """
    layers = project.network.layers
    _known(project, index)
    if index == len(layers) - 1:
        raise EditError("The output layer cannot be removed: it makes the prediction. Change its activation instead.")
    order = tuple(old for old in range(len(layers)) if old != index)
    return _arranged(project, f"Remove {layers[index].title} layer", tuple(layers[old] for old in order), order)


def move_layer(project: Project, index: int, to: int) -> Edit:
    """Move the layer at ``index`` so that it stands at place ``to``.

    Raises:
        EditError: for the output layer or a place behind it, or when shapes would not fit.
    """
    layers = project.network.layers
    _known(project, index)
    _known(project, to)
    if len(layers) - 1 in (index, to):
        raise EditError("The output layer stays last: it makes the prediction. Move one of the layers before it.")
    order = [old for old in range(len(layers)) if old != index]
    order.insert(to, index)
    return _arranged(project, f"Move {layers[index].title} layer", tuple(layers[old] for old in order), tuple(order))


def set_units(project: Project, index: int, units: int) -> Edit:
    """Give a layer another number of units.

    Raises:
        EditError: when the layer has none, the number is out of range, or the data set fixes it.
    """
    _known(project, index)
    layer, source = project.network.layers[index], project.data.source
    if index == len(project.network.layers) - 1 and units != source.outputs and hasattr(layer, "units"):
        raise EditError(
            f"The output layer has {_units(source.outputs)} because {source.title} asks for "
            f"{_numbers(source.outputs)} per example; change the units of a layer before it."
        )
    changed = _set(project, index, "units", units)
    return Edit(f"Set units of layer {index + 1} to {units}", changed, merge_key=f"network.layers.{index}.units")


def set_activation(project: Project, index: int, name: str) -> Edit:
    """Give a layer another activation.

    Raises:
        EditError: when the layer has none or the name is unknown.
    """
    _known(project, index)
    changed = _set(project, index, "activation", name)
    key = f"network.layers.{index}.activation"
    return Edit(f"Set activation of layer {index + 1} to {ACTIVATIONS[name].title}", changed, merge_key=key)


def _units(count: int) -> str:
    return "1 unit" if count == 1 else f"{count} units"


def _numbers(count: int) -> str:
    return "1 number" if count == 1 else f"{count} numbers"


def _known(project: Project, index: int) -> None:
    count = len(project.network.layers)
    if not 0 <= index < count:
        raise EditError(f"There is no layer {index + 1}; the network has {count}.")


def _set(project: Project, index: int, setting: str, value: Any) -> Project:
    layer = project.network.layers[index]
    if not hasattr(layer, setting):
        raise EditError(f"Layer {index + 1} ({layer.title}) has no {setting}; choose a layer that has.")
    try:
        return paths.set(project, f"network.layers.{index}.{setting}", value)
    except SettingError as error:
        raise EditError(str(error)) from error


def _arranged(project: Project, label: str, layers: tuple[Layer, ...], origin: Origin) -> Edit:
    """The edit, provided that shapes fit all the way through, or that they did not fit before either."""
    changed = msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=layers))
    trouble = misfit(changed)
    if trouble is not None and misfit(project) is None:
        raise EditError(trouble[1])
    return Edit(label, changed, origin=origin)


def misfit(project: Project) -> tuple[int, str] | None:
    """The first layer that cannot take what the layer before gives, with a sentence; None when all fit."""
    shape = input_shape(project)
    for index, layer in enumerate(project.network.layers):
        try:
            shape = layer.output_shape(shape)
        except ShapeError as error:
            return index, f"Layer {index + 1} ({layer.title}): {error}"
    return None
