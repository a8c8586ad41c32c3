"""The tab Examples: a confusion matrix to choose from, and the examples that are hardest for the network."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QSize, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.insight.judged import Judged
from playground.insight.pictures import JUDGED
from playground.project.changes import Change
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views.class_names import shown_names
from playground.views.panels.card import Connections
from playground.views.panels.confusion_view import ConfusionView
from playground.views.panels.judged.model import PICTURE, JudgedModel
from playground.views.theme import Theme

PACE = 500
"""Milliseconds between two orders of the table while training; more would be restless."""

MATRIX, HEAD, LINE = QSize(260, 150), 22, 21
"""Pixels of the matrix, of the table's head, of a row of text."""
Cell = tuple[int, int]


class JudgedPanel(QWidget):
    """Shows the worst examples; a click on one selects it everywhere.

    Signals:
        chosen(object): bool (n,) the examples of the cell that was clicked in the matrix, None: all.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.examples")
        self.setAccessibleName(self.tr("Examples"))
        self._session, self._theme = session, theme
        self._judged: Judged | None = None
        self.cell: Cell | None = None
        self._connections = Connections()
        self.confusion, self.model = ConfusionView(theme, self), JudgedModel(theme, self)
        self.table, self._words = QTableView(self), QLabel(self)
        self._parts = QButtonGroup(self)
        self._told = QElapsedTimer()
        self._asks = False
        self._build()
        self._connect()
        self._begin()

    def _build(self) -> None:
        self.confusion.setMinimumWidth(MATRIX.width())
        self.confusion.setToolTip(self.tr("Click a cell to see only its examples, here and on the map"))
        head = QHBoxLayout()
        head.setSpacing(4)
        for place, (text, tip) in enumerate(
            (
                (self.tr("All"), self.tr("Training and test examples")),
                (self.tr("Test"), self.tr("Examples that training never sees")),
                (self.tr("Training"), self.tr("Examples that the network learns from")),
            )
        ):
            button = QToolButton(self)
            button.setText(text)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setChecked(place == 0)
            button.setProperty("segment", True)
            self._parts.addButton(button, place)
            head.addWidget(button)
        self._words.setProperty("role", "caption")
        head.addWidget(self._words, 1)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("The examples with the largest loss"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setIconSize(QSize(PICTURE, PICTURE))
        self.table.horizontalHeader().setFixedHeight(HEAD)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setShowGrid(False)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(head)
        right.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 6, 11, 8)
        row.setSpacing(16)
        row.addWidget(self.confusion)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self._connections.add(self._session.document.changed, self._follow)
        self._connections.add(self._session.trainer.snapshot, self._show_snapshot)
        self._connections.add(self._session.trainer.example_selected, self._mark)
        self.confusion.picked.connect(self.choose)
        self._parts.idClicked.connect(lambda _: self.refresh())
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._select(now.row()))

    # -- what is shown ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the present at once."""
        latest = self._session.trainer.latest
        self._told.invalidate()
        if latest is not None:
            self._show_snapshot(latest)
        self._show()

    def choose(self, cell: Cell | None) -> None:
        """Show only the examples of one class (first) that are taken for another (second); None: all again."""
        self.cell = None if cell == self.cell else cell
        self.confusion.mark(self.cell)
        self._show()

    def close(self) -> bool:
        """Stop listening and asking, then close."""
        self._ask(False)
        self._connections.undo()
        return super().close()

    def _begin(self) -> None:
        """Begin with the present data."""
        dataset = self._session.document.samples.dataset
        self._judged, self.cell = None, None
        self.confusion.mark(None)
        self.confusion.setVisible(dataset.labels is not None)
        self.confusion.begin(shown_names(dataset.class_names) if dataset.n else ())
        self.model.show_data(dataset)
        self.table.verticalHeader().setDefaultSectionSize(PICTURE + 4 if dataset.input_kind == "image" else LINE)
        self._words.clear()
        self.table.setColumnWidth(0, 76)
        self.table.setColumnWidth(2, 130)
        self.table.setColumnWidth(3, 170)
        self.table.setColumnWidth(4, 90)
        self.refresh()

    def _among(self, judged: Judged) -> NDArray[np.bool_]:
        """The examples that are wanted: of a part, of a cell."""
        among, part = np.ones(len(judged.rows), np.bool_), self._parts.checkedId()
        if part:
            among &= self.model.training(judged.rows) == (part == 2)
        labels = self._session.document.samples.dataset.labels
        if self.cell is not None and labels is not None:
            among &= judged.cell(labels, *self.cell)
        return among

    def _show(self) -> None:
        dataset, judged = self._session.document.samples.dataset, self._judged
        if judged is None or (len(judged.rows) and judged.rows[-1] >= dataset.n):
            return
        among = self._among(judged)
        self.model.show(judged, among)
        self._tell(judged, among)
        if dataset.labels is not None:
            parts = self._parts.checkedId()
            rows = judged.rows if not parts else judged.rows[self.model.training(judged.rows) == (parts == 2)]
            found = np.isin(judged.rows, rows, assume_unique=True)
            count = len(dataset.class_names)
            pairs = dataset.labels[rows] * count + np.clip(judged.decided[found], 0, count - 1)
            matrix = np.bincount(pairs, minlength=count * count).reshape(count, count)
            self.confusion.show_matrix(matrix, shown_names(dataset.class_names))
            mask = None
            if self.cell is not None:
                mask = np.zeros(dataset.n, np.bool_)
                mask[judged.rows[among]] = True
            self.chosen.emit(mask)
        self._mark(self._session.trainer.example)

    def _tell(self, judged: Judged, among: NDArray[np.bool_]) -> None:
        """How many there are."""
        dataset, locale = self._session.document.samples.dataset, self.locale()
        text = self.tr("%1 examples, the largest loss first").replace("%1", locale.toString(int(among.sum())))
        if self.cell is not None:
            names = shown_names(dataset.class_names)
            text = self.tr("%1 of %2 taken for %3").replace("%1", locale.toString(int(among.sum())))
            text = text.replace("%2", names[self.cell[0]]).replace("%3", names[self.cell[1]])
        if len(judged.rows) < dataset.n:
            text += self.tr(" (one in %1 was judged)").replace("%1", str(round(dataset.n / len(judged.rows))))
        self._words.setText(text)

    @Slot(object)
    def _show_snapshot(self, snapshot: Snapshot) -> None:
        judged = snapshot.pictures.get(JUDGED)
        if judged is None or judged is self._judged:
            return
        running = snapshot.state is RunState.RUNNING
        if running and self._told.isValid() and self._told.elapsed() < PACE:
            return
        self._told.start()
        self._judged = judged
        self._show()

    @Slot(object)
    def _follow(self, change: Change) -> None:
        if change & Change.DATA:
            self._begin()
        elif change & (Change.LOSS | Change.NETWORK):
            self.refresh()

    # -- one example -----------------------------------------------------------------------------------------------

    def _select(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None and row != self._session.trainer.example:
            self._session.trainer.select_example(row)

    @Slot(object)
    def _mark(self, row: int | None) -> None:
        """Select the row of the example that is selected everywhere, if it is among the worst."""
        place, selection = self.model.place_of(row), self.table.selectionModel()
        selection.blockSignals(True)
        if place is None:
            self.table.clearSelection()
        else:
            self.table.selectRow(place)
        selection.blockSignals(False)
        self.table.viewport().update()

    # -- asking ----------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the picture again."""
        super().showEvent(event)
        self._ask(True)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing while hidden; the map shows all points again."""
        super().hideEvent(event)
        self._ask(False)
        if self.cell is not None:
            self.choose(None)

    def _ask(self, on: bool) -> None:
        if on != self._asks:
            self._asks = on
            self._session.trainer.show(JUDGED, on)
