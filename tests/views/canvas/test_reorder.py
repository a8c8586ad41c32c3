"""Layers are dragged by their heads, with real mouse events."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from playground.project import edits
from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.header import LayerHeader
from playground.views.canvas.reorder import DropPicture, target
from playground.views.theme import Token

LEFT = Qt.MouseButton.LeftButton


def units(session: Session) -> list[int]:
    return [getattr(layer, "units", 0) for layer in session.document.project.network.layers]


def head(canvas: NetworkCanvas, layer: int) -> LayerHeader:
    return canvas.assembly._headers[layer]


def picture(canvas: NetworkCanvas) -> DropPicture | None:
    return canvas.findChild(DropPicture, "canvas.drop")


def lift(canvas: NetworkCanvas, layer: int, by: int) -> QPoint:
    """Take a head and carry it ``by`` pixels; the button stays down. Returns where the pointer is on the sheet."""
    title, surface = head(canvas, layer).title, canvas.assembly.surface
    start = title.mapTo(surface, title.rect().center())
    QTest.mousePress(title, LEFT, pos=title.rect().center())
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(surface, start + QPoint(round(by * share), 3))
    return start + QPoint(by, 3)


def put_down(canvas: NetworkCanvas, place: QPoint) -> None:
    QTest.mouseRelease(canvas.assembly.surface, LEFT, pos=place)


@pytest.fixture
def wide(canvas: NetworkCanvas, session: Session) -> NetworkCanvas:
    session.document.apply(edits.add_layer(session.document.project, 2))
    session.document.apply(edits.set_units(session.document.project, 2, 7))
    assert units(session) == [4, 2, 7, 1]
    return canvas


def distance(canvas: NetworkCanvas, layer: int, lane: int) -> int:
    layout = canvas.assembly.layout
    return round(layout.gaps[lane] - layout.columns[layer + 1].frame.center_x)


def test_a_column_is_carried_to_another_place(wide: NetworkCanvas, session: Session) -> None:
    way = distance(wide, 0, 3)
    place = lift(wide, 0, way)
    carried = picture(wide)
    assert carried is not None
    assert carried.line == wide.assembly.layout.gaps[3]
    assert carried.problem == ""
    assert units(session) == [4, 2, 7, 1], "nothing changes before it is put down"
    put_down(wide, place)
    assert units(session) == [2, 7, 4, 1]
    assert wide.selection.layers == (2,)
    assert picture(wide) is None
    session.document.undo()
    assert units(session) == [4, 2, 7, 1]


def test_the_line_is_violet_and_the_picture_translucent(wide: NetworkCanvas) -> None:
    place = lift(wide, 0, distance(wide, 0, 2))
    carried = picture(wide)
    assert carried is not None
    assert carried.line is not None
    image = wide.assembly.surface.grab().toImage()
    assert image.pixelColor(round(carried.line), 60) == wide._theme.color(Token.SELECTION)
    put_down(wide, place)


def test_escape_puts_it_back(wide: NetworkCanvas, session: Session) -> None:
    way = distance(wide, 0, 3)
    place = lift(wide, 0, way)
    assert picture(wide) is not None
    assert wide.assembly.surface.hasFocus()
    QTest.keyClick(wide.assembly.surface, Qt.Key.Key_Escape)
    assert picture(wide) is None
    put_down(wide, place)
    assert units(session) == [4, 2, 7, 1]
    assert wide.selection.layers == (0,)


def test_put_down_where_it_was_nothing_happens(wide: NetworkCanvas, session: Session) -> None:
    label = session.document.undo_label
    place = lift(wide, 1, 12)
    carried = picture(wide)
    assert carried is not None
    assert carried.line is None
    put_down(wide, place)
    assert session.document.undo_label == label


def test_a_click_on_a_head_only_selects(wide: NetworkCanvas, session: Session) -> None:
    QTest.mouseClick(head(wide, 1).title, LEFT)
    assert wide.selection.layers == (1,)
    assert picture(wide) is None


def test_the_output_layer_stays(wide: NetworkCanvas) -> None:
    lift(wide, 3, -200)
    assert picture(wide) is None
    assert wide.selection.layers == (3,)


def test_places_where_it_cannot_stand_say_why(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    session.document.apply(edits.set_source(session.document.project, "digits"))
    assert type(session.document.project.network.layers[0]).__name__ == "Flatten"
    before = session.document.project.network.layers
    place = lift(canvas, 1, distance(canvas, 1, 0))
    carried = picture(canvas)
    assert carried is not None
    assert "Flatten" in carried.problem
    canvas.grab()
    put_down(canvas, place)
    assert session.document.project.network.layers == before


def test_a_lane_and_the_place_that_follows() -> None:
    assert [target(1, lane) for lane in range(4)] == [0, 1, 1, 2]


def test_a_column_carried_to_the_edge_scrolls_the_canvas(canvas: NetworkCanvas) -> None:
    canvas.navigator.zoom_in()
    canvas.navigator.zoom_in()
    canvas.navigator.zoom_in()
    bar = canvas._scroll.horizontalScrollBar()
    bar.setValue(bar.maximum() // 3)
    before = bar.value()
    frame = canvas.assembly.layout.columns[1].frame
    place = lift(canvas, 0, round(canvas.assembly.layout.pane - frame.center_x))
    assert bar.value() > before
    put_down(canvas, place)
