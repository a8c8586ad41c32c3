"""What was drawn on the pad: strokes of the pen, and the picture that they make."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

FINE = 224
"""Pixels of the fine picture, wide and high: a multiple of 8, 16 and 28."""


@dataclass
class Stroke:
    """One line of the pen. points: in 0..1 from the top left; width: of the pen, in the same unit."""

    width: float
    points: list[QPointF] = field(default_factory=list)

    def path(self, side: float) -> QPainterPath:
        """The line on a square of ``side``, rounded between its points."""
        points = [QPointF(point.x() * side, point.y() * side) for point in self.points]
        path = QPainterPath(points[0])
        if len(points) == 1:
            path.lineTo(points[0] + QPointF(0.01, 0))
        for before, after in pairwise(points[1:]):
            path.quadTo(before, (before + after) / 2)
        if len(points) > 1:
            path.lineTo(points[-1])
        return path


def paint(painter: QPainter, strokes: list[Stroke], side: float, ink: QColor) -> None:
    """Draw all strokes on a square of ``side``, smoothly."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    round_pen = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    for stroke in strokes:
        painter.setPen(QPen(ink, stroke.width * side, *round_pen))
        painter.drawPath(stroke.path(side))


def ink(strokes: list[Stroke], broader: float = 1.0) -> NDArray[np.float32]:
    """The fine picture: float32 (FINE, FINE), 0 nothing to 1 full ink; drawn with a pen so many times as broad."""
    image = QImage(FINE, FINE, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    drawn = strokes if broader == 1.0 else [replace(stroke, width=stroke.width * broader) for stroke in strokes]
    paint(painter, drawn, FINE, QColor("white"))
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(FINE, image.bytesPerLine())[:, :FINE]
    return pixels.astype(np.float32) / np.float32(255)


def shrunk(fine: NDArray[np.float32], side: int) -> NDArray[np.uint8]:
    """The picture as it is collected: uint8 (side, side), each pixel the mean of those that it stands for."""
    part = FINE // side
    small = fine.reshape(side, part, side, part).mean(axis=(1, 3))
    pixels: NDArray[np.uint8] = np.rint(small * 255).astype(np.uint8)
    return pixels
