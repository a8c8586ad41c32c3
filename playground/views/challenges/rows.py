"""A row in the list of challenges: its stars, its title, how hard it is, and the best score."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from playground.lessons.challenges.challenge import STARS
from playground.views.challenges.stars import star
from playground.views.theme import CAPTION_SIZE, TEXT_SIZE, Theme, Token, mix, sized_font

ROW = Qt.ItemDataRole.UserRole
"""Under this a list item holds its ``Row``."""

HEIGHT, STAR = 38, 15
"""Pixels of the design."""


@dataclass(frozen=True)
class Row:
    """What a row shows. ``best``: the best score in words, "" before the first."""

    title: str
    level: str
    stars: int
    best: str


class Rows(QStyledItemDelegate):
    """Paints stars at the left, title above level, the best score at the right."""

    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(200, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row: Row = index.data(ROW)
        theme, box = self._theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.color(Token.SELECTION), 1))
            painter.setBrush(mix(theme.color(Token.CARD), theme.color(Token.SELECTION), 0.12))
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 6, 6)
        for place in range(STARS):
            won = place < row.stars
            painter.setPen(QPen(theme.color(Token.GOOD if won else Token.CONTROL_LINE), 1))
            painter.setBrush(theme.color(Token.GOOD if won else Token.CARD))
            left = box.left() + 12 + place * (STAR + 3)
            painter.drawPolygon(star(QPointF(left + STAR / 2, box.center().y()), STAR / 2))
        self._words(painter, row, box.adjusted(26 + STARS * (STAR + 3), 3, -12, -3))
        painter.restore()

    def _words(self, painter: QPainter, row: Row, box: QRectF) -> None:
        theme, middle, half = self._theme, Qt.AlignmentFlag.AlignVCenter, box.height() / 2
        painter.setFont(sized_font(TEXT_SIZE))
        painter.setPen(theme.color(Token.TEXT))
        wide = painter.fontMetrics().horizontalAdvance(row.best) + 8 if row.best else 0
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, row.best)
        upper = box.adjusted(0, 0, -wide, -half)
        cut = Qt.TextElideMode.ElideRight
        painter.drawText(upper, middle, painter.fontMetrics().elidedText(row.title, cut, int(upper.width())))
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(theme.color(Token.MUTED))
        painter.drawText(box.adjusted(0, half, -wide, 0), middle, row.level)
