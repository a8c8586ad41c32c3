"""Keys keep the names that Qt gives them, where a text of ours is the same word in English."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from playground.session import languages


@pytest.fixture(autouse=True)
def spanish(qapp: object) -> Iterator[None]:
    languages.speak("es")
    yield
    languages.speak("en")


def test_a_text_has_its_translation_in_every_context() -> None:
    assert QCoreApplication.translate("BreakIt", "Right") == "Correcto"
    assert QCoreApplication.translate("", "Right") == "Correcto"


def test_keys_are_named_by_qt() -> None:
    native = QKeySequence("Alt+Right").toString(QKeySequence.SequenceFormat.NativeText)
    assert native.endswith("Derecha")
