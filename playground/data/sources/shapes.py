"""What the toy sets are made of: classes in turn, circles, clouds, disturbance that stays within the domain.

A source draws the same base points whatever the noise: all random numbers are drawn for full noise and then scaled.
"""

import math

import numpy as np

from playground.data.dataset import DOMAIN
from playground.data.sources.base import Floats, Labels

RADIUS = 5.0
"""Toy data without noise stay within this distance of the axes."""


def alternate(count: int, classes: int) -> Labels:
    """Labels 0, 1, …, 0, 1, …: classes of equal size."""
    return np.arange(count, dtype=np.int64) % classes


def polar(radius: Floats, angle: Floats) -> Floats:
    """Points (n, 2) at a distance and an angle from the middle."""
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def shaken(points: Floats, noise: float, shake: np.random.Generator) -> Floats:
    """Move each point by up to ``noise`` × RADIUS in each direction."""
    return folded(points + noise * RADIUS * (2.0 * shake.random(points.shape) - 1.0))


def cloud(centres: Floats, noise: float, rng: np.random.Generator, size: float = 0.7) -> Floats:
    """Normal scatter around the centres, with a spread of ``size``; noise widens it."""
    return folded(centres + (size + 3.0 * noise * (size / 0.7)) * rng.standard_normal(centres.shape))


def around(radius: float, count: int) -> Floats:
    """``count`` places (count, 2) on a circle, the first one at its top."""
    return polar(np.full(count, radius), math.pi / 2 + math.tau * np.arange(count) / count)


def folded(points: Floats) -> Floats:
    """Reflect what lies outside the domain at its border."""
    distance = np.mod(points + DOMAIN, 4.0 * DOMAIN)
    return np.minimum(distance, 4.0 * DOMAIN - distance) - DOMAIN
