"""The question of a step: a button for each answer; whether the guess was right is told when the step is done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from playground.lessons.lesson import Guess
from playground.session.language import translated
from playground.session.lesson_guide import LessonGuide
from playground.views.panels.card import label


class GuessRow(QWidget):
    """One of several answers can be pressed, right or wrong, and another one in its place."""

    def __init__(self, guide: LessonGuide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guide = guide
        self._guess: Guess | None = None
        self._buttons: list[QPushButton] = []
        self._alone = QButtonGroup(self)
        self._alone.idClicked.connect(guide.guess)
        self.answer = label("", "caption", self)
        self.answer.setObjectName("lesson.answer")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 2)
        self._row.setSpacing(6)
        self._row.addWidget(self.answer)
        self._row.addStretch(1)
        self.hide()

    def show_guess(self, guess: Guess | None) -> None:
        """Show a question as it stands now; None: there is none."""
        self.setVisible(guess is not None)
        if guess is None:
            return
        if guess is not self._guess:
            self._guess = guess
            self._offer(guess)
        guessed = self._guide.guessed
        self._alone.setExclusive(False)
        for place, button in enumerate(self._buttons):
            button.setChecked(place == guessed)
        self._alone.setExclusive(True)
        known = self._guide.ticked and guessed is not None
        self.answer.setText(self._verdict(guess, guessed) if known else self.tr("Your guess:"))

    def _offer(self, guess: Guess) -> None:
        for button in self._buttons:
            self._alone.removeButton(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, choice in enumerate(guess.choices):
            button = QPushButton(translated(choice), self)
            button.setObjectName(f"lesson.guess.{place}")
            button.setProperty("segment", True)
            button.setStyleSheet("font-weight: 400; padding: 1px 8px;")  # as wide pressed as not
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._alone.addButton(button, place)
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)

    def _verdict(self, guess: Guess, guessed: int | None) -> str:
        return self.tr("You guessed right:") if guessed == guess.right else self.tr("You guessed wrong:")
