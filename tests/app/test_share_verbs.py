"""Share codes through the clipboard and the real window."""

from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from playground.project import edits, presets, share
from playground.training import checkpoint
from playground.training.checkpoint import FileError


def test_a_code_travels_by_the_clipboard_and_pasting_is_undone(driver: Any) -> None:
    document = driver.window.session.document
    document.apply(edits.set_source(document.project, "xor"))
    shared = document.project
    driver.trigger("file.copy_code")
    assert share.read(QGuiApplication.clipboard().text())[0] == shared
    document.apply(edits.load_project(document.project, presets.load("blobs")))
    driver.trigger("file.paste_code")
    assert document.project == shared
    driver.trigger("edit.undo")
    assert document.project == presets.load("blobs")


def test_pasting_something_else_changes_nothing_and_says_why(driver: Any) -> None:
    QGuiApplication.clipboard().setText("a shopping list")
    before = driver.window.session.document.project
    driver.trigger("file.paste_code")
    assert driver.window.session.document.project is before
    assert "no share code" in driver.window.messages.message.text


def test_a_code_opens_wherever_a_name_does() -> None:
    opened = checkpoint.open_named(share.encode(presets.load("xor")))
    assert opened.project == presets.load("xor")
    with pytest.raises(FileError, match="damaged"):
        checkpoint.open_named("DLP1-abc")
