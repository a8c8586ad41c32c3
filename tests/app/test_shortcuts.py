"""The list of keys: whole, searchable, small enough for every screen."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from playground.app.actions import ACTIONS
from playground.app.shortcuts import CANVAS, EVERYWHERE, PANELS, ShortcutSheet
from playground.views.help.key_rows import caps


@pytest.fixture
def sheet(driver: Any) -> ShortcutSheet:
    driver.trigger("help.shortcuts")
    found = driver.window.findChild(ShortcutSheet)
    assert found.isVisible()
    return found


def texts(sheet: ShortcutSheet) -> list[str]:
    return [row.text for row in sheet.rows()]


def test_every_key_is_on_a_sheet_that_fits_the_smallest_screen(sheet: ShortcutSheet) -> None:
    words, spoken = texts(sheet), " ".join(row.spoken for row in sheet.rows())
    for spec in ACTIONS:
        if spec.keys:
            assert spec.text.replace("&", "").rstrip("…") in words
            assert QKeySequence(spec.keys[-1]).toString(QKeySequence.SequenceFormat.NativeText) in spoken
    for _, text in (*CANVAS, *EVERYWHERE, *(row for _, rows in PANELS for row in rows)):
        assert text in words
    assert sheet.width() <= 1366
    assert sheet.height() <= 700
    assert not sheet.grab().isNull()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("undo", "Undo"),
        ("ctrl+k", "Search actions"),
        ("layer beside", "Select the layer beside"),
        ("home", "Select the first"),
    ],
)
def test_typing_finds_by_words_and_by_keys(sheet: ShortcutSheet, typed: str, found: str) -> None:
    everything = len(texts(sheet))
    QTest.keyClicks(sheet.search, typed)
    assert any(text.startswith(found) for text in texts(sheet))
    assert len(texts(sheet)) < everything / 2
    sheet.reject()


def test_a_part_of_the_name_of_a_key_finds_nothing(sheet: ShortcutSheet) -> None:
    QTest.keyClicks(sheet.search, "trl")
    assert "Undo" not in texts(sheet)
    sheet.reject()


def test_what_does_not_fit_says_so(sheet: ShortcutSheet) -> None:
    QTest.keyClicks(sheet.search, "no such thing")
    assert texts(sheet) == ["No action fits. Ctrl+K also finds those without keys."]
    QTest.keyClick(sheet.search, Qt.Key.Key_Down)
    sheet.search.clear()
    assert len(texts(sheet)) > 40
    sheet.reject()


@pytest.mark.parametrize(
    ("keys", "single"),
    [("Ctrl++", ("Ctrl", "+")), ("+", ("+",)), ("Ctrl+Shift+S", ("Ctrl", "Shift", "S")), ("-", ("-",))],
)
def test_combinations_fall_into_single_keys(keys: str, single: tuple[str, ...]) -> None:
    assert caps(keys) == single
