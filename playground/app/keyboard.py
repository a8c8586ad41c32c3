"""Keyboard manners of the whole window: who gets the space bar, and who takes the focus.

Space trains wherever the focus is, except on a button, box or list that was reached by Tab: there it presses what is
focused, as everywhere else. So that the two do not clash, a mouse click does not move the focus to a button.
(An event filter on the application would do the same, but every event would then wait for Python's lock, which the
training thread holds most of the time.)
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QWidget


def leave_focus_on_click(window: QWidget) -> None:
    """Let buttons and choice boxes inside ``window`` take the focus by Tab only."""
    for kind in (QAbstractButton, QComboBox):
        for widget in window.findChildren(kind):
            if widget.focusPolicy() & Qt.FocusPolicy.ClickFocus:
                widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def press_space(event: QKeyEvent, train: QAction) -> bool:
    """Trigger ``train`` if ``event`` is a space bar that no widget wanted; tell whether it was."""
    if event.key() != Qt.Key.Key_Space or event.modifiers() or event.isAutoRepeat():
        return False
    train.trigger()
    return True


def leave_field(event: QKeyEvent) -> bool:
    """Give the keyboard back to the window when Return ends the typing of a number; tell whether it did."""
    field = QApplication.focusWidget()
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(field, QAbstractSpinBox):
        return False
    field.clearFocus()
    return True
