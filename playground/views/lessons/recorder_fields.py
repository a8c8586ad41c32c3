"""Fields of the recorder: a text of some lines that tells what was typed, and a condition that can be ticked."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from playground.lessons.conditions import AnyCondition
from playground.lessons.recording.sentences import sentence
from playground.session.language import translated
from playground.views.panels.card import label

COMPACT = "padding: 3px 9px;"
"""Of buttons in the recorder."""

LEAST_HEIGHT = 22
"""Of a field, one line: all of them fit the lower part of a small window."""


class TextField(QPlainTextEdit):
    """A text of some lines; Tab leads on.

    Signals:
        typed(str): the user has changed it.
    """

    typed = Signal(str)

    def __init__(self, name: str, title: str, tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setToolTip(tip)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.textChanged.connect(self._tell)
        self._showing = False

    def show_text(self, text: str) -> None:
        """Show a text without telling; one that is there already keeps its cursor."""
        if text != self.toPlainText():
            self._showing = True
            self.setPlainText(text)
            self._showing = False

    @Slot()
    def _tell(self) -> None:
        if not self._showing:
            self.typed.emit(self.toPlainText())


def titled(column: QVBoxLayout, title: str, field: QWidget, stretch: int = 1) -> QLabel:
    """Put a field below its title; the title stands for it where keys are told."""
    caption = label(title, "caption", field.parentWidget())
    caption.setBuddy(field)
    column.addWidget(caption)
    column.addWidget(field, stretch)
    return caption


class ConditionRow(QWidget):
    """A condition as a box with a sentence, which wraps.

    Signals:
        chosen(object, bool): the condition was ticked, or no longer is.
    """

    chosen = Signal(object, bool)

    def __init__(self, condition: AnyCondition, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._condition = condition
        text = translated(sentence(condition))
        self.box = QCheckBox(self)
        self.box.setObjectName(f"recorder.condition.{number}")
        self.box.setAccessibleName(text)
        self.box.setToolTip(self.tr("The step is done when everything that is ticked holds at the same time"))
        words = QLabel(text, self)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        self.box.clicked.connect(self._tell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words ticks the box."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()

    @Slot(bool)
    def _tell(self, checked: bool) -> None:
        self.chosen.emit(self._condition, checked)
