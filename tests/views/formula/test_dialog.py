"""Typing formulas: the picture and the sentence follow, what is wrong is said, OK makes a feature or data."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from playground.data.sources import Formula
from playground.project import edits
from playground.views.formula import data, feature


@pytest.fixture
def feature_dialog(parent, session, theme):
    return feature.ask(parent, session.document, theme, None)


@pytest.fixture
def data_dialog(parent, session, theme):
    return data.ask(parent, session.document, theme)


def type_(dialog, qtbot, text):
    dialog.line.clear()
    qtbot.keyClicks(dialog.line, text)
    qtbot.waitUntil(lambda: not dialog._wait.isActive())


def test_a_feature_is_typed_and_added(feature_dialog, session, qtbot):
    before = feature_dialog.picture.grab().toImage()
    type_(feature_dialog, qtbot, "sin(2 x1)")
    assert "sin(2 x1)" in feature_dialog.words.text()
    assert feature_dialog.picture.grab().toImage() != before
    qtbot.keyClick(feature_dialog.line, Qt.Key.Key_Return)
    assert session.document.project.data.features == ("x1", "x2", "=sin(2 x1)")
    session.document.undo()
    assert session.document.project.data.features == ("x1", "x2")


def test_what_is_wrong_is_said_and_nothing_happens(feature_dialog, session, qtbot):
    type_(feature_dialog, qtbot, "sin(2 x1")
    assert "“)” for the bracket at character 4 is expected" in feature_dialog.words.text()
    assert feature_dialog.words.property("warning")
    assert not feature_dialog.ok.isEnabled()
    qtbot.keyClick(feature_dialog.line, Qt.Key.Key_Return)
    assert feature_dialog.isVisible()
    assert not session.document.can_undo
    type_(feature_dialog, qtbot, "x1 < x2")
    assert "x1 < x2" in feature_dialog.words.text()
    assert not feature_dialog.words.property("warning")
    assert feature_dialog.ok.isEnabled()


def test_what_the_project_refuses_is_said_too(parent, session, theme, qtbot):
    session.document.apply(edits.add_formula(session.document.project, "r"))
    dialog = feature.ask(parent, session.document, theme, None)
    type_(dialog, qtbot, "r")
    dialog.ok.click()
    assert dialog.isVisible()
    assert "sees r already" in dialog.words.text()
    dialog.reject()


def test_a_feature_is_changed(parent, session, theme, qtbot):
    session.document.apply(edits.add_formula(session.document.project, "r"))
    dialog = feature.ask(parent, session.document, theme, "=r")
    assert dialog.line.text() == "r"
    type_(dialog, qtbot, "r^2")
    dialog.ok.click()
    assert session.document.project.data.features == ("x1", "x2", "=r^2")


def test_data_are_typed(data_dialog, session, qtbot):
    type_(data_dialog, qtbot, "x*y")
    assert "values from −36 to 36" in data_dialog.words.text()
    data_dialog.ok.click()
    assert session.document.project.data.source == Formula("x*y")
    assert session.document.project.network.layers[-1].activation == "linear"


def test_data_of_one_class_are_refused(data_dialog, qtbot):
    type_(data_dialog, qtbot, "y > 100")
    assert "fall into class 0" in data_dialog.words.text()
    assert not data_dialog.ok.isEnabled()


def test_examples_all_work(feature_dialog, data_dialog, qtbot):
    for dialog, texts in ((feature_dialog, feature.EXAMPLES), (data_dialog, data.EXAMPLES)):
        for text in texts:
            button = next(each for each in dialog.findChildren(QPushButton) if each.text() == text)
            button.click()
            assert dialog.line.text() == text
            assert dialog.ok.isEnabled()


def test_the_present_formula_stands_in_the_line(parent, session, theme):
    session.document.apply(edits.set_source(session.document.project, Formula("r < 2")))
    dialog = data.ask(parent, session.document, theme)
    assert dialog.line.text() == "r < 2"
    dialog.reject()
