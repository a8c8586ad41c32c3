"""Turn the columns of a table into inputs of a network and the answers that it shall give."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.tables.table import MAX_CATEGORIES, Column, Kind, TableError, find
from playground.texts import Text

MAX_INPUTS = 500
MAX_CELLS = 100_000_000
"""Numbers that the inputs may have in all: 400 MB."""
LEAST_ROWS = 4


@dataclass(frozen=True)
class Encoded:
    """Rows that can be learned from; all arrays are read-only.

    inputs: float32 (m, k), NaN in gaps that are to be filled. answers: int64 (m,) classes or float32 (m,) numbers.
    groups: for each column of the table the range of its inputs (one for a number, one per category else).
    dropped: rows that were left out; no_target: those of them that have no target.
    """

    inputs: NDArray[np.float32]
    answers: NDArray[Any]
    input_names: tuple[str, ...]
    class_names: tuple[str, ...]
    groups: tuple[tuple[int, int], ...]
    dropped: int
    no_target: int


def encode(columns: Sequence[Column], target: str, inputs: Sequence[str], *, classes: bool, fill: bool) -> Encoded:
    """Choose columns and rows, and turn categories into one input each (1 where it is that category, else 0).

    classes: whether the target is a class or a number. fill: keep rows with gaps among the inputs (else drop them);
    rows without target are always dropped.

    Raises:
        TableError: when nothing can be learned from it, with a sentence that says why.
    """
    answer, chosen = find(columns, target), [find(columns, name) for name in inputs]
    if answer in chosen:
        raise TableError(Text("“%1” is the target; it cannot be an input, too.", target))
    if not chosen:
        raise TableError(Text("No inputs are chosen; choose at least one column to predict from."))
    for column in (answer, *chosen):
        if column.kind is Kind.UNUSABLE:
            raise TableError(Text("“%1” cannot be used: %2; choose another column.", column.name, column.reason))
    keep = ~answer.gaps
    no_target = int(len(keep) - keep.sum())
    if not fill:
        for column in chosen:
            keep &= ~column.gaps
    rows = int(keep.sum())
    if rows < LEAST_ROWS:
        raise TableError(_too_few(rows, len(keep), no_target, target))
    every = rows == len(keep)
    answers, class_names = _answers(answer, answer.values if every else answer.values[keep], classes)
    return _with_inputs(chosen, None if every else keep, rows, answers, class_names, len(keep) - rows, no_target)


def filled(
    inputs: NDArray[np.float32], train: NDArray[np.int64], groups: Sequence[tuple[int, int]]
) -> NDArray[np.float32]:
    """Inputs (m, k) without gaps: the mean of the training rows for numbers, their most frequent category for texts."""
    if not bool(np.isnan(inputs).any()):
        return inputs
    full = inputs.copy()
    for start, stop in groups:
        part = full[:, start:stop]
        gaps = np.isnan(part[:, 0])
        if not gaps.any():
            continue
        known = part[train][~gaps[train]]
        if not len(known):
            known = part[~gaps]
        means = known.mean(axis=0, dtype=np.float64) if len(known) else np.zeros(stop - start)
        part[gaps] = means if stop - start == 1 else np.arange(stop - start) == means.argmax()
    return full


def _with_inputs(
    chosen: Sequence[Column],
    keep: NDArray[np.bool_] | None,
    rows: int,
    answers: NDArray[Any],
    class_names: tuple[str, ...],
    dropped: int,
    no_target: int,
) -> Encoded:
    widths = [max(len(column.categories), 1) for column in chosen]
    total = sum(widths)
    if total > MAX_INPUTS:
        raise TableError(
            Text(
                "The chosen columns give %1 inputs (one for each category); the most is %2. Leave out "
                "columns with many categories.",
                total,
                MAX_INPUTS,
            )
        )
    if total * rows > MAX_CELLS:
        raise TableError(
            Text("%1 rows of %2 inputs are too many to keep in memory; choose fewer columns.", rows, total)
        )
    table = np.empty((rows, total), np.float32)
    names: list[str] = []
    groups: list[tuple[int, int]] = []
    for column, width in zip(chosen, widths, strict=True):
        start = len(names)
        values = column.values if keep is None else column.values[keep]
        groups.append((start, start + width))
        if column.kind is Kind.NUMBER:
            table[:, start] = values
            names.append(column.name)
            continue
        table[:, start : start + width] = values[:, np.newaxis] == np.arange(width)
        table[values < 0, start : start + width] = np.nan
        names += [f"{column.name}: {category}" for category in column.categories]
    for array in (table, answers):
        array.flags.writeable = False
    return Encoded(table, answers, tuple(names), class_names, tuple(groups), dropped, no_target)


def _answers(column: Column, given: NDArray[Any], classes: bool) -> tuple[NDArray[Any], tuple[str, ...]]:
    """The answers of rows that have one, and the names of the classes."""
    if not classes:
        if column.kind is Kind.CATEGORY:
            raise TableError(Text("“%1” holds texts, not numbers; predict classes instead.", column.name))
        if bool(np.all(given == given[0])):
            raise TableError(Text("“%1” always has the same value; there is nothing to predict.", column.name))
        return given.copy(), ()
    kinds, answers = np.unique(given, return_inverse=True)
    if len(kinds) > MAX_CATEGORIES:
        raise TableError(
            Text(
                "“%1” has %2 different values; the most is %3 classes. Predict numbers instead, or "
                "choose another target.",
                column.name,
                len(kinds),
                MAX_CATEGORIES,
            )
        )
    names = tuple(column.categories[kind] if column.categories else f"{kind:g}" for kind in kinds.tolist())
    if len(names) == 1:
        raise TableError(
            Text(
                "All rows belong to one class, “%1” in “%2”; there must be at least two to tell apart.",
                names[0],
                column.name,
            )
        )
    return answers.astype(np.int64), names


def _too_few(rows: int, all_rows: int, no_target: int, target: str) -> Text:
    if all_rows < LEAST_ROWS:
        return Text("The table has only %1 rows; at least %2 are needed.", all_rows, LEAST_ROWS)
    if all_rows - no_target < LEAST_ROWS:
        return Text(
            "“%1” has no value in %2 of %3 rows; at least %4 with one are needed. Choose another target.",
            *(target, no_target, all_rows, LEAST_ROWS),
        )
    return Text(
        "Of %1 rows only %2 have no gap; at least %3 are needed. Fill the gaps, or leave out columns with many.",
        *(all_rows, rows, LEAST_ROWS),
    )
