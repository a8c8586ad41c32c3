"""A note at the output layer where layers, output and loss go against the data, with the step that mends it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from playground.project.conflicts import Conflict, conflict
from playground.session.document import Document
from playground.session.language import translated
from playground.views.canvas.geometry import Layout, Rect
from playground.views.theme import Theme, Token

WIDTH = 276


class ConflictNote(QFrame):
    """Hidden while all is well."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._theme = document, theme
        self._conflict: Conflict | None = None
        self.setObjectName("canvas.conflict")
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setProperty("warning", True)
        self.repair = QPushButton(self)
        self.repair.setObjectName("canvas.repair")
        self.repair.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.repair.setStyleSheet("QPushButton { padding: 5px 8px; }")
        self.repair.clicked.connect(self._mend)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.repair)
        self.hide()

    def refresh(self) -> None:
        """Look for a conflict, and tell it."""
        self._conflict = conflict(self._document.project)
        if self._conflict is not None:
            self.words.setText(translated(self._conflict.sentence))
            label = translated(self._conflict.repair.label)
            room = WIDTH - 44
            self.repair.setText(self.repair.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room))
            tip = self.tr("%1: mends this in one step; what was learned stays as far as it fits.")
            self.repair.setToolTip(tip.replace("%1", label))
            self.setAccessibleName(self.words.text())

    def place(self, layout: Layout, room: Rect) -> None:
        """Stand below the head of the output column, within what is seen, beside the loss card."""
        self.setVisible(self._conflict is not None)
        if self._conflict is None:
            return
        height = self._column.totalHeightForWidth(WIDTH)
        frame = layout.columns[-1].frame
        right = min(room.right, layout.loss.x) - 6  # the loss can be the remedy, too
        x = max(room.x + 4, min(frame.center_x - WIDTH / 2, right - WIDTH))
        self.setGeometry(round(x), round(frame.y + layout.head.height + 6), WIDTH, height)
        self.raise_()

    def _mend(self) -> None:
        if self._conflict is not None:
            self._document.apply(self._conflict.repair)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the amber card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color(Token.WARNING), 1))
        painter.setBrush(self._theme.color(Token.WARNING_FILL))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
