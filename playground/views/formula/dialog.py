"""The dialog for one formula: a line to type it, a live picture of it over the plane, and what is wrong with it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.data.formula import CONSTANTS, FUNCTIONS, MAX_LENGTH, FormulaError
from playground.session.language import translated
from playground.views.panels.card import label
from playground.views.theme import Theme, Token

SIDE = 168
_WAIT_MS = 150
_WIDTH = 440

Painted = Callable[[str, int, float], QImage]
"""(formula, logical pixels, device pixel ratio) → its picture; raises FormulaError."""


class FormulaDialog(QDialog):
    """Asks for a formula; OK is there as soon as it makes sense.

    paint: draws what the formula gives. describe: one sentence about it. done: takes the formula and returns why it
    cannot be used after all, "" when all is well. examples: formulas that a click puts in.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        title: str,
        text: str,
        *,
        paint: Painted,
        describe: Callable[[str], str],
        done: Callable[[str], str],
        examples: tuple[str, ...],
    ) -> None:
        super().__init__(parent)
        self._theme, self._paint, self._describe, self._done = theme, paint, describe, done
        self.setObjectName("formula.dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line = QLineEdit(text, self)
        self.line.setMaxLength(MAX_LENGTH)
        self.line.setObjectName("formula.text")
        self.line.setAccessibleName(self.tr("Formula"))
        self.line.setToolTip(self.tr("A formula of x₁ and x₂, also written x and y"))
        self.words = label("", "caption", self)
        self.words.setObjectName("formula.words")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setMinimumHeight(4 * self.words.fontMetrics().lineSpacing())
        self.picture = _Picture(theme, self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._arrange(examples)
        self.line.textChanged.connect(self._typed)
        self._wait.timeout.connect(self.refresh)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self._wait.stop)
        self.line.selectAll()
        self.refresh()

    @property
    def ok(self) -> QPushButton:
        """The button that takes the formula."""
        return self.buttons.button(QDialogButtonBox.StandardButton.Ok)

    @Slot()
    def _typed(self) -> None:
        self._wait.start()

    @Slot()
    def refresh(self) -> bool:
        """Show what the formula gives, or what is wrong with it; returns whether it can be used."""
        text = self.line.text()
        try:
            image = self._paint(text, SIDE, self.devicePixelRatioF())
            sentence, fault = self._describe(text), False
        except FormulaError as error:
            image, sentence, fault = None, translated(error.args[0]), True
        self.picture.show_image(image)
        self._say(sentence, fault=fault)
        self.ok.setEnabled(not fault)
        return not fault

    def _say(self, sentence: str, *, fault: bool) -> None:
        self.words.setText(sentence)
        if self.words.property("warning") != fault:
            self.words.setProperty("warning", fault)
            self.words.style().polish(self.words)

    def _accept(self) -> None:
        if not self.refresh():
            return
        problem = self._done(self.line.text().strip())
        if problem:
            self._say(translated(problem), fault=True)
        else:
            self.accept()

    # -- building --------------------------------------------------------------------------------------------------

    def _arrange(self, examples: tuple[str, ...]) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 16, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.line, 0, 0, 1, 2)
        grid.addWidget(self.picture, 1, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.words, 1, 0)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label(self.tr("For example"), "caption", self))
        for example in examples:
            column.addWidget(self._example(example), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        grid.addLayout(column, 2, 0)
        known = label(self.tr("Known: %s") % self._known(), "caption", self)
        known.setWordWrap(True)
        grid.addWidget(known, 3, 0, 1, 2)
        grid.addWidget(self.buttons, 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(2, 1)
        self.setMinimumWidth(_WIDTH)

    def _example(self, text: str) -> QPushButton:
        button = QPushButton(text.replace("&", "&&"), self)
        button.setProperty("link", True)
        button.setAutoDefault(False)
        button.setToolTip(self.tr("Put this formula in"))
        button.clicked.connect(lambda: self._put(text))
        return button

    def _put(self, text: str) -> None:
        self.line.setText(text)
        self.line.setFocus()
        self._wait.stop()
        self.refresh()

    def _known(self) -> str:
        functions = " ".join(FUNCTIONS)
        places = self.tr("x1 x2 (or x y) · r (distance from the middle), angle")
        return f"{places} · + − * / ^ ( ) · {functions} · {' '.join(CONSTANTS)} · < <= > >= = and or not"


class _Picture(QWidget):
    """A square for the picture of a formula."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self.setFixedSize(SIDE, SIDE)
        self.setAccessibleName(self.tr("What the formula gives over the plane"))

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or an empty square."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """It does not grow."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture in a thin frame."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(Token.CARD))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._image)
        painter.setPen(QPen(self._theme.color(Token.LINE), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
