"""The window in a language that nobody speaks: every text is marked and 40 % longer.

What is not marked was not translated; what does not fit into its place would not fit in other languages either.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTableView,
    QToolButton,
    QTreeView,
    QWidget,
)

from playground.app.application import create
from playground.engine.activations import ACTIVATIONS
from playground.engine.optimizers import OPTIMIZERS
from playground.session import languages
from playground.session.languages import Catalogue
from playground.views.elided_label import ElidedLabel

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))

import translations

SOURCES = translations.collect()
MARKED = re.compile("⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[A-Za-zÀ-ÿऀ-ॿ]{2}")
KEYS = re.compile(r"\b(Ctrl|Shift|Alt|Space|Del|Return|Enter|Esc|Home|End|Left|Right|Up|Down|F\d+|Ins)\b")
SAME = {
    *(
        registry[name].title for registry in (ACTIVATIONS, OPTIMIZERS) for name in registry.names()
    ),  # the names of Keras
    *("Export", "Export..."),  # in a menu of pyqtgraph that is never opened
    *("Keras", "NumPy", "PyTorch", "English", "Deutsch", "Español", "हिन्दी", "Hindi"),
}
"""What is called alike in all languages."""
NARROW = (QToolButton, QTabBar, ElidedLabel)
"""What ends in … where it has no room, and tells the rest in its tip."""


class Pseudo(Catalogue):
    """Marks every text of ours and makes it longer; remembers what it was asked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__({}, parent)
        self.asked: set[str] = set()

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The same text between brackets, with dots behind it; Qt's own texts stay."""
        if not WORD.search(source) or (re.match("Q[A-Z]|GraphicsScene", context) and source not in SOURCES):
            return None  # type: ignore[return-value]
        self.asked.add(source)
        return f"⟦{source}{'·' * max(1, round(0.4 * len(source)))}⟧"

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def pseudo(qapp: Any) -> Iterator[Pseudo]:
    translator = Pseudo(qapp)
    languages.use("pseudo", (translator,))
    yield translator
    languages.use("en", ())


@pytest.fixture
def shown(pseudo: Pseudo, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The window at 1366 × 768 after some training, with all its tabs and menus made."""
    monkeypatch.setattr(languages, "speak", lambda choice: choice)
    _, window = create(["playground"])
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    trainer = window.session.trainer
    trainer.train(until_epoch=3)
    qtbot.waitUntil(lambda: trainer.latest is not None and trainer.latest.counters.epoch == 3)
    for tab in range(window.tabs.count()):
        window.tabs.setCurrentIndex(tab)
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()
    yield window
    window.close()
    window.deleteLater()


def plain(text: str) -> str:
    """What is left of a text without everything that was translated, without tags, and without keys."""
    before = ""
    while text != before:
        before, text = text, MARKED.sub("", text)
    return KEYS.sub("", re.sub(r"<[^>]*>|⟦.*$", "", text, flags=re.DOTALL))


def texts(thing: QObject) -> Iterator[str]:
    """All that a widget or an action says."""
    if isinstance(thing, QWidget):
        yield from (thing.toolTip(), thing.accessibleName(), thing.accessibleDescription())
    if isinstance(thing, QLabel | QAbstractButton | QAction):
        yield thing.text()
    if isinstance(thing, QAction):
        yield thing.toolTip()
    if isinstance(thing, QLineEdit):
        yield thing.placeholderText()
    if isinstance(thing, QMenu):
        yield thing.title()
    if isinstance(thing, QTabBar):
        yield from map(thing.tabText, range(thing.count()))
    if isinstance(thing, QComboBox):
        yield from map(thing.itemText, range(thing.count()))
    if isinstance(thing, QTableView | QTreeView) and (model := thing.model()) is not None:
        for column in range(model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def test_every_text_of_the_window_is_translated(shown: Any) -> None:
    found = {
        (type(thing).__name__, thing.objectName(), text)
        for thing in shown.findChildren(QObject)
        for text in texts(thing)
        if text not in SAME and WORD.search(plain(text)) and not is_told_elsewhere(thing, text)
    }
    assert found == set()


def is_told_elsewhere(thing: QObject, text: str) -> bool:
    """Names of inputs, formulas and Keras' rules, the card of a step with its symbols, and buttons that are Qt's."""
    if thing.objectName().startswith("booth.class."):
        return True  # a name that the user may change
    if isinstance(thing, QComboBox) and thing.objectName().startswith("network.layers."):
        return True
    if thing.property("link") and re.search("[xyr] ?[>^)]", text):
        return True
    if thing.objectName().startswith("qt_") or thing.objectName().startswith("Scroll"):
        return True
    return bool(re.fullmatch(r"(sin|cos) x[₁₂]|x\d", text)) or thing.objectName() == "step.card"


@pytest.mark.parametrize(
    "action",
    [
        *(
            "file.new",
            "file.picture",
            "data.formula",
            "data.pictures",
            "data.booth",
            "learn.lessons",
            "learn.challenges",
        ),
        *("edit.history", "network.insert", "learn.tour", "network.inspect", "learn.check_code", "learn.record"),
        *("help.this", "help.glossary", "help.shortcuts"),
    ],
)
def test_every_text_of_what_an_action_opens_is_translated(shown: Any, action: str) -> None:
    shown.canvas.select([0])
    shown.actions_by_id[action].trigger()
    found = {
        (type(thing).__name__, thing.objectName(), text)
        for window in {shown, *QApplication.topLevelWidgets()}
        for thing in window.findChildren(QObject)
        for text in texts(thing)
        if text not in SAME and WORD.search(plain(text)) and not is_told_elsewhere(thing, text)
    }
    for window in QApplication.topLevelWidgets():
        if window is not shown and isinstance(window, QDialog):
            window.close()
    assert found == set()


def test_every_text_that_is_asked_for_is_known_to_the_translators(shown: Any, pseudo: Pseudo) -> None:
    asked = {text for text in pseudo.asked if "⟦" not in text and text not in SAME}
    assert {text for text in asked if text not in SOURCES} == set()


def cut_off(shown: Any) -> set[tuple[object, ...]]:
    """What has not the room for its words."""
    cut = set()
    for widget in shown.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton) or isinstance(widget, NARROW):
            continue
        text = re.sub("<[^>]*>", "", widget.text())
        if not WORD.search(text) or (isinstance(widget, QLabel) and widget.wordWrap()):
            continue
        if widget.fontMetrics().horizontalAdvance(text.replace("&", "")) > widget.width() and "…" not in text:
            cut.add((type(widget).__name__, widget.objectName(), text, widget.width()))
    return cut


def test_nothing_is_cut_off(shown: Any, qtbot: Any) -> None:
    shown.tabs.setCurrentIndex(0)
    assert cut_off(shown) == set()


def test_nothing_is_cut_off_in_the_recorder(shown: Any, qtbot: Any) -> None:
    shown.actions_by_id["learn.record"].trigger()
    panel = shown.verbs.recording.panel
    qtbot.waitUntil(panel.isVisible)
    assert cut_off(panel) == set()
    shown.actions_by_id["run.reset"].trigger()
    panel.add_button.click()
    qtbot.waitUntil(panel.step.isVisible)
    assert cut_off(panel) == set()
    said = {text for row in panel.step.rows for text in texts(row.box)}
    assert {text for text in said if WORD.search(plain(text))} == set()
