"""Which language is spoken, and how texts are looked up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox

from playground.session import AppSettings, languages
from playground.texts import LANGUAGES


@pytest.fixture(autouse=True)
def english_again(qapp: Any) -> Iterator[None]:
    yield
    languages.speak("en")


def translate(text: str, context: str = "Anything") -> str:
    return QCoreApplication.translate(context, text)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_language_is_spoken_in_every_context(language: str) -> None:
    assert languages.speak(language) == language == languages.spoken()
    table = languages.table(language)
    assert translate("&File") == translate("&File", "actions") == table["&File"] != "&File"
    assert translate("never heard of") == "never heard of"
    assert QLocale().name().startswith(language)


def test_english_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "table", lambda language: pytest.fail("a table was read"))
    assert languages.speak("en") == "en"
    assert translate("&File") == "&File"


def test_texts_and_keys_of_qt_follow(qtbot: Any) -> None:
    languages.speak("de")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text() == "Abbrechen"
    keys = QKeySequence("Ctrl+Shift+Right").toString(QKeySequence.SequenceFormat.NativeText)
    assert keys == "Strg+Umschalt+Rechts"
    assert QLocale().toString(1.5) == "1,5"


def test_the_choice_is_remembered_and_a_start_may_have_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = AppSettings(tmp_path)
    monkeypatch.delenv(languages.VARIABLE, raising=False)
    assert languages.chosen(settings) == "system"
    languages.choose(settings, "es")
    assert languages.spoken() == "es"
    assert languages.chosen(AppSettings(tmp_path)) == "es"
    monkeypatch.setenv(languages.VARIABLE, "de")
    assert languages.chosen(settings) == "de"
    monkeypatch.setenv(languages.VARIABLE, "xx")
    assert languages.chosen(settings) == "es"


class System:
    """A system that prefers some languages."""

    def __init__(self, *wanted: str) -> None:
        self.wanted = list(wanted)

    def uiLanguages(self) -> list[str]:
        return self.wanted


@pytest.mark.parametrize(
    ("wanted", "language"),
    [(("de-CH", "en"), "de"), (("fr-FR", "es_MX"), "es"), (("fr", "ja"), "en"), ((), "en"), (("en-GB", "de"), "en")],
)
def test_the_system_chooses(wanted: tuple[str, ...], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages.QLocale, "system", lambda: System(*wanted))
    assert languages.of_system() == language
