"""Ctrl+K and the list of steps, used as by hand."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.app.actions import ACTIONS
from playground.app.command_search import CommandSearch
from playground.app.history_list import HistoryList
from playground.project import edits


@pytest.fixture
def search(driver: Any) -> CommandSearch:
    driver.trigger("edit.search")
    found = driver.window.findChild(CommandSearch)
    assert found.isVisible()
    return found


def titles(found: CommandSearch) -> list[str]:
    return [found.list.item(row).text() for row in range(found.list.count())]


def test_everything_is_listed(search: CommandSearch) -> None:
    assert len(titles(search)) > len(ACTIONS) + 10
    search.close()


@pytest.mark.parametrize("typed", ["duplicate", "dupl", "second copy", "dpl"])
def test_a_few_letters_are_enough(search: CommandSearch, typed: str) -> None:
    QTest.keyClicks(search.search, typed if typed != "second copy" else "copy behind")
    assert "Duplicate layer" in titles(search)
    search.close()


def test_return_does_it(driver: Any, search: CommandSearch) -> None:
    QTest.keyClicks(search.search, "add layer")
    QTest.keyClick(search.search, Qt.Key.Key_Return)
    assert len(driver.window.session.document.project.network.layers) == 4
    assert not search.isVisible()


def test_data_sets_are_found(driver: Any, search: CommandSearch) -> None:
    QTest.keyClicks(search.search, "data set xor")
    QTest.keyClick(search.search, Qt.Key.Key_Return)
    assert driver.window.session.document.project.data.source.title == "XOR"


def test_lessons_are_found_by_title_and_goal(driver: Any, search: CommandSearch) -> None:
    QTest.keyClicks(search.search, "lessons symmetry")
    assert titles(search) == ["Why weights start at random"]
    QTest.keyClick(search.search, Qt.Key.Key_Return)
    assert driver.window.session.guide.name == "initialization"
    assert driver.window.verbs.lessons.panel.isVisible()


def test_what_is_not_possible_now_is_pale_and_does_nothing(search: CommandSearch) -> None:
    QTest.keyClicks(search.search, "redo")
    row = search.list.item(0)
    assert not row.flags() & Qt.ItemFlag.ItemIsEnabled
    assert row.toolTip().startswith("Nothing was undone.")
    search.close()


def test_what_keeps_the_network_from_training_is_told(driver: Any) -> None:
    document = driver.window.session.document
    document.apply(edits.set_activation(document.project, 2, "tanh"))
    driver.trigger("edit.search")
    found = driver.window.findChild(CommandSearch)
    QTest.keyClicks(found.search, "one mini-batch")
    assert "needs probabilities" in found.list.item(0).toolTip()
    assert "needs probabilities" in found.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    found.close()


def test_the_list_of_steps_leads_back_and_forward(driver: Any) -> None:
    window = driver.window
    for _ in range(3):
        driver.trigger("network.add_layer")
    driver.trigger("edit.history")
    history = window.findChild(HistoryList)
    count = history.list.count()
    assert count >= 4
    assert history.list.currentRow() == count - 1

    def click(row: int) -> None:
        item = history.list.item(row)
        history.list.scrollToItem(item)
        place = history.list.visualItemRect(item).center()
        QTest.mouseClick(history.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    click(1)
    assert len(window.session.document.project.network.layers) == 4
    assert history.list.count() == count
    click(count - 1)
    assert len(window.session.document.project.network.layers) == 6
    click(0)
    assert len(window.session.document.project.network.layers) == 3
    history.close()
