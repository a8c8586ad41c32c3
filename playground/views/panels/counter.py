"""A number that changes thirty times a second without moving anything around it."""

import math

from PySide6.QtCore import QLocale, QRect, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.views.theme import CAPTION_SIZE, COUNTER_SIZE, Theme, Token, sized_font

_NONE = "–"


class Counter(QWidget):
    """A large value with a caption below; wide enough for ``widest`` and never resized by its value."""

    def __init__(self, caption: str, widest: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._caption, self._widest, self._text, self._token = caption, widest, _NONE, Token.TEXT
        self.set_size(COUNTER_SIZE)
        theme.changed.connect(self._recolor)
        self._name()

    @property
    def text(self) -> str:
        """The value as it stands on screen."""
        return self._text

    @property
    def caption(self) -> str:
        """What the value is."""
        return self._caption

    def set_size(self, pixels: int) -> None:
        """Draw the value ``pixels`` high."""
        self._large, self._small = sized_font(pixels, bold=True), sized_font(CAPTION_SIZE)
        width = max(
            QFontMetrics(self._large).horizontalAdvance(self._widest),
            QFontMetrics(self._small).horizontalAdvance(self._caption),
        )
        self._size = QSize(width + 4, QFontMetrics(self._large).height() + QFontMetrics(self._small).height())
        self.setFixedSize(self._size)
        self.update()

    def set_caption(self, caption: str) -> None:
        """Say what the value is."""
        if caption != self._caption:
            self._caption = caption
            self._name()
            self.update()

    def show_text(self, text: str, token: Token = Token.TEXT) -> None:
        """Show ``text`` in the colour of ``token``; nothing is drawn when nothing changed."""
        if text != self._text or token is not self._token:
            self._text, self._token = text, token
            self._name()
            self.update()

    def sizeHint(self) -> QSize:
        """The fixed size."""
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw value and caption."""
        painter = QPainter(self)
        painter.setFont(self._large)
        painter.setPen(self._theme.color(self._token))
        height = painter.fontMetrics().height()
        painter.drawText(QRect(0, 0, self.width(), height), Qt.AlignmentFlag.AlignLeft, self._text)
        painter.setFont(self._small)
        painter.setPen(self._theme.color(Token.MUTED))
        painter.drawText(
            QRect(0, height - 1, self.width(), self.height() - height + 1), Qt.AlignmentFlag.AlignLeft, self._caption
        )
        painter.end()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._caption}: {self._text}")

    @Slot()
    def _recolor(self) -> None:
        self.update()


def loss_text(value: float | None) -> str:
    """A loss in at most seven characters: 0.034, 1.2e-5, 12.50."""
    if value is None:
        return _NONE
    locale = QLocale()
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    size = abs(value)
    if size and (size < 0.0005 or size >= 100_000):
        return locale.toString(value, "e", 1).replace("e-0", "e-").replace("e+0", "e").replace("E-0", "E-")
    decimals = 3 if size < 10 else 2 if size < 100 else 1 if size < 1000 else 0
    return locale.toString(value, "f", decimals)


def short_count(value: int) -> str:
    """A whole number that keeps its place: 7,242, 9,999,999, then 12.35 M."""
    if value < 10_000_000:
        return QLocale().toString(value)
    size, name = (1e9, "G") if value >= 1e10 else (1e6, "M")
    return f"{QLocale().toString(value / size, 'f', 2 if value / size < 1000 else 0)} {name}"


def count_text(value: int) -> str:
    """A whole number with the separators of the user's language."""
    return QLocale().toString(value)


def metric_text(name: str, value: float | None) -> str:
    """A metric: accuracy as a percentage, others as a number."""
    if value is None:
        return _NONE
    if name == "accuracy":
        return QLocale().toString(100 * value, "f", 1) + " %"
    return QLocale().toString(value, "f", 3)
