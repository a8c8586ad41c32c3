"""The first rows of a table as they stand in the file."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from playground.data.tables.read import Preview

Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 22


class FirstRows(QTableView):
    """Shows a preview; cells can be walked through, not edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setObjectName("table.preview")
        self.setAccessibleName(self.tr("First rows"))
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMaximumSectionSize(220)

    def show_preview(self, preview: Preview, first: int) -> None:
        """Show these rows; first: the number of the first of them in the file."""
        self._model.fill(preview, first)
        for column in range(min(len(preview.names), 60)):
            self.resizeColumnToContents(column)


class _Model(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview = Preview((), ())
        self._first = 1

    def fill(self, preview: Preview, first: int) -> None:
        """Take other rows."""
        self.beginResetModel()
        self._preview, self._first = preview, first
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._preview.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._preview.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._preview.rows[index.row()][index.column()][:80]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of columns, numbers of rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._preview.names[section] if orientation is Qt.Orientation.Horizontal else str(section + self._first)
