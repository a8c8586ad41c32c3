"""The confusion matrix: how often which true class was taken for which."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.views.table_twin import Column, Table, TwinAction
from playground.views.theme import CAPTION_SIZE, Theme, Token, mix, sized_font

_LEFT, _TOP = 16, 32  # room for the words "true" and "predicted"
_NAME, _LARGEST, _WIDE = 70, 64, 30  # widest name, largest side, width of cells that are less high
_ELIDED = Qt.TextElideMode.ElideRight


class ConfusionView(QWidget):
    """Rows are true classes, columns predicted ones; green on the diagonal is right, amber beside it is wrong.

    Signals:
        picked(object): the cell that was clicked, (true, predicted); None beside the cells.
    """

    picked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._matrix: NDArray[np.integer] | None = None
        self._names: tuple[str, ...] = ()
        self._marked: tuple[int, int] | None = None
        self._metrics = QFontMetrics(sized_font(CAPTION_SIZE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Confusion matrix of the test data"))
        theme.changed.connect(self.update)
        TwinAction(self)

    def sizeHint(self) -> QSize:
        """Room for ten classes."""
        return QSize(306, 306)

    def show_matrix(self, matrix: NDArray[np.integer] | None, names: tuple[str, ...]) -> None:
        """Show other counts; matrix (true, predicted)."""
        if (
            matrix is not None
            and self._matrix is not None
            and np.array_equal(matrix, self._matrix)
            and names == self._names
        ):
            return
        self._matrix, self._names = matrix, names
        self.update()

    def begin(self, names: tuple[str, ...]) -> None:
        """Forget the counts of classes that had other names; () when there are no examples at all."""
        if names != self._names:
            self.show_matrix(None, names)

    def mark(self, cell: tuple[int, int] | None) -> None:
        """Frame a cell, or none."""
        self._marked = cell
        self.update()

    def table(self) -> Table:
        """One row per true class: how often it was taken for each class."""
        matrix = self._matrix if self._matrix is not None else np.zeros((0, 0), np.int64)
        names = self._names[: len(matrix)]
        head = Column(self.tr("true class"), names)
        taken = self.tr("predicted %1")
        return Table(
            self.accessibleName(),
            (head, *(Column(taken.replace("%1", name), matrix[:, place]) for place, name in enumerate(names))),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the cell under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self._matrix is not None:
            self.picked.emit(self._cell_at(event.position().toPoint()))

    def cell(self, true: int, predicted: int) -> QRect:
        """Where a cell stands."""
        area, size = self._grid()
        return QRect(
            area.left() + predicted * size.width(),
            area.top() + true * size.height(),
            size.width() - 1,
            size.height() - 1,
        )

    def _grid(self) -> tuple[QRect, QSize]:
        """Where all cells stand, and how large each is: square where there is room, else wider than high."""
        count = max(len(self._matrix) if self._matrix is not None else 0, 1)
        names = max(map(self._metrics.horizontalAdvance, self._names), default=0)
        left = _LEFT + min(max(names, 14), _NAME) + 6
        height = min((self.height() - _TOP) // count, _LARGEST)
        width = min((self.width() - left) // count, max(height, _WIDE))
        size = QSize(max(width, 2), max(height, 2))
        start = left + max((self.width() - left - width * count) // 2, 0)
        return QRect(QPoint(start, _TOP), size * count), size

    def _cell_at(self, place: QPoint) -> tuple[int, int] | None:
        count = len(self._matrix) if self._matrix is not None else 0
        cells = ((row, column) for row in range(count) for column in range(count))
        return next((cell for cell in cells if self.cell(*cell).contains(place)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, cells and counts."""
        if self._matrix is None or not len(self._matrix):
            return
        painter = QPainter(self)
        painter.setFont(sized_font(CAPTION_SIZE))
        count = len(self._matrix)
        self._draw_names(painter)
        most = max(1, int(self._matrix.max()))
        for row in range(count):
            for column in range(count):
                self._draw_cell(
                    painter, self.cell(row, column), int(self._matrix[row, column]), most, right=row == column
                )
        if self._marked is not None and max(self._marked) < count:
            painter.setPen(QPen(self._theme.color(Token.SELECTION), 2.5))
            painter.drawRect(self.cell(*self._marked).adjusted(1, 1, -1, -1))
        painter.end()

    def _draw_names(self, painter: QPainter) -> None:
        area, size = self._grid()
        flag = Qt.AlignmentFlag
        painter.setPen(self._theme.color(Token.MUTED))
        painter.drawText(QRect(area.left(), 0, area.width(), 14), flag.AlignCenter, self.tr("predicted"))
        names = min(area.left() - _LEFT - 6, _NAME)
        painter.save()
        painter.translate(area.left() - names - 6 - _LEFT + 7, area.center().y())
        painter.rotate(-90)
        painter.drawText(QRect(-50, -7, 100, 14), flag.AlignCenter, self.tr("true"))
        painter.restore()
        legible = size.height() > self._metrics.capHeight()
        for index, name in enumerate(self._names):
            above = QRect(area.left() + index * size.width(), 15, size.width(), 15)
            beside = QRect(area.left() - names - 6, area.top() + index * size.height(), names, size.height())
            for place, flags in ((above, flag.AlignCenter), (beside, flag.AlignRight | flag.AlignVCenter)):
                if place is beside and not legible:
                    continue
                painter.drawText(place, flags, self._metrics.elidedText(name, _ELIDED, place.width()))

    def fill(self, value: int, most: int, *, right: bool) -> QColor:
        """The colour of a cell, at its strongest still pale enough for its number."""
        if value == 0:
            return self._theme.color(Token.HOVER)
        tint = self._theme.color(Token.GOOD if right else Token.WARNING)
        room = 0.4 if right else 0.3 if self._theme.dark else 0.5
        return mix(self._theme.color(Token.CARD), tint, 0.12 + room * (value / most if right else min(1, value / 8)))

    def _draw_cell(self, painter: QPainter, cell: QRect, value: int, most: int, *, right: bool) -> None:
        painter.fillRect(cell, self.fill(value, most, right=right))
        if value and cell.height() >= self._metrics.capHeight():  # below, the shade alone tells
            painter.setPen(self._theme.color(Token.TEXT))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(value))
