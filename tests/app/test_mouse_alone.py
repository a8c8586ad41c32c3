"""A network of three layers, built in the real window by mouse alone; taken back and redone in the list of steps."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QToolButton, QWidget

from playground.app.history_list import HistoryList
from playground.app.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def click(window: MainWindow, name: str, times: int = 1) -> None:
    for _ in range(times):
        button = window.canvas.findChild(QToolButton, name)
        assert button is not None, name
        QTest.mouseClick(button, LEFT)


def click_row(rows: QListWidget, text: str = "", row: int = -1) -> None:
    item = rows.item(row) if not text else rows.findItems(text, Qt.MatchFlag.MatchExactly)[0]
    rows.scrollToItem(item)
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualItemRect(item).center())


def shape(window: MainWindow) -> list[tuple[str, int | None]]:
    layers = window.session.document.project.network.layers
    return [(type(layer).__name__, getattr(layer, "units", None)) for layer in layers]


def test_by_mouse_alone_and_back_again(driver: Any) -> None:
    window, document = driver.window, driver.window.session.document
    palette = window.links.palette
    start = document.project
    click(window, "network.layers.0.remove", 2)
    for place, kind in enumerate(("Dense", "Dropout", "Dense")):
        click(window, f"network.insert.{place}")
        click_row(palette.list, kind)
    click(window, "network.layers.0.units.more", 2)
    assert shape(window) == [("Dense", 6), ("Dropout", None), ("Dense", 4), ("Dense", 1)]
    surface = window.canvas.assembly.surface
    unit = window.canvas.assembly.layout.columns[1].units[2]
    QTest.mouseDClick(surface, LEFT, pos=QPoint(round(unit.x + unit.width / 2), round(unit.y + unit.height / 2)))
    assert window.links.inspector.isVisible()
    QTest.mouseClick(window.links.inspector.findChild(QWidget, "inspector.remove_unit"), LEFT)
    QTest.mouseClick(window.links.inspector.findChild(QWidget, "inspector.close"), LEFT)
    assert not window.links.inspector.isVisible()
    assert shape(window)[0] == ("Dense", 5)
    built = document.project
    driver.trigger("edit.history")
    history = window.findChild(HistoryList)
    last = history.list.count() - 1
    click_row(history.list, row=0)
    assert document.project == start
    click_row(history.list, row=last)
    assert document.project == built
    history.close()
