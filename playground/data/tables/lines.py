"""The lines and records of a text file, however large, with the share that is read."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from playground.data.tables.dialect import Dialect
from playground.data.tables.table import TableError
from playground.texts import Text

LONGEST_LINE = 4_000_000
"""Characters."""
MOST_CELLS = 1_000_000
"""Cells that are in memory as texts at a time; one row more may be."""


class Records:
    """The rows of a file as lists of texts; use it in a ``with`` statement.

    Raises:
        TableError: when the file cannot be read, holds a line or cell without end, or is no text.
    """

    def __init__(self, path: Path, dialect: Dialect, errors: str = "strict") -> None:
        """errors: what to do with bytes that are no text, as ``open`` takes it."""
        self._name = path.name
        self.odd = False
        """Whether an underscore was seen: Python takes ``1_000`` for a number."""
        try:
            self._size = max(path.stat().st_size, 1)
            self._raw = path.open("rb")
        except OSError as error:
            raise TableError(Text("“%1” cannot be read: %2.", path.name, error.strerror or str(error))) from error
        self._text = io.TextIOWrapper(self._raw, encoding=dialect.encoding, errors=errors, newline="")
        self._reader = csv.reader(self._lines(), delimiter=dialect.delimiter)

    def __enter__(self) -> "Records":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.close()

    @property
    def share(self) -> float:
        """The part of the file that was read, 0..1."""
        return min(self._raw.tell() / self._size, 1.0)

    def take(self, count: int) -> list[list[str]]:
        """The next rows, at most ``count`` (fewer where they are very long); empty lines are empty rows."""
        rows: list[list[str]] = []
        cells = 0
        try:
            for row in self._reader:
                rows.append(row)
                cells += len(row)
                if len(rows) == count or cells > MOST_CELLS:
                    break
        except csv.Error as error:
            raise TableError(
                Text(
                    "“%1” cannot be read near line %2: %3. Look for a quotation mark that is never closed.",
                    self._name,
                    self._reader.line_num,
                    str(error),
                )
            ) from error
        except OSError as error:
            raise TableError(Text("“%1” cannot be read: %2.", self._name, error.strerror or str(error))) from error
        return rows

    def _lines(self) -> Iterator[str]:
        first = True
        while line := self._text.readline(LONGEST_LINE):
            if len(line) >= LONGEST_LINE:
                raise TableError(
                    Text(
                        "“%1” holds a line of more than %2 characters; export the table again with one row in "
                        "each line.",
                        self._name,
                        LONGEST_LINE,
                    )
                )
            if first:
                line, first = line.removeprefix("\ufeff"), False
            if "_" in line:
                self.odd = True
            yield line
