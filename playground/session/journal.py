"""Work in progress on the disk: a project file for each window, and what it was called.

A window that is closed leaves its journal only for work that has no file; the next start opens it again. The journal of
a window whose process is gone without closing it (``claims``) is what a crash left.
"""

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from playground.project import fileformat
from playground.project.fileformat import FileError
from playground.project.model import Project
from playground.session.claims import claims
from playground.texts import Text
from playground.training import checkpoint
from playground.training.checkpoint import Opened
from playground.training.records import State

ENTRY = "session"
MOST_KEPT = 20
"""Pieces of unnamed work that are kept; the oldest make room."""


class _About(msgspec.Struct, frozen=True):
    name: str
    file: str | None
    closed: bool


@dataclass(frozen=True)
class Trace:
    """A journal without an open window. ``name``: what the project was called; ``file``: the project file that it
    belongs to, if any; ``closed``: its window was closed by the user; ``time``: when it was written.
    """

    journal: Path
    name: str
    file: Path | None
    closed: bool
    time: float


def write(path: Path, project: Project, state: State | None, name: str, file: Path | None, *, closed: bool) -> None:
    """Write a journal, all or nothing. ``closed``: its window was closed by the user.

    Raises:
        FileError: when the disk does not allow it.
    """
    arrays, extra = checkpoint.entries(state)
    extra[ENTRY] = msgspec.to_builtins(_About(name, str(file) if file else None, closed))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(Text("“%1” cannot be made: %2.", str(path.parent), error.strerror or "")) from error
    fileformat.save(path, project, arrays, extra)


def remove(path: Path) -> None:
    """Forget a journal; the lock of the window that left it goes, too."""
    for leftover in (path, path.with_suffix(".lock")):
        with contextlib.suppress(OSError):
            leftover.unlink()


def crashed(folder: Path) -> list[Trace]:
    """What windows left that were not closed, the newest first."""
    return [trace for trace in _orphans(folder) if not trace.closed]


def unnamed(folder: Path) -> list[Trace]:
    """Work without a file whose windows were closed, the newest first."""
    return [trace for trace in _orphans(folder) if trace.closed]


def take(trace: Trace, name: str) -> Opened | None:
    """Open a journal and make it that of the window called ``name``; None where another window was faster.

    Raises:
        FileError: when it cannot be read; it is left where it is.
    """
    opened = checkpoint.open_file(trace.journal)
    try:
        os.rename(trace.journal, trace.journal.with_name(f"{name}{checkpoint.SUFFIX}"))
    except OSError:
        return None
    remove(trace.journal)  # its lock
    return replace(opened, name=trace.name, path=trace.file, unsaved=True)


def tidy(folder: Path) -> None:
    """Remove locks of windows that crashed without a journal, half-written files, and unnamed work beyond the most."""
    found = claims(folder)
    for claim in found:
        if not claim.live and not (journal := folder / f"{claim.name}{checkpoint.SUFFIX}").exists():
            remove(journal)
    for trace in unnamed(folder)[MOST_KEPT:]:
        remove(trace.journal)
    live = [claim.name for claim in found if claim.live]
    for part in _listed(folder, ".*.part"):
        if not any(part.name.startswith(f".{name}") for name in live):
            with contextlib.suppress(OSError):
                part.unlink()


def _orphans(folder: Path) -> list[Trace]:
    """All journals that belong to no open window, the newest first."""
    paths = _listed(folder, f"*{checkpoint.SUFFIX}")
    live = {claim.name for claim in claims(folder) if claim.live} if paths else set()
    found = [_trace(path) for path in paths if path.stem not in live]
    return sorted((trace for trace in found if trace), key=lambda trace: trace.time, reverse=True)


def _trace(path: Path) -> Trace | None:
    """What a journal says of itself, without reading the rest; None when it is none."""
    try:
        about = msgspec.json.decode(fileformat.part(path, f"{ENTRY}.json") or b"", type=_About)
        return Trace(path, about.name, Path(about.file) if about.file else None, about.closed, path.stat().st_mtime)
    except (msgspec.DecodeError, OSError):
        return None


def _listed(folder: Path, pattern: str) -> list[Path]:
    try:
        return list(folder.glob(pattern))
    except OSError:
        return []
