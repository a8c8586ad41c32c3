"""For those who listen, read numbers, or want things to stand still: on the real window."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QMenu

from playground.app import access_verbs
from playground.views import motion
from playground.views.panels.distillation_panel import DistillationPanel
from playground.views.panels.morph_view import STEPS
from playground.views.twins import TwinWindow


class Ears:
    """Stands for the screen reader."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def updateAccessibility(self, event: QAccessibleAnnouncementEvent) -> None:
        self.heard.append(event.message())


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Ears:
    ears = Ears()
    monkeypatch.setattr(access_verbs, "QAccessible", ears)
    return ears


@pytest.fixture
def moving() -> Iterator[None]:
    """Motion is as it was afterwards."""
    before = motion.reduced()
    yield
    motion.reduce(before)


def test_the_status_is_said_and_shown(driver: Any, ears: Ears) -> None:
    driver.trigger("run.epoch")
    driver.wait(lambda: driver.epoch == 1 and driver.counters.test_metric is not None)
    driver.wait(lambda: not driver.window.session.trainer.running)
    driver.trigger("view.status")
    (sentence,) = ears.heard
    assert sentence.startswith("Epoch 1. Training loss 0.")
    assert "Test loss 0." in sentence
    assert "Test accuracy " in sentence
    assert " %" in sentence
    assert sentence.endswith("Training is paused.")
    assert driver.window.messages.message.text == sentence
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch > 2)
    driver.trigger("view.status")
    assert ears.heard[-1].endswith("Training goes on.")
    driver.trigger("run.train")


def test_numbers_are_said_in_the_language_of_the_user(driver: Any, ears: Ears) -> None:
    driver.trigger("run.epoch")
    driver.wait(lambda: driver.epoch == 1)
    QLocale.setDefault(QLocale("de"))
    try:
        driver.trigger("view.status")
    finally:
        QLocale.setDefault(QLocale("en"))
    assert "0," in ears.heard[0]


def test_regression_has_no_accuracy(driver: Any, ears: Ears) -> None:
    driver.window.verbs.files.open_named("plane")
    driver.trigger("run.epoch")
    driver.wait(lambda: driver.epoch == 1)
    driver.trigger("view.status")
    assert "accuracy" not in ears.heard[0]
    assert "Test R² " in ears.heard[0]


def test_a_chart_is_chosen_by_keyboard(driver: Any) -> None:
    driver.window.canvas.setFocus()
    driver.trigger("view.table")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "Network"
    assert "Decision map" in texts
    menu.actions()[texts.index("Decision map")].trigger()
    menu.close()
    (twin,) = driver.window.findChildren(TwinWindow)
    assert twin.chart.accessibleName() == "Decision map"
    twin.close()


def test_with_reduced_motion_nothing_pulses_and_stages_follow_at_once(driver: Any, moving: None) -> None:
    action = driver.window.actions_by_id["view.reduce_motion"]
    if not action.isChecked():
        action.trigger()
    assert motion.reduced()
    assert driver.window.session.settings.flag(access_verbs.REDUCED) or not motion.wanted()
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch > 5)
    touch = driver.window.canvas._touch
    assert touch.pulse.place is None
    driver.trigger("run.train")
    driver.window.tabs.open("distillation")
    panel = driver.window.tabs.panels["distillation"]
    assert isinstance(panel, DistillationPanel)
    driver.wait(lambda: panel.morph.slider.maximum() > 0)
    seen: set[int] = set()
    panel.morph.slider.valueChanged.connect(seen.add)
    panel.morph.toggle()
    driver.wait(lambda: len(seen) >= 1)
    panel.morph.stop()
    assert all(place % STEPS == 0 for place in seen)


def test_motion_is_forgotten_with_all_settings(driver: Any, moving: None) -> None:
    motion.reduce(False)
    usual = motion.reduced()
    driver.window.verbs.access._switch.setChecked(True)
    driver.window.verbs.access.switch_motion()
    assert motion.reduced()
    driver.window.verbs.reset_settings(driver.window.reset_layout)
    assert motion.reduced() is usual
    assert driver.window.verbs.access._switch.isChecked() is usual
