"""Examples of each class, as the network will get them."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.data.pictures import PictureSet
from playground.views.markers import marker_path
from playground.views.scales import number
from playground.views.theme import TEXT_SIZE, Theme, Token, sized_font

SHOWN = 8
"""Examples of each class."""
_ROW, _SIDE, _LEFT = 58, 50, 120


class Preview(QWidget):
    """One row per class: marker, name, number of pictures, and some of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._found: PictureSet | None = None
        self._images: list[list[QImage]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for all classes."""
        return QSize(_LEFT + SHOWN * (_SIDE + 4), _ROW * max(1, len(self._images)))

    def show_set(self, found: PictureSet | None, shown: list[NDArray[np.uint8]]) -> None:
        """Show other pictures; shown: of each class uint8 (some, side, side, 1 or 3)."""
        self._found = found
        self._images = [[as_image(picture) for picture in pictures] for pictures in shown]
        self.setMinimumHeight(_ROW * len(self._images))
        names = (
            []
            if found is None
            else [f"{name}: {number(count)}" for name, count in zip(found.class_names, found.counts, strict=True)]
        )
        self.setAccessibleName(self.tr("Examples of each class"))
        self.setAccessibleDescription(", ".join(names))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        if self._found is None:
            return
        painter, theme, found = QPainter(self), self._theme, self._found
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized_font(TEXT_SIZE))
        colors, counts = theme.class_colors(len(found.class_names)), found.counts
        for label, images in enumerate(self._images):
            top = label * _ROW
            painter.save()
            painter.translate(QPointF(12, top + _ROW / 2 - 9))
            painter.setPen(QPen(theme.color(Token.TEXT), 1))
            painter.setBrush(colors[label])
            painter.drawPath(marker_path(theme.class_marker(label), 5))
            painter.restore()
            painter.setPen(theme.color(Token.TEXT))
            name = painter.fontMetrics().elidedText(found.class_names[label], Qt.TextElideMode.ElideRight, _LEFT - 34)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(26, top + 10, _LEFT - 32, 22), flags, name)
            painter.setPen(theme.color(Token.MUTED))
            painter.drawText(QRectF(26, top + 28, _LEFT - 32, 22), flags, number(counts[label]))
            for place, image in enumerate(images):
                box = QRectF(_LEFT + place * (_SIDE + 4), top + (_ROW - _SIDE) / 2, _SIDE, _SIDE)
                painter.drawImage(box, image)
        painter.end()


def as_image(picture: NDArray[np.uint8]) -> QImage:
    """A picture uint8 (h, w, 1 or 3) as it is."""
    height, width, channels = picture.shape
    kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_Grayscale8
    flat = np.ascontiguousarray(picture)
    return QImage(flat.data, width, height, width * channels, kind).copy()
