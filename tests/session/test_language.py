"""The core's texts in the user's language: the sentence, the texts in it, and the numbers as they are written there."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

import playground
from playground.insight.coach import RULES
from playground.project import edits, presets
from playground.session.language import translated
from playground.texts import Text, named

GERMAN = {
    "Set %1 to %2": "%1 auf %2 setzen",
    "Learning rate": "Lernrate",
    "Add %1 layer": "%1-Schicht hinzufügen",
}


class German(QTranslator):
    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return GERMAN.get(text) if not context else None

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def german(qapp: Any) -> Iterator[None]:
    before, translator = QLocale(), German()
    QLocale.setDefault(QLocale("de_DE"))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


def test_without_a_translation_it_is_the_english_text(qapp: Any) -> None:
    for text in ("", "Noise", named("Noise"), Text("Set %1 to %2", named("Noise"), 0.25)):
        assert translated(text) == text


@pytest.mark.usefixtures("german")
def test_an_edit_is_named_in_the_users_language() -> None:
    project = presets.load("circle")
    label = edits.set_value(project, "training.optimizer.learning_rate", 0.0125).label
    assert label == "Set learning rate to 0.0125"
    assert translated(label) == "Lernrate auf 0,0125 setzen"
    assert translated(edits.add_layer(project, 1).label) == "Dense-Schicht hinzufügen"
    assert translated("No translation") == "No translation"


def test_a_number_that_no_machine_counts_is_told_by_its_size(qapp: Any) -> None:
    assert translated(Text("At least %1 epochs were trained in this step", 10**30)).startswith("At least 10^30 ")


def test_every_text_is_written_out_where_it_can_be_found() -> None:
    """What stands first in Text(…) is a literal, or a title that its declaration shows; f-strings are never found."""
    for path in Path(playground.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
                assert not isinstance(node.args[0], ast.JoinedStr), (path, node.lineno)
                assert isinstance(node.args[0], ast.Constant) or len(node.args) == 1, (path, node.lineno)


def test_rules_have_titles_that_can_be_translated() -> None:
    assert all(isinstance(RULES[name].title, Text) for name in RULES)
