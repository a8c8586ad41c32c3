"""What the app remembers from one start to the next: window layout, theme, speed."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

PORTABLE = "portable.ini"

LESSON_DRAFT = "lesson-draft.json"
"""The lesson that is being recorded, beside the settings."""


def portable_folder() -> Path | None:
    """Where a program keeps its settings beside which there is a file ``portable.ini``, on a memory stick say.

    None when there is no such file, and for a program that was not packaged.
    """
    if not getattr(sys, "frozen", False):
        return None
    program = Path(os.environ.get("APPIMAGE") or sys.executable)
    return program.parent / "settings" if (program.parent / PORTABLE).exists() else None


class AppSettings:
    """Typed access to one INI file in the platform's folder for settings (or in ``folder``).

    folder: where it stands, and other things that are to be remembered.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if folder is None:
            base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
            folder = Path(base) / "deep-learning-playground"
        self.folder = folder
        self._store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """The text under ``key``."""
        return str(self._store.value(key, default))

    def flag(self, key: str, default: bool = False) -> bool:
        """The yes/no value under ``key``."""
        return self.text(key, "true" if default else "false") == "true"

    def blob(self, key: str) -> QByteArray:
        """The bytes under ``key``, empty when there are none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put(self, key: str, value: str | bool | QByteArray) -> None:
        """Remember ``value`` under ``key``."""
        self._store.setValue(key, ("true" if value else "false") if isinstance(value, bool) else value)

    def clear(self) -> None:
        """Forget everything."""
        self._store.clear()

    def flush(self) -> None:
        """Write to disk now."""
        self._store.sync()
