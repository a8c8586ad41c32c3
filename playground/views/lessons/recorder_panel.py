"""The recorder beside the diagram: the steps of a lesson at the left, what is written about one at the right."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.lessons.lesson import MOST_STEPS
from playground.lessons.recording import draft as edits
from playground.lessons.recording import file
from playground.lessons.recording.draft import Draft
from playground.session.language import translated
from playground.session.lesson_recorder import LessonRecorder
from playground.views.elided_label import ElidedLabel
from playground.views.icons import icon
from playground.views.lessons.recorder_about import AboutPage
from playground.views.lessons.recorder_fields import COMPACT
from playground.views.lessons.recorder_step import StepPage
from playground.views.panels.card import Card, label
from playground.views.theme import Theme

WANTED, LEAST_WIDTH = QSize(660, 250), 592
LIST_WIDTH = 148


class RecorderPanel(Card):
    """The draft of a lesson.

    Signals:
        new_wanted(), open_wanted(), test_wanted(), save_wanted(), reference_wanted(), leave_wanted(): a button.
        told(str): a sentence for the message line.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    test_wanted = Signal()
    save_wanted = Signal()
    reference_wanted = Signal()
    leave_wanted = Signal()
    told = Signal(str)

    def __init__(self, recorder: LessonRecorder, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.recorder")
        self.setAccessibleName(self.tr("Record a lesson"))
        self._recorder, self._theme = recorder, theme
        self.body.setSpacing(4)
        self.setMinimumWidth(LEAST_WIDTH)
        self.lacking = ElidedLabel("", self)
        self.lacking.setProperty("role", "caption")
        self.lacking.setObjectName("recorder.lacking")
        self.list = QListWidget(self)
        self.list.setObjectName("recorder.steps")
        self.list.setAccessibleName(self.tr("Steps of the lesson"))
        self.list.setToolTip(self.tr("The steps of the lesson; Alt+Up and Alt+Down move one"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.empty = label(self.tr("Do in the window what the pupil is to do. Then press Add step."), "caption", self)
        self.empty.setObjectName("recorder.empty")
        self.empty.setWordWrap(True)
        self.about, self.step = AboutPage(recorder, self), StepPage(recorder, self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.about)
        self.pages.addWidget(self.step)
        self._title()
        self._middle()
        self.body.addLayout(self._last_row())
        self._keys()
        self.list.currentRowChanged.connect(self._show_row)
        self.connections.add(recorder.changed, self.refresh)
        self.connections.add(theme.changed, self._recolor)
        self._recolor()
        self.refresh()

    def sizeHint(self) -> QSize:
        """Room for the words and conditions of a step."""
        return WANTED

    @Slot()
    def refresh(self) -> None:
        """Show the draft as it is now."""
        draft = self._recorder.draft
        if draft is None:
            return
        self._list(draft)
        lacks = file.problems(draft)
        words = translated(lacks[0]) if lacks else self.tr("Ready: try it with Test, then save it.")
        self.lacking.setText(words)
        self.empty.setVisible(not draft.steps)
        self._show_row(self.list.currentRow())

    def choose(self, step: int) -> None:
        """Show a step by its index, −1: what is about the whole lesson."""
        self.list.setCurrentRow(step + 1)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _title(self) -> None:
        self.title_row.setSpacing(2)
        self.title_row.addWidget(label(self.tr("Record a lesson"), "heading", self))
        self.title_row.addSpacing(8)
        self.title_row.addWidget(self.lacking, 1)
        self.up = self._tool("recorder.up", self.tr("Move the step up"), self._move_up)
        self.down = self._tool("recorder.down", self.tr("Move the step down"), self._move_down)
        self.delete = self._tool("recorder.delete", self.tr("Delete the step; Undo brings it back"), self._delete)
        self.undo = self._tool("recorder.undo", self.tr("Take back the last change of the lesson"), self._recorder.undo)
        self.leave = self._tool(
            "recorder.leave", self.tr("End the recording; the draft is kept"), self.leave_wanted.emit
        )

    def _tool(self, name: str, tip: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("quiet", True)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setIconSize(QSize(14, 14))
        button.clicked.connect(lambda _checked=False: act())
        self.title_row.addWidget(button)
        return button

    def _middle(self) -> None:
        self.add_button = self._button(
            "recorder.add",
            self.tr("Add step"),
            self.tr("Make a step of what was done in the window since the last one"),
        )
        self.add_button.setStyleSheet(COMPACT)
        self.add_button.clicked.connect(self._add)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.list, 1)
        left.addWidget(self.empty)
        left.addWidget(self.add_button)
        holder = QWidget(self)
        holder.setFixedWidth(LIST_WIDTH)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(left)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(holder)
        row.addWidget(self.pages, 1)
        self.body.addLayout(row, 1)

    def _last_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        links = (
            (
                "recorder.new",
                self.tr("New"),
                self.tr("Begin another lesson; Undo brings this one back"),
                self.new_wanted,
            ),
            ("recorder.open", self.tr("Edit a lesson file…"), self.tr("Go on with a lesson file"), self.open_wanted),
            (
                "recorder.reference",
                self.tr("Reference"),
                self.tr("All conditions and fields of lesson files, for authors"),
                self.reference_wanted,
            ),
        )
        for name, text, tip, signal in links:
            button = self._button(name, text, tip)
            button.setProperty("link", True)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        self.test = self._button("recorder.test", self.tr("Test"), self.tr("Play the lesson as a pupil does"))
        self.test.clicked.connect(self.test_wanted)
        self.save = self._button(
            "recorder.save", self.tr("Save as…"), self.tr("Save the lesson as one file, which opens by a double click")
        )
        self.save.clicked.connect(self.save_wanted)
        for button in (self.test, self.save):
            button.setStyleSheet(COMPACT)
        row.addWidget(self.test)
        row.addWidget(self.save)
        return row

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _keys(self) -> None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (("Alt+Up", self._move_up), ("Alt+Down", self._move_down)):
            QShortcut(QKeySequence(keys), self, act, context=context)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, self._delete, context=Qt.ShortcutContext.WidgetShortcut)

    @Slot()
    def _recolor(self) -> None:
        for button, name in (
            (self.up, "chevron-up"),
            (self.down, "chevron-down"),
            (self.delete, "minus"),
            (self.undo, "undo"),
            (self.leave, "close"),
        ):
            button.setIcon(icon(name, self._theme))

    # -- what it shows ---------------------------------------------------------------------------------------------

    def _list(self, draft: Draft) -> None:
        texts = [self.tr("About the lesson")]
        for number, step in enumerate(draft.steps, 1):
            words = " ".join((step.do or step.text).split())
            texts.append(f"{number}  {translated(words) if words else self.tr('Nothing is written yet')}")
        row = max(self.list.currentRow(), 0)
        self.list.blockSignals(True)
        while self.list.count() > len(texts):
            self.list.takeItem(self.list.count() - 1)
        for place, text in enumerate(texts):
            if place == self.list.count():
                self.list.addItem(text)
            elif self.list.item(place).text() != text:
                self.list.item(place).setText(text)
            self.list.item(place).setToolTip(text)
        self.list.setCurrentRow(min(row, len(texts) - 1))
        self.list.blockSignals(False)

    @Slot(int)
    def _show_row(self, row: int) -> None:
        draft = self._recorder.draft
        if draft is None:
            return
        step = row - 1
        chosen = 0 <= step < len(draft.steps)
        if chosen:
            self.step.show_step(step, draft.steps[step])
            self.pages.setCurrentWidget(self.step)
        else:
            self.about.show_draft(draft)
            self.pages.setCurrentWidget(self.about)
        self.up.setEnabled(chosen and step > 0)
        self.down.setEnabled(chosen and step < len(draft.steps) - 1)
        self.delete.setEnabled(chosen)
        self.undo.setEnabled(self._recorder.can_undo)

    # -- what is done ----------------------------------------------------------------------------------------------

    @Slot()
    def _add(self) -> None:
        draft = self._recorder.draft
        if draft is None:
            return
        if not self._recorder.add_step():
            full = len(draft.steps) >= MOST_STEPS
            self.told.emit(
                self.tr("A lesson has at most 40 steps: delete one, or begin another lesson.")
                if full
                else self.tr("Nothing has changed since the last step: first do in the window what the pupil is to do.")
            )
            return
        self.choose(len(draft.steps))
        self.step.text.setFocus()

    def _move(self, by: int) -> None:
        draft, step = self._recorder.draft, self.list.currentRow() - 1
        if draft is None or step < 0 or edits.move(draft, step, by) is draft:
            return
        self._recorder.apply(edits.move(draft, step, by))
        self.choose(step + by)

    @Slot()
    def _move_up(self) -> None:
        self._move(-1)

    @Slot()
    def _move_down(self) -> None:
        self._move(1)

    @Slot()
    def _delete(self) -> None:
        draft, step = self._recorder.draft, self.list.currentRow() - 1
        if draft is not None and step >= 0:
            self._recorder.apply(edits.remove(draft, step))
