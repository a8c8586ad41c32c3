"""Edits of the units (or channels) of one layer: how many, remove this one, mute that one."""

from collections.abc import Collection

import msgspec

from playground.engine.layers import Layer
from playground.engine.layers.base import activation_of
from playground.project.arrangement import hidden, known, shapes, size_name, with_layers, with_setting
from playground.project.edit import Edit, EditError, Origin
from playground.project.model import Project
from playground.texts import Text


def set_units(project: Project, index: int, units: int) -> Edit:
    """Give a layer another number of units (a convolution: of filters); the first ones stay.

    Raises:
        EditError: when the layer has none, the number is out of range, or the data set fixes it.
    """
    layer, source = known(project, index), project.data.source
    name = size_name(layer) or "units"
    if index == len(project.network.layers) - 1 and units != source.outputs and hasattr(layer, "units"):
        raise EditError(
            Text(
                "The output layer has %1 because %2 asks for %3 per example; change the units of a layer before it.",
                _units(source.outputs),
                Text(source.title),
                _numbers(source.outputs),
            )
        )
    changed = with_setting(project, index, name, units)
    muted = tuple(unit for unit in layer.muted if unit < units)
    changed = with_setting(changed, index, "muted", muted)
    label = Text("Set %1 of layer %2 to %3", Text(name), index + 1, units)
    return Edit(label, changed, merge_key=f"network.layers.{index}.{name}")


def resize(project: Project, indices: Collection[int], by: int) -> Edit:
    """Give several layers ``by`` units more at their end, in one step; below 0 takes the last ones away.

    Raises:
        EditError: as ``set_units``; then no layer is changed.
    """
    changed = project
    for index in indices:
        changed = set_units(changed, index, _sized(project, index)[1] + by).project
    what = Text("%1 units", abs(by)) if abs(by) > 1 else Text("a unit")
    where = Text("layer %1", next(iter(indices)) + 1) if len(indices) == 1 else Text("%1 layers", len(indices))
    return Edit(Text("Add %1 to %2", what, where) if by > 0 else Text("Remove %1 of %2", what, where), changed)


def add_unit(project: Project, index: int, after: int | None = None) -> Edit:
    """Give a layer one unit more, behind the unit ``after`` or as the last one; nothing that is trained is lost.

    Raises:
        EditError: as ``set_units``.
    """
    layer, count = _sized(project, index)
    place = count if after is None else max(0, min(count, after + 1))
    order: Origin = (*range(place), None, *range(place, count))
    changed = set_units(project, index, count + 1).project
    label = Text("Add a unit to layer %1", index + 1)
    return Edit(label, _muted_as(changed, index, layer, order), units={index: order})


def remove_unit(project: Project, index: int, unit: int) -> Edit:
    """Take one unit away, whichever it is; the others keep their weights.

    Raises:
        EditError: as ``set_units``, when there is no such unit, or when it is the only one.
    """
    layer, count = _sized(project, index)
    _there(project, index, unit)
    if count == 1:
        raise EditError(Text("Layer %1 has one unit only; remove the whole layer instead.", index + 1))
    order = tuple(old for old in range(count) if old != unit)
    changed = set_units(project, index, count - 1).project
    label = Text("Remove unit %1 of layer %2", unit + 1, index + 1)
    return Edit(label, _muted_as(changed, index, layer, order), units={index: order})


def mute_unit(project: Project, index: int, unit: int, on: bool) -> Edit:
    """Let the output of one unit be 0 (``on``), or let it speak again.

    Raises:
        EditError: for the output layer, softmax, layers that only rearrange numbers, or when there is no such unit.
    """
    return mute_units(project, index, (unit,), on)


def mute_units(project: Project, index: int, units: Collection[int], on: bool) -> Edit:
    """The same for several units of one layer."""
    layer = hidden(project, index, Text("muted"))
    for unit in units:
        _there(project, index, unit)
    if activation_of(layer) == "softmax":
        raise EditError(
            Text("Softmax shares 1 out among all units, so none can be muted alone; change the activation.")
        )
    if layer.shares(shapes(project)[index]):
        raise EditError(Text("%1 only passes numbers on; mute a unit of the layer before it.", Text(layer.title)))
    muted = tuple(sorted(set(layer.muted) | set(units) if on else set(layer.muted) - set(units)))
    names = ", ".join(str(unit + 1) for unit in sorted(units))
    what = Text("units %1", names) if len(units) > 1 else Text("unit %1", names)
    label = Text("Mute %1 of layer %2", what, index + 1) if on else Text("Unmute %1 of layer %2", what, index + 1)
    return Edit(label, with_setting(project, index, "muted", muted))


def _sized(project: Project, index: int) -> tuple[Layer, int]:
    """A layer that says itself how many units it has, and that number."""
    layer = known(project, index)
    name = size_name(layer)
    if name is None:
        raise EditError(
            Text("Layer %1 (%2) has no units of its own; choose a layer that has.", index + 1, Text(layer.title))
        )
    return layer, getattr(layer, name)


def _there(project: Project, index: int, unit: int) -> None:
    """Make sure that a layer has this unit."""
    reached = shapes(project)
    if index + 1 >= len(reached):
        raise EditError(Text("Layer %1 does not fit what the layer before gives; mend that first.", index + 1))
    if not 0 <= unit < reached[index + 1][-1]:
        raise EditError(Text("Layer %1 has no unit %2; it has %3.", index + 1, unit + 1, reached[index + 1][-1]))


def _muted_as(project: Project, index: int, layer: Layer, order: Origin) -> Project:
    """The project with the units muted that stem from muted ones of ``layer``."""
    muted = tuple(new for new, old in enumerate(order) if old in layer.muted)
    layers = list(project.network.layers)
    layers[index] = msgspec.structs.replace(layers[index], muted=muted)
    return with_layers(project, layers)


def _units(count: int) -> Text:
    return Text("1 unit") if count == 1 else Text("%1 units", count)


def _numbers(count: int) -> Text:
    return Text("1 number") if count == 1 else Text("%1 numbers", count)
