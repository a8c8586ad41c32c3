"""Project files: ``.playground`` (a zip with the project, weights, state, curves) and ``.json`` (the project alone).

Writing is atomic; reading goes read → migrate → validate → build and gives a project or one clear sentence. Knows
arrays and JSON only: what the entries mean is decided by those who save them.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data.block import joined, parted
from playground.project import archive, durable
from playground.project.archive import (
    MAX_BYTES,
    ArchiveError,
    Room,
    read_part,
    unpack,
    unpack_arrays,
)
from playground.project.declarations import blocks
from playground.project.decode import DecodeError, decode, document
from playground.project.model import Project
from playground.texts import Text

PROJECT, THUMB = "project.json", "thumb.png"
DATA, DATA_PART = "data", "data.npz"
"""The user's own data."""
MAX_JSON = 4 * 1024 * 1024
"""The settings of a project, or another part that is text."""
Arrays = Mapping[str, Mapping[str, NDArray[Any]]]


class FileError(ValueError):
    """A file that cannot be read or written; its first argument is a sentence for the user, most often a Text."""


@dataclass(frozen=True)
class LoadedProject:
    """What a project file holds.

    arrays: entry ("weights", "state", "curves", …) → name → array, read-only. extra: entry → JSON value.
    warnings: sentences about parts that were left out.
    """

    project: Project
    arrays: dict[str, dict[str, NDArray[Any]]] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    thumb: bytes | None = None
    warnings: tuple[str, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)


def save(
    path: str | os.PathLike[str],
    project: Project,
    arrays: Arrays | None = None,
    extra: Mapping[str, Any] | None = None,
    thumb: bytes | None = None,
) -> None:
    """Write a project file; a file that is there is replaced only when all is written.

    Raises:
        FileError: when the folder or the disk does not allow it, or when the project is too large for a file.
        ValueError: for entries that no file can hold (a fault of the caller).
    """
    file, parts = Path(path), _parts(project, arrays, extra, thumb)
    size = sum(
        len(part) if isinstance(part, bytes) else sum(a.nbytes for a in part.values()) for part in parts.values()
    )
    if size > MAX_BYTES:
        sentence = Text(
            "“%1” would have %2 bytes; a project file has at most %3. Use fewer examples of your own or a smaller "
            "network.",
            file.name,
            f"{size:,}",
            f"{MAX_BYTES:,}",
        )
        raise FileError(sentence)
    try:
        durable.write(file, lambda stream: archive.write(stream, parts))
    except OSError as error:
        raise _not_written(file, error) from error
    except ValueError as error:
        if "\0" in str(file):
            raise _not_written(file, error) from error
        raise


def _parts(
    project: Project, arrays: Arrays | None, extra: Mapping[str, Any] | None, thumb: bytes | None
) -> dict[str, archive.Content]:
    if own := joined(blocks(project)):
        arrays = {**(arrays or {}), DATA: own}
    parts: dict[str, archive.Content] = {PROJECT: msgspec.json.format(msgspec.json.encode(document(project)), indent=1)}
    for name, value in (extra or {}).items():
        parts[f"{name}.json"] = json.dumps(value).encode()
    for name, entries in (arrays or {}).items():
        parts[f"{name}.npz"] = entries
    if thumb is not None:
        parts[THUMB] = thumb
    return parts


def _not_written(file: Path, error: OSError | ValueError) -> FileError:
    reason = _reason(error)
    remedy = Text("Choose another folder or name, or make room on the disk.")
    return FileError(Text("“%1” cannot be written: %2. %3", str(file), reason, remedy))


def load(path: str | os.PathLike[str]) -> LoadedProject:
    """Read a project file or a JSON project.

    Raises:
        FileError: a sentence that names the file, what is wrong with it and, where there is one, the remedy.
    """
    file = Path(path)
    return parse(_content(file), file.name)


def parse(content: bytes, name: str) -> LoadedProject:
    """Read the bytes of a project file; ``name`` is how messages call it.

    Raises:
        FileError: as ``load``.
    """
    try:
        if content[:2] == b"PK":
            return _from_archive(content)
        if len(content) > MAX_JSON:
            raise DecodeError("is too large for a project")
        project, raw, warnings = decode(content)
        return LoadedProject(project, warnings=warnings, about=raw)
    except (ArchiveError, DecodeError) as error:
        raise FileError(Text("“%1” %2.", name, error.args[0])) from error


def part(path: str | os.PathLike[str], name: str) -> bytes | None:
    """One small part of a project file, such as its picture, without reading the rest; None where there is none."""
    try:
        return read_part(path, name, MAX_JSON)
    except ArchiveError:
        return None


def _from_archive(content: bytes) -> LoadedProject:
    room = Room(len(content))
    parts, foreign = unpack(content, room)
    if PROJECT not in parts:
        raise DecodeError("holds no project")
    if len(parts[PROJECT]) > MAX_JSON:
        raise DecodeError("is too large for a project")
    own = parted(unpack_arrays(parts.pop(DATA_PART), room)) if DATA_PART in parts else {}
    project, raw, warnings = decode(parts.pop(PROJECT), own)
    thumb = parts.pop(THUMB, None)
    arrays: dict[str, dict[str, NDArray[Any]]] = {}
    extra: dict[str, Any] = {}
    unread = list(foreign)
    for name, data in parts.items():
        entry, _, kind = name.rpartition(".")
        if kind == "npz":
            arrays[entry] = unpack_arrays(data, room)
        elif kind == "json":
            extra[entry] = _json(data, name)
        else:
            unread.append(name)
    warnings += tuple(
        Text("The part %1 is unknown to this version and was left out.", repr(name[:60])) for name in unread[:5]
    )
    if not _finite(arrays.get("weights", {})):
        del arrays["weights"]
        arrays.pop("state", None)
        lost = Text("The saved weights hold values that are not numbers; the network starts from fresh weights.")
        warnings += (lost,)
    return LoadedProject(project, arrays, extra, thumb, warnings, raw)


def _finite(entries: Mapping[str, NDArray[Any]]) -> bool:
    return all(bool(np.isfinite(values).all()) for values in entries.values())


def _json(data: bytes, name: str) -> Any:
    if len(data) > MAX_JSON:
        raise DecodeError(f"holds {name!r}, which is too large")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DecodeError(f"holds {name!r}, which is damaged") from error


def _content(file: Path) -> bytes:
    """Read the whole file, within the size limit."""
    try:
        if not file.exists():
            raise FileError(Text("There is no file “%1”.", str(file)))
        if not file.is_file():
            raise FileError(Text("“%1” is not a file.", str(file)))
        with open(file, "rb") as stream:
            size, start = os.fstat(stream.fileno()).st_size, stream.read(2)
            most = MAX_BYTES if start == b"PK" else MAX_JSON
            if size > most:
                sizes = f"{size:,}", f"{most:,}"
                raise FileError(Text("“%1” has %2 bytes; a project file has at most %3.", file.name, *sizes))
            return start + stream.read(most)
    except (OSError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError(Text("“%1” cannot be read: %2.", file.name, _reason(error))) from error


def _reason(error: OSError | ValueError) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]
