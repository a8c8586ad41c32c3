"""A training state as plain arrays and numbers, for project files; and projects with the state they were saved in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from playground.data.tables.table import SUFFIXES
from playground.project import fileformat, presets, share
from playground.project.fileformat import FileError
from playground.project.model import Project
from playground.texts import Text
from playground.training import restore
from playground.training.records import State

SUFFIX = ".playground"


@dataclass(frozen=True)
class Opened:
    """A project that was read. ``state`` is None where it was never trained; ``path`` is None for presets.

    unsaved: it was rescued; what stands in ``path`` is older.
    """

    project: Project
    name: str
    path: Path | None = None
    state: State | None = None
    warnings: tuple[str, ...] = ()
    unsaved: bool = False


def save(path: Path, project: Project, state: State | None, *, thumb: bytes | None = None) -> None:
    """Write a project file with all that training needs to go on.

    Raises:
        FileError: with a sentence when the file cannot be written; what was there before is untouched.
    """
    fileformat.save(path, project, *entries(state), thumb)


def entries(state: State | None) -> tuple[dict[str, Mapping[str, NDArray[Any]]], dict[str, Any]]:
    """What stands in a file for a state: arrays and JSON values by entry."""
    arrays: dict[str, Mapping[str, NDArray[Any]]] = {}
    extra: dict[str, Any] = {}
    if state is not None:
        arrays["weights"] = {"parameters": state.parameters, "moving": state.moving}
        arrays["state"] = state.program
        arrays["curves"] = state.curves
        extra["random"] = dict(state.rng)
        extra["counters"] = {"epoch": state.epoch, "step": state.step, "reference_loss": state.reference_loss}
        extra["marks"] = [list(mark) for mark in state.marks]
    return arrays, extra


def open_named(name: str, choices: Mapping[str, Any] | None = None) -> Opened:
    """Read a project file or, where no such file is, the preset of that name or the project of that share code.

    A table (CSV, TSV) gives a new project that suits it; ``choices`` are those of ``project.tables.source_of``. So do
    pictures: a folder with one sub-folder per class, IDX files, an .npz.

    Raises:
        FileError: a sentence that names what is wrong and what to do.
    """
    path = Path(name)
    if path.suffix.lower() in SUFFIXES and name not in presets.names():
        return _table(path, choices or {})
    if _holds_pictures(path) and name not in presets.names():
        return _pictures(path)
    if path.exists() or path.suffix == SUFFIX:
        return open_file(path)
    if name in presets.names():
        return Opened(presets.load(name), presets.info(name).title)
    if share.looks_like_code(name):
        return _shared(name)
    known = ", ".join(presets.names())
    raise FileError(Text("There is no file and no preset named “%1”. The presets are: %2.", name, known))


def _table(path: Path, choices: Mapping[str, Any]) -> Opened:
    from playground.project import tables  # seldom wanted

    try:
        source, notes = tables.load(path, **choices)
    except ValueError as error:
        raise FileError(error.args[0]) from error
    return Opened(tables.project_for(source), path.stem, warnings=notes)


def _holds_pictures(path: Path) -> bool:
    """Whether a name is one of files of pictures."""
    return path.is_dir() or path.name.lower().endswith((".npz", ".gz", ".idx", "ubyte"))


def _pictures(path: Path) -> Opened:
    from playground.data.pictures import PictureError, read
    from playground.project import picture_edits

    try:
        found = read([path])
    except PictureError as error:
        raise FileError(error.sentence) from error
    return Opened(picture_edits.project_for(found), found.name, warnings=found.notes)


def _shared(code: str) -> Opened:
    try:
        project, warnings = share.read(code)
    except share.ShareError as error:
        raise FileError(error.args[0]) from error
    return Opened(project, "share code", warnings=warnings)


def open_file(path: Path) -> Opened:
    """Read a project file.

    Raises:
        FileError: a sentence that names what is wrong; weights that do not fit the network are left out with a warning.
    """
    loaded = fileformat.load(path)
    state, lost = restore.state(loaded.project, loaded.arrays, loaded.extra)
    return Opened(loaded.project, path.name, path, state, (*loaded.warnings, *lost))
