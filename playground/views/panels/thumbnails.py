"""Small live pictures of the data sets, painted from real samples, and the button that shows one."""

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from playground.data.dataset import DOMAIN, Dataset, Task
from playground.data.make import make
from playground.data.sources import SOURCES
from playground.views import colormap
from playground.views.theme import Theme, Token

_SIDE = 26
_SAMPLE = {"points": 130, "noise": 0.04, "training_share": 0.5, "seed": 3}
_MARGIN = 2


class SourceButton(QAbstractButton):
    """One data set of the gallery: its picture, its name as tool-tip, a violet border when chosen."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        source = SOURCES[name]()
        self.name = name
        self._theme = theme
        self._picture: QImage | None = None
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(_SIDE, _SIDE)
        self.setAccessibleName(source.title)
        self.setAccessibleDescription(source.description)
        self.setToolTip(f"<b>{source.title}</b><br>{source.description}")
        self.setObjectName(f"data.source.{name}")

    def sizeHint(self) -> QSize:
        """Four of them stand side by side in the panel."""
        return QSize(_SIDE, _SIDE)

    def repaint_picture(self) -> None:
        """Paint anew with the theme's colours."""
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the picture and the border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self.isChecked()
        line = Token.SELECTION if marked else Token.CONTROL_LINE if self.underMouse() else Token.LINE
        width = 2.0 if marked else 1.0
        frame = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(self._theme.color(line), width))
        painter.setBrush(self._theme.color(Token.CARD))
        painter.drawRoundedRect(frame, 6, 6)
        painter.drawImage(QRect(_MARGIN, _MARGIN, _SIDE - 2 * _MARGIN, _SIDE - 2 * _MARGIN), self._drawn())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(
                QPen(self._theme.color(Token.SELECTION), 1.5, Qt.PenStyle.DotLine if marked else Qt.PenStyle.SolidLine)
            )
            inset = 3.5 if marked else 1.0
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.end()

    def _drawn(self) -> QImage:
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = thumbnail(self.name, self._theme, _SIDE - 2 * _MARGIN, ratio)
        return self._picture


def thumbnail(name: str, theme: Theme, side: int, ratio: float = 1.0) -> QImage:
    """A small picture of the data set ``name``, ``side`` logical pixels wide."""
    sample = make(SOURCES[name](), **_SAMPLE)  # type: ignore[arg-type]
    picture = QImage(QSize(round(side * ratio), round(side * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    (_paint_images if sample.input_kind == "image" else _paint_points)(painter, sample, theme, side)
    painter.end()
    return picture


def _paint_points(painter: QPainter, sample: Dataset, theme: Theme, side: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    colors = _point_colors(sample, theme)
    places = (sample.inputs * (0.98, -0.98) / DOMAIN + 1) * (side / 2)
    square = sample.labels is not None
    for (x, y), color, kind in zip(places.tolist(), colors, _kinds(sample), strict=True):
        painter.setBrush(color)
        spot = QRectF(x - 1.1, y - 1.1, 2.2, 2.2)
        if square and kind == 0:
            painter.drawRect(spot)
        else:
            painter.drawEllipse(spot)


def _kinds(sample: Dataset) -> list[int]:
    return [1] * sample.n if sample.labels is None else sample.labels.tolist()


def _point_colors(sample: Dataset, theme: Theme) -> list[QColor]:
    if sample.task is Task.REGRESSION or sample.labels is None:
        table = theme.diverging_lut()
        chosen = table[colormap.places(sample.targets[:, 0], -1.0, 1.0)]
        return [QColor(*row) for row in chosen.tolist()]
    palette = theme.class_colors(len(sample.class_names))
    return [palette[label] for label in sample.labels.tolist()]


def _paint_images(painter: QPainter, sample: Dataset, theme: Theme, side: int) -> None:
    """Four examples, two by two, their pixels crisp."""
    ink, paper = theme.color(Token.TEXT), theme.color(Token.CARD)
    half = side // 2
    for place, row in enumerate(_first_of_each_class(sample, 4)):
        tile = colormap.grey_image(sample.inputs[row, :, :, 0], ink, paper)
        corner = QPoint((place % 2) * half, (place // 2) * half)
        painter.drawImage(QRect(corner, QSize(half - 1, half - 1)), tile)


def _first_of_each_class(sample: Dataset, count: int) -> list[int]:
    assert sample.labels is not None
    return [int(np.flatnonzero(sample.labels == label)[0]) for label in range(count)]
