"""The part of the gallery for data of one's own: the present set, and what brings another one."""

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from playground.data.sources import SOURCES
from playground.session import Session
from playground.session.language import translated
from playground.views.panels.card import label
from playground.views.panels.data.source_button import SIDE, SourceButton
from playground.views.theme import Theme

_LOWEST, _HIGHEST = 16, 19
"""Pixels of a button: as many as the place has room for."""


class Yours(QWidget):
    """Picture and name of the user's own set, and a button for each action of the menu Data."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._buttons: list[QWidget] = []
        self._told = ("", "")
        self._picture = SourceButton("own", session.document.project.data.source, theme, self)
        self._picture.setChecked(True)
        self._picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = label("", "caption", self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setSizePolicy(self._words.sizePolicy().Policy.Ignored, self._words.sizePolicy().Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._words, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._column.addLayout(head)
        self._column.addStretch(1)

    def offer(self, actions: Sequence[QAction]) -> None:
        """Show a button for each action."""
        for action in actions:
            button = _ActionButton(action, self)
            self._column.insertWidget(self._column.count() - 1, button)
            self._buttons.append(button)
        self._fit()

    def refresh(self) -> None:
        """Show the present set, or that there is none of one's own yet."""
        source = self._session.document.project.data.source
        own = str(source.__struct_config__.tag) not in SOURCES
        self._picture.setVisible(own)
        if own:
            self._picture.describe(source)
            self._picture.show_sample(self._session.document.samples.dataset)
            self._told = translated(source.title), translated(source.description)
        else:
            self._told = "", self.tr("No data of your own yet. Bring some:")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the height between the buttons and what is told of the set, which is shortened where it must be."""
        title, sentence = self._told
        spacing, count = self._column.spacing(), max(1, len(self._buttons))
        high = min(_HIGHEST, max(_LOWEST, (self.height() - SIDE) // count - spacing))
        for button in self._buttons:
            button.setFixedHeight(high)
        room = self.height() - count * (high + spacing)
        width, words = self._words.width(), sentence.split()
        self._words.setToolTip(sentence)
        self._words.setText(_rich(title, sentence))
        while words and self._words.heightForWidth(width) > max(room, SIDE):
            words.pop()
            self._words.setText(_rich(title, " ".join(words) + " …"))

    def repaint_pictures(self) -> None:
        """Paint with the theme's colours."""
        self._picture.repaint_picture()


def _rich(title: str, sentence: str) -> str:
    return (f"<b>{html.escape(title)}</b><br>" if title else "") + html.escape(sentence)


class _ActionButton(QPushButton):
    """A flat button that does what an action does, and says so in its words."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        self.setProperty("segment", True)
        self.setStyleSheet("text-align: left; padding: 1px 6px;")
        self.setObjectName(f"data.yours.{action.objectName()}")
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setText(self._action.text().replace("&", ""))
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self.text())
        self.setEnabled(self._action.isEnabled())
