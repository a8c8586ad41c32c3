"""Edits of what the network sees of a point: ready-made features on and off, and features by formula."""

import msgspec

from playground.data.features import FEATURES, MARK, MOST_FORMULAS, feature, formulas, is_formula, ordered
from playground.data.formula import FormulaError
from playground.engine.registry import UnknownNameError
from playground.engine.settings import SettingError
from playground.project.declarations import validate
from playground.project.edit import Edit, EditError
from playground.project.model import Project
from playground.texts import Text


def toggle_feature(project: Project, name: str) -> Edit:
    """Give the network a feature of the plane, or take it away; "=…" is one by formula."""
    if name not in FEATURES and not is_formula(name):
        raise EditError(str(UnknownNameError("feature", name, FEATURES.names())))
    active = project.data.features
    if name not in active and is_formula(name):
        return add_formula(project, name.removeprefix(MARK))
    _need_plane(project)
    title = feature(name).title
    if active == (name,):
        raise EditError(Text("%1 is the only input left; add another feature before you remove it.", title))
    if name in active:
        return _edit(project, Text("Remove feature %1", title), tuple(other for other in active if other != name))
    return _edit(project, Text("Add feature %1", title), ordered((*active, name)))


def add_formula(project: Project, text: str) -> Edit:
    """Give the network a feature that is computed by a formula of x1 and x2, such as "x1^2 + x2^2"."""
    name = _checked(project, text)
    if len(formulas(project.data.features)) >= MOST_FORMULAS:
        raise EditError(
            Text("There are %1 features by formula already; remove one before you add another.", MOST_FORMULAS)
        )
    return _edit(project, Text("Add feature %1", feature(name).title), (*project.data.features, name))


def change_formula(project: Project, name: str, text: str) -> Edit:
    """Put another formula in the place of the feature ``name``; its weights begin anew."""
    if name not in project.data.features or not is_formula(name):
        raise EditError(Text("There is no feature %1 to change.", repr(name)))
    if name == MARK + text.strip():
        return _edit(project, Text("Keep feature %1", feature(name).title), project.data.features)
    new = _checked(project, text)
    features = tuple(new if other == name else other for other in project.data.features)
    return _edit(project, Text("Change feature to %1", feature(new).title), features)


def _checked(project: Project, text: str) -> str:
    """The name of the feature with this formula, once it is clear that it can be added."""
    _need_plane(project)
    name = MARK + text.strip()
    try:
        title = feature(name).title
    except FormulaError as error:
        raise EditError(error.args[0]) from error
    if name in project.data.features:
        raise EditError(Text("The network sees %1 already.", title))
    return name


def _need_plane(project: Project) -> None:
    if project.data.source.input_kind != "plane":
        raise EditError(
            Text("%1 has no features to choose; choose data on the plane first.", Text(project.data.source.title))
        )


def _edit(project: Project, label: str, features: tuple[str, ...]) -> Edit:
    data = msgspec.structs.replace(project.data, features=features)
    try:
        return Edit(label, validate(msgspec.structs.replace(project, data=data)))
    except SettingError as error:
        raise EditError(error.args[0]) from error
