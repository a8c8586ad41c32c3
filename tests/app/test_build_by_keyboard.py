"""A network of three layers, built in the real window with the keyboard alone."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from playground.views.canvas.surface import Surface

K, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def shape(driver: Any) -> list[tuple[int, str]]:
    layers = driver.window.session.document.project.network.layers
    return [(layer.units, layer.activation) for layer in layers]


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
    for _ in range(times):
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, modifiers)


def walk_to(wanted: Any) -> None:
    """Tab until the focus is there."""
    for _ in range(120):
        if wanted(QApplication.focusWidget()):
            return
        press(K.Key_Tab)
    raise AssertionError("Tab does not lead there")


def test_by_keyboard_alone_and_back_again(driver: Any) -> None:
    start = driver.window.session.document.project
    driver.window.activateWindow()
    driver.window.setFocus()
    walk_to(lambda widget: isinstance(widget, Surface))
    press(K.Key_Delete, times=2)
    assert shape(driver) == [(1, "sigmoid")]
    press(K.Key_L, times=3)
    assert shape(driver) == [(4, "tanh")] * 3 + [(1, "sigmoid")]
    press(K.Key_Home)
    press(K.Key_Plus, times=2)
    press(K.Key_Right)
    press(K.Key_Minus)
    walk_to(lambda widget: isinstance(widget, QComboBox) and widget.objectName() == "network.layers.1.activation")
    combo = QApplication.focusWidget()
    assert isinstance(combo, QComboBox)
    steps = combo.findData("relu") - combo.currentIndex()
    press(K.Key_Down if steps > 0 else K.Key_Up, times=abs(steps))
    assert shape(driver) == [(6, "tanh"), (3, "relu"), (4, "tanh"), (1, "sigmoid")]
    walk_to(lambda widget: isinstance(widget, Surface))
    press(K.Key_Home)
    press(K.Key_Right, ALT)
    assert shape(driver) == [(3, "relu"), (6, "tanh"), (4, "tanh"), (1, "sigmoid")]
    built = driver.window.session.document.project
    document = driver.window.session.document
    while document.can_undo:
        press(K.Key_Z, CTRL)
    assert document.project == start
    while document.can_redo:
        press(K.Key_Y, CTRL)
    assert document.project == built
