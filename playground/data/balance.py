"""How large the classes are: draw until each has its part."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
Draw = Callable[[int], tuple[Any, Labels]]
EVEN = 0.5
"""The balance that leaves the classes as they come."""
_ROUNDS = 40


def balanced(draw: Draw, count: int, balance: float, *, limited: bool) -> tuple[Any, Labels]:
    """``count`` examples (inputs, labels) in which the first class is as large as ``balance`` says.

    Its share goes up or down in the odds balance : 1 − balance against each other class: of two classes that come in
    equal parts it is ``balance``. ``draw(round)`` gives examples; round 0 is kept as far as possible, further rounds
    fill what is missing. limited: there is round 0 only; then fewer examples than ``count`` may be left.
    """
    inputs, labels = draw(0)
    wanted = _quotas(labels, count, balance, limited)
    kept = _first(labels, wanted)
    parts = [(inputs[kept], labels[kept])]
    missing = wanted - np.bincount(labels[kept], minlength=len(wanted))
    for number in range(1, 1 if limited else _ROUNDS):
        if not missing.any():
            break
        inputs, labels = draw(number)
        kept = _first(labels, missing)
        parts.append((inputs[kept], labels[kept]))
        missing = missing - np.bincount(labels[kept], minlength=len(missing))[: len(missing)]
    inputs, labels = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return inputs, labels


def _quotas(labels: Labels, count: int, balance: float, limited: bool) -> Labels:
    """How many examples each class shall have."""
    there = np.bincount(labels)
    weights = there * np.where(np.arange(len(there)) == 0, balance, 1.0 - balance)
    shares = weights / weights.sum()
    if limited:
        count = min(count, int(min(have / share for have, share in zip(there, shares, strict=True) if share)))
    wanted: Labels = np.floor(shares * count).astype(np.int64)
    order = np.argsort(wanted - shares * count, kind="stable")  # what rounding took most from comes first
    wanted[order[: count - int(wanted.sum())]] += 1
    return wanted


def _first(labels: Labels, wanted: Labels) -> Labels:
    """The rows of the first ``wanted[c]`` examples of each class c, ascending."""
    rows = [np.flatnonzero(labels == label)[:most] for label, most in enumerate(wanted)]
    return np.sort(np.concatenate(rows))
