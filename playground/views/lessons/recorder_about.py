"""The page of the recorder that is about the whole lesson: title, goal, level, minutes, what was learned."""

from typing import get_args

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from playground.lessons.lesson import Level
from playground.lessons.recording import draft as edits
from playground.lessons.recording.draft import Draft
from playground.session.language import translated
from playground.session.lesson_recorder import LessonRecorder
from playground.views.lessons.recorder_fields import TextField, titled


class AboutPage(QWidget):
    """Writes into the draft of ``recorder`` while one types."""

    def __init__(self, recorder: LessonRecorder, parent: QWidget) -> None:
        super().__init__(parent)
        self._recorder = recorder
        self.title = QLineEdit(self)
        self.title.setObjectName("recorder.title")
        self.title.setMaxLength(120)
        self.title.setAccessibleName(self.tr("Title"))
        self.title.setToolTip(self.tr("What the lesson is called in the list"))
        self.goal = TextField(
            "recorder.goal", self.tr("Goal"), self.tr("What the pupil is to find out, in a sentence"), self
        )
        self.learned = TextField(
            "recorder.learned",
            self.tr("What was learned"),
            self.tr("What stays, in two sentences or so, one on each line; it is shown at the end"),
            self,
        )
        self.minutes = QSpinBox(self, minimum=1, maximum=600)
        self.minutes.setObjectName("recorder.minutes")
        self.minutes.setAccessibleName(self.tr("Minutes"))
        self.minutes.setToolTip(self.tr("How long the lesson takes"))
        self.level = QComboBox(self)
        self.level.setObjectName("recorder.level")
        self.level.setAccessibleName(self.tr("Level"))
        self.level.setToolTip(self.tr("For whom the lesson is"))
        for name in get_args(Level):
            self.level.addItem(translated(name), name)
        self._lay_out()
        self.title.textEdited.connect(lambda text: self._write("title", text))
        self.goal.typed.connect(lambda text: self._write("goal", text))
        self.learned.typed.connect(lambda text: self._write("learned", text.split("\n")))
        self.minutes.valueChanged.connect(lambda value: self._write("minutes", value))
        self.level.activated.connect(self._write_level)

    def show_draft(self, draft: Draft) -> None:
        """Show what the draft holds; a field that is typed in is left alone."""
        if self.title.text() != draft.title:
            self.title.setText(draft.title)
        self.goal.show_text(draft.goal)
        if edits.lines(self.learned.toPlainText().split("\n"), edits.MOST_LEARNED) != draft.learned:
            self.learned.show_text("\n".join(draft.learned))
        self.minutes.blockSignals(True)
        self.minutes.setValue(draft.minutes)
        self.minutes.blockSignals(False)
        self.level.setCurrentIndex(self.level.findData(draft.level))

    def _lay_out(self) -> None:
        top, below = QHBoxLayout(), QHBoxLayout()
        small = ((self.tr("Minutes"), self.minutes), (self.tr("Level"), self.level))
        for place, (text, field) in enumerate(((self.tr("Title"), self.title), *small)):
            column = QVBoxLayout()
            column.setSpacing(3)
            titled(column, text, field, 0)
            top.addLayout(column, not place)
        learned = self.tr("What was learned, line by line")
        for text, field in ((self.tr("Goal"), self.goal), (learned, self.learned)):
            column = QVBoxLayout()
            column.setSpacing(3)
            titled(column, text, field)
            below.addLayout(column, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for row in (top, below):
            row.setSpacing(10)
        rows.addLayout(top)
        rows.addLayout(below, 1)

    def _write(self, name: str, value: object) -> None:
        if self._recorder.draft is not None:
            self._recorder.apply(edits.describe(self._recorder.draft, **{name: value}), f"about.{name}")

    @Slot(int)
    def _write_level(self, place: int) -> None:
        self._write("level", self.level.itemData(place))
