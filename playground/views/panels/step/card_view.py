"""The right side of Step through: the card of the present beat, large enough to be read from the last row."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from playground.insight.trace.card import Card, Stage
from playground.views.panels.card import label
from playground.views.panels.step.question_bar import QuestionBar
from playground.views.panels.step.words import CardText, exact, extent, sentence
from playground.views.theme import Theme

_SMALLEST = 14  # pixels of the letters
_LARGEST = 0.15  # of the height of the page: short formulas do not shout
_LEADING, _WIDTH = 1.42, 0.56  # of a line and of a sign, by the size of the letters


class CardView(QWidget):
    """Title and one sentence, formulas and tables; below them the question of "Predict first"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._writer = theme, CardText(theme)
        self._card: Card | None = None
        self._stage = Stage.FORWARD
        self._hidden: int | None = None
        self.title = label("", "heading", self)
        self.note = Caption(self)
        self.page = QTextEdit(self)
        self.question = QuestionBar(self)
        self.predict_box = QCheckBox(self.tr("Predict first"), self)
        self._build()
        theme.changed.connect(self._write)

    def _build(self) -> None:
        self.page.setObjectName("step.card")
        self.page.setReadOnly(True)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setStyleSheet("QTextEdit { background: transparent; border: none; }")
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.page.document().setDocumentMargin(0)
        self.page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.predict_box.setObjectName("step.predict")
        self.predict_box.setToolTip(self.tr("Hides the result and asks for it, then compares (key P)"))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        head.addWidget(self.predict_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        for widget in (self.page, self.question):
            column.addWidget(widget, 1 if widget is self.page else 0)
        self.question.hide()

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(240, 90)

    @property
    def hides(self) -> bool:
        """Whether a result waits for a prediction."""
        return self._hidden is not None

    def show_card(self, card: Card, stage: Stage, *, ask: bool) -> None:
        """Show a card; with ``ask`` its question first."""
        self._card, self._stage = card, stage
        asked = ask and card.question is not None
        self._hidden = card.question.formula if asked and card.question is not None else None
        self.title.setText(sentence(card.title))
        self.page.setAccessibleName(self.title.text())
        if asked and card.question is not None:
            self.question.ask(card.question)
        self.question.setVisible(asked)
        self._write()

    def reveal(self, *, keep_verdict: bool) -> None:
        """Show what was hidden; the verdict on a prediction stays to be read."""
        self._hidden = None
        self.question.setVisible(keep_verdict)
        self._write()

    def show_done(self, text: str) -> None:
        """Say above the card what has just happened."""
        self.note.say(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the letters grow with the room."""
        super().resizeEvent(event)
        self._write()

    def _size(self, card: Card) -> int:
        """Letters as large as the room allows."""
        lines, signs = extent(card)
        high = self.page.height() / max(2.5, lines) / _LEADING
        wide = self.page.width() / signs / _WIDTH
        return max(_SMALLEST, int(min(high, wide, _LARGEST * self.height())))

    @Slot()
    def _write(self) -> None:
        card = self._card
        if card is None:
            return
        self.page.setHtml(self._writer.write(card, self._size(card), self._hidden))
        self.page.setToolTip(exact(card) if self._hidden is None else "")
        self.page.setAccessibleDescription(self.page.toPlainText())
        text = sentence(card.note) if card.note is not None and self._hidden is None else ""
        if card.formulas or card.tables:
            self.show_done(text)
        else:
            self.page.setPlainText(text)
            self.show_done("")
        bar = self.page.verticalScrollBar()
        at_end = bool(card.formulas) and self._stage in (Stage.BACKWARD, Stage.UPDATE)
        bar.setValue(bar.maximum() if at_end else 0)


class Caption(QLabel):
    """A sentence in small letters that takes the room there is; what does not fit is in its tool-tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = ""
        self.setProperty("role", "caption")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show another sentence."""
        self.said = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the new room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self.said, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(self.said if shown != self.said else "")
