"""What was wrong with a table, in sentences."""

from collections.abc import Iterator

from playground.data.tables.table import MAX_ROWS, Kind, RawTable, listed
from playground.texts import Text


def findings(table: RawTable) -> tuple[Text, ...]:
    """Everything that a reader of the table should know: mistakes with their places, gaps, columns of no use."""
    return tuple(_findings(table))


def _findings(table: RawTable) -> Iterator[Text]:
    if table.cut:
        yield Text("Only the first %1 rows were read; the most is %2.", table.rows, MAX_ROWS)
    if table.ragged:
        places = ", ".join(f"{row:,}" for row in table.ragged_rows) + _more(table.ragged, table.ragged_rows)
        yield Text("Rows of another length left out: %1 (row %2).", table.ragged, places)
    bad = sum(column.bad for column in table.columns)
    if bad:
        places = "; ".join(f"{cell.row:,} “{cell.column}”: {cell.text}" for cell in table.bad) + _more(bad, table.bad)
        yield Text("Cells that are no finite number, taken as missing: %1 (row %2).", bad, places)
    gaps = {column.name: column.missing for column in table.columns if column.missing and _usable(column.kind)}
    if gaps:
        where = listed((f"“{name}” {count:,}" for name, count in gaps.items()), 8)
        yield Text("Missing values: %1 (%2).", sum(gaps.values()), where)
    for column in table.columns:
        if not _usable(column.kind):
            yield Text("“%1” cannot be used: %2.", column.name, column.reason)


def _usable(kind: Kind) -> bool:
    return kind is not Kind.UNUSABLE


def _more(count: int, shown: tuple[object, ...]) -> str:
    return ", …" if count > len(shown) else ""
