"""Start and manners of the app: crash messages, the space bar, remembered settings, small screens."""

from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton, QSpinBox

from playground.app import application
from playground.app.main_window import MainWindow
from playground.project import edits
from playground.training.records import RunState


def test_space_on_a_button_reached_by_tab_presses_that_button(driver: Any) -> None:
    window = driver.window
    driver.trigger("run.step")
    driver.wait(lambda: driver.window.session.trainer.latest and driver.counters.step == 1)
    button = driver.find(QPushButton, "button.run.reset")
    window.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    driver.wait(button.hasFocus)
    driver.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert "Reset" in window.session.document.undo_label
    assert window.session.trainer.state is not RunState.RUNNING


def test_a_click_on_a_button_leaves_the_focus_alone(driver: Any) -> None:
    button = driver.find(QPushButton, "button.run.reset")
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.hasFocus()


def test_return_ends_typing_and_space_trains_again(driver: Any) -> None:
    field = driver.find(QSpinBox, "network.seed")
    driver.window.activateWindow()
    field.setFocus()
    driver.wait(field.hasFocus)
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not field.hasFocus()
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_Space)
    driver.wait(lambda: driver.window.session.trainer.state is RunState.RUNNING)


def test_showing_other_data_moves_no_panel(driver: Any) -> None:
    window = driver.window
    widths = [dock.width() for dock in window.docks]
    for name in ("digits", "blobs", "circle"):
        window.session.document.apply(edits.set_source(window.session.document.project, name))
        driver.wait(lambda: window.session.trainer.latest is not None)
    assert [dock.width() for dock in window.docks] == widths


def test_a_double_click_on_the_grip_floats_a_panel(driver: Any) -> None:
    dock = driver.window.docks[0]
    driver.qtbot.mouseDClick(dock.titleBarWidget(), Qt.MouseButton.LeftButton)
    driver.wait(dock.isFloating)


def test_the_layout_is_remembered(qtbot: Any) -> None:
    for visible_before in (True, False):
        _, window = application.create(["playground"])
        window.show()
        assert window.docks[0].isVisible() is visible_before
        window.docks[0].hide()
        window.close()
        window.deleteLater()


def test_the_theme_is_remembered(qtbot: Any) -> None:
    for dark_before in (False, True):
        _, window = application.create(["playground"])
        assert window.theme.dark is dark_before
        window.verbs.set_theme("dark")
        window.close()
        window.deleteLater()


def test_on_a_small_screen_the_window_fills_it(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    room = QRect(0, 0, 1366, 728)
    monkeypatch.setattr(type(window.screen()), "availableGeometry", lambda _screen: room)
    application.show_fitting(window)
    assert window.isMaximized()


def test_the_first_start_says_what_is_to_be_seen(qtbot: Any) -> None:
    for greeted in (True, False):
        _, window = application.create(["playground"])
        application.greet(window)
        assert (window.messages.message is not None) is greeted
        window.close()
        window.deleteLater()


def test_the_preset_named_on_the_command_line_is_opened(qtbot: Any) -> None:
    _, window = application.create(["playground", "xor"])
    assert window.session.document.name == "XOR"
    assert "XOR" in window.windowTitle()
    window.close()
    window.deleteLater()
