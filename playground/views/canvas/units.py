"""Units as thumbnails: heat maps over the plane, activation bars, class bars."""

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter, QPainterPath, QPen, QPixmap

from playground.views.canvas.geometry import Rect
from playground.views.colormap import colorize, packed
from playground.views.theme import Theme, Token, mix

CORNER = 5.0
INSET, LEAST_INSET = 0.42, 9  # of a unit's side; pixels below which an inset could not be read
_TYPICAL = 0.75  # of unbounded units, this share fits on the scale; the few larger ones are cut off

Maps = NDArray[np.floating]


class Span(msgspec.Struct, frozen=True):
    """What the ends of the colour scale mean: ``low`` is orange, the middle card colour, ``high`` blue."""

    low: float
    high: float

    @classmethod
    def of(cls, maps: Maps, range_name: str) -> "Span":
        """The span for units whose activation has the range ``range_name`` ("signed", "unit", "positive")."""
        if range_name == "unit":
            return cls(0.0, 1.0)
        peaks = np.abs(maps).max(axis=tuple(range(1, maps.ndim)))
        most = float(np.sort(peaks)[int(_TYPICAL * (peaks.size - 1))]) if peaks.size else 1.0
        most = most if np.isfinite(most) else 1.0
        if range_name == "signed" and peaks.max(initial=0.0) <= 1.0:
            most = 1.0
        return cls(-max(most, 1e-6), max(most, 1e-6))


class MapStrip:
    """The heat maps of one column as one picture, below each other; the picture shares its memory with the array."""

    def __init__(self, pixels: NDArray[np.uint32]) -> None:
        units, height, width = pixels.shape
        self._pixels = np.ascontiguousarray(pixels)
        self.image = QImage(self._pixels.data, width, units * height, 4 * width, QImage.Format.Format_RGB32)
        self._width, self._height = width, height

    @classmethod
    def diverging(cls, maps: Maps, span: Span, theme: Theme) -> "MapStrip":
        """Maps (units, height, width) on the scale orange – card – blue."""
        return cls(colorize(maps, span.low, span.high, theme.diverging_pixels()))

    @classmethod
    def classes(cls, maps: Maps, theme: Theme) -> "MapStrip":
        """Class probabilities (classes, height, width), each from card to the colour of its class."""
        colors = theme.class_colors(len(maps))
        layers = [colorize(m, 0.0, 1.0, packed(theme.sequential_lut(c))) for m, c in zip(maps, colors, strict=True)]
        return cls(np.stack(layers))

    def source(self, unit: int, inset: float = 0.5) -> QRectF:
        """Where the map of ``unit`` lies in the picture, half a pixel inside so that neighbours never bleed in."""
        height = self._height - 2 * inset
        return QRectF(inset, unit * self._height + inset, self._width - 2 * inset, height)

    def draw(self, painter: QPainter, place: QRectF, unit: int, inset: float = 0.5) -> None:
        """Draw the map of ``unit`` into ``place``."""
        source = self.source(unit, inset)
        if painter.paintEngine().type() is QPaintEngine.Type.SVG:  # it draws whole pictures only
            painter.drawImage(place, self.image.copy(source.toAlignedRect()))
        else:
            painter.drawImage(place, self.image, source)


class FrameStamps:
    """Rounded outlines with corners in card colour, one per size, laid over square pictures."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[float, float, float, Token], QPixmap] = {}

    def clear(self) -> None:
        """Forget the outlines (the theme changed)."""
        self._made.clear()

    def get(self, width: float, height: float, ratio: float, token: Token = Token.MUTED) -> QPixmap:
        """The outline for a picture of ``width`` × ``height``."""
        key = (width, height, ratio, token)
        stamp = self._made.get(key)
        if stamp is None:
            stamp = self._made[key] = self._draw(width, height, ratio, token)
        return stamp

    def _draw(self, width: float, height: float, ratio: float, token: Token) -> QPixmap:
        stamp = QPixmap(round(width * ratio), round(height * ratio))
        stamp.setDevicePixelRatio(ratio)
        stamp.fill(Qt.GlobalColor.transparent)
        painter = QPainter(stamp)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(QRectF(0, 0, width, height))
        box = QRectF(0.5, 0.5, width - 1, height - 1)
        inside.addRoundedRect(box, CORNER, CORNER)
        painter.fillPath(outside.subtracted(inside), self._theme.color(Token.CARD))
        painter.setPen(QPen(self._theme.color(token), 1))
        painter.drawRoundedRect(box, CORNER, CORNER)
        painter.end()
        return stamp


def on_points(box: Rect, ratio: float) -> QRectF:
    """``box`` on whole points of a screen that has ``ratio`` of them per pixel, as large as its outline stamp."""
    x, y, width, height = (round(value * ratio) / ratio for value in (box.x, box.y, box.width, box.height))
    return QRectF(x, y, width, height)


def paint_maps(
    painter: QPainter, boxes: tuple[Rect, ...], strip: MapStrip, stamps: FrameStamps, *, smooth: bool = True
) -> None:
    """Draw the maps of one column into ``boxes``."""
    if not boxes:
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    ratio, inset = painter.device().devicePixelRatioF(), 0.5 if smooth else 0.0
    stamp = stamps.get(boxes[0].width, boxes[0].height, ratio)
    for unit, box in enumerate(boxes):
        place = on_points(box, ratio)
        strip.draw(painter, place, unit, inset)
        painter.drawPixmap(place.topLeft(), stamp)


def paint_answers(painter: QPainter, boxes: tuple[Rect, ...], values: NDArray[np.floating], theme: Theme) -> None:
    """Draw a small bar along the lower edge of each box: how strongly the unit answers the example."""
    most = max(1.0, float(np.abs(values).max(initial=0.0)))
    colors = theme.color(Token.NEGATIVE), theme.color(Token.POSITIVE)
    painter.setPen(Qt.PenStyle.NoPen)
    for box, value in zip(boxes, values.tolist(), strict=False):
        high = max(3.0, round(box.height * 0.12))
        line = QRectF(box.x + 1, box.bottom - 1 - high, box.width - 2, high)
        painter.fillRect(line.adjusted(1, -1, -1, 0), theme.color(Token.CARD))
        line.setWidth(line.width() * min(1.0, abs(value) / most))
        painter.fillRect(line.adjusted(1, 0, -1 if line.width() > 2 else 0, -1), colors[value > 0])


def paint_bars(painter: QPainter, boxes: tuple[Rect, ...], values: NDArray[np.floating], theme: Theme) -> None:
    """Draw activations as bars that grow from the middle: left orange when negative, right blue when positive."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    most = float(np.abs(values).max(initial=0.0))
    most = max(1.0, most) if np.isfinite(most) else 1.0
    colors = theme.color(Token.NEGATIVE), theme.color(Token.POSITIVE)
    outline, back = QPen(theme.color(Token.MUTED), 1), theme.color(Token.CARD)
    for box, value in zip(boxes, values.tolist(), strict=False):
        frame = QRectF(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1)
        painter.setPen(outline)
        painter.setBrush(back)
        painter.drawRoundedRect(frame, CORNER - 1, CORNER - 1)
        length = (frame.width() / 2 - 3) * max(-1.0, min(1.0, value / most if value == value else 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors[length > 0])
        inset = min(4.0, max(2.5, box.height * 0.22))
        bar = QRectF(frame.center().x(), frame.y() + inset, length, frame.height() - 2 * inset).normalized()
        painter.drawRect(bar)
        painter.setBrush(theme.color(Token.LINE))
        painter.drawRect(QRectF(frame.center().x() - 0.5, frame.y() + 2, 1, frame.height() - 4))


def paint_insets(painter: QPainter, boxes: tuple[Rect, ...], strip: MapStrip, theme: Theme) -> None:
    """Draw a small picture into the upper right corner of each box that has room for it."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color(Token.CARD), 1.5))
    for unit, box in enumerate(boxes):
        side = round(min(box.width, box.height) * INSET)
        if side >= LEAST_INSET:
            place = QRectF(box.right - side - 1, box.y + 1, side, side)
            strip.draw(painter, place, unit, 0.0)
            painter.drawRect(place)


def paint_rows(
    painter: QPainter, boxes: tuple[Rect, ...], values: NDArray[np.floating], names: tuple[str, ...], theme: Theme
) -> None:
    """Draw one bar per class with its name and its probability in per cent; the most probable one stands out."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    best = int(np.argmax(values)) if len(values) else -1
    metrics = painter.fontMetrics()
    name_width = max((metrics.horizontalAdvance(name) for name in names), default=0) + 6
    number_width = metrics.horizontalAdvance("100 %") + 4
    name_width = min(name_width, int(0.5 * boxes[0].width)) if boxes else name_width
    for unit, (box, value) in enumerate(zip(boxes, values.tolist(), strict=False)):
        strong = unit == best
        painter.setPen(theme.color(Token.TEXT if strong else Token.MUTED))
        line = QRectF(box.x + 5, box.y, box.width - 5, box.height)
        name = names[unit] if unit < len(names) else str(unit)
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_width)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{100 * value:.0f} %")
        high = min(10.0, box.height - 6)
        track = QRectF(line.x() + name_width, box.center_y - high / 2, line.width() - name_width - number_width, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(Token.LINE))
        painter.drawRoundedRect(track, 2, 2)
        if value * track.width() >= 1.0:
            track.setWidth(max(2.0, track.width() * min(1.0, value)))
            painter.setBrush(_row_color(theme, strong))
            painter.drawRoundedRect(track, 2, 2)


def _row_color(theme: Theme, strong: bool) -> QColor:
    blue = theme.color(Token.POSITIVE)
    return blue if strong else mix(theme.color(Token.CARD), blue, 0.6)
