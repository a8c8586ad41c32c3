"""The page of the recorder that is about one step: its words, what it waits for, what it rings."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from playground.lessons.conditions import AnyCondition
from playground.lessons.recording import draft as edits
from playground.lessons.recording.draft import DraftStep
from playground.lessons.recording.rings import RINGS
from playground.session.language import translated
from playground.session.lesson_recorder import LessonRecorder
from playground.views.lessons.recorder_fields import COMPACT, ConditionRow, TextField, titled
from playground.views.panels.card import label


class StepPage(QWidget):
    """Writes into a step of the draft while one types. place: its index.

    Signals:
        point_wanted(): what is to be ringed is to be pointed at in the window.
    """

    point_wanted = Signal()

    def __init__(self, recorder: LessonRecorder, parent: QWidget) -> None:
        super().__init__(parent)
        self._recorder = recorder
        self.place = -1
        self._offered: tuple[int, tuple[AnyCondition, ...]] = (-1, ())
        self.rows: list[ConditionRow] = []
        self.text = TextField(
            "recorder.text", self.tr("What it is about"), self.tr("What the step is about, in a sentence or two"), self
        )
        self.do = TextField("recorder.do", self.tr("What to do"), self.tr("What the pupil does: “Press Train.”"), self)
        self.hints = TextField(
            "recorder.hints", self.tr("Hints"), self.tr("Hints, one on each line; they are shown one at a time"), self
        )
        self.ring = QComboBox(self)
        self.ring.setObjectName("recorder.ring")
        self.ring.setAccessibleName(self.tr("Ring around"))
        self.ring.setToolTip(self.tr("The control that has a ring around it during this step"))
        self.ring.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ring.setMinimumContentsLength(5)
        self.ring.addItem(self.tr("Nothing"), "")
        for name, words in RINGS:
            self.ring.addItem(translated(words), name)
        self.point = QPushButton(self.tr("Point…"), self)
        self.point.setObjectName("recorder.point")
        self.point.setToolTip(self.tr("Click the control in the window that is to be ringed; Esc ends this"))
        self.point.setAutoDefault(False)
        self.point.setAccessibleName(self.tr("Point at what is to be ringed"))
        self.point.setStyleSheet(COMPACT)
        self._lay_out()
        self.text.typed.connect(lambda text: self._write("text", text))
        self.do.typed.connect(lambda text: self._write("do", text))
        self.hints.typed.connect(lambda text: self._write("hints", text.split("\n")))
        self.ring.activated.connect(self._write_ring)
        self.point.clicked.connect(self.point_wanted)

    def show_step(self, place: int, step: DraftStep) -> None:
        """Show a step; a field that is typed in is left alone."""
        other = place != self.place
        self.place = place
        self.text.show_text(step.text)
        self.do.show_text(step.do)
        if other or edits.lines(self.hints.toPlainText().split("\n"), edits.MOST_HINTS) != step.hints:
            self.hints.show_text("\n".join(step.hints))
        if self.ring.findData(step.control) < 0:
            self.ring.addItem(self._called(step.control), step.control)
        self.ring.setCurrentIndex(self.ring.findData(step.control))
        if (place, step.offered) != self._offered:
            self._offered = (place, step.offered)
            self._offer(step.offered)
        for row, condition in zip(self.rows, step.offered, strict=True):
            row.box.setChecked(condition in step.until)

    def set_ring(self, name: str) -> None:
        """Ring this control in the step."""
        self._write("control", name, merge=False)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(1)
        titled(left, self.tr("What it is about"), self.text)
        titled(left, self.tr("What to do"), self.do)
        titled(left, self.tr("Hints, line by line"), self.hints)
        titled(right, self.tr("Done when all of this holds"), self._conditions())
        rings = QHBoxLayout()
        rings.setSpacing(6)
        caption = label(self.tr("Ring"), "caption", self)
        caption.setBuddy(self.ring)
        rings.addWidget(caption)
        rings.addWidget(self.ring, 1)
        rings.addWidget(self.point)
        right.addLayout(rings)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addLayout(left, 1)
        row.addLayout(right, 1)

    def _called(self, name: str) -> str:
        """What a control is called on screen; its object name where it is not there now."""
        found = self.window().findChild(QWidget, name)
        return (found.accessibleName() if found is not None else "") or name

    def _conditions(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        area.viewport().setAutoFillBackground(False)
        return area

    def _offer(self, offered: tuple[AnyCondition, ...]) -> None:
        area = self.findChild(QScrollArea)
        assert area is not None
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(4)
        self.rows = [ConditionRow(condition, number, holder) for number, condition in enumerate(offered)]
        for row in self.rows:
            row.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.chosen.connect(self._choose)
            column.addWidget(row)
        column.addStretch(1)
        area.setWidget(holder)
        holder.setAutoFillBackground(False)
        before: QWidget = self.hints
        for row in self.rows:
            QWidget.setTabOrder(before, row.box)
            before = row.box
        QWidget.setTabOrder(before, self.ring)

    # -- writing ---------------------------------------------------------------------------------------------------

    def _write(self, name: str, value: object, *, merge: bool = True) -> None:
        draft = self._recorder.draft
        if draft is not None and 0 <= self.place < len(draft.steps):
            key = f"step.{self.place}.{name}" if merge else ""
            self._recorder.apply(edits.change(draft, self.place, **{name: value}), key)

    @Slot(int)
    def _write_ring(self, place: int) -> None:
        self.set_ring(str(self.ring.itemData(place)))

    @Slot(object, bool)
    def _choose(self, condition: AnyCondition, wanted: bool) -> None:
        if self._recorder.draft is not None:
            self._recorder.apply(edits.choose(self._recorder.draft, self.place, condition, wanted))
