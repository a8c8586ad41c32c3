"""What the units of a column show; each knows how to draw itself into the column's boxes."""

from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from playground.views.canvas.geometry import Column
from playground.views.canvas.units import (
    FrameStamps,
    MapStrip,
    Span,
    on_points,
    paint_answers,
    paint_bars,
    paint_insets,
    paint_maps,
    paint_rows,
)
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

NAME_WIDTH = 64.0
"""Pixels for the names of a table's inputs."""


class Content(Protocol):
    """The pictures of one column's units."""

    def paint(self, painter: QPainter, column: Column) -> None:
        """Draw all shown units."""


class Maps(msgspec.Struct, frozen=True):
    """Heat maps over the input plane."""

    strip: MapStrip
    stamps: FrameStamps

    def paint(self, painter: QPainter, column: Column) -> None:
        """Draw one map per unit."""
        paint_maps(painter, column.units, self.strip, self.stamps)


class NamedMaps(msgspec.Struct, frozen=True):
    """The inputs of a table over its slice, each with its name on the left."""

    strip: MapStrip
    names: tuple[str, ...]
    stamps: FrameStamps
    theme: Theme

    def paint(self, painter: QPainter, column: Column) -> None:
        """Draw one map and one name per input."""
        paint_maps(painter, column.units, self.strip, self.stamps)
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(self.theme.color(Token.TEXT))
        metrics, flags = painter.fontMetrics(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for box, name in zip(column.units, self.names, strict=False):
            width = box.x - column.frame.x - 2
            place = QRectF(column.frame.x - 4, box.y, width, box.height)
            wrapped = flags | Qt.TextFlag.TextWordWrap
            needed = metrics.boundingRect(QRect(0, 0, int(width), 1000), wrapped, name)
            if needed.width() <= width and needed.height() <= box.height:
                painter.drawText(place, wrapped, name)
            else:
                painter.drawText(place, flags, metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(width)))


class Bars(msgspec.Struct, frozen=True):
    """Activations for one example."""

    values: NDArray[Any]
    theme: Theme

    def paint(self, painter: QPainter, column: Column) -> None:
        """Draw one bar per unit."""
        paint_bars(painter, column.units, self.values, self.theme)


class WeightImages(msgspec.Struct, frozen=True):
    """What each unit looks for in a picture: its weights as an image, and below its answer to the example."""

    strip: MapStrip
    values: NDArray[Any] | None
    stamps: FrameStamps
    theme: Theme

    def paint(self, painter: QPainter, column: Column) -> None:
        """Draw one image per unit, with sharp pixels."""
        paint_maps(painter, column.units, self.strip, self.stamps, smooth=False)
        if self.values is not None:
            paint_answers(painter, column.units, self.values, self.theme)


class FeatureMaps(msgspec.Struct, frozen=True):
    """What each channel finds where in the example; in a corner its kernel, where it has one."""

    strip: MapStrip
    kernels: MapStrip | None
    stamps: FrameStamps
    theme: Theme

    def paint(self, painter: QPainter, column: Column) -> None:
        """Draw one map per channel, with sharp pixels."""
        paint_maps(painter, column.units, self.strip, self.stamps, smooth=False)
        if self.kernels is not None:
            paint_insets(painter, column.units, self.kernels, self.theme)


class ClassRows(msgspec.Struct, frozen=True):
    """Class probabilities for one example."""

    values: NDArray[Any]
    names: tuple[str, ...]
    theme: Theme

    def paint(self, painter: QPainter, column: Column) -> None:
        """Draw one row per class."""
        painter.setFont(sized_font(CAPTION_SIZE))
        paint_rows(painter, column.units, self.values, self.names, self.theme)


class Picture(msgspec.Struct, frozen=True):
    """The selected example of image data."""

    image: QImage
    stamps: FrameStamps

    def paint(self, painter: QPainter, column: Column) -> None:
        """Draw the picture with sharp pixels."""
        box, ratio = column.units[0], painter.device().devicePixelRatioF()
        place = on_points(box, ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(place, self.image)
        painter.drawPixmap(place.topLeft(), self.stamps.get(box.width, box.height, ratio))


class Plain(msgspec.Struct, frozen=True):
    """A column without pictures of its own: outlines only."""

    theme: Theme

    def paint(self, painter: QPainter, column: Column) -> None:
        """Draw a quiet box per unit."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.theme.color(Token.CONTROL_LINE))
        painter.setBrush(self.theme.color(Token.HOVER))
        for box in column.units:
            painter.drawRoundedRect(QRectF(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1), 4, 4)


def strip_of(content: Content | None) -> MapStrip | None:
    """The pictures of all units below each other, also of those that are not shown; None where there are none."""
    if isinstance(content, (Maps, NamedMaps, WeightImages, FeatureMaps)):
        return content.strip
    if not isinstance(content, Bars):
        return None
    patches = np.broadcast_to(content.values.astype(np.float32)[:, None, None], (len(content.values), 4, 4))
    return MapStrip.diverging(patches, Span.of(patches, "signed"), content.theme)


def picture_of(content: Content | None, unit: int) -> QImage | None:
    """The picture of one unit, None where its column shows none."""
    if not isinstance(content, (Maps, NamedMaps, WeightImages, FeatureMaps)):
        return None
    place = content.strip.source(unit, 0.0).toRect()
    return content.strip.image.copy(place) if content.strip.image.rect().contains(place) else None


def finite(values: NDArray[Any]) -> NDArray[Any]:
    """``values`` with every NaN or infinity replaced by 0, so that a diverged network can be drawn."""
    if np.isfinite(values.sum()):
        return values
    cleaned: NDArray[Any] = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    return cleaned
