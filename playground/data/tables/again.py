"""A table that stands in a project, as it was when it was read."""

import math

from playground.data.block import Block
from playground.data.tables.columns import number_column, text_column
from playground.data.tables.read import Preview
from playground.data.tables.store import unpack
from playground.data.tables.table import Column, Kind, RawTable


def described(block: Block) -> RawTable:
    """The columns of a block with all that is to be known of them; cells that were no numbers count as missing.

    Raises:
        TableError: when the block does not hold a table.
    """
    columns = tuple(
        number_column(column.name, column.values)
        if column.kind is Kind.NUMBER
        else text_column(column.name, column.values, column.categories)
        for column in unpack(block)
    )
    return RawTable(columns, len(columns[0].values))


def first_rows(table: RawTable, count: int = 50) -> Preview:
    """The first rows as texts; unusable columns are left out."""
    usable = [column for column in table.columns if column.kind is not Kind.UNUSABLE]
    rows = range(min(count, table.rows))
    return Preview(
        tuple(column.name for column in usable),
        tuple(tuple(_text(column, row) for column in usable) for row in rows),
    )


def _text(column: Column, row: int) -> str:
    value = column.values[row]
    if column.kind is Kind.CATEGORY:
        return column.categories[value] if value >= 0 else ""
    return "" if math.isnan(value) else f"{value:g}"
