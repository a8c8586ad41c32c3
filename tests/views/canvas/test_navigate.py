"""Zoom, pan, and the keys of the canvas."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.project import edits
from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.geometry import Head
from playground.views.canvas.navigate import ZOOMS
from playground.views.canvas.selection import Selection

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def surface(canvas: NetworkCanvas) -> Any:
    canvas.assembly.surface.setFocus()
    return canvas.assembly.surface


def turn(surface: Any, place: QPointF, notches: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        place,
        QPointF(surface.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(surface, event)


def test_zoom_by_wheel_stays_at_the_pointer(canvas: NetworkCanvas, surface: Any) -> None:
    before = canvas.assembly.layout
    box = before.columns[2].units[0]
    turn(surface, QPointF(box.center_x, box.center_y), 1, CTRL)
    turn(surface, QPointF(box.center_x, box.center_y), 1, CTRL)
    after = canvas.assembly.layout
    assert canvas.assembly.zoom == ZOOMS[ZOOMS.index(1.0) + 2]
    assert after.width > before.width
    assert after.floating
    seen = after.columns[2].frame.center_x - canvas._scroll.horizontalScrollBar().value()
    assert abs(seen - box.center_x) < 150


def test_zoom_by_key_and_fit(canvas: NetworkCanvas, surface: Any) -> None:
    width = canvas.assembly.layout.width
    assert not canvas.navigator.button.isVisible()
    QTest.keyClick(surface, Qt.Key.Key_Equal, CTRL)
    assert canvas.assembly.layout.width > width
    assert canvas.navigator.button.text() == "125 %"
    QTest.keyClick(surface, Qt.Key.Key_Minus, CTRL)
    assert canvas.assembly.layout.width == width
    for _ in range(9):
        QTest.keyClick(surface, Qt.Key.Key_Plus, CTRL)
    assert canvas.assembly.zoom == ZOOMS[-1]
    QTest.mouseClick(canvas.navigator.button, Qt.MouseButton.LeftButton)
    assert canvas.assembly.layout.width == width
    QTest.keyClick(surface, Qt.Key.Key_Equal, CTRL)
    QTest.keyClick(surface, Qt.Key.Key_0, CTRL)
    assert canvas.assembly.zoom == 1.0


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton])
def test_empty_space_is_dragged(canvas: NetworkCanvas, surface: Any, button: Qt.MouseButton) -> None:
    canvas.navigator.zoom_in()
    canvas.navigator.zoom_in()
    bar = canvas._scroll.horizontalScrollBar()
    bar.setValue(80)
    layout = canvas.assembly.layout
    start = QPoint(round(layout.gaps[1]), round(layout.columns[1].frame.bottom) + 12)
    QTest.mousePress(surface, button, pos=start)
    QTest.mouseMove(surface, start + QPoint(-30, 0))
    QTest.mouseRelease(surface, button, pos=start + QPoint(-30, 0))
    assert bar.value() == 110
    turn(surface, QPointF(start), 1, Qt.KeyboardModifier.NoModifier)
    assert bar.value() < 110


def test_the_arrows_walk_through_layers_and_units(canvas: NetworkCanvas, surface: Any) -> None:
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(surface, key)
        seen.append(canvas.selection)
    wanted = [((0,), None), ((0,), 0), ((0,), 1), ((1,), 1), ((1,), 0), ((1,), None)]
    assert seen == [Selection(*place) for place in wanted]
    QTest.keyClick(surface, Qt.Key.Key_Home)
    QTest.keyClick(surface, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(surface, Qt.Key.Key_Right, SHIFT)
    assert canvas.selection == Selection((0, 1, 2))
    QTest.keyClick(surface, Qt.Key.Key_Left, SHIFT)
    assert canvas.selection == Selection((0, 1))
    QTest.keyClick(surface, Qt.Key.Key_End)
    assert canvas.selection == Selection((2,))


def test_enter_asks_for_the_inspector_and_escape_lets_go(canvas: NetworkCanvas, surface: Any) -> None:
    asked: list[bool] = []
    canvas.inspect_wanted.connect(lambda: asked.append(True))
    QTest.keyClick(surface, Qt.Key.Key_Return)
    assert not asked, "nothing is selected"
    canvas.select([1], 0)
    QTest.keyClick(surface, Qt.Key.Key_Return)
    assert asked == [True]
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert canvas.selection == Selection((1,))
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert canvas.selection == Selection()


def test_ctrl_and_shift_click_select_several(canvas: NetworkCanvas, surface: Any) -> None:
    def click(column: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        frame = canvas.assembly.layout.columns[column].frame
        place = QPoint(round(frame.x) + 4, round(frame.bottom) - 4)
        QTest.mouseClick(surface, Qt.MouseButton.LeftButton, modifiers, place)

    click(1)
    click(3, CTRL)
    assert canvas.selection.layers == (0, 2)
    click(1, CTRL)
    assert canvas.selection.layers == (2,)
    click(1, SHIFT)
    assert canvas.selection.layers == (2, 1, 0)
    click(2)
    assert canvas.selection.layers == (1,)


def test_a_narrow_head_opens_for_the_selected_layer(canvas: NetworkCanvas, session: Session, surface: Any) -> None:
    for _ in range(5):
        session.document.apply(edits.add_layer(session.document.project, 0))
    assert canvas.assembly.layout.head is Head.WORDS
    header = canvas.assembly._headers[2]
    assert header.stepper is not None
    assert not header.stepper.isVisible()
    canvas.select([2])
    assert header.opened
    assert header.stepper.isVisible()
    QTest.mouseClick(header.stepper.more, Qt.MouseButton.LeftButton)
    assert session.document.project.network.layers[2].units == 5
    canvas.select([])
    assert not header.stepper.isVisible()


def test_the_focus_can_be_seen_when_it_came_by_key(canvas: NetworkCanvas, surface: Any) -> None:
    surface.clearFocus()
    before = surface.grab().toImage()
    surface.setFocus(Qt.FocusReason.TabFocusReason)
    assert surface.grab().toImage() != before
    surface.clearFocus()
    surface.setFocus(Qt.FocusReason.MouseFocusReason)
    assert surface.grab().toImage() == before


def test_lines_pass_by_a_bypassed_layer(canvas: NetworkCanvas, session: Session) -> None:
    session.document.apply(edits.bypass_layer(session.document.project, 1, True))
    bundles = canvas.assembly.bundles
    assert bundles[1] is None
    assert bundles[2] is not None
    assert bundles[2].starts[0][0] == canvas.assembly.layout.columns[1].units[0].right
    assert canvas.assembly.stages[2].bypassed
    assert canvas.assembly._headers[1].title.font().strikeOut()
    canvas.grab()
    session.document.undo()
    assert not canvas.assembly._headers[1].title.font().strikeOut()
