"""Everything a user can do to a project: named, pure functions from one project to the next.

Each returns an Edit; what cannot be done raises EditError with a sentence that says why and what to do instead.
Edits of the layers stand in ``layer_edits``, those of their units in ``unit_edits``, of the inputs in
``feature_edits``; they can all be reached from here.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec

from playground.data.sources import KINDS, OWN_SOURCES, SOURCES, Source
from playground.engine import losses, optimizers
from playground.engine.optimizers import Optimizer
from playground.engine.registry import UnknownNameError
from playground.engine.settings import SettingError, SettingInfo
from playground.project import adapt, paths
from playground.project.declarations import shown, tag, validate
from playground.project.edit import Edit, EditError, Origin
from playground.project.feature_edits import add_formula, change_formula, toggle_feature
from playground.project.layer_edits import (
    add_layer,
    bypass_layer,
    duplicate_layer,
    move_layer,
    paste_layers,
    remove_layer,
    remove_layers,
    set_activation,
    set_trainable,
)
from playground.project.model import LEAST_POINTS, MOST_POINTS, Project
from playground.project.unit_edits import add_unit, mute_unit, mute_units, remove_unit, resize, set_units
from playground.texts import Text, named

__all__ = [
    "Edit",
    "EditError",
    "Origin",
    "add_formula",
    "add_layer",
    "add_unit",
    "bypass_layer",
    "change_formula",
    "duplicate_layer",
    "load_project",
    "move_layer",
    "mute_unit",
    "mute_units",
    "new_weights",
    "paste_layers",
    "remove_layer",
    "remove_layers",
    "remove_unit",
    "resize",
    "set_activation",
    "set_loss",
    "set_optimizer",
    "set_source",
    "set_trainable",
    "set_units",
    "set_value",
    "set_values",
    "toggle_feature",
    "usual_learning_rate",
]

USUAL_RATES = {
    "sgd": 0.1,
    "adagrad": 0.3,
    "adadelta": 3.0,
    "rmsprop": 0.01,
    "adam": 0.03,
    "adamw": 0.03,
    "adamax": 0.1,
    "nadam": 0.03,
    "lion": 0.003,
}
"""Learning rates that suit small networks; an optimizer not listed starts with its own default."""


def set_value(project: Project, path: str, value: Any) -> Edit:
    """Set one setting; edits of the same setting in a row merge.

    A data set, loss, optimizer, unit count or activation is set by the edit made for it, so that what depends on it
    follows.
    """
    special = _special(project, path, value)
    if special is not None:
        return special
    try:
        changed = paths.set(project, path, value)
    except (SettingError, paths.PathError) as error:
        raise EditError(error.args[0]) from error
    return Edit(_label(path, paths.info(project, path), paths.plain(changed, path)), changed, merge_key=path)


def set_values(project: Project, places: Sequence[str], value: Any) -> Edit:
    """Set the same setting of several layers in one step.

    Raises:
        EditError: when one of them cannot take the value; then none is changed.
    """
    if not places:
        raise EditError(Text("There is nothing to set; select a layer first."))
    changed = project
    for path in places:
        step = set_value(changed, path, value)
        changed = step.project
    if len(places) == 1:
        return step
    info = paths.info(project, places[0])
    shown_value = paths.plain(changed, places[0])
    label = Text("%1 in %2 layers", _label("", info, shown_value), len(places))
    return Edit(label, changed, merge_key=" ".join(places))


def _special(project: Project, path: str, value: Any) -> Edit | None:
    """The dedicated edit for a path, None when it is an ordinary setting."""
    if path == "data.source":
        return set_source(project, value)
    if path.startswith("data.source."):
        return _set_in_source(project, path, value)
    if path == "training.loss" and isinstance(value, str):
        return set_loss(project, value)
    if path == "training.optimizer" and isinstance(value, str):
        return set_optimizer(project, value)
    if path == "network.seed":
        return new_weights(project, value)
    parts = path.split(".")
    if len(parts) == 4 and parts[:2] == ["network", "layers"] and parts[2].isdecimal():
        if parts[3] in ("units", "filters"):
            return set_units(project, int(parts[2]), value)
        if parts[3] == "activation":
            return set_activation(project, int(parts[2]), value)
        if parts[3] == "bypassed":
            return bypass_layer(project, int(parts[2]), value)
        if parts[3] == "trainable":
            return set_trainable(project, int(parts[2]), value)
    return None


def _label(path: str, info: SettingInfo, value: Any) -> Text:
    what = named(info.title)
    if path.startswith("network.layers."):
        what = Text("%1 of layer %2", what, int(path.split(".")[2]) + 1)
    if isinstance(value, bool):
        return Text("Turn %1 on", what) if value else Text("Turn %1 off", what)
    if value is None:
        return Text("Clear %1", what)
    if isinstance(value, (int, float, str)):
        return Text("Set %1 to %2", what, value)
    return Text("Change %1", what)


def set_loss(project: Project, name: str) -> Edit:
    """Pick the loss function; its settings start at their defaults."""
    try:
        loss = losses.get(name)
    except UnknownNameError as error:
        raise EditError(error.args[0]) from error
    if tag(loss) == tag(project.training.loss):
        loss = project.training.loss
    return Edit(Text("Set loss to %1", Text(loss.title)), _with_training(project, loss=loss), merge_key="training.loss")


def set_optimizer(project: Project, name: str) -> Edit:
    """Pick the optimizer, with the learning rate that is usual for it; picking the present one changes nothing."""
    try:
        optimizer = optimizers.get(name)
    except UnknownNameError as error:
        raise EditError(error.args[0]) from error
    if tag(optimizer) == tag(project.training.optimizer):
        optimizer = project.training.optimizer
    else:
        optimizer = msgspec.structs.replace(optimizer, learning_rate=usual_learning_rate(optimizer))
    changed = _with_training(project, optimizer=optimizer)
    return Edit(Text("Set optimizer to %1", Text(optimizer.title)), changed, merge_key="training.optimizer")


def usual_learning_rate(optimizer: Optimizer) -> float:
    """The learning rate that suits ``optimizer`` on small networks; its own default where none is known."""
    return USUAL_RATES.get(tag(optimizer), type(optimizer)().learning_rate)


def set_source(project: Project, source: Source | str) -> Edit:
    """Choose the data set (a source or its name); output layer, loss and Flatten follow, noise and points stay."""
    try:
        source = SOURCES[source]() if isinstance(source, str) else source
    except UnknownNameError as error:
        raise EditError(error.args[0]) from error
    if not isinstance(source, tuple(KINDS[name] for name in KINDS)):
        raise EditError(Text("The data set is %1; it must be one of: %2.", shown(source), ", ".join(SOURCES.names())))
    try:
        layers, origin = adapt.layers_for(project, source)
    except ValueError as error:  # a table from which nothing can be learned
        raise EditError(error.args[0]) from error
    data = msgspec.structs.replace(project.data, source=source, points=_points(project, source))
    changed = msgspec.structs.replace(
        project,
        data=data,
        network=msgspec.structs.replace(project.network, layers=layers),
        training=msgspec.structs.replace(project.training, loss=adapt.loss_for(project, source)),
    )
    return Edit(Text("Choose data set %1", Text(source.title)), _valid(changed), merge_key="data.source", origin=origin)


def _set_in_source(project: Project, path: str, value: Any) -> Edit:
    """Change a setting of the data set; the network follows as for another data set."""
    try:
        info = paths.info(project, path)
        source = paths.get(paths.set(project, path, value), "data.source")
    except (paths.PathError, ValueError) as error:
        raise EditError(error.args[0]) from error
    edit = set_source(project, source)
    label = _label(path, info, value)
    return replace(edit, label=label, merge_key=path)


def _points(project: Project, source: Source) -> int:
    """How many examples to take: of one's own data all, as far as a project can hold them."""
    if source.most is None or not isinstance(source, tuple(OWN_SOURCES[name] for name in OWN_SOURCES)):
        return project.data.points
    return min(max(source.most, LEAST_POINTS), MOST_POINTS)


def new_weights(project: Project, seed: int) -> Edit:
    """Start from other initial weights, those of ``seed``."""
    try:
        changed = paths.set(project, "network.seed", seed)
    except SettingError as error:
        raise EditError(error.args[0]) from error
    return Edit(Text("New weights"), changed, origin=(None,) * len(project.network.layers))


def load_project(project: Project, new: Project, label: str = "") -> Edit:
    """Replace the whole project; no weight of the old one is carried over."""
    return Edit(label or Text("Open project"), _valid(new), origin=(None,) * len(new.network.layers))


def _with_training(project: Project, **settings: Any) -> Project:
    training = msgspec.structs.replace(project.training, **settings)
    return _valid(msgspec.structs.replace(project, training=training))


def _valid(project: Project) -> Project:
    try:
        return validate(project)
    except SettingError as error:
        raise EditError(error.args[0]) from error
