"""Write exported files: whole or not at all."""

import os
import secrets
from pathlib import Path

from playground.export.errors import ExportError
from playground.texts import Text


def write(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``; a file that is there is replaced only when all is written.

    Raises:
        ExportError: when the folder or the disk does not allow it.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        draft.write_bytes(content)
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise ExportError(
            Text("“%1” cannot be written: %2. Choose another folder or name.", str(path), reason)
        ) from error
