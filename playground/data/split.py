"""Divide examples into training and test rows."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


def split(groups: Rows | None, count: int, share: float, rng: np.random.Generator) -> tuple[Rows, Rows]:
    """Return (train, test) row numbers, ascending.

    groups: int (count,) class per row, from 0 on, so that both parts hold the classes in equal shares; None splits
        plainly.
    share: part of the rows that goes to training, 0 < share < 1. Both parts get at least one row when count ≥ 2.
    """
    wanted = min(max(round(count * share), 1), max(count - 1, 1))
    order = rng.permutation(count)
    if groups is not None:
        order = _interleave(groups, order)
    return np.sort(order[:wanted]).astype(np.int64), np.sort(order[wanted:]).astype(np.int64)


def split_by_lots(lots: NDArray[np.float64], share: float) -> tuple[Rows, Rows]:
    """Return (train, test) row numbers, ascending: rows whose lot is below the share train.

    lots: float (n,), 0..1. Each row is judged by itself, so that more rows change nothing for the others; both parts
    get at least one row when n ≥ 2.
    """
    chosen = lots < share
    if len(lots) >= 2 and chosen.all():
        chosen[lots.argmax()] = False
    elif len(lots) and not chosen.any():
        chosen[lots.argmin()] = True
    return np.flatnonzero(chosen).astype(np.int64), np.flatnonzero(~chosen).astype(np.int64)


def _interleave(groups: Rows, order: Rows) -> Rows:
    """Reorder shuffled rows so that every beginning of the list holds each class in its share.

    The k-th of m rows of a class gets the place (k + ½) / m; sorting by place mixes the classes evenly.
    """
    place = np.empty(len(order))
    shuffled = groups[order]
    for group in np.flatnonzero(np.bincount(groups)):  # np.unique would load numpy.ma first, 15 ms
        members = np.flatnonzero(shuffled == group)
        place[members] = (np.arange(len(members)) + 0.5) / len(members)
    return order[np.argsort(place, kind="stable")]
