"""What was wrong with a table, in sentences."""

from collections.abc import Iterator

from playground.data.tables.table import MAX_ROWS, Kind, RawTable, listed


def findings(table: RawTable) -> tuple[str, ...]:
    """Everything that a reader of the table should know: mistakes with their places, gaps, columns of no use."""
    return tuple(_findings(table))


def _findings(table: RawTable) -> Iterator[str]:
    if table.cut:
        yield f"Only the first {table.rows:,} rows were read; the most is {MAX_ROWS:,}."
    if table.ragged:
        places = ", ".join(f"{row:,}" for row in table.ragged_rows)
        more = _more(table.ragged, table.ragged_rows)
        yield f"{_rows(table.ragged)} of another length left out (row {places}{more})."
    bad = sum(column.bad for column in table.columns)
    if bad:
        places = "; ".join(f"row {cell.row:,}, “{cell.column}”: {cell.text}" for cell in table.bad)
        yield f"{_cells(bad)} not a finite number, taken as missing ({places}{_more(bad, table.bad)})."
    gaps = [
        (column.name, column.missing) for column in table.columns if column.missing and column.kind is not Kind.UNUSABLE
    ]
    if gaps:
        total = sum(count for _, count in gaps)
        where = listed((f"“{name}” {count:,}" for name, count in gaps), 8)
        yield f"{total:,} missing {'value' if total == 1 else 'values'}: {where}."
    for column in table.columns:
        if column.kind is Kind.UNUSABLE:
            yield f"“{column.name}” cannot be used: {column.reason}."


def _more(count: int, shown: tuple[object, ...]) -> str:
    return ", …" if count > len(shown) else ""


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _cells(count: int) -> str:
    return "1 cell is" if count == 1 else f"{count:,} cells are"
