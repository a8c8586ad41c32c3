"""Make a Project of what stands in a file: check the version, migrate, leave out what is unknown, validate.

A layer, loss, optimizer, data set, feature or setting that this version does not know is named in a warning and the
rest still opens; a known setting with a wrong value is an error.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from playground.data.block import Block, from_plain, to_plain
from playground.data.features import FEATURES, is_formula
from playground.data.sources import KINDS
from playground.engine.constraints import CONSTRAINTS
from playground.engine.layers import LAYERS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.registry import Registry
from playground.engine.regularizers import REGULARIZERS
from playground.engine.settings import SettingError
from playground.project.adapt import layers_for, output_layer, usual_loss
from playground.project.declarations import blocks as blocks_of
from playground.project.declarations import shown, validate
from playground.project.model import MAX_LAYERS, DataSettings, Project

FORMAT_VERSION = 1
MAX_DEPTH = 8
"""How deep blocks may stand within blocks."""
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""For each earlier format version the function that turns its document into one of the next version."""
_RULES: dict[str, Registry[Any]] = {
    "kernel_regularizer": REGULARIZERS,
    "depthwise_regularizer": REGULARIZERS,
    "activity_regularizer": REGULARIZERS,
    "kernel_constraint": CONSTRAINTS,
    "depthwise_constraint": CONSTRAINTS,
}
"""Settings of layers that are of some kind themselves."""
_WHERE = re.compile(r" - at `\$\.?(.*)`$")


class DecodeError(ValueError):
    """A document that is no project; the message is the end of a sentence that begins with the file."""


def document(project: Project, **about: Any) -> dict[str, Any]:
    """The JSON document of a project; ``about`` adds facts such as a title."""
    return {"format_version": FORMAT_VERSION, **about, "project": to_plain(project)}


def decode(
    content: bytes, blocks: Mapping[str, Block] | None = None
) -> tuple[Project, dict[str, Any], tuple[str, ...]]:
    """Read a JSON document: return the project, the whole document, and warnings.

    blocks: the user's own data by digest; a data set whose data are not among them is replaced.

    Raises:
        DecodeError: when it is not a project, of a newer version, or has a value out of range.
    """
    try:
        raw = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeError, ValueError) as error:
        raise DecodeError("is damaged or not a project file") from error
    raw = _migrated(raw)
    settings = raw.get("project")
    if not isinstance(settings, dict):
        raise DecodeError("holds no project")
    warnings: list[str] = []
    pruned = _pruned(settings, warnings)
    try:
        project = _with_data(from_plain(pruned, Project, blocks), pruned, warnings)
        if not project.network.layers or _lost_output(settings, pruned):
            project = _with_output(project, warnings)
        project = validate(project)
    except msgspec.ValidationError as error:
        raise DecodeError(_sentence(str(error), pruned)) from error
    except SettingError as error:
        raise DecodeError(f"has a wrong setting: {str(error).removesuffix('.')}") from error
    except (OverflowError, RecursionError) as error:
        raise DecodeError("holds a number that is too large") from error
    _name_unknown(pruned, to_plain(project), "", warnings)
    return project, raw, tuple(warnings)


def _migrated(raw: Any) -> dict[str, Any]:
    """Check the version and bring the document up to the present one."""
    version = raw.get("format_version") if isinstance(raw, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise DecodeError("is not a project file (it has no format_version)")
    if version > FORMAT_VERSION:
        raise DecodeError(
            f"was written by a newer version of the program (format {shown(version)}; this version reads up to "
            f"format {FORMAT_VERSION}). Update the program to open it"
        )
    for old in range(version, FORMAT_VERSION):
        raw = MIGRATIONS[old](raw)
    assert isinstance(raw, dict)
    return raw


def _pruned(settings: dict[str, Any], warnings: list[str]) -> dict[str, Any]:
    """Leave out what this version has no name for; defaults take its place."""
    result = dict(settings)
    data = _section(result, "data")
    training = _section(result, "training")
    network = _section(result, "network")
    _keep_known(data, "source", KINDS, warnings)
    _keep_known(training, "loss", LOSSES, warnings)
    _keep_known(training, "optimizer", OPTIMIZERS, warnings)
    if isinstance(data.get("features"), list):
        data["features"] = [name for name in data["features"] if _own(name) or _known(name, FEATURES, warnings)]
        if not data["features"]:
            del data["features"]
    if isinstance(network.get("layers"), list):
        if len(network["layers"]) > MAX_LAYERS:
            raise DecodeError(f"has {len(network['layers'])} layers; the most is {MAX_LAYERS}")
        network["layers"] = _known_layers(network["layers"], warnings)
    return result


def _own(feature: Any) -> bool:
    """Whether a feature is a formula; validation reads it."""
    return isinstance(feature, str) and is_formula(feature)


def _known_layers(layers: list[Any], warnings: list[str], depth: int = 0) -> list[Any]:
    """The layers that this version knows, also within blocks; a block of which nothing is left goes, too."""
    if depth > MAX_DEPTH:
        raise DecodeError(f"holds layers within layers, more than {MAX_DEPTH} deep")
    found = []
    for layer in layers:
        if not _known(_kind(layer), LAYERS, warnings):
            continue
        kept = dict(layer) if isinstance(layer, dict) else layer
        for rule, registry in _RULES.items():
            if isinstance(kept, dict) and isinstance(kept.get(rule), dict):
                _keep_known(kept, rule, registry, warnings)
        if isinstance(kept, dict) and isinstance(kept.get("inner"), list) and kept["inner"]:
            kept["inner"] = _known_layers(kept["inner"], warnings, depth + 1)
            if not kept["inner"]:
                continue
        found.append(kept)
    return found


def _section(settings: dict[str, Any], name: str) -> dict[str, Any]:
    """A copy of a section that may be changed; one that is missing or broken is left for validation."""
    if not isinstance(settings.get(name), dict):
        return {}
    settings[name] = dict(settings[name])
    section: dict[str, Any] = settings[name]
    return section


def _keep_known(section: dict[str, Any], field: str, registry: Registry[Any], warnings: list[str]) -> None:
    if field in section and not _known(_kind(section[field]), registry, warnings):
        del section[field]


def _kind(part: Any) -> Any:
    return part.get("kind") if isinstance(part, dict) else None


def _known(name: Any, registry: Registry[Any], warnings: list[str]) -> bool:
    """Whether a registry has the name; a name that it lacks is put on the list of warnings."""
    if not isinstance(name, str) or name in registry:
        return True  # what is not a name at all is for validation to refuse
    warnings.append(f"The {registry.kind} {shown(name)} is unknown to this version and was left out.")
    return False


def _lost_output(settings: dict[str, Any], pruned: dict[str, Any]) -> bool:
    """Whether the last layer in the file is one that was left out."""
    before, now = _last_kind(settings), _last_kind(pruned)
    return isinstance(before, str) and before != now


def _last_kind(settings: dict[str, Any]) -> Any:
    network = settings.get("network")
    layers = network.get("layers") if isinstance(network, dict) else None
    return _kind(layers[-1]) if isinstance(layers, list) and layers else None


def _with_output(project: Project, warnings: list[str]) -> Project:
    """Give a network without output layer the usual one for its data."""
    warnings.append("The output layer was missing; the usual one for the data set took its place.")
    layers = (*project.network.layers, output_layer(project.data.source))
    return msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=layers))


def _with_data(project: Project, settings: dict[str, Any], warnings: list[str]) -> Project:
    """Put the default data set in the place of one whose own data are missing or damaged."""
    if project.drawings is not None and not project.drawings.sound():
        project = msgspec.structs.replace(project, drawings=None)
        settings.pop("drawings", None)
        warnings.append("The drawings of the drawing booth are missing or damaged; they were left out.")
    if not any(block.missing for block in blocks_of(project)) and project.data.source.sound():
        return project
    source = DataSettings().source
    settings["data"] = {name: value for name, value in settings["data"].items() if name != "source"}
    warnings.append(f"The data of the data set are missing or damaged; {source.title} took its place.")
    replace = msgspec.structs.replace
    layers = project.network.layers
    if layers:
        empty = replace(project, data=replace(project.data, source=source))
        layers = layers_for(empty, source)[0]
        layers = (*layers[:-1], output_layer(source))
    return replace(
        project,
        data=replace(project.data, source=source),
        network=replace(project.network, layers=layers),
        training=replace(project.training, loss=usual_loss(source)),
    )


def _name_unknown(given: Any, understood: Any, path: str, warnings: list[str]) -> None:
    """Warn of settings in the file that nothing reads (a misspelt name, say); 20 warnings are enough."""
    if isinstance(given, dict) and isinstance(understood, dict):
        for name in given:
            here = f"{path}.{name}" if path else str(name)
            if name in understood:
                _name_unknown(given[name], understood[name], here, warnings)
            elif len(warnings) < 20:
                warnings.append(f"The setting {shown(here)} is unknown to this version and was left out.")
    elif isinstance(given, list) and isinstance(understood, list):
        for index, (one, other) in enumerate(zip(given, understood, strict=False)):
            _name_unknown(one, other, f"{path}.{index}", warnings)


def _sentence(message: str, settings: dict[str, Any]) -> str:
    """Turn msgspec's message into the end of a sentence with the setting's path and its value."""
    found = _WHERE.search(message)
    if found is None:
        return f"has a wrong setting: {message}"
    path = re.sub(r"\[(\d+)\]", r".\1", found[1])
    reason = _WHERE.sub("", message)
    value: Any = settings
    for name in path.split("."):
        try:
            value = value[int(name)] if isinstance(value, list) else value[name]
        except (LookupError, TypeError, ValueError):
            return f"has a wrong setting {path}: {reason[:1].lower()}{reason[1:]}"
    return f"has a wrong setting {path}, {shown(value)}: {reason[:1].lower()}{reason[1:]}"
