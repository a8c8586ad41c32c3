"""A network of three layers, built on the canvas by mouse alone; undone to the start and redone."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton

from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.features import FeatureButton

LEFT = Qt.MouseButton.LeftButton


def find(canvas: NetworkCanvas, kind: Any, name: str) -> Any:
    widget = canvas.findChild(kind, name)
    assert widget is not None, name
    return widget


def click(canvas: NetworkCanvas, name: str, times: int = 1) -> None:
    for _ in range(times):
        QTest.mouseClick(find(canvas, QToolButton, name), LEFT)


def choose(canvas: NetworkCanvas, name: str, value: str) -> None:
    """Open a list by a click and click on an entry."""
    combo = find(canvas, QComboBox, name)
    QTest.mouseClick(combo, LEFT)
    view = combo.view()
    view.scrollTo(combo.model().index(combo.findData(value), 0))
    place = view.visualRect(combo.model().index(combo.findData(value), 0)).center()
    QTest.mouseMove(view.viewport(), place)
    QTest.mousePress(view.viewport(), LEFT, pos=place)
    QTest.mouseRelease(view.viewport(), LEFT, pos=place)
    combo.hidePopup()


def shape(session: Session) -> list[tuple[int, str]]:
    layers: Any = session.document.project.network.layers
    return [(layer.units, layer.activation) for layer in layers]


def test_by_mouse_alone_and_back_again(canvas: NetworkCanvas, session: Session) -> None:
    start = session.document.project
    click(canvas, "network.layers.0.remove", 2)
    assert shape(session) == [(1, "sigmoid")]
    click(canvas, "network.insert.0", 3)
    click(canvas, "network.layers.0.units.more", 2)
    click(canvas, "network.layers.1.units.fewer", 1)
    choose(canvas, "network.layers.1.activation", "relu")
    QTest.mouseClick(find(canvas, FeatureButton, "data.features.x1_squared"), LEFT)
    assert shape(session) == [(6, "tanh"), (3, "relu"), (4, "tanh"), (1, "sigmoid")]
    title = canvas.assembly._headers[0].title
    way = QPoint(round(canvas.assembly.layout.gaps[3] - canvas.assembly.layout.columns[1].frame.center_x), 2)
    QTest.mousePress(title, LEFT, pos=title.rect().center())
    QTest.mouseMove(title, title.rect().center() + way / 2)
    QTest.mouseMove(title, title.rect().center() + way)
    QTest.mouseRelease(title, LEFT, pos=title.rect().center() + way)
    assert shape(session) == [(3, "relu"), (4, "tanh"), (6, "tanh"), (1, "sigmoid")]
    built = session.document.project
    while session.document.can_undo:
        session.document.undo()
    assert session.document.project == start
    while session.document.can_redo:
        session.document.redo()
    assert session.document.project == built
    headers = canvas.assembly._headers
    assert [header.stepper.spin.value() for header in headers[:-1] if header.stepper is not None] == [3, 4, 6]


def test_heads_are_kept_and_bound_to_their_new_places(canvas: NetworkCanvas, session: Session) -> None:
    before = list(canvas.assembly._headers)
    click(canvas, "network.insert.0")
    after = canvas.assembly._headers
    assert after[:2] == before[:2], "heads of the same kind stay"
    click(canvas, "network.layers.0.remove")
    click(canvas, "network.insert.0")
    assert set(map(id, canvas.assembly._headers)) == set(map(id, after)), "a spare head comes back"
    click(canvas, "network.layers.2.units.more")
    assert [units for units, _ in shape(session)] == [4, 4, 3, 1]
