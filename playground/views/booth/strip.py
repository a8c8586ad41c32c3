"""The sheet of collected drawings, the newest first; mistakes are selected and deleted."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from playground.data.drawings import Drawings
from playground.views.colormap import grey_image
from playground.views.markers import marker_path
from playground.views.theme import Theme, Token

SIDE = 40
WIDTH = 190
"""Pixels for three pictures and a scroll bar."""
_Index = QModelIndex | QPersistentModelIndex


class DrawingsModel(QAbstractListModel):
    """The drawings as pictures with the marker of their class."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawings: Drawings | None = None

    def show(self, drawings: Drawings) -> None:
        """Show other drawings."""
        if drawings != self._drawings:
            self.beginResetModel()
            self._drawings = drawings
            self.endResetModel()

    def row_of(self, index: _Index) -> int:
        """The place of a shown drawing among all."""
        return self.rowCount() - 1 - index.row()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many drawings there are."""
        return len(self._drawings.block["labels"]) if self._drawings is not None else 0

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The picture, and its class as tool-tip and for screen readers."""
        if self._drawings is None or not index.isValid():
            return None
        row = self.row_of(index)
        label = int(self._drawings.block["labels"][row])
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(row, label)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._drawings.class_names[label]
        return None

    def _picture(self, row: int, label: int) -> QPixmap:
        assert self._drawings is not None
        theme = self._theme
        values = self._drawings.block["images"][row, :, :, 0] / 255.0
        small = grey_image(values, theme.color(Token.TEXT), theme.color(Token.CARD))
        picture = QPixmap.fromImage(small.scaled(SIDE, SIDE, mode=Qt.TransformationMode.SmoothTransformation))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color(Token.LINE))
        painter.drawRect(0, 0, SIDE - 1, SIDE - 1)
        painter.translate(QPointF(7.5, SIDE - 7.5))
        painter.setPen(QPen(theme.color(Token.TEXT), 1))
        painter.setBrush(theme.class_colors(len(self._drawings.class_names))[label])
        painter.drawPath(marker_path(theme.class_marker(label), 4))
        painter.end()
        return picture


class Strip(QListView):
    """Pictures side by side, in as many rows as they need.

    Signals:
        unwanted(object): the drawings at these places (list of int) are to be deleted.
    """

    unwanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.drawings = DrawingsModel(theme, self)
        self.setModel(self.drawings)
        self.setObjectName("booth.strip")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setSpacing(2)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)
        theme.changed.connect(self._dress)
        self._dress()
        self.setAccessibleName(self.tr("Collected drawings"))
        self.setToolTip(self.tr("Select drawings that went wrong and press Delete"))
        theme.changed.connect(self.viewport().update)

    def _dress(self) -> None:
        line, soft = self._theme.hex(Token.SELECTION), self._theme.color(Token.SELECTION)
        soft.setAlpha(90)
        self.setStyleSheet(
            "QListView { border: 2px solid transparent; border-radius: 6px; background: transparent; outline: 0; }"
            f"QListView:focus {{ border-color: {line}; }}"
            "QListView::item { padding: 2px; border-radius: 4px; }"
            f"QListView::item:selected {{ background: {soft.name(QColor.NameFormat.HexArgb)}; }}"
        )

    @property
    def chosen(self) -> list[int]:
        """The places of the selected drawings."""
        return sorted(self.drawings.row_of(index) for index in self.selectedIndexes())

    @Slot()
    def delete(self) -> None:
        """Ask to delete what is selected."""
        if self.chosen:
            self.unwanted.emit(self.chosen)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures, or say what will stand here."""
        super().paintEvent(event)
        if self.drawings.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.color(Token.MUTED))
            text = self.tr("What you collect stands here; mistakes can be deleted.")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
            painter.end()

    def keyboardSearch(self, search: str) -> None:
        """Digits collect the drawing, they do not search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete what is selected."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete()
        else:
            super().keyPressEvent(event)
