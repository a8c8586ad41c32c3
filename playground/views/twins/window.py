"""The window with a chart's numbers: a snapshot with its moment in the title, brought up to date on demand.

It does not change by itself: a table that moves while it is read aloud cannot be read.
"""

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from playground.session.job import Job, Progress
from playground.session.language import translated
from playground.views.messages import fill
from playground.views.table_twin import Dated, Tabled
from playground.views.twins import writing
from playground.views.twins.model import TwinModel

_WIDEST = 220


class TwinWindow(QWidget):
    """Shows ``chart.table()``; ``owner`` is the window that it belongs to and closes with."""

    def __init__(self, chart: QWidget, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setObjectName("twin")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.chart, self._owner = chart, owner
        self._job: Job | None = None
        self.model, self.view, self.note = TwinModel(self), QTableView(self), QLabel(self)
        self._buttons: dict[str, QPushButton] = {}
        self._build()
        chart.destroyed.connect(self._lose)
        self.update_table()
        self.view.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            self.view.setColumnWidth(column, min(self.view.columnWidth(column) + 12, _WIDEST))
        self.resize(QSize(640, 460).boundedTo(self.screen().availableSize() - QSize(16, 40)))
        self.view.setFocus()

    def _build(self) -> None:
        self.view.setObjectName("twin.table")
        self.view.setModel(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.view.setAlternatingRowColors(False)
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.setTabKeyNavigation(False)
        self.note.setProperty("role", "caption")
        row = QHBoxLayout()
        row.addWidget(self.note, 1)
        self._add_button(row, "update", self.tr("&Update"), self.tr("Take the numbers of now (F5)"), self.update_table)
        self._add_button(row, "copy", self.tr("&Copy"), self.tr("Copy the selected cells, else all"), self.copy)
        self._add_button(
            row, "save", self.tr("&Save as CSV…"), self.tr("Write all rows to a file that spreadsheets read"), self.ask
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        for keys, act in (("F5", self.update_table), ("Esc", self.close)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self).activated.connect(self.copy)

    def _add_button(self, row: QHBoxLayout, name: str, text: str, tip: str, act: Callable[[], object]) -> None:
        button = self._buttons[name] = QPushButton(text, self)
        button.setObjectName(f"twin.{name}")
        button.setToolTip(tip)
        button.clicked.connect(act)
        row.addWidget(button)

    # -- what is shown -----------------------------------------------------------------------------------------------

    @Slot()
    def update_table(self) -> None:
        """Take the chart's numbers of now."""
        if not shiboken6.isValid(self.chart) or not isinstance(self.chart, Tabled):
            return
        table = self.chart.table()
        moment = self._owner.moment() if isinstance(self._owner, Dated) else ""
        self.setWindowTitle(f"{table.title} – {moment}" if moment else table.title)
        self.view.setAccessibleName(self.windowTitle())
        self.model.show(table)
        rows = self.locale().toString(table.height)
        self._tell(fill(self.tr("%1 rows"), rows) if table.height else self.tr("The chart shows no numbers yet."))

    @Slot()
    def _lose(self) -> None:
        """The chart is gone, with its layer or its project; what was taken stays."""
        if shiboken6.isValid(self):
            self._buttons["update"].setEnabled(False)
            self._tell(self.tr("This chart is no longer in the window. Its last numbers stay here."))

    def _tell(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.setAccessibleName(sentence)

    # -- taking it elsewhere -----------------------------------------------------------------------------------------

    @Slot()
    def copy(self) -> None:
        """Put the selected cells on the clipboard, all when at most one is selected."""
        table, selection = self.model.table, self.view.selectionModel().selection()
        rows, columns = range(table.height), range(len(table.columns))
        ranges = [selection.at(place) for place in range(selection.count())]
        if sum(chosen.width() * chosen.height() for chosen in ranges) > 1:
            rows = range(min(one.top() for one in ranges), max(one.bottom() for one in ranges) + 1)
            columns = range(min(one.left() for one in ranges), max(one.right() for one in ranges) + 1)
        done = fill(self.tr("%1 rows copied"), self.locale().toString(len(rows)))

        def put(text: object) -> None:
            QGuiApplication.clipboard().setText(str(text))
            self._tell(done)

        self._start(lambda progress: writing.to_clipboard(table, rows, columns, progress.report), put)

    @Slot()
    def ask(self) -> None:
        """Ask for the file."""
        name = self.model.table.title.replace("/", "-").replace(":", "") or "table"
        dialog = QFileDialog(self, self.tr("Save the table"), str(Path.home() / f"{name}.csv"), "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the table to ``path``, and say whether it was done."""
        table, done = self.model.table, fill(self.tr("Saved as %1"), str(path))
        self._start(lambda progress: writing.save(table, path, progress.report), lambda _: self._tell(done))

    def _start(self, work: Callable[[Progress], object], then: Callable[[object], None]) -> None:
        if self._job is not None and self._job.running:
            return
        self._job = Job(work, self)
        self._job.finished.connect(then)
        self._job.failed.connect(self._fail)
        self._job.start()

    @Slot(object)
    def _fail(self, error: BaseException) -> None:
        text = getattr(error, "text", None)
        self._tell(translated(text) if text is not None else str(error))

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what is still written, then close."""
        if self._job is not None:
            self._job.close()
        super().closeEvent(event)


def show(chart: QWidget) -> TwinWindow:
    """Open the twin of a chart, or bring the one that is open to the front, with the numbers of now."""
    owner = chart.window()
    while (above := owner.parentWidget()) is not None:  # a floating panel belongs to the main window
        owner = above.window()
    for twin in owner.findChildren(TwinWindow):
        if twin.chart is chart and twin.isVisible():
            twin.update_table()
            twin.raise_()
            twin.activateWindow()
            return twin
    twin = TwinWindow(chart, owner)
    twin.show()
    return twin
