"""A label of one line that ends in … where it has no room, and tells the whole in its tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

LEAST = 24
"""Pixels that are left at least."""


class ElidedLabel(QLabel):
    """Takes the room of the whole text if there is so much. ``text()`` is the whole text at any time."""

    def __init__(self, text: str, parent: QWidget | None = None, *, tip: str = "") -> None:
        super().__init__(text, parent)
        self._whole, self._tip = text, tip
        self.setToolTip(tip)

    def text(self) -> str:
        """The whole text."""
        return self._whole

    def setText(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        hint = super().sizeHint()
        width = self.fontMetrics().horizontalAdvance(self._whole) + max(self.indent(), 0) + 2
        return QSize(width, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a letter and …"""
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - max(self.indent(), 0)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if shown != super().text():
            super().setText(shown)
        self.setToolTip(self._tip or (self._whole if shown != self._whole else ""))
