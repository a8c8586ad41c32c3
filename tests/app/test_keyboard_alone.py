"""A network of three layers, built in the real window by keys alone; undone to the start and redone."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.app.main_window import MainWindow

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def press(window: MainWindow, *keys: Qt.Key, held: Any = Modifier.NoModifier) -> None:
    """Press keys as the window system sends them: to the window, or to the small window over it."""
    for key in keys:
        QTest.keyClick((QApplication.activePopupWidget() or window).windowHandle(), key, held)


def shape(window: MainWindow) -> list[tuple[str, int | None]]:
    layers = window.session.document.project.network.layers
    return [(type(layer).__name__, getattr(layer, "units", None)) for layer in layers]


def test_by_keys_alone_and_back_again(driver: Any) -> None:
    window, document = driver.window, driver.window.session.document
    surface = window.canvas.assembly.surface
    driver.wait(surface.hasFocus)  # the network has the keyboard from the start
    start = document.project
    press(window, Key.Key_Delete, Key.Key_Delete)
    assert shape(window) == [("Dense", 1)]
    press(window, Key.Key_L, held=Modifier.ShiftModifier)
    press(window, Key.Key_Return)
    press(window, Key.Key_L)
    assert shape(window) == [("Dense", 4), ("Dense", 4), ("Dense", 1)]
    press(window, Key.Key_L, held=Modifier.ShiftModifier)
    press(window, Key.Key_D, Key.Key_R, Key.Key_O, Key.Key_P, Key.Key_Return)
    assert shape(window)[2] == ("Dropout", None)
    assert surface.hasFocus()
    press(window, Key.Key_Home, Key.Key_Plus, Key.Key_Plus, Key.Key_Right, Key.Key_Minus)
    assert shape(window) == [("Dense", 6), ("Dense", 3), ("Dropout", None), ("Dense", 1)]
    press(window, Key.Key_Left, held=Modifier.AltModifier)
    press(window, Key.Key_D, held=Modifier.ControlModifier)
    press(window, Key.Key_F, Key.Key_Right, Key.Key_Down, Key.Key_Down, Key.Key_M, Key.Key_Delete, Key.Key_B)
    assert shape(window) == [("Dense", 3), ("Dense", 3), ("Dense", 5), ("Dropout", None), ("Dense", 1)]
    press(window, Key.Key_Return)
    assert window.links.inspector.isVisible()
    press(window, Key.Key_Escape)
    assert not window.links.inspector.isVisible()
    assert surface.hasFocus()
    built = document.project
    steps = 0
    while document.can_undo:
        press(window, Key.Key_Z, held=Modifier.ControlModifier)
        steps += 1
    assert steps >= 10
    assert document.project == start
    while document.can_redo:
        press(window, Key.Key_Y, held=Modifier.ControlModifier)
    assert document.project == built
