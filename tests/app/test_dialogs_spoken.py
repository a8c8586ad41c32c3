"""What the windows over the main window hold is named and shows its focus, too."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QScrollBar, QTabBar, QWidget

OPENERS = (
    *("file.new", "file.picture", "edit.history", "edit.search", "data.formula", "data.booth", "data.pictures"),
    *("learn.lessons", "learn.challenges", "help.glossary", "help.shortcuts"),
)


def reachable(top: QWidget) -> list[QWidget]:
    """What Tab can reach; parts of other controls aside."""
    return [
        widget
        for widget in top.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parent(), QTabBar)
    ]


def looks(widget: QWidget) -> Any:
    corner = widget.mapTo(widget.window(), QPoint(-3, -3))
    return widget.window().grab(QRect(corner, widget.size() + QSize(6, 6))).toImage()


@pytest.mark.parametrize("action", OPENERS)
def test_a_dialog_is_named_and_shows_where_the_keys_go(driver: Any, action: str) -> None:
    before = set(QApplication.topLevelWidgets())
    driver.trigger(action)

    def opened() -> list[QWidget]:
        return [top for top in QApplication.topLevelWidgets() if top not in before and top.isVisible()]

    driver.wait(lambda: bool(opened()))
    top = opened()[0]
    controls = reachable(top)
    assert controls
    for widget in controls:
        found = QAccessible.queryAccessibleInterface(widget)
        assert found.text(QAccessible.Text.Name).strip(), (widget, widget.objectName())
        if isinstance(widget, (QLabel, QScrollArea)):  # a label shows the focus on the link that was reached
            continue
        if (focused := top.focusWidget()) is not None:
            focused.clearFocus()
        without = looks(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert not widget.hasFocus() or looks(widget) != without, (widget, widget.objectName())
    top.close()
