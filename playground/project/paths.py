"""Reach a setting by its path, as in "training.optimizer.learning_rate" or "network.layers.0.units"."""

from typing import Any

import msgspec

from playground.data.features import ordered
from playground.engine.settings import SettingError, SettingInfo
from playground.project.declarations import infos, kinds, refusal, shown, tag, validate
from playground.project.model import NetworkSettings, Project


class PathError(LookupError):
    """A path that leads to no setting; the message names the part that is unknown and what there is."""

    def __str__(self) -> str:
        return str(self.args[0])


def get(project: Project, path: str) -> Any:
    """Return the value at ``path``: a number, a text, None, or a part of the tree (a Struct or a tuple).

    Raises:
        PathError: when there is no such setting.
    """
    node: Any = project
    for name in path.split("."):
        node = _child(node, name, path)
    return node


def plain(project: Project, path: str) -> Any:
    """Return the value at ``path`` as a form shows it: like ``get``, but the tag for a part with several kinds."""
    value = get(project, path)
    return tag(value) if isinstance(value, msgspec.Struct) and info(project, path).kind == "choice" else value


def info(project: Project, path: str) -> SettingInfo:
    """Return the declaration of the setting at ``path``.

    Where one of several kinds can stand (loss, optimizer, source, a layer) it is a choice of their tags; for
    ``data.features`` the kind is "names" and ``choices`` lists all features.

    Raises:
        PathError: when there is no such setting.
    """
    get(project, path)
    parent, _, name = path.rpartition(".")
    if parent == "network.layers":
        return infos(NetworkSettings)["layers"]
    holder = get(project, parent) if parent else project
    if not isinstance(holder, msgspec.Struct):
        raise PathError(f"{path!r} is an item of a list and has no declaration of its own.")
    return infos(type(holder))[name]


def set(project: Project, path: str, value: Any) -> Project:
    """Return the project with ``value`` at ``path``, checked.

    Where one of several kinds can stand, ``value`` may be a Struct or its tag. Whole numbers are taken for
    fractional settings, lists for tuples.

    Raises:
        PathError: when there is no such setting.
        SettingError: a sentence with the setting, the value and the allowed range.
    """
    declaration = info(project, path)
    changed = _replaced(project, path.split("."), _converted(project, path, declaration, value), path)
    return validate(changed)


def _converted(project: Project, path: str, declaration: SettingInfo, value: Any) -> Any:
    """Bring a value from a form or a script into the type of the setting."""
    if isinstance(value, list):
        value = tuple(value)
    current = get(project, path)
    if declaration.kind == "names" and isinstance(value, tuple):
        names = tuple(name for name in value if isinstance(name, str))
        return ordered(names) if len(ordered(names)) == len(value) else value
    if isinstance(current, tuple) and path == "network.layers":
        return _layers(declaration, value)
    if isinstance(current, msgspec.Struct) or _kinds_at(project, path):
        return _part(project, path, declaration, current, value)
    if declaration.kind == "float" and isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 10**20:
        value = float(value)
    reason = refusal(declaration, value)
    if reason:
        raise SettingError(reason)
    return value


def _part(project: Project, path: str, declaration: SettingInfo, current: Any, value: Any) -> Any:
    known = _kinds_at(project, path)
    if value is None and declaration.optional:
        return None
    if isinstance(value, str) and value in known:
        return known[value]()
    if type(value) in (known.values() or (type(current),)):
        return value
    allowed = f"one of: {', '.join(known)}" if known else f"{type(current).__name__}(…)"
    allowed += ", or nothing" if declaration.optional else ""
    raise SettingError(f"{declaration.title} is {shown(value)}; it must be {allowed}.")


def _layers(declaration: SettingInfo, value: Any) -> Any:
    known = tuple(kinds(NetworkSettings, "layers").values())
    if isinstance(value, tuple) and all(isinstance(layer, known) for layer in value):
        return value
    raise SettingError(f"{declaration.title} is {shown(value)}; it must be a list of layers.")


def _kinds_at(project: Project, path: str) -> dict[str, type[msgspec.Struct]]:
    parent, _, name = path.rpartition(".")
    if parent == "network.layers":
        return kinds(NetworkSettings, "layers")
    holder: msgspec.Struct = get(project, parent) if parent else project
    return kinds(type(holder), name)


def _child(node: Any, name: str, path: str) -> Any:
    if isinstance(node, msgspec.Struct) and name in node.__struct_fields__:
        return getattr(node, name)
    if isinstance(node, tuple):
        if name.isdecimal() and name.isascii() and len(name) < 9 and int(name) < len(node):
            return node[int(name)]
        raise PathError(f"There is no setting {path!r}: {name!r} is not an index from 0 to {len(node) - 1}.")
    known = node.__struct_fields__ if isinstance(node, msgspec.Struct) else ()
    remedy = f"known here: {', '.join(known)}." if known else "there is nothing below it."
    raise PathError(f"There is no setting {path!r}: {name!r} is unknown; {remedy}")


def _replaced(node: Any, names: list[str], value: Any, path: str) -> Any:
    """Rebuild the branch that leads to the value; everything else is shared with the old tree."""
    if not names:
        return value
    inner = _replaced(_child(node, names[0], path), names[1:], value, path)
    if isinstance(node, tuple):
        index = int(names[0])
        return (*node[:index], inner, *node[index + 1 :])
    return msgspec.structs.replace(node, **{names[0]: inner})
