"""Buttons of a row for which there is no room stand in a menu behind "…"."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMenu, QToolButton, QWidget


class Overflow(QToolButton):
    """Hides the last ones of a row of buttons as far as need be, and offers them in its menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText("…")
        self.setProperty("quiet", True)
        self.setToolTip(self.tr("What there is no room for"))
        self.setAccessibleName(self.tr("More"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.hide()

    def fit(self, buttons: Sequence[QAbstractButton], room: int, spacing: int) -> None:
        """Show as many of ``buttons`` as ``room`` pixels hold, with ``spacing`` pixels behind each."""
        widths = [button.sizeHint().width() + spacing for button in buttons]
        shown = len(buttons)
        while shown and sum(widths[:shown]) > room - (self.sizeHint().width() + spacing) * (shown < len(buttons)):
            shown -= 1
        self.menu().clear()
        for place, button in enumerate(buttons):
            button.setVisible(place < shown)
            if place >= shown:
                action = self.menu().addAction(button.text(), button.click)
                action.setToolTip(button.toolTip())
        self.setVisible(shown < len(buttons))
