"""The panels below the canvas."""

from typing import Any

import pytest

from playground.app.lower_tabs import TABS


def test_the_first_panel_is_there_the_others_when_they_are_opened(driver: Any) -> None:
    tabs = driver.window.tabs
    assert list(tabs.panels) == [TABS[0].id]
    made: list[tuple[str, object]] = []
    tabs.made.connect(lambda name, panel: made.append((name, panel)))
    for spec in TABS:
        tabs.open(spec.id)
        tabs.open(spec.id)
    assert [name for name, _ in made] == [spec.id for spec in TABS[1:]]
    assert all(driver.window.panels[name] is panel for name, panel in made)
    assert tabs.count() == len(TABS)


@pytest.mark.parametrize("spec", TABS, ids=lambda spec: spec.id)
def test_every_panel_opens_while_training_and_closes_with_the_window(driver: Any, spec: Any) -> None:
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch >= 2)
    driver.window.tabs.open(spec.id)
    reached = driver.epoch
    driver.wait(lambda: driver.epoch > reached + 5)
    assert driver.window.panels[spec.id].isVisible()


def test_an_unknown_name_opens_nothing(driver: Any) -> None:
    driver.window.tabs.open("no such panel")
    assert driver.window.tabs.currentIndex() == 0
