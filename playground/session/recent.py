"""The project files that were opened or saved last."""

import json
import os
from pathlib import Path

from playground.session.settings import AppSettings

KEY = "files/recent"
MOST = 10


class RecentFiles:
    """A list of paths, the newest first, kept in the settings."""

    def __init__(self, settings: AppSettings) -> None:
        self._settings = settings

    def paths(self) -> tuple[Path, ...]:
        """The files, whether they are still there or not."""
        try:
            names = json.loads(self._settings.text(KEY, "[]"))
        except ValueError:
            return ()
        return tuple(Path(name) for name in names if isinstance(name, str))[:MOST] if isinstance(names, list) else ()

    def add(self, path: Path) -> None:
        """Put a file at the top."""
        path = Path(os.path.abspath(path))
        self._keep([path, *(other for other in self.paths() if other != path)])

    def remove(self, path: Path) -> None:
        """Take a file off the list."""
        self._keep([other for other in self.paths() if other != path])

    def clear(self) -> None:
        """Forget all."""
        self._keep([])

    def _keep(self, paths: list[Path]) -> None:
        self._settings.put(KEY, json.dumps([str(path) for path in paths[:MOST]]))
