"""Widgets bound to settings: they read without writing and write by named edits."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from playground.project import edits, paths
from playground.project.changes import Change
from playground.session import Session
from playground.views import forms, scales


@pytest.fixture
def document(session):
    return session.document


def test_a_slider_shows_and_changes_its_setting(document, qtbot):
    slider = forms.bind_slider(document, "data.noise")
    qtbot.addWidget(slider)
    info = paths.info(document.project, "data.noise")
    assert slider.objectName() == "data.noise"
    assert slider.toolTip() == info.help
    assert slider.accessibleName() == info.title
    with qtbot.waitSignal(document.changed) as caught:
        slider.setValue(slider.maximum())
    assert caught.args[0] & Change.DATA
    assert document.project.data.noise == 0.5
    assert "oise" in document.undo_label
    document.undo()
    assert document.project.data.noise == 0.1
    assert slider.value() == 2


def test_reading_never_writes(document, qtbot):
    """A value between two positions stays as it is."""
    slider = forms.bind_slider(document, "data.points", values=(100, 500, 1000))
    qtbot.addWidget(slider)
    document.apply(edits.set_value(document.project, "data.points", 640))
    assert slider.value() == 1
    assert document.project.data.points == 640
    document.undo()
    assert not document.can_undo


def test_a_drag_is_one_undo_step(document, qtbot):
    slider = forms.bind_slider(document, "data.noise")
    qtbot.addWidget(slider)
    for place in (3, 4, 5, 6):
        slider.setValue(place)
    document.undo()
    assert document.project.data.noise == 0.1
    assert not document.can_undo


def test_a_spin_box_shows_and_changes_its_setting(document, qtbot):
    spin = forms.bind_spin(document, "training.batch_size")
    qtbot.addWidget(spin)
    assert spin.value() == 10
    spin.setValue(32)
    assert document.project.training.batch_size == 32
    document.undo()
    assert spin.value() == 10


@pytest.mark.parametrize(("path", "value"), [("training.stop.max_epochs", 500), ("training.stop.loss_below", 0.005)])
def test_an_optional_number_can_be_off(document, qtbot, path, value):
    spin = forms.bind_spin(document, path)
    qtbot.addWidget(spin)
    assert spin.text() == "off"
    assert paths.get(document.project, path) is None
    spin.setValue(value)
    assert paths.get(document.project, path) == value
    spin.setValue(spin.minimum())
    assert paths.get(document.project, path) is None


def test_small_numbers_are_shown_and_typed(document, qtbot):
    spin = forms.bind_spin(document, "training.optimizer.learning_rate")
    qtbot.addWidget(spin)
    assert spin.text() == "0.03"
    assert spin.validate("1e-5", 0)[0] is QValidator.State.Acceptable
    assert spin.validate("0.", 0)[0] is not QValidator.State.Invalid
    assert spin.validate("x", 0)[0] is QValidator.State.Intermediate
    assert spin.valueFromText("x") == spin.value()
    spin.selectAll()
    qtbot.keyClicks(spin, "0.0005")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert document.project.training.optimizer.learning_rate == 0.0005


def test_a_choice_lists_titles_and_writes_names(document, qtbot):
    combo = forms.bind_choice(document, "view.loss_scale", titles=str.upper)
    qtbot.addWidget(combo)
    assert [combo.itemText(place) for place in range(combo.count())] == ["LOG", "LINEAR"]
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    assert document.project.view.loss_scale == "linear"
    document.undo()
    assert combo.currentData() == "log"


def test_a_choice_of_kinds(document, qtbot):
    combo = forms.bind_choice(document, "training.loss")
    qtbot.addWidget(combo)
    assert combo.currentData() == "binary_crossentropy"
    combo.activated.emit(combo.findData("mean_squared_error"))
    assert type(document.project.training.loss).__name__ == "MeanSquaredError"


def test_a_check_box(document, qtbot):
    check = forms.bind_check(document, "view.discretize", "discretise")
    qtbot.addWidget(check)
    check.click()
    assert document.project.view.discretize
    document.undo()
    assert not check.isChecked()


def test_an_impossible_value_is_refused_and_the_old_one_shown(document, qtbot):
    spin = forms.bind_spin(document, "training.batch_size")
    qtbot.addWidget(spin)
    spin.show()
    binding = spin.findChild(forms.Binding)
    binding.write(0)
    assert document.project.training.batch_size == 10
    assert spin.value() == 10
    assert not document.can_undo


def test_a_setting_that_is_gone_disables_its_widget(document, qtbot):
    spin = forms.bind_spin(document, "network.layers.2.units")
    qtbot.addWidget(spin)
    assert spin.isEnabled()
    document.apply(edits.remove_layer(document.project, 0))
    assert not spin.isEnabled()
    document.undo()
    assert spin.isEnabled()


def test_a_row_shows_title_and_value(document, qtbot):
    row = forms.SliderRow(document, "data.training_share", text=forms.percent)
    inline = forms.SliderRow(document, "view.smoothing", inline=True)
    qtbot.addWidget(row)
    qtbot.addWidget(inline)
    assert [label.text() for label in row.findChildren(QLabel)] in (
        ["Training share", "67 %"],
        ["67 %", "Training share"],
    )
    row.slider.setValue(row.slider.maximum())
    assert "90 %" in [label.text() for label in row.findChildren(QLabel)]
    assert inline.sizeHint().height() < row.sizeHint().height()


def test_the_wheel_changes_a_slider_only_with_focus(document, qtbot):
    slider = forms.bind_slider(document, "data.noise")
    qtbot.addWidget(slider)
    slider.show()
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    slider.clearFocus()
    QApplication.sendEvent(slider, event)
    assert document.project.data.noise == 0.1
    slider.activateWindow()
    slider.setFocus()
    qtbot.waitUntil(slider.hasFocus)
    event.accept()
    QApplication.sendEvent(slider, event)
    assert document.project.data.noise > 0.1


@pytest.mark.parametrize(("typed", "value"), [("0.0007", 0.0007), ("3e-4", 0.0003), ("5", 5.0)])
def test_any_number_in_the_range_can_be_typed(qtbot: Any, typed: str, value: float) -> None:
    field = forms.NumberSpin()
    qtbot.addWidget(field)
    field.setRange(0.0, 10.0)
    field.setValue(0.03)
    assert field.text() == "0.03"
    field.selectAll()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == pytest.approx(value)


def test_what_is_no_number_changes_nothing(qtbot: Any) -> None:
    field = forms.NumberSpin()
    qtbot.addWidget(field)
    field.setRange(0.0, 10.0)
    field.setValue(0.5)
    field.selectAll()
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 0.5


@pytest.mark.parametrize(
    ("text", "value"), [("0,03", 0.03), ("0.03", 0.03), ("1e-9", 1e-9), ("1e9", 1e9), ("1,000.5", None), ("abc", None)]
)
def test_what_is_typed_is_a_number_or_nothing(text: str, value: float | None) -> None:
    assert scales.typed(text) == value


@pytest.mark.parametrize(
    ("value", "text"), [(1e-9, "1e-9"), (1e-7, "1e-7"), (0.03, "0.03"), (1e9, "1e9"), (2500.0, "2500"), (0.0, "0")]
)
def test_a_field_shows_small_and_large_numbers_whole(qtbot: Any, value: float, text: str) -> None:
    field = forms.NumberSpin()
    qtbot.addWidget(field)
    field.setRange(0.0, 1e12)
    field.setValue(value)
    assert field.value() == value
    assert field.text() == text
    field.interpretText()
    assert field.value() == value


def test_a_click_on_a_disabled_row_chooses_nothing(qtbot: Any, session: Session) -> None:
    document = session.document
    combo = forms.bind_choice(document, "network.layers.0.activation")
    qtbot.addWidget(combo)
    combo.model().item(3).setEnabled(False)
    combo.show()
    combo.showPopup()
    view, before = combo.view(), document.project
    view.setCurrentIndex(combo.model().index(1, 0))  # the row that the pointer passed
    place = view.visualRect(combo.model().index(3, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.project is before
    combo.hidePopup()
