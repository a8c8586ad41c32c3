"""Writing a file so that a crash, a full disk or a power cut leaves the old one or the new one, never a part of it."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import IO


def write(file: Path, fill: Callable[[IO[bytes]], None]) -> None:
    """Write beside the file, put it in place in one step, and wait until the disk has both.

    fill: writes the content to a stream. A link is followed; rights of a file that is replaced are kept.

    Raises:
        OSError, ValueError: when the place cannot be written; what was there is untouched.
    """
    target = Path(os.path.realpath(file))
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        with open(temporary, "xb") as stream:
            fill(stream)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            if not os.access(target, os.W_OK):
                raise PermissionError(13, "the file is read-only")
            os.chmod(temporary, target.stat().st_mode & 0o777)
        os.replace(temporary, target)
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            temporary.unlink()
        raise
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Wait until the new name stands on the disk, where the system lets folders be opened (not on Windows)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
