"""Ctrl + / − / 0 draw the whole program larger or smaller, on the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from playground.app import scaling
from playground.app.scaling import STEPS, Scale
from playground.session import AppSettings
from tests.app.conftest import Driver


@pytest.fixture(autouse=True)
def usual_size(tmp_path: Path) -> Iterator[None]:
    """The next test finds everything at its usual size again."""
    yield
    assert Scale(AppSettings(tmp_path / "usual")).apply()


def press(driver: Driver, key: Qt.Key) -> None:
    handle = driver.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, Qt.KeyboardModifier.ControlModifier)


def test_keys_scale_every_pixel_of_the_window_and_back(driver: Driver) -> None:
    window = driver.window
    for key, expected in ((Qt.Key.Key_Plus, 1.1), (Qt.Key.Key_Plus, 1.25), (Qt.Key.Key_Minus, 1.1)):
        press(driver, key)
        driver.wait(lambda expected=expected: window.devicePixelRatioF() == pytest.approx(expected))
        assert window.canvas.devicePixelRatioF() == pytest.approx(expected)
        assert window.grab().devicePixelRatio() == pytest.approx(expected)
    press(driver, Qt.Key.Key_0)
    driver.wait(lambda: window.devicePixelRatioF() == 1.0)
    message = window.messages.message
    assert message is not None
    assert "100" in message.text


def test_training_goes_on_and_clicks_arrive_at_another_size(driver: Driver) -> None:
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch > 0)
    driver.trigger("view.larger")
    before = driver.epoch
    driver.wait(lambda: driver.epoch > before)
    train = driver.find(QWidget, "button.run.train")
    QTest.mouseClick(train, Qt.MouseButton.LeftButton)
    driver.wait(lambda: not driver.window.session.trainer.running)


def test_the_scale_stays_between_80_and_250_percent_and_is_remembered(driver: Driver, tmp_path: Path) -> None:
    scale = driver.window.verbs.display.scale
    for _ in range(len(STEPS)):
        driver.trigger("view.larger")
    assert scale.chosen == 2.5
    assert driver.window.devicePixelRatioF() == 2.5
    assert Scale(driver.window.session.settings).chosen == 2.5
    for _ in range(len(STEPS)):
        driver.trigger("view.smaller")
    assert scale.chosen == 0.8
    assert driver.window.devicePixelRatioF() == pytest.approx(0.8)


def test_panels_scroll_where_the_enlarged_window_has_no_room_and_stand_again(driver: Driver) -> None:
    window = driver.window
    panels = [dock.widget() for dock in window.docks]
    window.verbs.display.scale.choose(2.5)
    room = window.screen().availableSize()
    assert window.minimumSizeHint().height() <= max(room.height(), 320)
    assert all(isinstance(dock.widget(), QScrollArea) for dock in window.docks)
    window.verbs.display.scale.choose(1.5)
    room = window.screen().availableSize()
    assert window.minimumHeight() <= room.height()
    assert window.height() <= room.height()
    driver.trigger("view.usual_size")
    assert [dock.widget() for dock in window.docks] == panels
    assert all(panel.isVisible() for panel in panels)


def test_forgetting_the_settings_brings_the_usual_size_back(driver: Driver) -> None:
    driver.trigger("view.larger")
    driver.window.verbs.reset_settings(driver.window.reset_layout)
    assert driver.window.devicePixelRatioF() == 1.0


@pytest.mark.parametrize("text", ["", "large", "nan", "-3", "1e9", "0.1"])
def test_a_damaged_setting_gives_a_size_that_there_is(text: str, tmp_path: Path) -> None:
    settings = AppSettings(tmp_path / "settings")
    settings.put(scaling.KEY, text)
    assert Scale(settings).chosen in STEPS


def test_without_the_lever_of_qt_the_window_says_how_to_start(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaling, "_lever", lambda: None)
    driver.trigger("view.larger")
    message = driver.window.messages.message
    assert message is not None
    assert "QT_SCALE_FACTOR=1.1" in message.text
    driver.window.session.settings.put(scaling.KEY, "1")
