"""Units that have stopped to react: dead, saturated or constant ones, told from their outputs for many examples."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine import activations

TANH_END, SIGMOID_END = 0.97, 0.03
"""Outputs of tanh beyond ±0.97, and of a sigmoid within 0.03 of 0 or 1, are saturated: hardly any slope is left."""

MOST = 0.9
"""A unit counts as saturated when its outputs are so for this share of the examples."""

SAME = 1e-3
"""Outputs that differ by less than this share of the largest one count as the same."""

Floats = NDArray[np.floating[Any]]


class Units(msgspec.Struct, frozen=True):
    """What a layer's units do, counted. Each unit counts once: dead before saturated before constant.

    total: units (of images: channels) that are not muted. dead: cut to exactly 0 for every example (ReLU). saturated:
    at the flat ends of tanh or sigmoid for at least ``MOST`` of the examples. constant: the same for all examples.
    alike: two or more units, and all give the same for every example (equal weights learn in step for ever).
    """

    total: int
    dead: int = 0
    saturated: int = 0
    constant: int = 0
    alike: bool = False

    def share(self, count: int) -> float:
        """``count`` units as a share of all, 0..1."""
        return count / self.total if self.total else 0.0


def look_at(outputs: Floats, activation: str, muted: Sequence[int] = ()) -> Units:
    """Count the units of a layer. outputs: (units, numbers), finite ones count."""
    kept = np.delete(outputs, list(muted), axis=0) if len(muted) else outputs
    if not kept.size or not np.isfinite(kept).all():
        return Units(len(kept))
    kind, size = activations.get(activation), np.abs(kept)
    largest = size.max(axis=1)
    dead = (largest == 0.0) if kind.range == "positive" else np.zeros(len(kept), bool)
    saturated = (_ends(kept, size, activation).mean(axis=1) >= MOST) & ~dead
    same = np.ptp(kept, axis=1) <= SAME * largest
    constant = same & ~dead & ~saturated
    alike = len(kept) > 1 and bool(np.ptp(kept, axis=0).max() <= SAME * max(float(largest.max()), 1e-30))
    return Units(len(kept), int(dead.sum()), int(saturated.sum()), int(constant.sum()), alike)


def _ends(outputs: Floats, size: Floats, activation: str) -> NDArray[np.bool_]:
    """Which outputs stand at the flat ends of their activation."""
    if activation in ("tanh", "softsign"):
        return size > TANH_END
    if activation in ("sigmoid", "hard_sigmoid"):
        return (outputs < SIGMOID_END) | (outputs > 1.0 - SIGMOID_END)
    return np.zeros(outputs.shape, bool)
