"""The confusion matrix: how often which true class was taken for which."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.views.theme import CAPTION_SIZE, Theme, Token, mix, sized_font

_LEFT, _TOP = 34, 32


class ConfusionView(QWidget):
    """Rows are true classes, columns predicted ones; green on the diagonal is right, amber beside it is wrong."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._matrix: NDArray[np.integer] | None = None
        self._names: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Confusion matrix of the test data"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for ten classes."""
        return QSize(306, 306)

    def show_matrix(self, matrix: NDArray[np.integer] | None, names: tuple[str, ...]) -> None:
        """Show other counts; matrix (true, predicted)."""
        if matrix is not None and self._matrix is not None and np.array_equal(matrix, self._matrix):
            return
        self._matrix, self._names = matrix, names
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, cells and counts."""
        if self._matrix is None or not len(self._matrix):
            return
        painter = QPainter(self)
        painter.setFont(sized_font(CAPTION_SIZE))
        count = len(self._matrix)
        side = min((self.width() - _LEFT) // count, (self.height() - _TOP) // count)
        left = _LEFT + (self.width() - _LEFT - side * count) // 2
        self._draw_names(painter, left, side)
        most = max(1, int(self._matrix.max()))
        for row in range(count):
            for column in range(count):
                cell = QRect(left + column * side, _TOP + row * side, side - 1, side - 1)
                self._draw_cell(painter, cell, int(self._matrix[row, column]), most, right=row == column)
        painter.end()

    def _draw_names(self, painter: QPainter, left: int, side: int) -> None:
        painter.setPen(self._theme.color(Token.MUTED))
        center = Qt.AlignmentFlag.AlignCenter
        span = side * len(self._names)
        painter.drawText(QRect(left, 0, span, 14), center, self.tr("predicted"))
        painter.save()
        painter.translate(left - _LEFT + 7, _TOP + span / 2)
        painter.rotate(-90)
        painter.drawText(QRect(-50, -7, 100, 14), center, self.tr("true"))
        painter.restore()
        for index, name in enumerate(self._names):
            painter.drawText(QRect(left + index * side, 15, side, 15), center, name)
            painter.drawText(QRect(left - 20, _TOP + index * side, 18, side), center, name)

    def _draw_cell(self, painter: QPainter, cell: QRect, value: int, most: int, *, right: bool) -> None:
        card = self._theme.color(Token.CARD)
        tint = self._theme.color(Token.GOOD if right else Token.WARNING)
        share = 0.0 if value == 0 else 0.12 + (0.4 if right else 0.5) * (value / most if right else min(1, value / 8))
        painter.fillRect(cell, mix(card, tint, share) if value else self._theme.color(Token.HOVER))
        if value:
            painter.setPen(self._theme.color(Token.TEXT))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(value))
