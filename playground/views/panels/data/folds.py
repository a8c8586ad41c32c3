"""The line that turns between the parts of the sliders where there is no room for all of them."""

from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from playground.data.dataset import Task
from playground.session import Session
from playground.views.forms import percent
from playground.views.icons import icon
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

_ICON = 11
_BESIDE_TEXT = 30
"""Pixels of a button that are not text."""


class Part(Enum):
    """What is shown below the gallery: points and noise; balance and label noise; what the set itself has."""

    USUAL = "usual"
    UNUSUAL = "unusual"
    OWN = "own"


class Folds(QWidget):
    """A button for each part that is folded away; the part that is open has one that leads back.

    Signals:
        turned(): ``part`` is another one.
    """

    turned = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.part = Part.USUAL
        self._has_own = False
        self._unusual = self._button("data.more", Part.UNUSUAL)
        self._own = self._button("data.own", Part.OWN)
        self._unusual.setToolTip(self.tr("Class balance, label noise and the seed of the data"))
        self._unusual.setAccessibleName(self.tr("More about the data"))
        self._own.setToolTip(self.tr("What can be set about this data set itself"))
        self._own.setAccessibleName(self.tr("Settings of the data set"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._unusual)
        row.addWidget(self._own)
        row.addStretch(1)

    def refresh(self, *, has_own: bool) -> None:
        """Name the parts, and tell what differs from the usual behind the fold."""
        self._has_own = has_own
        if self.part is Part.OWN and not has_own:
            self._turn(Part.USUAL)
            return
        self._own.setVisible(has_own)
        own, unusual = self.part is Part.OWN, self.part is Part.UNUSUAL
        self._dress(self._own, self.tr("Back") if own else self.tr("Settings"), back=own)
        self._dress(self._unusual, self.tr("Points, noise, batch") if unusual else self._behind(), back=unusual)

    def sizeHint(self) -> QSize:
        """One line, however wide."""
        return QSize(0, self._unusual.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words to the width."""
        super().resizeEvent(event)
        self.refresh(has_own=self._has_own)

    def _behind(self) -> str:
        data, told = self._session.document.project.data, []
        if data.source.task is not Task.REGRESSION:
            if data.label_noise:
                told.append(self.tr("label noise %s") % percent(data.label_noise))
            if data.balance != 0.5:
                told.append(self.tr("balance %s") % percent(data.balance))
        return ", ".join(told) or (self.tr("More") if self._has_own else self.tr("Balance, label noise …"))

    def _dress(self, button: QToolButton, text: str, *, back: bool) -> None:
        metrics = QFontMetrics(sized_font(CAPTION_SIZE))
        room = self.width() - _BESIDE_TEXT
        if self._has_own and button is self._unusual:
            room -= metrics.horizontalAdvance(self._own.text()) + _BESIDE_TEXT
        button.setChecked(back)
        button.setIcon(icon("chevron-left" if back else "chevron-right", self._theme, Token.MUTED))
        button.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 40)))

    def _button(self, name: str, part: Part) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("quiet", True)
        button.setCheckable(True)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setStyleSheet("font-size: 11px; padding: 1px 2px; background: transparent;")
        button.clicked.connect(lambda: self._turn(Part.USUAL if self.part is part else part))
        return button

    def _turn(self, part: Part) -> None:
        self.part = part
        self.refresh(has_own=self._has_own)
        self.turned.emit()
