"""The dialog that imports a table."""

from functools import partial
from html import escape
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from playground.data.dataset import Task
from playground.data.sources import Table
from playground.data.tables import advice, again
from playground.data.tables.report import findings
from playground.project import build, edits, tables
from playground.project.edit import Edit, EditError
from playground.project.model import Project
from playground.session import Session
from playground.session.job import Progress
from playground.session.language import translated
from playground.views.panels.card import label
from playground.views.tables.choices import Choices, Chosen
from playground.views.tables.columns import Columns
from playground.views.tables.first_rows import FirstRows
from playground.views.tables.reading import Look, Whole, Work, look, present, whole
from playground.views.tables.writing import Writing

SIZE = (960, 640)
_FINDINGS_HEIGHT = 62
_PREVIEW_HEIGHT = 148
_SHOWN_CLASSES = 6


class TableDialog(QDialog):
    """Shows how a file is written and what it holds; *Import* makes it the data set of the project.

    Three steps, each beside the window: look at the first rows, read the whole, try what was chosen. A change begins
    with the step that it concerns; *Import* is there when the last one went well.
    """

    def __init__(self, parent: QWidget, session: Session, origin: Path | Table) -> None:
        """origin: the file to read, or the present data set, of which other columns are to be chosen."""
        super().__init__(parent)
        self._session, self._origin = session, origin
        self._whole: Whole | None = None
        self._source: Table | None = None
        self.setObjectName("table.dialog")
        new = isinstance(origin, Path)
        title = self.tr("Import a table: %s") if new else self.tr("Columns of the table %s")
        self.setWindowTitle(title % origin.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.writing, self.preview = Writing(self), FirstRows(self)
        self.columns, self.choices = Columns(self), Choices(self)
        self.findings, self.bar, self.words = QPlainTextEdit(self), QProgressBar(self), label("", "value", self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self.accept_button = QPushButton(self.tr("&Import") if new else self.tr("&Apply"), self)
        self._look, self._read, self._try = Work(self), Work(self), Work(self)
        self._arrange()
        self._connect()
        self.writing.setEnabled(False)
        self.resize(*SIZE)
        self._begin(found_out=True)

    @property
    def busy(self) -> bool:
        """Whether something is still being read or tried."""
        return self._look.busy or self._read.busy or self._try.busy

    # -- the three steps ---------------------------------------------------------------------------------------------

    def _begin(self, *, found_out: bool) -> None:
        """Look at the file, written as is found out or as the user says."""
        self._drop()
        self._say(self.tr("Reading…"))
        origin, dialect = self._origin, None if found_out else self.writing.dialect()
        if isinstance(origin, Path):
            self._look.start(lambda progress: look(origin, dialect))
        else:
            self.writing.hide()
            self._read.start(partial(present, origin.block))

    @Slot(object)
    def _show_look(self, found: Look) -> None:
        self.writing.show_dialect(found.dialect)
        self.preview.show_preview(found.preview, 1 + found.dialect.header)
        self.writing.setEnabled(True)
        self.bar.setValue(0)
        self.bar.show()
        assert isinstance(self._origin, Path)
        self._read.start(partial(whole, self._origin, found.dialect))

    @Slot(object)
    def _show_whole(self, read: Whole) -> None:
        self.bar.hide()
        self._whole = read
        self.choices.show_table(read.table)
        source = self._origin
        if isinstance(source, Table):
            self.preview.show_preview(again.first_rows(read.table), 1)
            self.choices.show_chosen(Chosen(source.target, source.predict, source.scaling, source.gaps))
            target, ticked = source.target, source.inputs
        else:
            target = self.choices.chosen().target
            ticked = advice.inputs(read.table, target)
        self.columns.show_columns(read.table, ticked)
        self.columns.mark_target(target)
        self.findings.setPlainText("\n".join(map(translated, findings(read.table))))
        self.findings.setVisible(bool(self.findings.toPlainText()))
        self._enable(True)
        self._try_it()

    @Slot()
    def _try_it(self) -> None:
        """See what the choices come to."""
        if self._whole is None:
            return
        self._source = None
        self.accept_button.setEnabled(False)
        read, chosen, inputs = self._whole, self.choices.chosen(), self.columns.ticked()
        self._try.start(partial(_made, self._session.document.project, self._origin, read, chosen, inputs))

    @Slot(object)
    def _show_source(self, source: Table) -> None:
        self._source = source
        self.accept_button.setEnabled(True)
        rows, inputs = source.most or 0, len(source.input_names)
        number = self.locale().toString
        if source.task is Task.REGRESSION:
            answer = self.tr("the number %s") % source.target
        else:
            names = source.class_names[:_SHOWN_CLASSES]
            more = ", …" if len(source.class_names) > len(names) else ""
            answer = self.tr("%s classes") % number(len(source.class_names)) + f" ({', '.join(names)}{more})"
        text = self.tr("%s rows") % number(rows) + " · " + self.tr("%s inputs") % number(inputs) + f" → {answer}"
        if source.dropped:
            text += " · " + self.tr("%s rows left out for missing values") % number(source.dropped)
        self._say(text)

    @Slot(object)
    def _refuse(self, sentence: str) -> None:
        self.bar.hide()
        self.writing.setEnabled(self.preview.model().columnCount() > 0)  # there is something to mend
        self._say(translated(sentence), fault=True)

    # -- what the buttons do -----------------------------------------------------------------------------------------

    @Slot()
    def _accept(self) -> None:
        if self._source is None:
            return
        document = self._session.document
        try:
            suited = self.choices.suited.isChecked()
            document.apply(_edit(document.project, self._origin, self._source, suited=suited))
        except EditError as error:
            self._say(translated(error.args[0]), fault=True)
            return
        self.accept()

    def done(self, result: int) -> None:
        """End what is under way, and close."""
        for work in (self._look, self._read, self._try):
            work.stop()
        build.forget_prepared()
        super().done(result)

    # -- what is seen ------------------------------------------------------------------------------------------------

    def _drop(self) -> None:
        """Forget what was read."""
        self._whole = self._source = None
        self._try.stop()
        self._read.stop()
        self._enable(False)

    def _enable(self, yes: bool) -> None:
        self.columns.setEnabled(yes)
        self.choices.setEnabled(yes)
        self.accept_button.setEnabled(False)

    def _say(self, sentence: str, *, fault: bool = False) -> None:
        self.words.setText(escape(sentence))
        if self.words.property("warning") != fault:
            self.words.setProperty("warning", fault)
            self.words.style().polish(self.words)

    def _connect(self) -> None:
        self.writing.edited.connect(lambda: self._begin(found_out=False))
        self.columns.edited.connect(self._try_it)
        self.choices.target_changed.connect(self.columns.mark_target)
        self.choices.edited.connect(self._try_it)
        self._look.done.connect(self._show_look)
        self._read.done.connect(self._show_whole)
        self._read.progressed.connect(lambda share: self.bar.setValue(round(1000 * share)))
        self._try.done.connect(self._show_source)
        for work in (self._look, self._read, self._try):
            work.failed.connect(self._refuse)
        self.accept_button.clicked.connect(self._accept)
        self.buttons.rejected.connect(self.reject)

    def _arrange(self) -> None:
        self.preview.setFixedHeight(_PREVIEW_HEIGHT)
        self.findings.setReadOnly(True)
        self.findings.setTabChangesFocus(True)
        self.findings.setFixedHeight(_FINDINGS_HEIGHT)
        self.findings.setObjectName("table.findings")
        self.findings.setAccessibleName(self.tr("What is wrong with the table"))
        self.findings.hide()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(self.tr("Share of the file that is read"))
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.hide()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setObjectName("table.words")
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing())
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.accept_button.setDefault(True)
        self.accept_button.setProperty("primary", True)
        self.accept_button.setToolTip(self.tr("Make the table the data set of the project"))
        self.buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.ActionRole)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.columns, 3)
        side = QVBoxLayout()
        side.addWidget(self.choices)
        side.addStretch(1)
        middle.addLayout(side, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 12)
        box.setSpacing(8)
        box.addWidget(self.writing)
        box.addWidget(self.preview)
        box.addLayout(middle, 1)
        for part in (self.findings, self.bar, self.words, self.buttons):
            box.addWidget(part)


def _made(
    project: Project, origin: Path | Table, read: Whole, chosen: Chosen, inputs: tuple[str, ...], progress: Progress
) -> Table:
    """The data set that the choices give, its examples already drawn; raises TableError."""
    source = tables.source_of(
        read.table,
        origin.stem if isinstance(origin, Path) else origin.name,
        target=chosen.target,
        inputs=inputs,
        predict=chosen.predict,
        scaling=chosen.scaling,
        gaps=chosen.gaps,
        scale_target=isinstance(origin, Path) or origin.scale_target,
        block=read.block,
    )
    progress.report(0.5)
    build.prepare(_edit(project, origin, source).project)
    return source


def _edit(project: Project, origin: Path | Table, source: Table, *, suited: bool = False) -> Edit:
    """Put the data set in; suited: with a network made for it."""
    edit = tables.with_table(project, source) if isinstance(origin, Path) else edits.set_source(project, source)
    if not suited:
        return edit
    made = tables.project_for(source)
    new = msgspec.structs.replace(edit.project, network=made.network, training=made.training)
    return edits.load_project(project, new, edit.label)
