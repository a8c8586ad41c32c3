"""Prepare curves for the screen: smooth them, thin them out without losing their extremes."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Curve = tuple[Floats, Floats]


def known(x: Floats, y: Floats) -> Curve:
    """The points whose value is known (finite)."""
    keep = np.isfinite(y)
    return x[keep], y[keep]


def smooth(y: Floats, amount: float) -> Floats:
    """A running mean that forgets: s₀ = y₀, sₖ = amount · sₖ₋₁ + (1 − amount) · yₖ; 0 ≤ amount < 1."""
    if amount <= 0.0 or len(y) < 2:
        return y
    out = np.empty(len(y))
    last = float(y[0])
    rest = 1.0 - amount
    for place, value in enumerate(y.tolist()):
        last = amount * last + rest * value
        out[place] = last
    return out


def thin(x: Floats, y: Floats, most: int) -> Curve:
    """At most about ``most`` points: of each stretch its smallest and its largest value, in their order."""
    if len(x) <= most:
        return x, y
    size = -(-2 * len(x) // most)
    stretches = len(x) // size
    cut = stretches * size
    blocks = y[:cut].reshape(stretches, size)
    start = np.arange(stretches) * size
    pairs = np.stack([start + blocks.argmin(axis=1), start + blocks.argmax(axis=1)], axis=1)
    pairs.sort(axis=1)
    places = np.unique(np.concatenate([[0], pairs.ravel(), np.arange(cut, len(x))]))
    return x[places], y[places]


def decades(low: float, high: float) -> tuple[float, float]:
    """Exponents of the decades around [low, high], at least one decade apart."""
    bottom, top = np.floor(np.log10(low)), np.ceil(np.log10(high))
    return float(bottom), float(max(top, bottom + 1))


def nice_top(value: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten at or above ``value`` (> 0)."""
    power = 10.0 ** np.floor(np.log10(value))
    for step in (1.0, 2.0, 2.5, 5.0, 10.0):
        if value <= step * power * (1 + 1e-9):
            return float(step * power)
    return float(10.0 * power)
