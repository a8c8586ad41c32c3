"""What the app remembers, and where."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from playground.session import AppSettings
from playground.session.settings import portable_folder


def test_values_come_back_from_the_file(tmp_path: Path) -> None:
    settings = AppSettings(tmp_path)
    settings.put("theme", "dark")
    settings.put("greeted", True)
    settings.put("window/layout", QByteArray(b"\x00\xff"))
    settings.flush()
    assert (tmp_path / "settings.ini").exists()
    again = AppSettings(tmp_path)
    assert again.text("theme") == "dark"
    assert again.flag("greeted")
    assert again.blob("window/layout").data() == b"\x00\xff"
    again.clear()
    again.flush()
    assert AppSettings(tmp_path).text("theme") == ""


def test_the_platforms_folder_is_the_usual_one() -> None:
    assert AppSettings().folder.name == "deep-learning-playground"


def test_a_portable_program_keeps_its_settings_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "playground"))
    monkeypatch.delenv("APPIMAGE", raising=False)
    (tmp_path / "portable.ini").touch()
    assert portable_folder() is None  # not packaged
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert portable_folder() == tmp_path / "settings"
    (tmp_path / "portable.ini").unlink()
    assert portable_folder() is None
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "portable.ini").touch()
    monkeypatch.setenv("APPIMAGE", str(stick / "Playground.AppImage"))
    assert portable_folder() == stick / "settings"
