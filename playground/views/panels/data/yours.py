"""The part of the gallery for data of one's own: the present set, and what brings another one."""

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from playground.data.sources import SOURCES
from playground.session import Session
from playground.views.panels.card import label
from playground.views.panels.data.source_button import SourceButton
from playground.views.theme import Theme


class Yours(QWidget):
    """Picture and name of the user's own set, and a button for each action of the menu Data."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._picture = SourceButton("own", session.document.project.data.source, theme, self)
        self._picture.setChecked(True)
        self._picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = label("", "caption", self)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(self._words.sizePolicy().Policy.Ignored, self._words.sizePolicy().Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._words, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addLayout(head)
        self._column.addStretch(1)

    def offer(self, actions: Sequence[QAction]) -> None:
        """Show a button for each action."""
        for action in actions:
            button = _ActionButton(action, self)
            self._column.insertWidget(self._column.count() - 1, button)

    def refresh(self) -> None:
        """Show the present set, or that there is none of one's own yet."""
        source = self._session.document.project.data.source
        own = str(source.__struct_config__.tag) not in SOURCES
        self._picture.setVisible(own)
        if own:
            self._picture.describe(source)
            self._picture.show_sample(self._session.document.samples.dataset)
            self._words.setText(f"<b>{html.escape(source.title)}</b><br>{html.escape(source.description)}")
        else:
            self._words.setText(self.tr("No data of your own yet. Bring some:"))

    def repaint_pictures(self) -> None:
        """Paint with the theme's colours."""
        self._picture.repaint_picture()


class _ActionButton(QPushButton):
    """A flat button that does what an action does, and says so in its words."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        self.setProperty("segment", True)
        self.setStyleSheet("text-align: left; padding: 1px 6px;")
        self.setFixedHeight(20)
        self.setObjectName(f"data.yours.{action.objectName()}")
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setText(self._action.text().replace("&", ""))
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self.text())
        self.setEnabled(self._action.isEnabled())
