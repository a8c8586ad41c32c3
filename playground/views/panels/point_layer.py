"""All data points as one transparent picture, drawn only when they change.

Solid markers in the class's colour are training examples, light ones with a coloured outline are test examples;
the marker's shape tells the class. Both read on the bare card as well as on a fully coloured map.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from playground.data.dataset import DOMAIN, Dataset
from playground.views import colormap
from playground.views.markers import marker_pixmap
from playground.views.panels.output_scale import OutputScale
from playground.views.theme import Marker, Theme, Token, mix

Floats = NDArray[np.floating]
MOST_DRAWN = 2000
"""Of more training or test points, so many are drawn: evenly spread over the rows."""
_SHADES = 16  # different colours for regression targets


class PointStyle(msgspec.Struct, frozen=True):
    """Everything that the picture depends on besides the points. ``hidden``: rows that are left out."""

    side: int
    ratio: float
    show_test: bool
    hidden: NDArray[np.bool_] | None = None


def draw_points(dataset: Dataset, spots: Floats, scale: OutputScale, style: PointStyle, theme: Theme) -> QPixmap:
    """The points of ``dataset`` on a square of ``style.side`` logical pixels.

    At most ``MOST_DRAWN`` training points and as many test points are drawn. spots: float (n, 2), where the examples
    lie on the plane, from −6 to 6 (``Slice.places``).
    """
    layer = QPixmap(QSize(round(style.side * style.ratio), round(style.side * style.ratio)))
    layer.fill(Qt.GlobalColor.transparent)
    layer.setDevicePixelRatio(style.ratio)
    painter = QPainter(layer)
    kinds = _kinds(dataset, scale)
    splits = [(dataset.train, True)] + ([(dataset.test, False)] if style.show_test else [])
    radius = min(5.0, max(2.4, style.side / 92))
    for rows, training in splits:
        shown = rows if style.hidden is None else rows[~style.hidden[rows]]
        stamps: dict[int, QPixmap] = {}
        shown = shown[:: max(-(-len(shown) // MOST_DRAWN), 1)]
        places = (spots[shown] * (1.0, -1.0) / DOMAIN + 1.0) * (style.side / 2)
        for (x, y), kind in zip(places.tolist(), kinds[shown].tolist(), strict=True):
            if kind not in stamps:
                stamps[kind] = _stamp(kind, scale, theme, radius, style.ratio, training=training)
            stamp = stamps[kind]
            half = stamp.width() / 2 / style.ratio
            painter.drawPixmap(QPointF(x - half, y - half), stamp)
    painter.end()
    return layer


def point_colors(theme: Theme, count: int) -> tuple[QColor, ...]:
    """The colours of points: those of the classes, a little away from the map's so that they stand out on it."""
    away = QColor("#FFFFFF") if theme.dark else QColor("#000000")
    return tuple(mix(color, away, 0.18) for color in theme.class_colors(count))


def stamp_for_class(index: int, count: int, theme: Theme, radius: float, ratio: float, *, training: bool) -> QPixmap:
    """The marker of class ``index`` of ``count``."""
    color, card = point_colors(theme, count)[index % max(2, count)], theme.color(Token.CARD)
    marker = theme.class_marker(index)
    if training:
        return marker_pixmap(marker, radius, color, card, 1.0, ratio)
    return marker_pixmap(marker, radius, card, color, 1.3, ratio)


def _kinds(dataset: Dataset, scale: OutputScale) -> NDArray[np.int64]:
    """Which marker each row gets: its class, or the shade of its target."""
    if dataset.labels is not None:
        return dataset.labels
    shades = colormap.places(dataset.targets[:, 0], scale.low, scale.high)
    return shades.astype(np.int64) * _SHADES // 256


def _stamp(kind: int, scale: OutputScale, theme: Theme, radius: float, ratio: float, *, training: bool) -> QPixmap:
    if scale.class_names:
        return stamp_for_class(kind, len(scale.class_names), theme, radius, ratio, training=training)
    red, green, blue, _ = theme.diverging_lut()[(2 * kind + 1) * 128 // _SHADES].tolist()
    outline = theme.color(Token.MUTED if training else Token.CONTROL_LINE)
    shape = Marker.CIRCLE if training else Marker.DIAMOND
    return marker_pixmap(shape, radius, QColor(red, green, blue), outline, 1.0, ratio)
