"""The columns of a table: what they hold, what is missing, and a tick at those that the network predicts from."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from playground.data.tables.table import MAX_CATEGORIES, Column, Kind, RawTable
from playground.session.language import translated

_ROW_HEIGHT = 22
_WIDEST = 200
_BOX = 20
"""Pixels for the tick, which the size hint leaves out."""
_TICKABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
_READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Columns(QTableWidget):
    """One row for each column of the table.

    Signals:
        edited(): the user ticked or unticked one.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 5, parent)
        self._columns: tuple[Column, ...] = ()
        self._target = ""
        self.setObjectName("table.columns")
        self.setAccessibleName(self.tr("Columns; Space ticks those to predict from"))
        self.setHorizontalHeaderLabels(
            [self.tr("Input"), self.tr("Kind"), self.tr("Different"), self.tr("Missing"), self.tr("Remark")]
        )
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMaximumSectionSize(_WIDEST)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.itemChanged.connect(lambda item: self.edited.emit() if item.column() == 0 else None)

    def show_columns(self, table: RawTable, ticked: tuple[str, ...]) -> None:
        """Show the columns of a table, some of them ticked."""
        self._columns = table.columns
        with QSignalBlocker(self):
            self.setRowCount(len(table.columns))
            for row, column in enumerate(table.columns):
                for place, text in enumerate(self._texts(column)):
                    item = QTableWidgetItem(text)
                    item.setFlags(_READABLE)
                    if place in (2, 3):
                        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                    self.setItem(row, place, item)
                self._cell(row, 4).setToolTip(self._remark(column))
                self._allow(row, column)
                self._tick(row, column.name in ticked)
        self.setColumnWidth(0, min(self.sizeHintForColumn(0) + _BOX, _WIDEST))

    def mark_target(self, name: str) -> None:
        """Show which column is predicted; it is no input."""
        with QSignalBlocker(self):
            before, self._target = self._target, name
            for row, column in enumerate(self._columns):
                if column.name not in (before, name):
                    continue
                self._allow(row, column)
                if column.name == name:
                    self._cell(row, 0).setData(Qt.ItemDataRole.CheckStateRole, None)
                elif column.kind is not Kind.UNUSABLE:
                    self._tick(row, not column.reason)
                self._cell(row, 4).setText(self._remark(column))

    def ticked(self) -> tuple[str, ...]:
        """The columns to predict from."""
        return tuple(
            column.name
            for row, column in enumerate(self._columns)
            if column.name != self._target and self._cell(row, 0).checkState() is Qt.CheckState.Checked
        )

    def _cell(self, row: int, place: int) -> QTableWidgetItem:
        cell = self.item(row, place)
        assert cell is not None
        return cell

    def _tick(self, row: int, yes: bool) -> None:
        if self._cell(row, 0).flags() & Qt.ItemFlag.ItemIsUserCheckable:
            self._cell(row, 0).setCheckState(Qt.CheckState.Checked if yes else Qt.CheckState.Unchecked)

    def _allow(self, row: int, column: Column) -> None:
        usable = column.kind is not Kind.UNUSABLE and column.name != self._target
        self._cell(row, 0).setFlags(_TICKABLE if usable else _READABLE)

    def _texts(self, column: Column) -> tuple[str, str, str, str, str]:
        kinds = {Kind.NUMBER: self.tr("number"), Kind.CATEGORY: self.tr("text"), Kind.UNUSABLE: "–"}
        number = self.locale().toString
        distinct = self.tr("many") if column.distinct > MAX_CATEGORIES else number(column.distinct)
        return (
            column.name,
            kinds[column.kind],
            distinct,
            number(column.missing + column.bad) if column.missing + column.bad else "",
            self._remark(column),
        )

    def _remark(self, column: Column) -> str:
        if column.name == self._target:
            return self.tr("the target")
        if column.reason:
            return translated(column.reason)
        if column.kind is Kind.CATEGORY:
            shown = ", ".join(column.categories[:6])
            return f"{shown}, …" if len(column.categories) > 6 else shown
        return self.tr("%n not a number", "", column.bad) if column.bad else ""
