"""Small pictures of data sets, painted from real samples."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from playground.data.dataset import DOMAIN, Dataset, Task
from playground.data.make import make
from playground.data.sources import Source
from playground.views import colormap
from playground.views.theme import Theme

MOST = 130
"""Examples in a picture of points."""


_ENOUGH = 2000
"""Examples among which one of each class is looked for."""


def sample_of(source: Source, noise: float = 0.04, seed: int = 3) -> Dataset:
    """A few examples of a source that is not in use."""
    return make(source, MOST, noise, 0.5, seed)


def thumbnail(sample: Dataset, theme: Theme, side: int, ratio: float = 1.0) -> QImage:
    """A small picture of some examples, ``side`` logical pixels wide."""
    picture = QImage(QSize(round(side * ratio), round(side * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    if sample.n:  # points that somebody paints may all be gone for the moment
        (_paint_images if sample.input_kind == "image" else _paint_points)(painter, sample, theme, side)
    painter.end()
    return picture


def _paint_points(painter: QPainter, sample: Dataset, theme: Theme, side: int) -> None:
    rows = _spread(sample.n)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    size = max(1.1, side / 70)
    places = (_places(sample, rows) * (0.98, -0.98) + 1) * (side / 2)
    squares = np.zeros(len(rows), bool) if sample.labels is None else sample.labels[rows] == 0
    for (x, y), color, square in zip(places.tolist(), _colors(sample, rows, theme), squares.tolist(), strict=True):
        painter.setBrush(color)
        spot = QRectF(x - size, y - size, 2 * size, 2 * size)
        painter.drawRect(spot) if square else painter.drawEllipse(spot)


def _spread(count: int) -> NDArray[np.int64]:
    """Rows from everywhere in a data set."""
    return np.linspace(0, count - 1, min(count, MOST)).astype(np.int64)


def _places(sample: Dataset, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Where the examples stand, in -1..1: points of the plane, or the first two columns of a table."""
    inputs = sample.inputs[rows]
    if sample.input_kind == "plane":
        return inputs.astype(np.float64) / DOMAIN
    columns = inputs[:, [0, min(1, inputs.shape[1] - 1)]].astype(np.float64)
    low, high = columns.min(axis=0), columns.max(axis=0)
    places: NDArray[np.float64] = 2.0 * (columns - low) / np.where(high > low, high - low, 1.0) - 1.0
    return 0.9 * places


def _colors(sample: Dataset, rows: NDArray[np.int64], theme: Theme) -> list[QColor]:
    if sample.task is Task.REGRESSION or sample.labels is None:
        values = sample.targets[rows, 0]
        ends = (-1.0, 1.0) if np.abs(values).max() <= 1.6 else (float(values.min()), float(values.max()))
        chosen = theme.diverging_lut()[colormap.places(_stronger(values, *ends), -1.0, 1.0)]
        return [QColor(*row) for row in chosen.tolist()]
    palette = theme.class_colors(len(sample.class_names))
    return [palette[label % len(palette)] for label in sample.labels[rows].tolist()]


def _stronger(values: NDArray[np.float32], low: float, high: float) -> NDArray[np.float64]:
    """Numbers in -1..1, those near the middle pushed outwards: small spots in pale colours could not be seen."""
    middle, half = (low + high) / 2, max((high - low) / 2, 1e-9)
    share = (values.astype(np.float64) - middle) / half
    pushed: NDArray[np.float64] = np.sign(share) * np.sqrt(np.abs(share))
    return pushed


def _paint_images(painter: QPainter, sample: Dataset, theme: Theme, side: int) -> None:
    """Four examples, two by two, their pixels crisp."""
    half = side // 2
    for place, row in enumerate(_one_of_each_class(sample, 4)):
        corner = QPoint((place % 2) * half, (place // 2) * half)
        painter.drawImage(QRect(corner, QSize(half - 1, half - 1)), _tile(sample.inputs[row], theme, sample.drawn))


def _tile(pixels: NDArray[np.float32], theme: Theme, drawn: bool) -> QImage:
    """A picture (height, width, channels) in 0..1: ink in the theme's colours, photos in their own."""
    return colormap.example_image(pixels, *theme.picture_colors(drawn))


def _one_of_each_class(sample: Dataset, count: int) -> list[int]:
    """The first examples of the first classes; of fewer classes some more, so that all tiles are filled."""
    labels = np.zeros(1, np.int64) if sample.labels is None else sample.labels[:_ENOUGH]
    first: list[int] = np.unique(labels, return_index=True)[1][:count].tolist()
    others = [row for row in range(min(sample.n, count)) if row not in first]
    return (first + others)[:count]
