"""The field at a weight: typing, stepping, taking back."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from playground.views.canvas.weight_field import MOST, WeightField, stepped

NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Log:
    def __init__(self, field: WeightField) -> None:
        self.tried: list[float] = []
        self.closed: list[Any] = []
        field.tried.connect(self.tried.append)
        field.closed.connect(self.closed.append)


@pytest.fixture
def sheet(qtbot: Any) -> QWidget:
    sheet = QWidget()
    qtbot.addWidget(sheet)
    sheet.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    sheet.resize(400, 300)
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    return sheet


@pytest.fixture
def field(sheet: QWidget) -> WeightField:
    return WeightField(sheet)


def test_enter_takes_what_was_typed(field: WeightField, qtbot: Any) -> None:
    log = Log(field)
    field.open_at(QPoint(50, 50), -0.25, "x₁ → unit 2 of layer 1")
    assert field.edit.text() == "−0.25" or field.edit.text() == "-0.25"
    assert field.edit.hasFocus()
    qtbot.keyClicks(field.edit, "1,5")  # replaces what was selected; a comma is fine
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert log.closed == [1.5]
    assert not log.tried
    assert not field.isVisible()
    assert field.parentWidget().hasFocus()


def test_enter_without_typing_keeps_every_digit(field: WeightField, qtbot: Any) -> None:
    log = Log(field)
    field.open_at(QPoint(50, 50), 0.123456789, "weight")
    qtbot.keyClick(field.edit, Qt.Key.Key_Enter)
    assert log.closed == [0.123456789]


def test_escape_takes_everything_back(field: WeightField, qtbot: Any) -> None:
    log = Log(field)
    field.open_at(QPoint(50, 50), 0.5, "weight")
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    qtbot.keyClicks(field.edit, "7")
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert log.tried == [0.6]
    assert log.closed == [None]


def test_arrows_step_and_what_was_typed_is_the_start(field: WeightField, qtbot: Any) -> None:
    log = Log(field)
    field.open_at(QPoint(50, 50), 0.5, "weight")
    for key, modifiers in ((Qt.Key.Key_Up, NONE), (Qt.Key.Key_Down, CTRL), (Qt.Key.Key_Down, SHIFT)):
        qtbot.keyClick(field.edit, key, modifiers)
    assert log.tried == [0.6, 0.59, -0.41]
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "2")
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert log.tried[-1] == 2.1


def test_the_wheel_steps(field: WeightField) -> None:
    log = Log(field)
    field.open_at(QPoint(50, 50), 0.5, "weight")
    middle = QPointF(field.edit.rect().center())
    for delta, modifiers in ((QPoint(0, 120), NONE), (QPoint(0, -240), CTRL), (QPoint(120, 0), SHIFT)):
        event = QWheelEvent(
            middle,
            QPointF(field.edit.mapToGlobal(middle.toPoint())),
            QPoint(),
            delta,
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field.edit, event)
    assert log.tried == [0.6, 0.58, 1.58]


@pytest.mark.parametrize("text", ["abc", "", "1e9", "nan"])
def test_what_is_no_weight_is_refused_in_words(field: WeightField, qtbot: Any, text: str) -> None:
    log = Log(field)
    field.open_at(QPoint(50, 50), 0.5, "weight")
    field.edit.setText(text)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert not log.closed
    assert field.isVisible()
    assert "number from" in QToolTip.text()
    QToolTip.hideText()
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert log.closed == [None]


def test_a_click_elsewhere_takes_the_number(field: WeightField, sheet: QWidget, qtbot: Any) -> None:
    log = Log(field)
    field.open_at(QPoint(50, 50), 0.5, "weight")
    qtbot.keyClicks(field.edit, "0.75")
    sheet.setFocus(Qt.FocusReason.MouseFocusReason)
    assert log.closed == [0.75]
    field.open_at(QPoint(50, 50), 0.5, "weight")
    qtbot.keyClicks(field.edit, "nonsense")
    sheet.setFocus(Qt.FocusReason.MouseFocusReason)
    assert log.closed == [0.75, 0.5]


def test_it_stays_within_the_sheet(field: WeightField, sheet: QWidget) -> None:
    for place in (QPoint(399, 299), QPoint(0, 0)):
        field.open_at(place, 0.5, "a rather long name of a weight")
        assert sheet.rect().contains(field.geometry())


def test_steps_are_free_of_dust_and_have_an_end() -> None:
    value = 0.0
    for _ in range(10):
        value = stepped(value, 1, NONE)
    assert value == 1.0
    assert stepped(MOST, 1, SHIFT) == MOST
    assert stepped(-MOST, -1, SHIFT) == -MOST
