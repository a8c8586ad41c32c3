"""Lesson files are opened by name, by drop and by the command line; a damaged one is a sentence."""

from pathlib import Path
from typing import Any

import pytest

from playground import cli
from playground.app import application
from tests.app.test_dropping import drop
from tests.lessons.test_reader import lesson


@pytest.mark.parametrize("name", ["own.dllesson", "OWN.DLLESSON", "own.json"])
def test_a_lesson_is_dropped_and_played(driver: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(lesson())
    assert drop(driver.window, tmp_path / name)
    guide = driver.window.session.guide
    assert (guide.lesson.title, guide.name) == ("Small", "")
    assert driver.window.verbs.lessons.panel.isVisible()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"[" * 100_000, b"{}", lesson(steps=[])])
def test_a_damaged_lesson_is_a_sentence(driver: Any, tmp_path: Path, content: bytes) -> None:
    path, before = tmp_path / "bad.dllesson", driver.window.session.document.project
    path.write_bytes(content)
    driver.window.verbs.files.open_named(str(path))
    assert driver.window.messages.message.text.startswith("“bad.dllesson” ")
    assert driver.window.session.document.project == before
    assert driver.window.session.guide.lesson is None


def test_a_lesson_is_opened_by_the_command_line(qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "own.dllesson"
    path.write_bytes(lesson())
    _, window = application.create(["playground", str(path)])
    window.show()
    qtbot.waitExposed(window)
    assert window.session.guide.lesson is not None
    qtbot.waitUntil(window.verbs.lessons.panel.isVisible)
    window.close()
    window.deleteLater()


def test_a_damaged_lesson_is_told_before_a_window_opens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.dllesson"
    path.write_bytes(lesson(minutes=0))
    assert cli.main([str(path)]) == 2
    assert "minutes" in capsys.readouterr().err
