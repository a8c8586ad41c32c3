"""The tab Code: the present project as a script, live; pointing at a control lights the lines that it decides."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFontDatabase,
    QGuiApplication,
    QHideEvent,
    QShowEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.project.changes import Change
from playground.project.model import Project
from playground.session import Session
from playground.session.language import translated
from playground.views.panels.card import Connections, label
from playground.views.panels.code.highlighter import Highlighter
from playground.views.panels.code.lines import changed, depending
from playground.views.theme import Theme, Token

if TYPE_CHECKING:
    from playground.views.exporting import ExportWriter

DELAY, FLASH, LOOK = 150, 1200, 150
"""Milliseconds: from a change to the new script, of the mark on changed lines, between two looks at the pointer."""

LANGUAGES = (("numpy", "NumPy"), ("keras", "Keras"), ("pytorch", "PyTorch"))
MODULES = {"numpy": "numpy_script", "keras": "keras_script", "pytorch": "torch_script"}
ANCESTORS = 3
"""How far up from the widget under the pointer a setting's name is looked for."""


class CodePanel(QWidget):
    """Shows the script of the project.

    Signals:
        told(str): a sentence about what was done.
    """

    told = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.code")
        self.setAccessibleName(self.tr("Code"))
        self._session, self._theme = session, theme
        self._connections = Connections()
        self.view, self._languages = QPlainTextEdit(self), QButtonGroup(self)
        self._highlighter = Highlighter(self.view.document(), theme)
        self.copy_button, self.save_button = QPushButton(self.tr("&Copy"), self), QPushButton(self.tr("&Save…"), self)
        self._words = label("", "caption", self)
        self._flashing: frozenset[int] = frozenset()
        self.lit: frozenset[int] = frozenset()
        self._pointed, self._learned = "", False
        self._writer: ExportWriter | None = None
        self._later = QTimer(self, singleShot=True, interval=DELAY)
        self._calm = QTimer(self, singleShot=True, interval=FLASH)
        self._look = QTimer(self, interval=LOOK)
        self._build()
        self._later.timeout.connect(self.refresh)
        self._calm.timeout.connect(self._end_flash)
        self._look.timeout.connect(self._follow_pointer)
        self._connections.add(session.document.changed, self._follow)
        for signal in (session.trainer.snapshot, session.trainer.run_state, session.trainer.restarted):
            self._connections.add(signal, self._follow_run)
        self._connections.add(theme.changed, self._mark)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        for place, (name, title) in enumerate(LANGUAGES):
            button = QToolButton(self)
            button.setText(title)
            button.setObjectName(f"code.{name}")
            button.setToolTip(self.tr("The network as a script for %s") % title)
            button.setCheckable(True)
            button.setChecked(place == 0)
            button.setProperty("segment", True)
            self._languages.addButton(button, place)
            head.addWidget(button)
        head.addWidget(self._words, 1)
        self.copy_button.setToolTip(self.tr("Put the script on the clipboard"))
        self.save_button.setToolTip(self.tr("Write the script with its data, and the weights that were learned"))
        for done in (self.copy_button, self.save_button):
            head.addWidget(done)
        self.view.setReadOnly(True)
        self.view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setAccessibleName(self.tr("The script of the present project"))
        column = QVBoxLayout(self)
        column.setContentsMargins(11, 6, 11, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self._languages.idClicked.connect(lambda _: self._begin())
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._ask_where)

    # -- the script ------------------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The script that is shown."""
        return LANGUAGES[self._languages.checkedId()][0]

    def write(self, project: Project) -> str:
        """The script of a project; raises ExportError with a sentence where it has no words for it."""
        module = import_module(f"playground.export.{MODULES[self.language]}")
        return str(module.text(project, self._learned, self._title))

    @property
    def _title(self) -> str:
        document = self._session.document
        return document.name or str(document.project.data.source.title)

    @Slot()
    def refresh(self) -> None:
        """Show the present script; lines that became other ones are marked for a moment."""
        from playground.export.errors import ExportError

        self._later.stop()
        self._learned = self._trained()
        before, bar = self.view.toPlainText(), self.view.verticalScrollBar()
        try:
            text = self.write(self._session.document.project)
            self._words.clear()
        except ExportError as error:
            text, sentence = "", translated(error.args[0])
            self._words.setText(sentence)
            self._words.setToolTip(sentence)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(bool(text))
        if text == before:
            return
        place = bar.value()
        self.view.setPlainText(text)
        bar.setValue(place)
        self._flashing = changed(before, text) if before and text else frozenset()
        self._calm.start()
        self._pointed = ""
        self._mark()

    def close(self) -> bool:
        """Stop listening, then close."""
        for timer in (self._later, self._calm, self._look):
            timer.stop()
        if self._writer is not None:
            self._writer.close()
        self._connections.undo()
        return super().close()

    def _begin(self) -> None:
        """Show another script: nothing in it has changed."""
        self.view.clear()
        self.refresh()

    @Slot(object)
    def _follow(self, change: Change) -> None:
        if self.isVisible() and change & ~(Change.VIEW | Change.SLICE):
            self._later.start()

    @Slot()
    def _follow_run(self) -> None:
        """There are learned weights now, or no longer: the script says so."""
        if self.isVisible() and self._trained() != self._learned:
            self._later.start()

    def _trained(self) -> bool:
        """Whether the run has learned something; as last known while another run has not told yet."""
        trainer = self._session.trainer
        if trainer.latest is None:
            return self._learned and not trainer.problems
        return trainer.latest.counters.step > 0

    # -- marks -----------------------------------------------------------------------------------------------------

    @Slot()
    def _mark(self) -> None:
        """Lay colour behind lines that have just changed, and behind those of the control under the pointer."""
        selection, hover = self._theme.color(Token.SELECTION), self._theme.color(Token.GOOD)
        marks = [self._marked(line, hover, 0.16) for line in self._flashing]
        marks += [self._marked(line, selection, 0.22) for line in self.lit]
        self.view.setExtraSelections(marks)

    def _marked(self, line: int, color: QColor, strength: float) -> QTextEdit.ExtraSelection:
        mark, color = QTextEdit.ExtraSelection(), QColor(color)
        color.setAlphaF(strength)
        mark.format.setBackground(color)
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark.cursor = QTextCursor(self.view.document().findBlockByNumber(line))
        return mark

    @Slot()
    def _end_flash(self) -> None:
        self._flashing = frozenset()
        self._mark()

    @Slot()
    def _follow_pointer(self) -> None:
        """Light the lines of the setting whose control has the pointer, or else the keyboard."""
        name = _setting(QApplication.widgetAt(QCursor.pos())) or _setting(QApplication.focusWidget())
        if name != self._pointed:
            self.point_at(name)

    def point_at(self, path: str) -> None:
        """Light the lines that hang on a setting; "" none."""
        from playground.export.errors import ExportError

        self._pointed = path
        try:
            self.lit = depending(self._session.document.project, path, self.write) if path else frozenset()
        except ExportError:
            self.lit = frozenset()
        self._mark()
        if self.lit:
            block = self.view.document().findBlockByNumber(min(self.lit))
            self.view.setTextCursor(QTextCursor(block))
            self.view.centerCursor()

    # -- what the buttons do ---------------------------------------------------------------------------------------

    @Slot()
    def _copy(self) -> None:
        self.refresh()  # what would come in a moment, too
        if not self.copy_button.isEnabled():
            return
        QGuiApplication.clipboard().setText(self.view.toPlainText())
        self.told.emit(self.tr("The script is on the clipboard."))

    @Slot()
    def _ask_where(self) -> None:
        folder = Path(self._session.settings.text("folders/export", str(Path.home())))
        place = folder / f"{self._session.document.name or 'network'}.py"
        dialog = QFileDialog(self, self.tr("Save the script"), str(place), "Python (*.py)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("py")
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write the script with its data and weights, beside the window, and say where."""
        from playground.export.kinds import EXPORTERS
        from playground.views.exporting import ExportWriter

        if self._writer is None:
            self._writer = ExportWriter(self._session, self)
            self._writer.written.connect(lambda path: self.told.emit(self.tr("Written: %s") % path))
            self._writer.refused.connect(self.told)
            self._writer.busy.connect(self.told)
        self._writer.write(EXPORTERS[self.language], path, self._title)

    # -- Qt --------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Show the present script, and begin to follow the pointer."""
        super().showEvent(event)
        self.refresh()
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while hidden."""
        super().hideEvent(event)
        self._look.stop()
        self._later.stop()


def _setting(widget: QWidget | None) -> str:
    """The path of the setting that a widget, or one that holds it, is bound to; "" for others."""
    for _ in range(ANCESTORS):
        if widget is None:
            return ""
        if widget.objectName().split(".")[0] in ("data", "network", "training") and "." in widget.objectName():
            return widget.objectName()
        widget = widget.parentWidget()
    return ""
