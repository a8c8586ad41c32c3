"""Three stars, each with what it asks for; those that are won are filled."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.lessons.challenges.challenge import STARS, Challenge
from playground.views.challenges import words
from playground.views.theme import CAPTION_SIZE, Theme, Token, mix, sized_font

STAR, COLUMN, INNER = 20, 46, 0.42
"""Pixels of the design: how wide a star is and how much room it has; how deep its notches are, as a share."""


class Stars(QWidget):
    """Stars side by side, what they ask for below.

    Those that the run reaches now are tinted; those that the judge has given are filled.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._limits: tuple[str, ...] = ("",) * STARS
        self.reached = self.given = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Stars"))
        theme.changed.connect(self.update)

    def show_stars(self, challenge: Challenge, reached: int, given: int) -> None:
        """So many are reached by the run, so many were given by the judge."""
        limits = tuple(words.limit_text(challenge, limit) for limit in challenge.stars)
        if (limits, reached, given) == (self._limits, self.reached, self.given):
            return
        self._limits, self.reached, self.given = limits, reached, given
        rows = [f"{words.stars_text(count + 1)}  {limit}" for count, limit in enumerate(limits)]
        self.setToolTip("\n".join((words.metric_name(challenge), *rows)))
        self.setAccessibleDescription(f"{words.stars_spoken(given)}. {', '.join(rows)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the stars and a caption below."""
        return QSize(COLUMN * STARS, STAR + 2 + QFontMetrics(sized_font(CAPTION_SIZE)).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized_font(CAPTION_SIZE))
        for place in range(STARS):
            self._draw(painter, place)
        painter.end()

    def _draw(self, painter: QPainter, place: int) -> None:
        theme, left, size = self._theme, place * COLUMN, STAR
        good, card = theme.color(Token.GOOD), theme.color(Token.CARD)
        won, near = place < self.given, place < self.reached
        painter.setPen(QPen(good if won or near else theme.color(Token.CONTROL_LINE), 1.2))
        painter.setBrush(good if won else mix(card, good, 0.25) if near else card)
        painter.drawPolygon(star(QPointF(left + COLUMN / 2, size / 2 + 0.5), size / 2 - 0.5))
        painter.setPen(theme.color(Token.TEXT if won or near else Token.MUTED))
        below = QRectF(left, size + 2, COLUMN, self.height() - size - 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._limits[place])


def star(middle: QPointF, radius: float) -> QPolygonF:
    """A star with five points around ``middle``."""
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * INNER
        angle = math.tau * corner / 10 - math.pi / 2
        corners.append(middle + QPointF(reach * math.cos(angle), reach * math.sin(angle)))
    return QPolygonF(corners)
