"""Which windows are open, and on which files: each keeps a small lock file that names its process.

A lock whose process is gone was left by a crash.
"""

import contextlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from playground.session import process

LARGEST = 10_000
"""Bytes that a lock may have."""


@dataclass(frozen=True)
class Claim:
    """A window that is open or was: ``name`` is its own, ``file`` what it shows, ``live`` whether it still runs."""

    name: str
    file: Path | None
    live: bool


class Lock:
    """The claim of this window. Nothing here raises: where the folder cannot be written, there is no lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._file: Path | None = None
        self._write()

    @property
    def path(self) -> Path:
        """The lock file."""
        return self.folder / f"{self.name}.lock"

    def hold(self, file: Path | None) -> None:
        """Tell other windows which file this one shows."""
        if file != self._file:
            self._file = file
            self._write()

    def others(self, file: Path) -> bool:
        """Whether another window that is open shows ``file``."""
        wanted = os.path.realpath(file)
        found = [claim for claim in claims(self.folder) if claim.live and claim.name != self.name and claim.file]
        return any(os.path.realpath(claim.file or "") == wanted for claim in found)

    def release(self) -> None:
        """This window is no longer open."""
        with contextlib.suppress(OSError):
            self.path.unlink()

    def _write(self) -> None:
        pid, began = process.own()
        facts = {"pid": pid, "started": began, "file": str(self._file) if self._file else None}
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary = self.path.with_suffix(".part")
            temporary.write_text(json.dumps(facts), encoding="utf-8")
            os.replace(temporary, self.path)


def claims(folder: Path) -> list[Claim]:
    """All windows that are open or crashed."""
    try:
        found = sorted(folder.glob("*.lock"))
    except OSError:
        return []
    return [_read(path) for path in found]


def _read(path: Path) -> Claim:
    try:
        facts = json.loads(path.read_bytes()[:LARGEST])
        file, pid, began = facts["file"], int(facts["pid"]), str(facts["started"])
    except (OSError, ValueError, KeyError, TypeError):
        return Claim(path.stem, None, live=False)
    return Claim(path.stem, Path(file) if file else None, process.alive(pid, began))
