"""Predict first: asks before it shows. A field for a number, or two buttons for up and down."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from playground.insight.trace.card import Asked, Question
from playground.views.messages import fill
from playground.views.panels.card import label
from playground.views.panels.step.words import figure, sentence
from playground.views.scales import typed

CLOSE = 0.1
"""A guess within this share of the true number counts."""


def is_right(question: Question, guess: float) -> bool:
    """Whether a guess counts: the direction, or a number that comes close."""
    if question.kind is Asked.DIRECTION:
        return (guess > 0) == (question.answer > 0) if question.answer else guess == 0
    return abs(guess - question.answer) <= max(CLOSE * abs(question.answer), 0.005)


class QuestionBar(QWidget):
    """Holds the question, takes the answer and says how good it was.

    Signals:
        answered(bool): the user has guessed; whether it was right.
        given_up(): the user wants to see the result.
    """

    answered = Signal(bool)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._text = label("", "heading", self)
        self._field = QLineEdit(self)
        self._up = QPushButton(self.tr("▲ up"), self)
        self._down = QPushButton(self.tr("▼ down"), self)
        self._take = QPushButton(self.tr("Compare"), self)
        self._show = QPushButton(self.tr("Show me"), self)
        self._verdict = QLabel(self)
        self._build()

    def _build(self) -> None:
        self._field.setObjectName("step.guess")
        self._field.setAccessibleName(self.tr("Your prediction"))
        self._field.setToolTip(self.tr("Type your prediction, then press Enter"))
        self._field.setFixedWidth(88)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._text)
        for name, button, tip in (
            ("up", self._up, self.tr("It goes up (is above 0)")),
            ("down", self._down, self.tr("It goes down (is below 0)")),
            ("compare", self._take, self.tr("Compare your prediction with the network's number")),
            ("show", self._show, self.tr("Show the result without a prediction")),
        ):
            button.setObjectName(f"step.{name}")
            button.setToolTip(tip)
        for widget in (self._field, self._up, self._down, self._take, self._verdict):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._show)
        self._field.returnPressed.connect(self._compare)
        self._take.clicked.connect(self._compare)
        self._up.clicked.connect(lambda: self._answer(1.0))
        self._down.clicked.connect(lambda: self._answer(-1.0))
        self._show.clicked.connect(self.given_up)

    def ask(self, question: Question) -> None:
        """Ask; the field is empty again."""
        if question == self._question and not self._verdict.text():
            return
        self._question = question
        self._text.setText(sentence(question.text))
        self._verdict.setText("")
        self._field.clear()
        number = question.kind is Asked.NUMBER
        for widget, there in (
            (self._field, number),
            (self._take, number),
            (self._up, not number),
            (self._down, not number),
        ):
            widget.setVisible(there)
        self._show.setVisible(True)
        self._verdict.hide()

    def focus_field(self) -> None:
        """Let the user type at once."""
        if self._question is not None and self._question.kind is Asked.NUMBER:
            self._field.setFocus()

    def add_score(self, right: int, asked: int) -> None:
        """Say how many predictions were right so far."""
        score = fill(self.tr("%1 of %2 right so far"), str(right), str(asked))
        self._verdict.setText(f"{self._verdict.text()}  ({score})")

    @property
    def verdict(self) -> str:
        """What was said about the last guess."""
        return self._verdict.text()

    @Slot()
    def _compare(self) -> None:
        guess = typed(self._field.text())
        if guess is None:
            self._field.setFocus()
            return
        self._answer(guess)

    def _answer(self, guess: float) -> None:
        assert self._question is not None
        right = is_right(self._question, guess)
        self._verdict.setText(self._judge(guess, right=right))
        self._verdict.setProperty("good", right)
        self._verdict.setProperty("warning", not right)
        self._verdict.style().polish(self._verdict)
        for widget in (self._field, self._take, self._up, self._down, self._show):
            widget.hide()
        self._verdict.show()
        self.answered.emit(right)

    def _judge(self, guess: float, *, right: bool) -> str:
        assert self._question is not None
        if self._question.kind is Asked.DIRECTION:
            true = self.tr("up") if self._question.answer > 0 else self.tr("down")
            if not self._question.answer:
                true = self.tr("neither up nor down")
            return fill(self.tr("Right: %1.") if right else self.tr("No: %1."), true)
        exact, said = figure(self._question.answer), figure(guess)
        text = self.tr("Right: it is %1, you said %2.") if right else self.tr("It is %1, you said %2.")
        return fill(text, exact, said)
