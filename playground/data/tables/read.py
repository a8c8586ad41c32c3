"""Read a table from a text file: its first rows at once, or all of it with progress."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from playground.data.tables.columns import ColumnBuilder
from playground.data.tables.dialect import Dialect
from playground.data.tables.lines import Records
from playground.data.tables.table import MAX_COLUMNS, MAX_ROWS, SHOWN, Cell, Column, Kind, RawTable, TableError
from playground.texts import Text

PIECE = 5_000
"""Rows that are turned into numbers at a time."""
CELLS = 100_000
"""Cells of such a piece at most."""
LONGEST_NAME = 60
Rows = list[list[str]]


@dataclass(frozen=True)
class Preview:
    """The names of the columns and the first rows, as texts; every row has as many cells as there are names."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def preview(path: Path, dialect: Dialect, count: int = 50) -> Preview:
    """Read the first rows, quickly.

    Raises:
        TableError: when the file cannot be read.
    """
    with Records(path, dialect, errors="replace") as records:
        rows = [row for row in records.take(count + 1) if row]
    if not rows:
        return Preview((), ())
    width = min(max(map(len, rows[:1] if dialect.header else rows)), MAX_COLUMNS)
    names = _names(rows.pop(0), width) if dialect.header else _names([], width)
    return Preview(names, tuple(tuple((row + [""] * width)[:width]) for row in rows[:count]))


def read(path: Path, dialect: Dialect, progress: Callable[[float], None] = lambda share: None) -> RawTable:
    """Read the whole file (at most ``MAX_ROWS`` rows).

    progress: is told which share is done, 0..1; what it raises ends the reading.

    Raises:
        TableError: with a sentence that names the place and the remedy.
    """
    texts: frozenset[str] = frozenset()
    while True:
        try:
            with Records(path, dialect) as records:
                table, mistaken = _read(path.name, records, dialect, texts, progress)
        except UnicodeError as error:
            if dialect.encoding.startswith("utf-16"):
                raise TableError(Text("“%1” is no UTF-16 text; choose another encoding.", path.name)) from error
            dialect = replace(dialect, encoding="latin-1")  # it takes every byte
            continue
        if not mistaken:
            return replace(table, encoding=dialect.encoding)
        texts |= mistaken


def _read(
    name: str, records: Records, dialect: Dialect, texts: frozenset[str], progress: Callable[[float], None]
) -> tuple[RawTable, frozenset[str]]:
    """The table, and the columns that turned out to be texts only after their first part was read as numbers."""
    rows = records.take(1000)
    names, skipped = _head(name, rows, dialect)
    builders = [ColumnBuilder(each, dialect.decimal_comma, each in texts) for each in names]
    piece = max(min(PIECE, CELLS // len(names)), 1)
    ragged: list[int] = []
    count = many = 0
    cut = False
    place = skipped + 1
    rows = rows[skipped:]
    rows += records.take(piece - len(rows)) if len(rows) < piece else []
    while rows and count < MAX_ROWS:
        good, places, wrong, bent = _sorted_out(rows, place, len(names))
        if len(good) > MAX_ROWS - count:
            good, places, cut = good[: MAX_ROWS - count], places[: MAX_ROWS - count], True
        if good:
            for builder, cells in zip(builders, zip(*good, strict=True), strict=True):
                builder.add(cells, places, records.odd)
        count, many = count + len(good), many + bent
        ragged += wrong[: SHOWN - len(ragged)]
        place += len(rows)
        progress(records.share)
        rows = records.take(piece)
    mistaken = frozenset(builder.name for builder in builders if builder.mistaken)
    if mistaken:
        return RawTable((), 0), mistaken
    if not count:
        raise TableError(Text("“%1” has no rows of values below its names; add some.", name))
    bad: list[Cell] = sorted((cell for builder in builders for cell in builder.bad), key=lambda cell: cell.row)[:SHOWN]
    columns = []
    while builders:  # one after the other, so that only one is in memory twice
        columns.append(builders.pop(0).finish())
        progress(1.0)
    table = RawTable(_usable(name, columns), count, tuple(bad), many, tuple(ragged), cut or bool(rows))
    return table, mistaken


def _head(name: str, rows: Rows, dialect: Dialect) -> tuple[tuple[str, ...], int]:
    """The names of the columns, and how many rows stand before the first values."""
    start = next((index for index, row in enumerate(rows) if row), None)
    if start is None:
        raise TableError(Text("“%1” is empty; a table needs a row of names and rows of values.", name))
    lengths = Counter(len(row) for row in rows[start + dialect.header :] if row)
    usual, often = lengths.most_common(1)[0] if lengths else (len(rows[start]), 0)
    first = rows[start] if dialect.header else []
    width = len(first) if dialect.header else usual
    if dialect.header and usual == width + 1:  # as R writes it: the names of the rows have no name themselves
        first, width = ["row", *first], usual
    if often and usual == width and often * 2 < lengths.total():
        raise TableError(
            Text("The rows of “%1” have different numbers of cells. Choose another delimiter, or mend the file.", name)
        )
    if often and lengths[width] * 2 < lengths.total():
        raise TableError(
            Text(
                "Most rows of “%1” have %2 cells, but its first row has %3. Choose another delimiter, or "
                "say whether the first row holds names.",
                name,
                usual,
                width,
            )
        )
    if width < 2:
        raise TableError(
            Text(
                "“%1” has only one column; a table needs one to predict and one to predict it from. "
                "Choose another delimiter.",
                name,
            )
        )
    if width > MAX_COLUMNS:
        raise TableError(Text("“%1” has %2 columns; the most is %3. Leave out some.", name, width, MAX_COLUMNS))
    return _names(first, width), start + dialect.header


def _names(first: list[str], width: int) -> tuple[str, ...]:
    """Names for the columns, each once; columns without one are numbered."""
    names: dict[str, None] = {}
    for place in range(width):
        text = " ".join(first[place].split()) if place < len(first) else ""
        text = "".join(sign for sign in text if sign.isprintable())[:LONGEST_NAME] or f"column {place + 1}"
        name, turn = text, 1
        while name in names:
            turn += 1
            name = f"{text} ({turn})"
        names[name] = None
    return tuple(names)


def _sorted_out(rows: Rows, place: int, width: int) -> tuple[Rows, range | list[int], list[int], int]:
    """The rows of the right length with their places, the first places of other rows, and how many those are."""
    if set(map(len, rows)) == {width}:
        return rows, range(place, place + len(rows)), [], 0
    kept = [(row, place + index) for index, row in enumerate(rows) if len(row) == width]
    wrong = [place + index for index, row in enumerate(rows) if row and len(row) != width]
    return [row for row, _ in kept], [at for _, at in kept], wrong[:SHOWN], len(wrong)


def _usable(name: str, columns: list[Column]) -> tuple[Column, ...]:
    """The columns, when at least two of them are of use."""
    if sum(column.kind is not Kind.UNUSABLE for column in columns) < 2:
        reasons = "; ".join(f"“{column.name}”: {column.reason}" for column in columns if column.reason)
        raise TableError(
            Text(
                "“%1” has fewer than two columns that can be used; it needs one to predict and one to "
                "predict it from. %2.",
                name,
                reasons[:300],
            )
        )
    return tuple(columns)
