"""A table as text: for the clipboard in the user's language, for a file as every program reads it."""

import csv
import io
import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale

from playground.export import files
from playground.views.table_twin import Table

CHUNK = 2000
"""Rows between two reports."""

Report = Callable[[float], None]


def shown(value: object, digits: int = 6) -> str:
    """A value of a table in the user's language; a dash where it is unknown."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, int):
        return locale.toString(value)
    if math.isfinite(value):
        return locale.toString(value, "g", digits)
    return "–" if math.isnan(value) else "∞" if value > 0 else "−∞"


def exact(value: object) -> str:
    """A value for programs: a point before the decimals, all digits, empty where it is unknown."""
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value)
    return str(value)


def to_clipboard(table: Table, rows: range, columns: Sequence[int], report: Report) -> str:
    """Part of a table with its heads, a tab between two cells."""

    def plain(value: object) -> str:
        return shown(value, 9).replace("\t", " ").replace("\n", " ")

    lines = ["\t".join(table.columns[place].title for place in columns)]
    lines += ["\t".join(map(plain, row)) for row in _rows(table, rows, columns, report)]
    return "\n".join(lines) + "\n"


def save(table: Table, path: Path, report: Report) -> Path:
    """Write a table as CSV (UTF-8) with a line of heads, whole or not at all.

    Raises:
        ExportError: when the folder or the disk does not allow it.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    places = range(len(table.columns))
    writer.writerow([column.title for column in table.columns])
    for row in _rows(table, range(table.height), places, report):
        writer.writerow(list(map(exact, row)))
    files.write(path, lines.getvalue().encode())
    return path


def plain_value(value: object) -> object:
    """A number of NumPy as one of Python."""
    return value.item() if hasattr(value, "item") else value


def _rows(table: Table, rows: range, columns: Sequence[int], report: Report) -> Iterable[list[object]]:
    kept = [table.columns[place].values for place in columns]
    for done, row in enumerate(rows):
        if done % CHUNK == 0:
            report(done / max(len(rows), 1))
        yield [plain_value(values[row]) for values in kept]
