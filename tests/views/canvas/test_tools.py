"""Gestures go to the tool that wants them."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtTest import QTest

from playground.project import edits
from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.lights import Lights
from playground.views.canvas.selection import Selection
from playground.views.canvas.tools import Tool


class Noted(Tool):
    """Takes everything in the left part of the canvas and writes down what happens."""

    def __init__(self, reach: float) -> None:
        self.reach = reach
        self.said: list[str] = []

    def hover(self, place: QPointF) -> bool:
        self.said.append("hover")
        return place.x() < self.reach

    def leave(self) -> None:
        self.said.append("leave")

    def press(self, event: QMouseEvent) -> bool:
        self.said.append("press")
        return event.position().x() < self.reach

    def move(self, event: QMouseEvent) -> None:
        self.said.append("move")

    def release(self, event: QMouseEvent) -> None:
        self.said.append("release")

    def cancel(self) -> None:
        self.said.append("cancel")

    def scene_changed(self) -> None:
        self.said.append("scene")

    def paint(self, painter: QPainter) -> None:
        assert not painter.clipBoundingRect().isEmpty()
        self.said.append("paint")


@pytest.fixture
def tool(canvas: NetworkCanvas) -> Noted:
    tool = Noted(reach=0.0)
    canvas.add_tool(tool)
    return tool


def test_a_gesture_belongs_to_the_tool_that_took_it(canvas: NetworkCanvas, tool: Noted) -> None:
    surface, tool.reach = canvas.assembly.surface, 1e6
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    QTest.mouseMove(surface, QPoint(310, 210))
    QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=QPoint(310, 210))
    assert [word for word in tool.said if word != "paint"] == ["press", "move", "release"]
    assert canvas.selected_layer() is None


def test_what_a_tool_does_not_want_goes_on(canvas: NetworkCanvas, tool: Noted) -> None:
    frame = canvas.assembly.layout.columns[1].frame
    place = QPoint(round(frame.x) + 3, round(frame.bottom) - 3)
    QTest.mouseClick(canvas.assembly.surface, Qt.MouseButton.LeftButton, pos=place)
    assert next(word for word in tool.said if word != "paint") == "press"
    assert "release" not in tool.said
    assert canvas.selection == Selection((0,))


def test_escape_gives_a_gesture_up_before_it_clears_the_selection(canvas: NetworkCanvas, tool: Noted) -> None:
    surface, tool.reach = canvas.assembly.surface, 1e6
    canvas.select([1])
    surface.setFocus()
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert tool.said[-1] == "cancel" or "cancel" in tool.said
    assert canvas.selection.layers == (1,)
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert canvas.selection.layers == ()


def test_a_change_of_the_network_gives_a_gesture_up(canvas: NetworkCanvas, tool: Noted, session: Session) -> None:
    tool.reach = 1e6
    QTest.mousePress(canvas.assembly.surface, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    session.document.apply(edits.set_units(session.document.project, 0, 6))
    assert tool.said.index("cancel") < tool.said.index("scene")


def test_the_pointer_belongs_to_one_tool_at_a_time(canvas: NetworkCanvas, tool: Noted) -> None:
    tools, tool.reach = canvas.assembly.surface.tools, 100.0
    seen: list[object] = []
    canvas.unit_hovered.connect(seen.append)
    box = canvas.assembly.layout.columns[1].units[2]
    tools.hover(QPointF(box.center_x, box.center_y))
    assert seen == [(1, 2)]
    tools.hover(QPointF(5, 5))
    assert seen == [(1, 2), None]
    tools.hover(QPointF(box.center_x, box.center_y))
    assert tool.said.count("leave") == 1


def test_tools_paint_over_everything(canvas: NetworkCanvas, tool: Noted) -> None:
    canvas.grab()
    assert "paint" in tool.said


def test_lights_dim_what_they_do_not_light(canvas: NetworkCanvas) -> None:
    layout = canvas.assembly.layout

    def contrast(column: int, unit: int) -> int:
        """How far the frame of a unit stands out from the card."""
        box, image = layout.columns[column].units[unit], canvas.assembly.surface.grab().toImage()
        return 255 - image.pixelColor(round(box.x), round(box.center_y)).lightness()

    before = contrast(1, 0), contrast(1, 1)
    lights = Lights({1: np.array([1.0, 0.0, 0.0, 0.0])}, {0: None, 1: np.eye(4, 2)}, frozenset({"loss"}))
    canvas.set_lights("test", lights)
    assert contrast(1, 0) > before[0] / 2
    assert contrast(1, 1) < before[1] / 2
    canvas.set_lights("other", Lights())
    assert contrast(1, 0) < before[0] / 2, "the last one wins"
    canvas.set_lights("other", None)
    canvas.set_lights("test", None)
    assert (contrast(1, 0), contrast(1, 1)) == before


def test_inputs_are_lit_by_their_number_wherever_they_stand(canvas: NetworkCanvas, session: Session) -> None:
    session.document.apply(edits.toggle_feature(session.document.project, "x1_x2"))
    canvas.set_lights("test", Lights({0: np.array([0.0, 0.2, 1.0])}))
    lit = {name: button._light for name, button in canvas.assembly.features.buttons.items()}
    assert (lit["x1"], lit["x2"], lit["x1_squared"], lit["x1_x2"]) == (0.0, 0.2, 0.0, 1.0)
    canvas.grab()
    canvas.set_lights("test", None)
    assert all(button._light is None for button in canvas.assembly.features.buttons.values())


def test_a_click_on_a_unit_selects_and_tells_it(canvas: NetworkCanvas) -> None:
    told: list[Any] = []
    canvas.unit_clicked.connect(told.append)
    box = canvas.assembly.layout.columns[2].units[1]
    place = QPointF(box.center_x, box.center_y).toPoint()
    QTest.mouseClick(canvas.assembly.surface, Qt.MouseButton.LeftButton, pos=place)
    assert told == [(2, 1)]
    assert canvas.selection == Selection((1,), 1)


def test_a_double_click_asks_for_the_inspector(canvas: NetworkCanvas, qtbot: Any) -> None:
    box = canvas.assembly.layout.columns[1].units[0]
    with qtbot.waitSignal(canvas.inspect_wanted):
        place = QPointF(box.center_x, box.center_y).toPoint()
        QTest.mouseDClick(canvas.assembly.surface, Qt.MouseButton.LeftButton, pos=place)


def test_the_plus_asks_for_a_layer_where_someone_listens(canvas: NetworkCanvas, session: Session) -> None:
    wanted: list[int] = []
    canvas.insert_wanted.connect(lambda index, place: wanted.append(index))
    QTest.mouseClick(canvas.assembly._inserts[1], Qt.MouseButton.LeftButton)
    assert wanted == [1]
    assert len(session.document.project.network.layers) == 3
