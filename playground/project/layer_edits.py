"""Edits of the layers: add, remove, move, duplicate, paste, bypass, freeze, activation.

The last layer is the output layer: it belongs to the data set and stays last.
"""

from collections.abc import Collection, Sequence

from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import Dense, Flatten, Layer, ShapeError
from playground.engine.layers.base import Shape
from playground.project.arrangement import arranged, hidden, known, shapes, with_setting
from playground.project.edit import Edit, EditError, Origin
from playground.project.model import MAX_LAYERS, Project
from playground.texts import Text


def add_layer(project: Project, index: int, layer: Layer | None = None, *, identity: bool = False) -> Edit:
    """Insert a layer (Dense 4 tanh if none is given) before the layer at ``index``.

    Where it needs a list of numbers and an image comes, a Flatten layer is inserted before it; where it gives an image
    and the next layer needs a list, behind it. identity: it shall begin as one that changes nothing, as far as it can.

    Raises:
        EditError: when it would stand behind the output layer, does not fit there, or there are too many layers.
    """
    layers = project.network.layers
    if not 0 <= index < len(layers):
        raise EditError(
            Text(
                "A layer cannot be added at place %1; choose a place from 0 (first) to %2 (just before "
                "the output layer).",
                index,
                len(layers) - 1,
            )
        )
    if len(layers) >= MAX_LAYERS:
        raise EditError(Text("The network has %1 layers already, which is the most; remove one first.", len(layers)))
    added = layer if layer is not None else Dense(units=4, activation="tanh")
    before, after = _flattens(project, index, added)
    note = ""
    if before or after:
        needing = Text((added if before else layers[index]).title)
        note = Text("A Flatten layer was added, too: %1 needs a list of numbers.", needing)
    row = (*(Flatten(),) * before, added, *(Flatten(),) * after)
    first = {index + before} if identity else ()
    return _inserted(project, Text("Add %1 layer", Text(added.title)), index, row, identity=first, note=note)


def paste_layers(project: Project, index: int, layers: Sequence[Layer]) -> Edit:
    """Insert copies of ``layers`` before the layer at ``index``.

    Raises:
        EditError: when they do not fit there, or there would be too many layers.
    """
    known(project, index)
    if not layers:
        raise EditError(Text("There is no layer to paste; copy one first."))
    what = f"{layers[0].title} layer" if len(layers) == 1 else f"{len(layers)} layers"
    return _inserted(project, f"Paste {what}", index, tuple(layers))


def duplicate_layer(project: Project, index: int) -> Edit:
    """Put a copy of the layer at ``index`` behind it; its weights are copied where they fit.

    Raises:
        EditError: for the output layer, or when a second one does not fit.
    """
    layer, layers = hidden(project, index, Text("duplicated")), project.network.layers
    order: Origin = (*range(index + 1), index, *range(index + 1, len(layers)))
    new = (*layers[: index + 1], layer, *layers[index + 1 :])
    return arranged(project, Text("Duplicate %1 layer", Text(layer.title)), new, order)


def remove_layer(project: Project, index: int) -> Edit:
    """Remove the layer at ``index``.

    Raises:
        EditError: for the output layer, or when the layers behind would not fit.
    """
    return remove_layers(project, (index,))


def remove_layers(project: Project, indices: Collection[int]) -> Edit:
    """Remove several layers in one step.

    Raises:
        EditError: for the output layer, or when the layers behind would not fit.
    """
    layers = project.network.layers
    gone = sorted({index: hidden(project, index, Text("removed")) for index in indices})
    if not gone:
        raise EditError(Text("There is no layer to remove; select one first."))
    order = tuple(old for old in range(len(layers)) if old not in gone)
    one = Text("Remove %1 layer", Text(layers[gone[0]].title))
    label = one if len(gone) == 1 else Text("Remove %1 layers", len(gone))
    return arranged(project, label, [layers[old] for old in order], order)


def move_layer(project: Project, index: int, to: int) -> Edit:
    """Move the layer at ``index`` so that it stands at place ``to``.

    Raises:
        EditError: for the output layer or a place behind it, or when shapes would not fit.
    """
    layers = project.network.layers
    known(project, index)
    known(project, to)
    if len(layers) - 1 in (index, to):
        raise EditError(Text("The output layer stays last: it makes the prediction. Move one of the layers before it."))
    order = [old for old in range(len(layers)) if old != index]
    order.insert(to, index)
    return arranged(
        project, Text("Move %1 layer", Text(layers[index].title)), [layers[old] for old in order], tuple(order)
    )


def bypass_layer(project: Project, index: int, on: bool) -> Edit:
    """Let the layer at ``index`` pass its input on unchanged (``on``), or use it again; its weights wait meanwhile.

    Raises:
        EditError: for the output layer, or when the layers behind cannot take what comes then.
    """
    layer = hidden(project, index, Text("bypassed"))
    changed = with_setting(project, index, "bypassed", on)
    title = Text(layer.title)
    label = Text("Bypass %1 layer", title) if on else Text("Use %1 layer again", title)
    return arranged(project, label, changed.network.layers, tuple(range(len(project.network.layers))))


def set_trainable(project: Project, index: int, on: bool) -> Edit:
    """Let training change the weights of a layer, or freeze them.

    Raises:
        EditError: when the layer has no weights.
    """
    layer, reached = known(project, index), shapes(project)
    if index < len(reached) and not layer.parameter_shape(reached[index]):
        raise EditError(Text("Layer %1 (%2) has no weights that could be frozen.", index + 1, Text(layer.title)))
    label = Text("Unfreeze layer %1", index + 1) if on else Text("Freeze layer %1", index + 1)
    return Edit(label, with_setting(project, index, "trainable", on))


def set_activation(project: Project, index: int, name: str) -> Edit:
    """Give a layer another activation. Softmax shares 1 out among all units, so none stays muted.

    Raises:
        EditError: when the layer has none or the name is unknown.
    """
    layer = known(project, index)
    changed = with_setting(project, index, "activation", name)
    unmuted = bool(layer.muted) and name == "softmax"
    if unmuted:
        changed = with_setting(changed, index, "muted", ())
    label = Text("Set activation of layer %1 to %2", index + 1, Text(ACTIVATIONS[name].title))
    speak = Text("Softmax needs all units of layer %1: the muted ones speak again.", index + 1)
    note = speak if unmuted else ""
    return Edit(label, changed, merge_key=f"network.layers.{index}.activation", note=note)


def _flattens(project: Project, index: int, layer: Layer) -> tuple[bool, bool]:
    """Whether ``layer`` fits at ``index`` only with a Flatten layer before it, and whether only with one behind it."""
    reached, behind = shapes(project), project.network.layers[index]
    if index >= len(reached):
        return False, False
    came = reached[index]
    before = len(came) == 3 and not _takes(layer, came)
    came = Flatten().output_shape(came) if before else came
    if not _takes(layer, came):
        return False, False
    given = layer.output_shape(came)
    return before, len(given) == 3 and not _takes(behind, given) and _takes(behind, Flatten().output_shape(given))


def _takes(layer: Layer, shape: Shape) -> bool:
    """Whether a layer can take an input of this shape."""
    try:
        layer.output_shape(shape)
    except ShapeError:
        return False
    return True


def _inserted(
    project: Project,
    label: str,
    index: int,
    added: Sequence[Layer],
    *,
    identity: Collection[int] = (),
    note: str = "",
) -> Edit:
    layers = project.network.layers
    order: Origin = (*range(index), *(None,) * len(added), *range(index, len(layers)))
    new = (*layers[:index], *added, *layers[index:])
    return arranged(project, label, new, order, identity=frozenset(identity), note=note)
