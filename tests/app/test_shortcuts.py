"""The sheet of keys."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from playground.app.actions import ACTIONS
from playground.app.shortcuts import CANVAS, ShortcutSheet


def test_every_key_is_on_a_sheet_that_fits_the_smallest_screen(driver: Any) -> None:
    driver.trigger("help.shortcuts")
    sheet = driver.window.findChild(ShortcutSheet)
    assert sheet.isVisible()
    words = "".join(label.text() for label in sheet.findChildren(QLabel))
    for spec in ACTIONS:
        if spec.keys:
            assert spec.text.replace("&", "").rstrip("…") in words
    assert all(text in words for _, text in CANVAS)
    assert sheet.width() <= 1366
    assert sheet.height() <= 700
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
