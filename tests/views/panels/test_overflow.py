"""Buttons without room stand in a menu."""

from typing import Any

import pytest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from playground.views.panels.overflow import Overflow


@pytest.mark.parametrize("room", [0, 150, 260, 10_000])
def test_what_is_shown_fits_and_the_rest_is_in_the_menu(qtbot: Any, room: int) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    layout, pressed = QHBoxLayout(row), []
    buttons = [QPushButton(f"Button {number}") for number in range(4)]
    for button in buttons:
        button.clicked.connect(lambda _checked=False, text=button.text(): pressed.append(text))
        layout.addWidget(button)
    more = Overflow(row)
    layout.addWidget(more)
    row.show()
    more.fit(buttons, room, 6)
    shown = [button for button in buttons if button.isVisible()]
    behind = [action.text() for action in more.menu().actions()]
    assert [button.text() for button in shown] + behind == [button.text() for button in buttons]
    assert more.isVisible() is bool(behind)
    wide = sum(button.sizeHint().width() + 6 for button in shown) + (more.sizeHint().width() + 6) * bool(behind)
    assert wide <= room or not shown
    for action in more.menu().actions():
        action.trigger()
    assert pressed == behind
