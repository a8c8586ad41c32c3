"""The list of all lessons: what each is about, how hard, how long, and how far it has got."""

import html

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from playground.lessons import library
from playground.lessons.lesson import Lesson
from playground.lessons.progress import Course
from playground.project.presets import LEVELS
from playground.session.language import translated
from playground.session.lesson_guide import LessonGuide
from playground.views.panels.card import label
from playground.views.theme import Theme, Token

SIZE = QSize(880, 540)


class LessonBrowser(QDialog):
    """Choose a lesson.

    Signals:
        wanted(str, bool): a lesson by its name is to begin; True: from its first step, False: where it stands.
    """

    wanted = Signal(str, bool)

    def __init__(self, guide: LessonGuide, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.lessons")
        self.setWindowTitle(self.tr("Lessons"))
        self._guide, self._theme = guide, theme
        self._names: tuple[str, ...] = ()
        self.list = QListWidget(self)
        self.list.setObjectName("lessons.list")
        self.list.setAccessibleName(self.tr("Lessons"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = label("", "heading", self)
        self.title.setWordWrap(True)
        self.facts = label("", "caption", self)
        self.goal = QLabel(self, wordWrap=True)
        self.steps = QLabel(self, wordWrap=True)
        self.steps.setTextFormat(Qt.TextFormat.RichText)
        self.steps.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea(self)  # the steps of a long lesson
        area.setAccessibleName(self.tr("Lessons"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.steps)
        right = QVBoxLayout()
        right.setSpacing(8)
        for widget in (self.title, self.facts, self.goal):
            right.addWidget(widget)
        right.addWidget(area, 1)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addWidget(self.list, 1)
        halves.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(halves, 1)
        column.addWidget(self._buttons())
        self.list.currentItemChanged.connect(self._describe)
        self.list.itemActivated.connect(lambda _item: self._begin())
        self.resize(SIZE)

    def showEvent(self, event: QShowEvent) -> None:
        """List the lessons as they stand now."""
        super().showEvent(event)
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """List all lessons; the one that is chosen stays so, at first the next one that is not finished."""
        chosen = self._chosen()
        names = self._names = (library.TOUR, *library.names())
        self.list.clear()
        for name in names:
            lesson, course = library.load(name), self._guide.progress.course(name)
            mark = "✓  " if course.finished else "▸  " if course.done else "     "
            item = QListWidgetItem(mark + translated(lesson.title), self.list)
            item.setToolTip(translated(lesson.goal))
            spoken = f"{translated(lesson.title)}, {self._facts(lesson, course)}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        begin = next((name for name in names if not self._guide.progress.course(name).finished), names[0])
        self.list.setCurrentRow(names.index(chosen or begin))

    # -- parts -----------------------------------------------------------------------------------------------------

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.begin_button = QPushButton(self.tr("Begin"), self)
        self.begin_button.setObjectName("lessons.begin")
        self.begin_button.setProperty("primary", True)
        self.begin_button.setDefault(True)
        self.begin_button.clicked.connect(self._begin)
        self.resume_button = QPushButton(self.tr("Go on"), self)
        self.resume_button.setObjectName("lessons.resume")
        self.resume_button.setToolTip(self.tr("Go on at the step where you left it"))
        self.resume_button.clicked.connect(lambda: self._begin(anew=False))
        box.addButton(self.begin_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(self.resume_button, QDialogButtonBox.ButtonRole.ActionRole)
        box.rejected.connect(self.reject)
        return box

    def _chosen(self) -> str:
        row = self.list.currentRow()
        return self._names[row] if 0 <= row < len(self._names) else ""

    def _begin(self, *_checked: object, anew: bool = True) -> None:
        if name := self._chosen():
            self.accept()
            self.wanted.emit(name, anew)

    @Slot()
    def _describe(self, *_items: object) -> None:
        name = self._chosen()
        if not name:
            return
        lesson, course = library.load(name), self._guide.progress.course(name)
        self.title.setText(translated(lesson.title))
        self.facts.setText(self._facts(lesson, course))
        self.goal.setText(translated(lesson.goal))
        muted = self._theme.hex(Token.MUTED)
        rows = [f"<li style='margin-bottom:3px'>{html.escape(translated(step.do))}</li>" for step in lesson.steps]
        self.steps.setText(f"<ol style='margin-left:-12px; color:{muted}'>{''.join(rows)}</ol>")
        self.resume_button.setVisible(course.step > 0)

    def _facts(self, lesson: Lesson, course: Course) -> str:
        minutes = self.tr("%n minutes", "", lesson.minutes).replace("%n", str(lesson.minutes))
        state = (
            self.tr("finished")
            if course.finished
            else self.tr("%1 of %2 steps done")
            .replace("%1", str(len(course.done)))
            .replace("%2", str(len(lesson.steps)))
            if course.done
            else ""
        )
        return " · ".join(filter(None, (translated(LEVELS[lesson.level]), minutes, state)))
