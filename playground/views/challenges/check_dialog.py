"""Check a hand-in code: it is trained once more from its seed, and shows the score that it is worth."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.lessons.challenges import code
from playground.lessons.challenges.code import HandIn
from playground.lessons.challenges.reader import ChallengeError
from playground.session.challenge_desk import ChallengeDesk, Judged
from playground.session.language import translated
from playground.views.challenges import words
from playground.views.challenges.stars import Stars
from playground.views.panels.card import Connections, label
from playground.views.theme import Theme


class CheckDialog(QDialog):
    """Paste a code or a whole result text, judge it, and open its project if wanted.

    Signals:
        open_wanted(HandIn): the project of the code is to be opened.
    """

    open_wanted = Signal(object)

    def __init__(self, desk: ChallengeDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.check_code")
        self.setWindowTitle(self.tr("Check a code"))
        self._desk = desk
        self._handed: HandIn | None = None
        self._waiting = False
        self._connections = Connections()
        self.prompt = QLabel(self.tr("Paste a hand-in code, or the whole text of a result."), self, wordWrap=True)
        note = self.tr("It is trained once more from its seed. Another kind of processor may round differently.")
        self.note = label(note, "caption", self)
        self.note.setWordWrap(True)
        self.edit = QPlainTextEdit(self)
        self.edit.setObjectName("check.code")
        self.edit.setAccessibleName(self.tr("Hand-in code"))
        self.edit.setPlaceholderText("DLC1-…")
        self.edit.setTabChangesFocus(True)
        self.title = label("", "heading", self)
        self.stars = Stars(theme, self)
        self.outcome = QLabel(self, wordWrap=True)
        self.outcome.setObjectName("check.result")
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setAccessibleName(self.tr("The judge's run"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.prompt)
        column.addWidget(self.edit, 1)
        for widget in (self.note, self.title, self.stars, self.outcome, self.progress):
            column.addWidget(widget)
        column.addWidget(self._buttons())
        self.edit.textChanged.connect(self._forget)
        for signal, slot in (
            (desk.progressed, self._show_progress),
            (desk.finished, self._show),
            (desk.failed, self._refuse),
            (desk.cancelled, self._end),
            (desk.changed, self._enable),
        ):
            self._connections.add(signal, slot)
        self._forget()
        self.resize(QSize(560, 400))

    def check(self, text: str) -> None:
        """Judge the code in a text at once."""
        self.edit.setPlainText(text)
        self.start()

    @Slot()
    def start(self) -> None:
        """Judge what was pasted; a text without a sound code is refused with a sentence."""
        if self._desk.busy:
            return
        self._forget()
        try:
            handed = code.read(self.edit.toPlainText())
        except ChallengeError as error:
            self._refuse(error.args[0])
            return
        self._handed, self._waiting = handed, True
        self.title.setText(translated(handed.challenge.title))
        self.progress.setValue(0)
        self._desk.check(handed)
        self._enable()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop listening for good."""
        self._connections.undo()
        super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits any more."""
        super().hideEvent(event)
        if self._waiting:
            self._desk.stop()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.check_button = QPushButton(self.tr("Check"), self)
        self.check_button.setObjectName("check.start")
        self.check_button.setProperty("primary", True)
        self.check_button.setDefault(True)
        self.check_button.clicked.connect(self.start)
        self.open_button = QPushButton(self.tr("Open the project"), self)
        self.open_button.setObjectName("check.open")
        self.open_button.setToolTip(self.tr("Open the project of this code, with its challenge; Undo takes it back"))
        self.open_button.clicked.connect(self._open)
        box.addButton(self.check_button, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.open_button, QDialogButtonBox.ButtonRole.ActionRole)
        box.rejected.connect(self.reject)
        return box

    @Slot()
    def _forget(self) -> None:
        """Another text: what was said holds no longer."""
        self._handed = None
        self.title.setText("")
        self.outcome.setText("")
        self._enable()

    @Slot()
    def _enable(self) -> None:
        busy = self._waiting
        self.check_button.setEnabled(not self._desk.busy and bool(self.edit.toPlainText().strip()))
        self.edit.setReadOnly(busy)
        self.open_button.setEnabled(self._handed is not None and not busy)
        self.progress.setVisible(busy)
        self.title.setVisible(bool(self.title.text()))
        self.stars.setVisible(self._handed is not None and not busy and bool(self.outcome.text()))
        self.outcome.setVisible(bool(self.outcome.text()))

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(1000 * share))

    @Slot(object)
    def _show(self, judged: Judged) -> None:
        if not self._waiting or self._handed is not judged.handed:
            return
        self._waiting = False
        challenge, verdict = judged.handed.challenge, judged.verdict
        who = f"{judged.handed.words}: " if judged.handed.words else ""
        name = "" if verdict.score is None else f"{words.metric_name(challenge)} "
        self.outcome.setText(f"{who}{name}{words.verdict_text(challenge, verdict, stars=False)}")
        self.stars.show_stars(challenge, 0, verdict.stars)
        self._enable()

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self._waiting = False
        self.outcome.setText(translated(sentence))
        self._enable()

    @Slot()
    def _end(self) -> None:
        self._waiting = False
        self._enable()

    @Slot()
    def _open(self) -> None:
        if self._handed is not None:
            handed = self._handed
            self.accept()
            self.open_wanted.emit(handed)
