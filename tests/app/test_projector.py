"""Projector mode on the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from playground.app.desk import Desk
from playground.app.projector import Projector
from playground.app.scaling import PROJECTED, Scale
from playground.session import AppSettings, languages
from tests.app.conftest import Driver


@pytest.fixture(autouse=True)
def usual_size(tmp_path: Path) -> Iterator[None]:
    """The next test finds everything at its usual size again."""
    yield
    assert Scale(AppSettings(tmp_path / "usual")).apply()


def begin(driver: Driver) -> Projector:
    driver.trigger("view.projector")
    projector = driver.window.verbs.display.projector
    assert projector is not None
    return projector


def shown(driver: Driver) -> list[bool]:
    return [dock.isVisible() for dock in driver.window.docks]


def test_only_network_run_bar_and_one_plot_are_shown_large_and_everything_comes_back(driver: Driver) -> None:
    window = driver.window
    window.resize(860, 780)
    size = window.size()
    before, tab, counter = shown(driver), window.tabs.currentIndex(), window.run_bar.counters["epoch"].height()
    projector = begin(driver)
    assert window.devicePixelRatioF() == pytest.approx(PROJECTED)
    assert window.isFullScreen()
    assert window.run_bar.isVisible()
    assert window.canvas.isVisible()
    assert not window.menuBar().isVisible()
    assert window.run_bar.counters["epoch"].height() > counter
    for name, expected in (("map", [False, True, False]), ("distillation", [False, False, True])):
        projector.show_plot(name)
        assert shown(driver) == expected
        assert projector.strip.plot.currentData() == name
    assert window.tabs.current_name == "distillation"
    driver.qtbot.mouseClick(window.findChild(QPushButton, "projector.end"), Qt.MouseButton.LeftButton)
    assert window.verbs.display.projector is None
    assert not window.actions_by_id["view.projector"].isChecked()
    assert window.devicePixelRatioF() == 1.0
    assert not window.isFullScreen()
    assert window.size() == size
    assert shown(driver) == before
    assert window.tabs.currentIndex() == tab
    assert window.menuBar().isVisible()
    assert window.run_bar.counters["epoch"].height() == counter


def test_f11_begins_and_ends_it(driver: Driver) -> None:
    window = driver.window
    for expected in (True, False):
        handle = window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, Qt.Key.Key_F11)
        driver.wait(lambda expected=expected: (window.verbs.display.projector is not None) is expected)


def test_the_plot_is_chosen_in_the_strip(driver: Driver) -> None:
    strip = begin(driver).strip
    names = [strip.plot.itemData(place) for place in range(strip.plot.count())]
    assert names[0] == "map"
    assert names[1:] == [page.name for page in driver.window.tabs._pages()]
    strip.plot.setFocus()
    strip.plot.setCurrentIndex(names.index("loss"))
    strip.plot.activated.emit(names.index("loss"))
    assert shown(driver) == [False, False, True]
    assert driver.window.tabs.current_name == "loss"


def test_the_spotlight_follows_the_pointer_and_lets_clicks_through(driver: Driver) -> None:
    projector = begin(driver)
    window, light = driver.window, projector.spotlight
    driver.qtbot.mouseClick(projector.strip.light, Qt.MouseButton.LeftButton)
    for place in (QPoint(200, 150), QPoint(260, 200)):
        QCursor.setPos(window.mapToGlobal(place))
        driver.wait(lambda place=place: light.isVisible() and light.geometry().center() in Near(place))
    assert light.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    driver.qtbot.mouseClick(projector.strip.light, Qt.MouseButton.LeftButton)
    assert not light.isVisible()


class Near:
    """The points next to ``place``: half pixels of the screen are rounded."""

    def __init__(self, place: QPoint) -> None:
        self.place = place

    def __contains__(self, other: QPoint) -> bool:
        return (self.place - other).manhattanLength() <= 4


def test_pressed_keys_are_shown_on_request_with_what_they_do(driver: Driver) -> None:
    projector = begin(driver)
    echo = projector.echo
    handle = driver.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not echo.isVisible()
    driver.qtbot.mouseClick(projector.strip.echo, Qt.MouseButton.LeftButton)
    QTest.keyClick(handle, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    driver.wait(lambda: echo.isVisible() and "Ctrl+Z" in echo.text() and "Undo" in echo.text())
    driver.wait(lambda: not echo.isVisible())
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    assert not echo.isVisible()


def test_a_lesson_brings_the_panel_that_it_rings_and_takes_it_away_again(driver: Driver) -> None:
    window = driver.window
    projector = begin(driver)
    projector.choose("loss")
    window.verbs.lessons.begin("softmax")
    guide = window.session.guide
    steps = [step.control for step in guide.lesson.steps]
    on_map = next(place for place, control in enumerate(steps) if control == "panel.output")
    guide.go_to(on_map)
    driver.wait(window.docks[1].isVisible)
    assert projector.strip.plot.currentData() == "map"
    assert not window.docks[0].isVisible()
    guide.go_to(steps.index("panel.data"))
    driver.wait(window.docks[0].isVisible)
    assert shown(driver) == [True, False, True]
    guide.go_to(steps.index("button.run.train"))
    driver.wait(lambda: not window.docks[0].isVisible())
    assert projector.strip.plot.currentData() == "loss"
    guide.leave()
    driver.trigger("view.projector")
    assert shown(driver) == [True, True, True]


def test_another_language_ends_it_and_the_next_window_is_as_usual(driver: Driver) -> None:
    desk = Desk(driver.window)
    begin(driver)
    desk.speak("de")
    after = desk.window
    try:
        driver.wait(lambda: after.isVisible() and after.devicePixelRatioF() == 1.0)
        assert after.menuBar().isVisible()
        assert all(dock.isVisible() for dock in after.docks)
        assert after.verbs.display.projector is None
    finally:
        after.close()
        after.deleteLater()
        languages.speak("en")
