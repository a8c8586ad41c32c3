"""Pictures for reports: a map as PNG, curves as SVG. No Qt, so the window's painters cannot help."""

import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEGATIVE, POSITIVE, PAPER = (224, 123, 22), (31, 119, 180), (255, 255, 255)
"""Class 0, class 1, and the threshold between them: the colours of the window."""

CLASSES = ("#E69F00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#8C8C8C")
"""Okabe and Ito (2008), for more than two classes."""

SIZE = 640, 240
"""Of curves."""

Floats = NDArray[np.floating[Any]]


def map_png(values: Floats, low: float, high: float) -> bytes:
    """A map (outputs, height, width) as PNG: one output from orange over white to blue, several by their classes."""
    from PIL import Image

    if len(values) == 1:
        share = np.clip((np.nan_to_num(values[0]) - low) / max(high - low, 1e-12), 0, 1)[..., None]
        ends = (np.array(color, float) for color in (NEGATIVE, PAPER, POSITIVE))
        negative, paper, positive = ends
        colors = np.where(
            share < 0.5, negative + (paper - negative) * 2 * share, paper + (positive - paper) * (2 * share - 1)
        )
    else:
        best, sure = values.argmax(axis=0), np.clip(np.nan_to_num(values.max(axis=0)), 0, 1)[..., None]
        table = np.array([_rgb(CLASSES[place % len(CLASSES)]) for place in range(len(values))], float)
        colors = np.array(PAPER) + (table[best] - np.array(PAPER)) * sure
    picture, buffer = Image.fromarray(colors.round().astype(np.uint8)), io.BytesIO()
    picture.resize((3 * picture.width, 3 * picture.height), Image.Resampling.BICUBIC).save(buffer, "PNG")
    return buffer.getvalue()


def curves_svg(
    epochs: Sequence[float], lines: Mapping[str, Sequence[float]], width: int = 640, height: int = 240
) -> str:
    """Curves over the epochs on a logarithmic axis, as an SVG element; values that are not above 0 leave gaps."""
    known = [value for line in lines.values() for value in line if value > 0 and math.isfinite(value)]
    if not known or not len(epochs):
        return ""
    low, high = math.floor(math.log10(min(known))), math.ceil(math.log10(max(known)))
    high = max(high, low + 1)
    width, height = SIZE
    left, top, right, bottom = 56, 8, width - 8, height - 28
    first, last = epochs[0], max(epochs[-1], epochs[0] + 1)

    def place(epoch: float, value: float) -> str:
        x = left + (right - left) * (epoch - first) / (last - first)
        y = bottom - (bottom - top) * (math.log10(value) - low) / (high - low)
        return f"{x:.1f},{y:.1f}"

    parts = [f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{", ".join(lines)}">']
    for power in range(low, high + 1):
        y = bottom - (bottom - top) * (power - low) / (high - low)
        parts.append(f'<path class="grid" d="M{left} {y:.1f}H{right}"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for epoch in (first, (first + last) / 2, last):
        x = left + (right - left) * (epoch - first) / (last - first)
        parts.append(f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle">{epoch:.0f}</text>')
    for number, line in enumerate(lines.values()):
        for run in _runs(epochs, line):
            points = " ".join(place(epoch, value) for epoch, value in run)
            parts.append(f'<polyline class="line{number}" points="{points}"/>')
    return "".join([*parts, "</svg>"])


def _runs(epochs: Sequence[float], line: Sequence[float]) -> list[list[tuple[float, float]]]:
    """The pieces of a curve between its gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for epoch, value in zip(epochs, line, strict=True):
        if value > 0 and math.isfinite(value):
            runs[-1].append((epoch, value))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
