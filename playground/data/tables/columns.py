"""Build the columns of a table piece by piece: numbers as they come, texts as numbers of categories."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.tables.cells import is_missing, is_number, number
from playground.data.tables.table import MAX_CATEGORIES, SHOWN, Cell, Column, Kind
from playground.texts import Text

MOSTLY = 0.8
"""A column in which so many cells are numbers holds numbers; the other cells are mistakes."""
LONG_TEXT = 200
"""Characters; what is longer is no category."""
_FEW_ROWS = 10


class ColumnBuilder:
    """Takes the cells of one column in pieces; what kind of column it is, the first piece with values decides."""

    def __init__(self, name: str, decimal_comma: bool = False, texts: bool = False) -> None:
        """texts: whether the cells are categories, whatever they look like."""
        self.name = name
        self.bad: list[Cell] = []
        self._comma, self._texts = decimal_comma, texts
        self._kind: Kind | None = None
        self._chunks: list[NDArray[Any]] = []
        self._codes: dict[str, int] = {}  # of every text as it stands in the file
        self._categories: dict[str, int] = {}  # of every text without spaces around it
        self._bad = self._rows = self._empty = 0
        self._reason = Text("")

    @property
    def mistaken(self) -> bool:
        """Whether it was taken for numbers, but later cells show that it is not."""
        given = self._rows - self._empty
        return self._kind is Kind.NUMBER and self._bad > (1 - MOSTLY) * max(given, 1)

    def add(self, cells: Sequence[str], places: Sequence[int], odd: bool = True) -> None:
        """Append cells; places: their rows in the file; odd: whether there may be underscores in numbers."""
        self._rows += len(cells)
        if self._kind is None:
            self._kind = self._kind_of(cells)
            if self._kind is None:
                self._empty += len(cells)
                return
            if self._empty:
                self._chunks.append(_gaps(self._kind, self._empty))
        if self._kind is Kind.NUMBER:
            self._add_numbers(cells, places, odd)
        elif self._kind is Kind.CATEGORY:
            self._add_texts(cells)

    def finish(self) -> Column:
        """The column; the builder is of no use afterwards."""
        if self._kind is None:
            return Column(
                self.name, Kind.UNUSABLE, np.zeros(0, np.float32), missing=self._rows, reason=Text("it is empty")
            )
        if self._kind is Kind.UNUSABLE:
            return Column(
                self.name, Kind.UNUSABLE, np.zeros(0, np.int32), distinct=MAX_CATEGORIES + 1, reason=self._reason
            )
        values = np.concatenate(self._chunks)
        self._chunks.clear()
        if self._kind is Kind.NUMBER:
            return number_column(self.name, values, self._bad)
        return self._texts_column(values)

    def _kind_of(self, cells: Sequence[str]) -> Kind | None:
        given = [cell for cell in cells if not is_missing(cell)]
        if not given:
            return None
        numbers = 0 if self._texts else sum(is_number(cell, self._comma) for cell in given)
        return Kind.NUMBER if numbers and numbers >= MOSTLY * len(given) else Kind.CATEGORY

    # -- numbers -------------------------------------------------------------------------------------------------------

    def _add_numbers(self, cells: Sequence[str], places: Sequence[int], odd: bool) -> None:
        exact = None if odd else self._fast(cells)
        wrong: list[int] = []
        if exact is None:
            exact = np.fromiter((number(cell, self._comma) for cell in cells), np.float64, len(cells))
            wrong = [i for i in np.flatnonzero(np.isnan(exact)).tolist() if not is_missing(cells[i])]
        with np.errstate(over="ignore"):
            values = exact.astype(np.float32)
        endless = np.flatnonzero(np.isinf(values))
        values[endless] = np.nan
        wrong += endless.tolist()
        self._bad += len(wrong)
        self._empty += int(np.isnan(values).sum()) - len(wrong)
        for index in sorted(wrong)[: SHOWN - len(self.bad)]:
            self.bad.append(Cell(places[index], self.name, cells[index].strip()[:40]))
        self._chunks.append(values)

    def _fast(self, cells: Sequence[str]) -> NDArray[np.float64] | None:
        """The numbers where all cells are plain ones, or empty; None where one is not."""
        if self._comma:
            if any("." in cell for cell in cells):
                return None
            cells = [cell.replace(",", ".") for cell in cells]
        try:
            return np.fromiter(map(float, cells), np.float64, len(cells))
        except ValueError:
            pass
        try:
            return np.array([float(cell) if cell else np.nan for cell in cells], np.float64)
        except ValueError:
            return None

    # -- texts ---------------------------------------------------------------------------------------------------------

    def _add_texts(self, cells: Sequence[str]) -> None:
        get = self._codes.get
        codes = [get(cell, -2) for cell in cells]
        if -2 in codes:
            for cell in dict.fromkeys(cells):
                if cell not in self._codes and not self._learn(cell):
                    self._kind = Kind.UNUSABLE
                    self._chunks.clear()
                    self._codes.clear()
                    return
            codes = [self._codes[cell] for cell in cells]
        self._chunks.append(np.array(codes, np.int32))

    def _learn(self, cell: str) -> bool:
        """Give a text that was not seen yet its number; False when the column cannot hold categories."""
        text = cell.strip()
        if is_missing(text):
            self._codes[cell] = -1
            return True
        if len(text) > LONG_TEXT:
            self._reason = Text("it holds long texts")
            return False
        code = self._categories.setdefault(text, len(self._categories))
        self._codes[cell] = code
        if len(self._categories) > MAX_CATEGORIES:
            self._reason = Text("it has more than %1 different texts", MAX_CATEGORIES)
            return False
        return True

    def _texts_column(self, codes: NDArray[np.int32]) -> Column:
        names = sorted(self._categories, key=lambda text: (text.casefold(), text))
        rank = np.full(len(names) + 1, -1, np.int32)  # the last place is for −1
        for place, name in enumerate(names):
            rank[self._categories[name]] = place
        return text_column(self.name, rank[codes], tuple(names))


def number_column(name: str, values: NDArray[np.float32], bad: int = 0) -> Column:
    """A column of numbers, NaN where there is none, with all that is to be known of it."""
    given = values[~np.isnan(values)]
    distinct = len(np.unique(given[:5000]))
    if distinct <= MAX_CATEGORIES:
        distinct = len(np.unique(given))
    whole = bool(np.all(given == np.rint(given)))
    reason = Text("")
    if not len(given):
        reason = Text("it has no numbers")
    elif distinct == 1:
        reason = Text("it always has the same value")
    elif whole and len(values) > _FEW_ROWS and _counts_up(given):
        reason = Text("it numbers the rows")
    missing = len(values) - len(given) - bad
    distinct = min(distinct, MAX_CATEGORIES + 1)
    return Column(name, Kind.NUMBER, values, distinct=distinct, missing=missing, bad=bad, reason=reason, whole=whole)


def text_column(name: str, codes: NDArray[np.int32], categories: tuple[str, ...]) -> Column:
    """A column of categories, −1 where there is none, with all that is to be known of it."""
    missing = int((codes < 0).sum())
    reason = Text("")
    if len(categories) == 1:
        reason = Text("it always has the same value")
    elif len(categories) == len(codes) - missing > _FEW_ROWS:
        reason = Text("it has another text in every row")
    return Column(name, Kind.CATEGORY, codes, categories, len(categories), missing, reason=reason)


def _counts_up(given: NDArray[np.float32]) -> bool:
    """Whether values go up, nearly always by 1 (some rows may have been left out)."""
    steps = np.diff(given)
    return bool(np.all(steps > 0)) and float(np.mean(steps == 1)) > MOSTLY


def _gaps(kind: Kind, count: int) -> NDArray[Any]:
    return np.full(count, np.nan, np.float32) if kind is Kind.NUMBER else np.full(count, -1, np.int32)
