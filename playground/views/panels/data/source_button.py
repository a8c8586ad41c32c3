"""One data set of the gallery: its picture, its name as tool-tip, a violet border when chosen."""

import html

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from playground.data.dataset import Dataset
from playground.data.sources import Source
from playground.session.language import translated
from playground.views.panels.data.thumbnails import thumbnail
from playground.views.theme import Theme, Token

SIDE = 32
_MARGIN = 3


class SourceButton(QAbstractButton):
    """Shows ``sample`` as soon as it is given one; until then the place is empty."""

    def __init__(self, name: str, source: Source, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.source = name, source
        self._theme = theme
        self._sample: Dataset | None = None
        self._picture: QImage | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(SIDE, SIDE)
        self.setObjectName(f"data.source.{name}")
        self.describe(source)

    @property
    def empty(self) -> bool:
        """Whether there is no picture yet."""
        return self._sample is None

    def describe(self, source: Source) -> None:
        """Tell of this source by tool-tip and for screen readers."""
        self.source = source
        title, sentence = translated(source.title), translated(source.description)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setToolTip(f"<b>{html.escape(title)}</b><br>{html.escape(sentence)}")

    def show_sample(self, sample: Dataset | None) -> None:
        """Take the examples to draw."""
        if sample is not self._sample:
            self._sample, self._picture = sample, None
            self.update()

    def sizeHint(self) -> QSize:
        """Five of them stand side by side in the panel."""
        return QSize(SIDE, SIDE)

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
        if (picture := self._drawn()) is not None:
            painter.drawImage(QRect(_MARGIN, _MARGIN, SIDE - 2 * _MARGIN, SIDE - 2 * _MARGIN), picture)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(
                QPen(self._theme.color(Token.SELECTION), 1.5, Qt.PenStyle.DotLine if marked else Qt.PenStyle.SolidLine)
            )
            inset = 3.5 if marked else 1.0
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.end()

    def _drawn(self) -> QImage | None:
        ratio = self.devicePixelRatioF()
        if self._sample is not None and (self._picture is None or self._picture.devicePixelRatio() != ratio):
            self._picture = thumbnail(self._sample, self._theme, SIDE - 2 * _MARGIN, ratio)
        return self._picture
