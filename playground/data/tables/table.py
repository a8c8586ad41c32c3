"""What a table is once it is read."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.texts import Text

SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
"""Ends of the names of files that are read as tables."""
MAX_ROWS = 1_000_000
MAX_COLUMNS = 500
MAX_CATEGORIES = 100
"""Different texts (or whole numbers) of a column that can be classes or be one-hot encoded."""
SHOWN = 5
"""How many places of a kind of fault are remembered; the others are counted."""


class TableError(ValueError):
    """A file that gives no table, or a table that gives no examples; the message is a sentence with a remedy.

    ``args[0]`` is a ``Text``, which a view can translate.
    """


class Kind(enum.Enum):
    """What stands in a column."""

    NUMBER = "number"
    CATEGORY = "category"
    UNUSABLE = "unusable"


@dataclass(frozen=True)
class Cell:
    """A place in the file with what stands there. row: as a spreadsheet counts, the first line is row 1."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Column:
    """One column. values: float32 (n,) with NaN where there is none, or int32 (n,) numbers of categories, −1 where
    there is none; empty where the column is unusable.

    distinct: how many different values it has, MAX_CATEGORIES + 1 standing for "more". missing: cells without a value;
    bad: cells among numbers that are no (finite) number, which count as without a value, too. reason: why it is no
    good input, as a clause; "" where nothing speaks against it.
    """

    name: str
    kind: Kind
    values: NDArray[Any]
    categories: tuple[str, ...] = ()
    distinct: int = 0
    missing: int = 0
    bad: int = 0
    reason: str = ""
    whole: bool = False

    @property
    def gaps(self) -> NDArray[np.bool_]:
        """Which rows have no value here: bool (n,)."""
        return np.isnan(self.values) if self.kind is Kind.NUMBER else np.asarray(self.values < 0)


@dataclass(frozen=True)
class RawTable:
    """All that was read of a file: columns of equal length, and what was wrong.

    bad: the first cells that are no numbers where numbers were expected; ragged, ragged_rows: how many rows had more or
    fewer cells than columns (they are left out) and the first of them; cut: whether there were more rows than fit.
    """

    columns: tuple[Column, ...]
    rows: int
    bad: tuple[Cell, ...] = ()
    ragged: int = 0
    ragged_rows: tuple[int, ...] = ()
    cut: bool = False
    encoding: str = "utf-8"

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises:
            TableError: naming the columns that there are.
        """
        return find(self.columns, name)


def find(columns: Sequence[Column], name: str) -> Column:
    """The column of that name.

    Raises:
        TableError: naming the columns that there are.
    """
    for column in columns:
        if column.name == name:
            return column
    known = listed(column.name for column in columns)
    raise TableError(Text("There is no column “%1”. The columns are: %2.", name, known))


def listed(names: Any, most: int = 30) -> str:
    """Names for a message, at most so many."""
    every = list(names)
    more = f" and {len(every) - most:,} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
