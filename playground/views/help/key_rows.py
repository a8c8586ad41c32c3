"""Rows of the list of keys: what an action does at the left, its keys as caps at the right."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from playground.views.theme import CAPTION_SIZE, TEXT_SIZE, Theme, Token, mix, sized_font

ROW = Qt.ItemDataRole.UserRole
_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


@dataclass(frozen=True)
class KeyRow:
    """An action and the ways to reach it; each way is a combination of keys, such as ("Ctrl", "S").

    A row without keys is the heading of a group.
    """

    text: str
    ways: tuple[tuple[str, ...], ...] = ()

    @property
    def spoken(self) -> str:
        """The keys as text: "Ctrl+S, F2"."""
        return ", ".join("+".join(way) for way in self.ways)


def caps(keys: str) -> tuple[str, ...]:
    """The single keys of a combination: "Ctrl++" → ("Ctrl", "+")."""
    parts = keys[:-1].split("+") if keys.endswith("+") else keys.split("+")
    return (*(part for part in parts if part), *("+" * keys.endswith("+")))


class KeyRows(QStyledItemDelegate):
    """Paints rows and headings."""

    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line; a heading has air above it."""
        heading = not index.data(ROW).ways
        return QSize(200, 38 if heading and index.row() else 28)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row, theme, line = index.data(ROW), self._theme, QRectF(option.rect).adjusted(10, 0, -10, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not row.ways:
            font = sized_font(CAPTION_SIZE)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(theme.color(Token.MUTED))
            painter.drawText(line.adjusted(0, 0, 0, -6), Qt.AlignmentFlag.AlignBottom, row.text)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mix(theme.color(Token.CARD), theme.color(Token.SELECTION), 0.12))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), 6, 6)
        left = self._caps(painter, row, line)
        painter.setFont(sized_font(TEXT_SIZE))
        painter.setPen(theme.color(Token.TEXT))
        room = QRectF(line.left(), line.top(), left - line.left() - 12, line.height())
        words = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _caps(self, painter: QPainter, row: KeyRow, line: QRectF) -> float:
        """Draw the keys from right to left; returns where they begin."""
        theme, right, height = self._theme, line.right(), 20
        painter.setFont(sized_font(CAPTION_SIZE))
        metrics, flags = painter.fontMetrics(), Qt.AlignmentFlag.AlignCenter
        top = line.center().y() - height / 2
        for number, way in enumerate(reversed(row.ways)):
            if number:
                width = metrics.horizontalAdvance(",") + 6
                painter.setPen(theme.color(Token.MUTED))
                painter.drawText(QRectF(right - width, top, width - 4, height), flags, ",")
                right -= width
            for key in (_ARROWS.get(name, name) for name in reversed(way)):
                width = max(height, metrics.horizontalAdvance(key) + 12)
                box = QRectF(right - width, top, width, height)
                painter.setPen(theme.color(Token.CONTROL_LINE))
                painter.setBrush(theme.color(Token.WINDOW))
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
                painter.setPen(theme.color(Token.TEXT))
                painter.drawText(box, flags, key)
                right -= width + 4
        return right
