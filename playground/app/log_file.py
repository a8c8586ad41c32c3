"""What happens inside is written to files: messages to one that rotates, a crash of Python itself to another."""

import faulthandler
import logging
import os
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import IO

FOLDER = "log"
NAME, FAULTS = "playground.log", "crash.log"
MOST_BYTES = 500_000
KEPT = 3
"""Older log files that are kept."""

FORM = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class LogFile(logging.FileHandler):
    """A file that begins anew when it has become long; the earlier ones are called .1, .2 and .3."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter(FORM))
        self.setLevel(logging.INFO)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; a disk that cannot be written is no reason to fail."""
        with suppress(OSError):
            if self._long():
                self._rotate()
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: there is no better place to say it."""

    def _long(self) -> bool:
        with suppress(OSError):
            return os.path.getsize(self.baseFilename) > MOST_BYTES
        return False

    def _rotate(self) -> None:
        if self.stream is not None:
            self.stream.close()
            self.stream = None  # FileHandler opens it again
        names = [self.baseFilename, *(f"{self.baseFilename}.{number}" for number in range(1, KEPT + 1))]
        for newer, older in reversed(list(pairwise(names))):
            with suppress(FileNotFoundError):
                os.replace(newer, older)


class Logs:
    """Log files in a folder, from ``begin`` to ``end``."""

    def __init__(self, settings: Path) -> None:
        self.folder = settings / FOLDER
        self._handler: LogFile | None = None
        self._faults: IO[str] | None = None

    def begin(self) -> None:
        """Write to the files from now on; where the folder cannot be made, nothing is written."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._handler = LogFile(self.folder / NAME)
            logging.getLogger().addHandler(self._handler)
            self._faults = (self.folder / FAULTS).open("a", encoding="utf-8")
            faulthandler.enable(self._faults)

    def end(self) -> None:
        """Close the files."""
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
