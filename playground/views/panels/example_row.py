"""The line that tells of the selected example, and leads to the next one."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from playground.views.icons import icon
from playground.views.panels.card import label
from playground.views.theme import Theme, Token


class ExampleRow(QWidget):
    """‹ › and what is known of the example; ✕ lets it go.

    Signals:
        wanted(int): the next (+1) or the last (−1) example. closed(): no example any more.
    """

    wanted = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("output.example")
        self._theme = theme
        self.words: QLabel = label("", "caption", self)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        back = self._button("chevron-left", self.tr("Example before (Left)"))
        on = self._button("chevron-right", self.tr("Next example (Right)"))
        shut = self._button("close", self.tr("Let the example go (Esc)"))
        for widget in (back, on):
            row.addWidget(widget)
        row.addWidget(self.words, 1)
        row.addWidget(shut)
        back.clicked.connect(lambda: self.wanted.emit(-1))
        on.clicked.connect(lambda: self.wanted.emit(+1))
        shut.clicked.connect(self.closed)
        theme.changed.connect(self._recolor)
        self._recolor()

    def show_words(self, text: str, tip: str = "") -> None:
        """Tell another thing of the example, and in the tool-tip the same at length."""
        shown = self.words.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(60, self.words.width()))
        if shown != self.words.text():
            self.words.setText(shown)
            self.words.setToolTip(tip or text)

    def _button(self, picture: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("quiet", True)
        button.setObjectName(f"output.example.{picture}")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(22, 20)
        return button

    def _recolor(self) -> None:
        for button in self.findChildren(QToolButton):
            button.setIcon(icon(button.objectName().rpartition(".")[2], self._theme, Token.MUTED))


def neighbour(present: int | None, by: int, rows: NDArray[np.int64]) -> int | None:
    """The row before or after ``present`` among ``rows``; from the last one back to the first. None without rows."""
    if not len(rows):
        return None
    ordered = np.sort(rows)
    if present is None:
        return int(ordered[0 if by > 0 else -1])
    place = int(np.searchsorted(ordered, present, side="right" if by > 0 else "left"))
    return int(ordered[(place if by > 0 else place - 1) % len(ordered)])
