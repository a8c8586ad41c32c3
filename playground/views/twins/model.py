"""The model behind a table twin: it looks values up when they are shown, so that long tables cost nothing."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from playground.views.table_twin import Table
from playground.views.twins.writing import plain_value, shown

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()


class TwinModel(QAbstractTableModel):
    """Shows one ``table`` at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = Table("")

    def show(self, table: Table) -> None:
        """Show another table."""
        before, after = self.table, table
        same = before.height == after.height and [c.title for c in before.columns] == [c.title for c in after.columns]
        if same and after.height:  # keeps the selection and the place
            self.table = table
            self.dataChanged.emit(self.index(0, 0), self.index(after.height - 1, len(after.columns) - 1))
            return
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """As many as the columns are long."""
        return 0 if parent.isValid() else self.table.height

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """As the table has."""
        return 0 if parent.isValid() else len(self.table.columns)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """A value in the user's language; numbers stand at the right."""
        if not index.isValid() or role not in (_Role.DisplayRole, _Role.TextAlignmentRole):
            return None
        value = plain_value(self.table.columns[index.column()].values[index.row()])
        if role == _Role.DisplayRole:
            return shown(value)
        side = Qt.AlignmentFlag.AlignRight if isinstance(value, (int, float)) else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """The heads of the columns; rows are counted from 1."""
        if role != _Role.DisplayRole:
            return None
        return self.table.columns[section].title if orientation is Qt.Orientation.Horizontal else str(section + 1)
