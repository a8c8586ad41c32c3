"""A table of one's own in the real window: imported by keyboard, learned, seen in every panel, saved."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from playground.app import dropping
from playground.app.main_window import MainWindow
from playground.data.sources import Table
from playground.data.sources.bundled import Iris, load
from playground.views.tables.dialog import TableDialog


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    """Iris with semicolons and decimal commas."""
    rows, labels = load("iris")
    lines = [";".join([*Iris.input_names, "species"])]
    lines += [
        ";".join([*(f"{value:.1f}".replace(".", ",") for value in row), Iris.class_names[label]])
        for row, label in zip(rows, labels, strict=True)
    ]
    path = tmp_path / "flowers.csv"
    path.write_text("\n".join(lines), encoding="latin-1")
    return path


def imported(window: MainWindow, qtbot: Any) -> TableDialog:
    """Wait for the dialog to be ready."""
    qtbot.waitUntil(lambda: window.findChild(TableDialog) is not None)
    dialog = window.findChild(TableDialog)
    qtbot.waitUntil(lambda: not dialog.busy)
    return dialog


def test_a_table_is_imported_by_keyboard_learned_saved_and_gone_on_with(
    window: MainWindow, qtbot: Any, flowers: Path, tmp_path: Path
) -> None:
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.actions_by_id["data.table"].trigger()
    files = window.findChild(QFileDialog)
    files.fileSelected.emit(str(flowers))
    files.close()
    dialog = imported(window, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    session = window.session
    assert isinstance(session.document.project.data.source, Table)
    session.trainer.train(until_epoch=60)
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.epoch >= 60)
    assert session.trainer.latest.counters.train_metric >= 0.95
    for tab in ("distillation", "examples", "step", "health", "loss"):
        window.tabs.open(tab)
        QApplication.processEvents()
        assert not window.grab().isNull()
    path = tmp_path / "mine.playground"
    assert window.verbs.files.save_to(path, wait=True)
    source = session.document.project.data.source
    window.verbs.files.open_named("circle")
    qtbot.waitUntil(lambda: session.document.project.data.source != source)
    window.verbs.files.open_named(str(path))
    qtbot.waitUntil(lambda: session.document.project.data.source == source)
    session.trainer.train(until_epoch=70)
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.epoch >= 70)
    assert session.trainer.latest.counters.train_metric >= 0.95


def test_a_dropped_table_leads_to_the_import(window: MainWindow, qtbot: Any, flowers: Path) -> None:
    window.show()
    before = window.session.document.project
    dropping.take(window.verbs, window, window.session, [flowers])
    dialog = imported(window, qtbot)
    assert dialog.accept_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.session.document.project is before


def test_other_columns_need_an_imported_table(window: MainWindow) -> None:
    window.show()
    window.actions_by_id["data.columns"].trigger()
    assert window.findChild(TableDialog) is None
    assert "import one first" in window.messages.message.text
