"""The bottom line: one message at a time, with its remedies; it never blocks anything."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.project.build import Problem
from playground.session import Session
from playground.session.language import translated
from playground.training.records import Divergence, RunState, TrainingError
from playground.views import messages
from playground.views.icons import icon, pixmap
from playground.views.messages import Message, Remedy, Severity
from playground.views.panels.card import Connections, label
from playground.views.panels.overflow import Overflow
from playground.views.theme import Theme, Token

PASSING_MS = 8000
"""How long a sentence that passes by itself can be read."""

READABLE, SPACING = 160, 6
"""Pixels that are kept for the sentence, and pixels between buttons."""


class MessageBar(QFrame):
    """Shows why a run stopped, what keeps a project from training, and hints.

    A message stays until its cause is gone, a remedy was chosen or it was dismissed; the newest one is shown. News
    without a remedy pass by themselves. A hint waits until nothing else is shown.
    """

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.messages")
        self.setAccessibleName(self.tr("Messages"))
        self._session, self._theme = session, theme
        self._connections = Connections()
        self._message: Message | None = None
        self._hinting = False
        self._passing = QTimer(self, singleShot=True, interval=PASSING_MS)
        self._passing.timeout.connect(self.clear)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 2, 4, 2)
        self._row.setSpacing(SPACING)
        self._sentence = _Sentence(theme, self)
        self._row.addWidget(self._sentence, 1)
        self._buttons: list[QPushButton] = []
        self._more = Overflow(self)
        self._more.setObjectName("message.more")
        self._row.addWidget(self._more)
        self._details = QPushButton(self.tr("Details"), self)
        self._details.setProperty("link", True)
        self._details.setObjectName("message.details")
        self._details.setToolTip(self.tr("Show what exactly happened"))
        self._row.addWidget(self._details)
        self._dismiss = QToolButton(self)
        self._dismiss.setProperty("quiet", True)
        self._dismiss.setObjectName("message.dismiss")
        self._dismiss.setToolTip(self.tr("Dismiss this message"))
        self._dismiss.setAccessibleName(self.tr("Dismiss"))
        self._row.addWidget(self._dismiss)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(30)
        self._sheet: _Details | None = None
        self._connect()
        self.refresh()

    @property
    def message(self) -> Message | None:
        """The message on screen."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Show ``message`` in place of the present one."""
        self._passing.stop()
        self._message, self._hinting = message, False
        if message.severity is Severity.INFO and not message.remedies:
            self._passing.start()
        self.refresh()

    @property
    def busy(self) -> bool:
        """Whether something is shown that a hint must not take the place of."""
        return self._message is not None and not self._hinting

    def show_hint(self, message: Message) -> bool:
        """Show a hint that stays until it is chosen, dismissed or replaced; False where there is no room for it."""
        if self.busy:
            return False
        self._passing.stop()
        self._message, self._hinting = message, True
        self.refresh()
        return True

    def withdraw(self, message: Message) -> None:
        """Clear a hint whose cause is gone, if it is still shown."""
        if self._message is message:
            self.clear()

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Show a sentence that passes by itself; it never takes the place of a message that stays."""
        if self._message is None or self._passing.isActive():
            if self._message is None or self._message.text != sentence:
                self.show_message(Message(Severity.INFO, sentence))
            self._passing.start()  # from now on, also where it is the same sentence

    @Slot()
    def clear(self) -> None:
        """Show nothing."""
        self._passing.stop()
        self._message, self._hinting = None, False
        self.refresh()

    def refresh(self) -> None:
        """Show the message, its buttons and its colours."""
        for button in self._buttons:
            button.hide()
            button.setParent(None)  # so that nobody finds it any more; it may be the one that is being clicked
            button.deleteLater()
        self._buttons = []
        message = self._message
        self._sentence.show_message(message)
        self._details.setVisible(bool(message and message.details))
        self._details.setText((message.details_name if message else "") or self.tr("Details"))
        self._dismiss.setVisible(message is not None)
        for place, remedy in enumerate(message.remedies if message else ()):
            button = self._remedy_button(remedy, place)
            self._buttons.append(button)
            self._row.insertWidget(1 + place, button)
        self._fit()
        self._recolor()

    def minimumSizeHint(self) -> QSize:
        """Room for a piece of the sentence: where it is narrow, remedies give way."""
        return QSize(READABLE, 30)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many remedies as there is room for beside a readable piece of the sentence."""
        super().resizeEvent(event)
        self._fit()

    def close(self) -> bool:
        """Stop listening, then close."""
        self._connections.undo()
        return super().close()

    def _fit(self) -> None:
        beside = (one for one in (self._details, self._dismiss) if one.isVisibleTo(self))
        taken = READABLE + sum(one.sizeHint().width() + SPACING for one in beside)
        self._more.fit(self._buttons, self.width() - taken, SPACING)

    def _connect(self) -> None:
        trainer = self._session.trainer
        add = self._connections.add
        add(trainer.diverged, self._diverged)
        add(trainer.failed, self._failed)
        add(trainer.run_state, self._follow)
        add(trainer.restarted, self._restarted)
        add(trainer.problems_changed, self._show_problems)
        add(self._theme.changed, self._recolor)
        self._dismiss.clicked.connect(self.clear)
        self._details.clicked.connect(self._open_details)
        self._show_problems(trainer.problems)

    def _remedy_button(self, remedy: Remedy, place: int) -> QPushButton:
        button = QPushButton(remedy.text, self)
        button.setProperty("link", True)
        button.setObjectName(f"message.remedy.{place}")
        button.setToolTip(remedy.tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

        def act() -> None:
            if not remedy.keeps:
                self.clear()
            remedy.act()

        button.clicked.connect(act)
        button.show()
        return button

    @Slot(object)
    def _diverged(self, divergence: Divergence) -> None:
        trainer = self._session.trainer
        self.show_message(
            messages.divergence_message(
                divergence, lambda: trainer.recover(divergence, divergence.suggested_learning_rate), trainer.reset
            )
        )

    @Slot(object)
    def _failed(self, error: TrainingError) -> None:
        self.show_message(messages.error_message(error))

    @Slot(object)
    def _follow(self, state: RunState) -> None:
        """What was said about a run that stopped is past when training goes on."""
        if state is RunState.RUNNING and self._message and self._message.severity is not Severity.INFO:
            self.clear()

    @Slot()
    def _restarted(self) -> None:
        if self._message and self._message.severity is not Severity.INFO and not self._session.trainer.problems:
            self.clear()

    @Slot(object)
    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        document = self._session.document
        if problems:
            self.show_message(
                messages.problem_message(problems[0].sentence, document.undo if document.can_undo else None)
            )

    @Slot()
    def _open_details(self) -> None:
        if self._message:
            self._sheet = self._sheet or _Details(self)
            self._sheet.open_above(self, self._details.text(), self._message.details)

    @Slot()
    def _recolor(self) -> None:
        self._dismiss.setIcon(icon("close", self._theme, Token.MUTED))
        warm = self._message is not None and self._message.severity is not Severity.INFO
        fill = self._theme.hex(Token.WARNING_FILL) if warm else "transparent"
        self.setStyleSheet(f"MessageBar {{ background: {fill}; border-radius: 6px; }}")


class _Sentence(QWidget):
    """Icon and sentence, cut short with "…" where the window is narrow; the tool-tip has the whole."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message: Message | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_message(self, message: Message | None) -> None:
        self._message = message
        text = translated(message.text) if message else ""
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(100, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._message is None:
            return
        painter = QPainter(self)
        color = self._theme.color(Token.TEXT if self._message.severity is Severity.INFO else Token.WARNING)
        side = 16
        top = (self.height() - side) // 2
        painter.drawPixmap(0, top, pixmap(self._message.severity.value, color, side, self.devicePixelRatioF()))
        painter.setPen(color)
        room = self.rect().adjusted(side + 8, 0, 0, 0)
        text = QFontMetrics(self.font()).elidedText(
            translated(self._message.text), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class _Details(QFrame):
    """A small sheet above the bottom line with the details of a message, to be read or copied."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        self._heading = label(self.tr("Details"), "heading", self)
        column.addWidget(self._heading)
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Details"))
        column.addWidget(self._text)
        copy = QPushButton(self.tr("Copy"), self)
        copy.setToolTip(self.tr("Copy the details to the clipboard"))
        copy.clicked.connect(self._copy)
        column.addWidget(copy, 0, Qt.AlignmentFlag.AlignRight)

    def open_above(self, bar: QWidget, heading: str, details: str) -> None:
        self._heading.setText(heading)
        self._text.setPlainText(details)
        size = QSize(min(720, max(320, bar.width())), 180 if len(details) < 800 else 280)
        corner = bar.mapToGlobal(QPoint(0, -size.height() - 4))
        self.setGeometry(QRect(corner, size))
        self.show()

    @Slot()
    def _copy(self) -> None:
        QApplication.clipboard().setText(self._text.toPlainText())
