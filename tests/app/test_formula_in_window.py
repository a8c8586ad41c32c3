"""From the menu to trained data by formula, on the real window at its smallest size."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from playground.app.main_window import MainWindow
from playground.data.sources import Formula
from playground.views.formula.dialog import FormulaDialog


def test_data_by_formula_are_made_and_learned(window: MainWindow, qtbot: Any) -> None:
    window.resize(1366, 768)
    window.show()
    window.data_panel.findChild(QToolButton, "data.group.yours").click()
    window.data_panel.findChild(QPushButton, "data.yours.data.formula").click()
    dialog = window.findChild(FormulaDialog)
    assert dialog.isVisible()
    dialog.line.clear()
    QTest.keyClicks(dialog.line, "y > x")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert window.session.document.project.data.source == Formula("y > x")
    window.session.trainer.set_drawing(True)
    window.session.trainer.train(until_epoch=20)
    qtbot.waitUntil(
        lambda: window.session.trainer.latest is not None and window.session.trainer.latest.counters.epoch >= 20
    )
    assert window.session.trainer.latest.counters.test_metric > 0.9
    assert window.session.document.undo_label
    assert window.data_panel.size().height() <= 460


def test_escape_leaves_everything_as_it_was(window: MainWindow) -> None:
    window.show()
    before = window.session.document.project
    window.actions_by_id["data.formula"].trigger()
    dialog = window.findChild(FormulaDialog)
    dialog.line.setText("x > 1")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.session.document.project is before
