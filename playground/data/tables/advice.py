"""What to predict in a table and from what, as a proposal that the user can change."""

from playground.data.tables.table import Column, Kind, RawTable

FEW = 10
"""Whole numbers with at most so many different values are taken for classes."""
_NAMES = ("target", "label", "class", "species", "y", "output", "kind", "category", "diagnosis", "outcome", "quality")


def target(table: RawTable) -> str:
    """The column to predict: one that is called so, else the last text column, else the last one."""
    usable = [column for column in table.columns if column.kind is not Kind.UNUSABLE]
    free = [column for column in usable if not column.reason] or usable
    known = {column.name.casefold(): column.name for column in reversed(free)}
    if known.keys() & {"x", "x1"}:  # then y is more likely another coordinate
        known.pop("y", None)
    for name in _NAMES:
        if name in known:
            return known[name]
    last = free[-1]
    if last.kind is Kind.NUMBER and not by_class(last):
        texts = [column for column in free if column.kind is Kind.CATEGORY]
        last = texts[-1] if texts else last
    return last.name


def inputs(table: RawTable, predicted: str) -> tuple[str, ...]:
    """The columns to predict from: all that nothing speaks against, or else all that can be used."""
    usable = [column for column in table.columns if column.kind is not Kind.UNUSABLE and column.name != predicted]
    return tuple(column.name for column in usable if not column.reason) or tuple(column.name for column in usable)


def by_class(column: Column) -> bool:
    """Whether the values of a target are classes rather than numbers."""
    return column.kind is Kind.CATEGORY or (column.whole and column.distinct <= FEW)
