"""The inspector, opened on the real window."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QCheckBox, QComboBox, QPushButton, QToolButton

from playground.app.main_window import MainWindow
from playground.engine.layers import LAYERS, Dense
from playground.engine.regularizers import L2
from playground.project import edits, weights
from playground.project.edits import EditError


@pytest.fixture
def inspector(window: MainWindow, qtbot: Any) -> Any:
    window.show()
    qtbot.waitExposed(window)
    return window.links.inspector


def opened(window: MainWindow, *layers: int, unit: int | None = None) -> Any:
    window.canvas.select(layers, unit)
    window.actions_by_id["network.inspect"].trigger()
    assert window.links.inspector.isVisible()
    return window.links.inspector


def layers(window: MainWindow) -> Any:
    return window.session.document.project.network.layers


def find(inspector: Any, kind: type, name: str) -> Any:
    found = inspector.findChild(kind, name)
    assert found is not None, name
    return found


def choose(combo: QComboBox, name: str) -> None:
    combo.setCurrentIndex(combo.findData(name))
    combo.activated.emit(combo.currentIndex())


def test_settings_of_a_layer_are_shown_set_and_reset(window: MainWindow, inspector: Any) -> None:
    opened(window, 0)
    find(inspector, QAbstractSpinBox, "network.layers.0.units").setValue(7)
    assert layers(window)[0].units == 7
    reset = find(inspector, QToolButton, "network.layers.0.units.reset")
    assert reset.isVisible()
    reset.click()
    assert layers(window)[0].units == 4
    assert not reset.isVisible()
    find(inspector, QCheckBox, "network.layers.0.trainable").click()
    assert not layers(window)[0].trainable


def test_an_optional_part_brings_its_own_settings(window: MainWindow, inspector: Any, qtbot: Any) -> None:
    opened(window, 1)
    choose(find(inspector, QComboBox, "network.layers.1.kernel_regularizer"), "l2")
    assert isinstance(layers(window)[1].kernel_regularizer, L2)
    find(inspector, QAbstractSpinBox, "network.layers.1.kernel_regularizer.l2").setValue(0.25)
    assert layers(window)[1].kernel_regularizer == L2(0.25)
    choose(find(inspector, QComboBox, "network.layers.1.kernel_regularizer"), "")
    assert layers(window)[1].kernel_regularizer is None


def test_several_layers_are_edited_together(window: MainWindow, inspector: Any) -> None:
    opened(window, 0, 1)
    choose(find(inspector, QComboBox, "network.layers.1.activation"), "relu")
    assert [layer.activation for layer in layers(window)] == ["relu", "relu", "sigmoid"]
    window.session.document.undo()
    assert [layer.activation for layer in layers(window)] == ["tanh", "tanh", "sigmoid"]


def test_weights_of_a_unit_are_numbers_that_can_be_set(window: MainWindow, inspector: Any, qtbot: Any) -> None:
    trainer, project = window.session.trainer, window.session.document.project
    qtbot.waitUntil(lambda: trainer.latest is not None)
    opened(window, 0, unit=2)
    place = weights.position(project, 0, 1, 2)
    spin = find(inspector, QAbstractSpinBox, f"inspector.weight.{place}")
    assert spin.value() == pytest.approx(trainer.latest.parameters[place], rel=1e-3)
    spin.setValue(1.5)
    assert trainer.capture().parameters[place] == 1.5
    assert window.session.document.undo_label == "Set the weight from x₂ to 1.5"
    other = find(inspector, QAbstractSpinBox, f"inspector.weight.{weights.position(project, 0, 0, 2)}")
    before = other.value()
    window.setFocus()
    trainer.step()
    qtbot.waitUntil(lambda: other.value() != before)


def test_a_unit_is_muted_and_removed(window: MainWindow, inspector: Any) -> None:
    opened(window, 0, unit=1)
    find(inspector, QCheckBox, "inspector.muted").click()
    assert layers(window)[0].muted == (1,)
    find(inspector, QPushButton, "inspector.remove_unit").click()
    assert (layers(window)[0].units, layers(window)[0].muted) == (3, ())


def test_it_follows_the_selection_and_closes(window: MainWindow, inspector: Any) -> None:
    opened(window, 0)
    window.canvas.select([2])
    assert inspector.findChild(QComboBox, "network.layers.2.activation") is not None
    assert inspector.x() < window.canvas.width() // 2, "it stands where the output layer is not"
    window.canvas.select([])
    assert not inspector.isVisible()
    opened(window, 1)
    QTest.keyClick(inspector, Qt.Key.Key_Escape)
    assert not inspector.isVisible()


def test_a_conflict_of_the_output_is_told_and_mended(window: MainWindow, inspector: Any) -> None:
    opened(window, 2)
    choose(find(inspector, QComboBox, "network.layers.2.activation"), "tanh")
    (repair,) = (
        button for button in inspector.findChildren(QPushButton) if button.isVisible() and "Set" in button.text()
    )
    repair.click()
    assert window.session.trainer.problems == ()


@pytest.mark.parametrize("name", LAYERS.names())
def test_every_kind_of_layer_has_a_page(window: MainWindow, inspector: Any, name: str) -> None:
    document = window.session.document
    if "2d" in name:
        document.apply(edits.set_source(document.project, "digits"))
    try:
        document.apply(edits.add_layer(document.project, 0, LAYERS[name]()))
    except EditError:  # a reshape needs a target of the right size
        document.apply(edits.add_layer(document.project, 0, Dense(3)))
    opened(window, 0)
    assert inspector.findChild(QCheckBox, "network.layers.0.trainable") is not None


def press(window: MainWindow, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key as the window system sends it, so that short-cuts and focus count."""
    QTest.keyClick(window.windowHandle(), key, modifiers)


def test_the_keyboard_goes_into_the_card_and_back_to_the_canvas(window: MainWindow, inspector: Any) -> None:
    surface = window.canvas.assembly.surface
    window.activateWindow()
    for layers_and_unit in (((0,), None), ((0,), 1), ((2,), None), ((2,), 0)):
        window.canvas.select(*layers_and_unit)
        window.canvas.setFocus()
        press(window, Qt.Key.Key_Return)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert inspector.isAncestorOf(focused)
        press(window, Qt.Key.Key_Return)
        assert inspector.isAncestorOf(QApplication.focusWidget()), "Return ends a number, not the stay"
        press(window, Qt.Key.Key_Escape)
        assert not inspector.isVisible()
        assert QApplication.focusWidget() is surface
        assert window.canvas.selection.layers == layers_and_unit[0]


def test_training_between_two_settings_of_a_weight_is_a_step_of_its_own(
    window: MainWindow, inspector: Any, qtbot: Any
) -> None:
    trainer, document = window.session.trainer, window.session.document
    qtbot.waitUntil(lambda: trainer.latest is not None)
    opened(window, 0, unit=2)
    place = weights.position(document.project, 0, 1, 2)
    spin = find(inspector, QAbstractSpinBox, f"inspector.weight.{place}")
    spin.setValue(1.5)
    spin.setValue(1.75)
    assert len(document.history()) == 2, "turned without a pause: one step"
    trainer.train(until_epoch=3)
    qtbot.waitUntil(lambda: trainer.latest.counters.epoch == 3 and not trainer.running, timeout=30_000)
    trained = trainer.capture().parameters
    spin.setValue(-2.0)
    document.undo()
    assert (trainer.capture().parameters == trained).all()
    assert trainer.capture().epoch == 3


def test_a_weight_lives_also_while_its_field_has_the_focus(window: MainWindow, inspector: Any, qtbot: Any) -> None:
    trainer = window.session.trainer
    qtbot.waitUntil(lambda: trainer.latest is not None)
    opened(window, 0, unit=2)
    place = weights.position(window.session.document.project, 0, None, 2)
    spin = find(inspector, QAbstractSpinBox, f"inspector.weight.{place}")
    assert spin.hasFocus()
    before = spin.value()
    trainer.step()
    qtbot.waitUntil(lambda: spin.value() != before)
    shown = spin.value()
    spin.selectAll()
    QTest.keyClicks(spin, "7")
    trainer.step()
    qtbot.waitUntil(lambda: trainer.latest.counters.step == 2)
    assert spin.text() == "7", "what is being typed stays"
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert trainer.capture().parameters[place] == 7 != shown


def test_a_number_that_is_typed_holds_for_all_layers(window: MainWindow, inspector: Any, qtbot: Any) -> None:
    opened(window, 0, 1)
    spin = find(inspector, QAbstractSpinBox, "network.layers.1.units")
    qtbot.waitUntil(lambda: spin.text() == "")
    spin.setFocus()
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert [layer.units for layer in layers(window)] == [4, 2, 1], "nothing was typed"
    assert (spin.text(), spin.lineEdit().placeholderText()) == ("", "4 · 2")
    QTest.keyClicks(spin, "-")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert [layer.units for layer in layers(window)] == [4, 2, 1], "no number was typed"
    spin.selectAll()
    QTest.keyClicks(spin, "2")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert [layer.units for layer in layers(window)] == [2, 2, 1]
    assert spin.text() == "2"


def test_lists_and_boxes_show_that_layers_differ(window: MainWindow, inspector: Any) -> None:
    document = window.session.document
    document.apply(edits.set_activation(document.project, 0, "relu"))
    document.apply(edits.set_trainable(document.project, 0, False))
    opened(window, 0, 1)
    bend = find(inspector, QComboBox, "network.layers.1.activation")
    box = find(inspector, QCheckBox, "network.layers.1.trainable")
    assert (bend.currentIndex(), bend.placeholderText()) == (-1, "mixed")
    assert box.checkState() is Qt.CheckState.PartiallyChecked
    choose(bend, "tanh")
    assert bend.currentData() == "tanh"
    box.click()
    assert [layer.trainable for layer in layers(window)] == [True, True, True]
    box.click()
    assert [layer.trainable for layer in layers(window)] == [False, False, True]
    document.undo()
    document.undo()
    assert box.checkState() is Qt.CheckState.PartiallyChecked


def test_parts_of_several_layers_are_edited_together(window: MainWindow, inspector: Any) -> None:
    opened(window, 0, 1)
    choose(find(inspector, QComboBox, "network.layers.1.kernel_regularizer"), "l2")
    find(inspector, QAbstractSpinBox, "network.layers.1.kernel_regularizer.l2").setValue(0.25)
    assert [layer.kernel_regularizer for layer in layers(window)] == [L2(0.25), L2(0.25), None]
    find(inspector, QToolButton, "network.layers.1.kernel_regularizer.l2.reset").click()
    assert [layer.kernel_regularizer for layer in layers(window)] == [L2(), L2(), None]


def test_a_layer_without_weights_draws_none(window: MainWindow, inspector: Any) -> None:
    document = window.session.document
    document.apply(edits.add_layer(document.project, 1, LAYERS["dropout"]()))
    opened(window, 1)
    assert not find(inspector, QPushButton, "inspector.reinitialize").isVisible()
    window.canvas.select([0])
    assert find(inspector, QPushButton, "inspector.reinitialize").isVisible()


def test_the_wheel_scrolls_and_changes_no_field_that_was_not_chosen(window: MainWindow, inspector: Any) -> None:
    opened(window, 0)
    window.canvas.setFocus()
    before = window.session.document.project
    for kind in (QAbstractSpinBox, QComboBox):
        for field in inspector.findChildren(kind):
            place = QPointF(field.rect().center())
            turn = QWheelEvent(
                place,
                QPointF(field.mapToGlobal(place.toPoint())),
                QPoint(),
                QPoint(0, 120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(field, turn)
            assert not field.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus
    assert window.session.document.project is before
