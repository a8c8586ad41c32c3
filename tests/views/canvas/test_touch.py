"""Touching the network with the mouse: weights are read, typed, stepped and dragged; the network answers."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from playground.insight.pictures import EFFECT
from playground.project import edits, weights
from playground.session import Session
from playground.training.records import RunState
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.layer_marks import Mark
from playground.views.canvas.numbers import steady
from playground.views.canvas.touch import Touch
from playground.views.canvas.weight_spots import Spot
from playground.views.canvas.weight_tool import WeightTool

LEFT = Qt.MouseButton.LeftButton
NONE, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Hand:
    """The mouse on the canvas."""

    def __init__(self, canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
        self.canvas, self.session, self.qtbot = canvas, session, qtbot
        self.touch: Touch = canvas._touch
        self.tool: WeightTool = self.touch.weights
        self.surface = canvas.assembly.surface
        self.told: list[str] = []
        canvas.told.connect(self.told.append)

    def place(self, spot: Spot) -> QPoint:
        """A point at which exactly this weight is found."""
        if spot.source is None:
            return self.touch.biases.center(spot.layer, spot.target).toPoint()
        path = self.canvas.assembly.bundles[spot.layer].path(spot.source, spot.target)
        places = [path.pointAtPercent(share).toPoint() for share in np.linspace(0.1, 0.9, 33)]
        return next(place for place in places if self.tool._spots.at(QPointF(place)) == spot)

    def point(self, place: QPoint) -> None:
        """Move there, from elsewhere."""
        QTest.mouseMove(self.surface, QPoint(1, 1))
        QTest.mouseMove(self.surface, place)

    def weight(self, spot: Spot) -> float:
        """The weight in the run itself."""
        index = weights.position(self.session.document.project, spot.layer, spot.source, spot.target)
        return float(self.session.trainer.capture().parameters[index])

    def wheel(self, place: QPoint, notches: int, modifiers: Any = NONE) -> None:
        event = QWheelEvent(
            QPointF(place),
            QPointF(self.surface.mapToGlobal(place)),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.surface, event)

    def drag(self, place: QPoint, *ys: int, modifiers: Any = NONE) -> None:
        QTest.mousePress(self.surface, LEFT, modifiers, place)
        for y in ys:
            QTest.mouseMove(self.surface, place + QPoint(0, y))
        QTest.mouseRelease(self.surface, LEFT, modifiers, place + QPoint(0, ys[-1]))

    def type_at(self, place: QPoint, text: str) -> None:
        QTest.mouseClick(self.surface, LEFT, pos=place)
        assert self.tool.field.isVisible()
        self.qtbot.keyClicks(self.tool.field.edit, text)
        self.qtbot.keyClick(self.tool.field.edit, Qt.Key.Key_Return)

    def seen(self, spot: Spot, value: float) -> None:
        """Wait until the canvas shows this value."""
        self.qtbot.waitUntil(lambda: self.tool._spots.value(spot) == pytest.approx(value, abs=1e-5))


@pytest.fixture
def hand(canvas: NetworkCanvas, session: Session, qtbot: Any) -> Iterator[Hand]:
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    yield Hand(canvas, session, qtbot)
    session.trainer.pause()


LINE = Spot(1, 2, 1)
BIAS = Spot(0, None, 3)


# -- reading -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("spot", "name"), [(LINE, "unit 3 of layer 1 → unit 2 of layer 2"), (BIAS, "bias of unit 4")])
def test_pointing_at_a_weight_tells_its_number(hand: Hand, spot: Spot, name: str) -> None:
    hand.point(hand.place(spot))
    assert hand.tool.spot == spot
    assert hand.tool.label.isVisible()
    assert hand.tool.label.text.startswith(steady(hand.weight(spot)))
    assert name in hand.tool.label.text
    QTest.mouseMove(hand.surface, QPoint(3, 3))
    assert hand.tool.spot is None
    assert not hand.tool.label.isVisible()


def test_the_number_is_live_and_the_sign_stands_still(hand: Hand, qtbot: Any) -> None:
    hand.point(hand.place(LINE))
    before, where = hand.tool.label.text, hand.tool.label.geometry()
    hand.session.trainer.train()
    qtbot.waitUntil(lambda: hand.tool.label.text != before)
    qtbot.waitUntil(lambda: hand.session.trainer.latest.counters.epoch > 50)
    assert hand.tool.label.geometry() == where
    hand.session.trainer.pause()
    qtbot.waitUntil(lambda: hand.session.trainer.state is RunState.PAUSED)
    qtbot.waitUntil(lambda: hand.tool.label.text.startswith(steady(hand.weight(LINE))))


def test_the_pointed_line_is_emphasised_and_only_its_place_is_painted(hand: Hand, qtbot: Any) -> None:
    def shot() -> QImage:
        return hand.surface.grab().toImage()

    hand.tool.label.tell = lambda *_: None  # type: ignore[method-assign,assignment]
    before = shot()
    hand.point(hand.place(LINE))
    area = hand.tool._area.toAlignedRect()
    after = shot()
    assert after.copy(area) != before.copy(area)
    QTest.mouseMove(hand.surface, QPoint(3, 3))
    assert shot() == before


# -- editing, paused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spot", [LINE, BIAS])
def test_click_and_type(hand: Hand, spot: Spot) -> None:
    before = hand.session.trainer.capture().parameters
    hand.type_at(hand.place(spot), "1.25")
    assert hand.weight(spot) == 1.25
    assert np.count_nonzero(hand.session.trainer.capture().parameters != before) == 1
    hand.seen(spot, 1.25)
    assert not hand.tool.field.isVisible()
    hand.session.document.undo()
    assert np.array_equal(hand.session.trainer.capture().parameters, before)


@pytest.mark.parametrize("spot", [LINE, BIAS])
def test_the_wheel_steps_coarse_and_fine_as_one_change(hand: Hand, spot: Spot) -> None:
    before, place = hand.weight(spot), hand.place(spot)
    for notches, modifiers, expected in ((1, NONE, 0.1), (-2, ALT, 0.08), (1, SHIFT, 1.08)):
        hand.wheel(place, notches, modifiers)
        assert hand.weight(spot) == pytest.approx(before + expected, abs=1e-5)
    hand.session.document.undo()
    assert hand.weight(spot) == pytest.approx(before)
    assert not hand.session.document.can_undo


@pytest.mark.parametrize("spot", [LINE, BIAS])
def test_a_vertical_drag_moves_it_live_and_is_one_change(hand: Hand, spot: Spot, qtbot: Any) -> None:
    before, place = hand.weight(spot), hand.place(spot)
    QTest.mousePress(hand.surface, LEFT, NONE, place)
    QTest.mouseMove(hand.surface, place + QPoint(0, -10))
    QTest.mouseMove(hand.surface, place + QPoint(0, -60))
    qtbot.waitUntil(lambda: hand.weight(spot) == pytest.approx(before + 0.5, abs=1e-5))
    assert steady(hand.tool._gesture.value) in hand.tool.label.text
    QTest.mouseMove(hand.surface, place + QPoint(0, 40))
    QTest.mouseRelease(hand.surface, LEFT, NONE, place + QPoint(0, 40))
    assert hand.weight(spot) == pytest.approx(before - 0.5, abs=1e-5)
    assert not hand.tool.field.isVisible()
    hand.session.document.undo()
    assert hand.weight(spot) == pytest.approx(before)
    assert not hand.session.document.can_undo


def test_escape_takes_a_drag_back(hand: Hand, qtbot: Any) -> None:
    before, place = hand.weight(LINE), hand.place(LINE)
    hand.surface.setFocus()
    QTest.mousePress(hand.surface, LEFT, NONE, place)
    QTest.mouseMove(hand.surface, place + QPoint(0, -10))
    QTest.mouseMove(hand.surface, place + QPoint(0, -60))
    qtbot.keyClick(hand.surface, Qt.Key.Key_Escape)
    QTest.mouseRelease(hand.surface, LEFT, NONE, place)
    assert hand.weight(LINE) == pytest.approx(before)


def test_escape_in_the_field_takes_its_steps_back(hand: Hand, qtbot: Any) -> None:
    before = hand.weight(LINE)
    QTest.mouseClick(hand.surface, LEFT, pos=hand.place(LINE))
    qtbot.keyClick(hand.tool.field.edit, Qt.Key.Key_Up)
    assert hand.weight(LINE) == pytest.approx(before + 0.1, abs=1e-5)
    qtbot.keyClick(hand.tool.field.edit, Qt.Key.Key_Escape)
    assert hand.weight(LINE) == pytest.approx(before)


def test_clicks_beside_lines_still_select_layers(hand: Hand) -> None:
    box = hand.canvas.assembly.layout.columns[1].units[1]
    QTest.mouseClick(hand.surface, LEFT, pos=QPoint(round(box.center_x), round(box.center_y)))
    assert hand.canvas.selected_layer() == 0
    assert not hand.tool.field.isVisible()


# -- editing while it trains ---------------------------------------------------------------------------------------


def test_edits_go_into_a_training_network_and_everything_can_be_undone(hand: Hand, qtbot: Any) -> None:
    session = hand.session
    start = session.trainer.capture()
    session.trainer.train()
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch > 5)
    edited: list[Any] = []
    session.trainer.weights_edited.connect(edited.append)
    place = hand.place(LINE)
    hand.type_at(place, "3")
    hand.wheel(hand.place(BIAS), 2)
    hand.drag(hand.place(LINE), -10, -30, -50)
    assert session.trainer.state is RunState.RUNNING
    assert len(edited) >= 3
    for edit in edited:  # exactly one weight, exactly between two mini-batches
        assert np.count_nonzero(edit.before != edit.after) <= 1
    assert edited[0].after[edited[0].indices[0]] == 3.0
    step = session.trainer.latest.counters.step
    qtbot.waitUntil(lambda: session.trainer.latest.counters.step > step)
    session.trainer.pause()
    qtbot.waitUntil(lambda: session.trainer.state is RunState.PAUSED)
    while session.document.can_undo:
        session.document.undo()
    now = session.trainer.capture().parameters
    assert any(np.array_equal(now, one) for one in (start.parameters, edited[0].before))
    while session.document.can_redo:
        session.document.redo()
    assert not np.array_equal(session.trainer.capture().parameters, now)


# -- the answer ----------------------------------------------------------------------------------------------------


def test_an_edit_ripples_through_later_layers_and_is_told(hand: Hand, qtbot: Any) -> None:
    hand.type_at(hand.place(LINE), "4")
    qtbot.waitUntil(lambda: bool(hand.touch.rings.strengths))
    first, second, output = hand.touch.rings.strengths
    assert not first.any()
    assert second[0] == 0 < second[1]
    assert output.any()
    qtbot.waitUntil(lambda: bool(hand.told))
    assert "layer 2" in hand.told[-1]
    assert "the loss by" in hand.told[-1]
    assert "layer 1" not in hand.told[-1]
    assert "by your edit" in hand.canvas.assembly.loss.caption.text()
    hand.told.clear()
    hand.session.document.undo()
    qtbot.waitUntil(lambda: bool(hand.told))
    assert "layer 2" in hand.told[-1]
    hand.session.trainer.train()
    qtbot.waitUntil(lambda: "your edit" not in hand.canvas.assembly.loss.caption.text())


def test_a_window_that_was_hidden_does_not_tell_old_edits_again(hand: Hand, qtbot: Any) -> None:
    hand.type_at(hand.place(LINE), "4")
    qtbot.waitUntil(lambda: bool(hand.told))
    hand.told.clear()
    trainer = hand.session.trainer
    for drawing in (False, True):
        trainer.set_drawing(drawing)
        trainer.refresh()
        qtbot.waitUntil(lambda: (EFFECT in trainer.latest.pictures) is drawing)  # noqa: B023
    qtbot.waitUntil(lambda: not hand.touch._speaker.isActive())
    assert not hand.told


def test_the_sign_tells_how_to_change_a_weight_until_it_was_done_once(hand: Hand) -> None:
    place = hand.place(LINE)
    hand.point(place)
    assert "drag" in hand.tool.label.text
    hand.wheel(place, 5)
    assert "drag" not in hand.tool.label.text


def test_without_motion_there_is_no_pulse(hand: Hand, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(hand.touch, "_animated", lambda: False)
    hand.session.trainer.train()
    qtbot.waitUntil(lambda: hand.session.trainer.latest.counters.epoch > 20)
    assert hand.touch.pulse.place is None


def test_the_pulse_runs_while_training_and_goes_round_after_a_step(hand: Hand, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(hand.touch, "_animated", lambda: True)
    hand.session.trainer.train()
    qtbot.waitUntil(lambda: (hand.touch.pulse.place or 0) > 0.1)
    hand.session.trainer.pause()
    qtbot.waitUntil(lambda: hand.touch.pulse.place is None)
    hand.session.trainer.step()
    qtbot.waitUntil(lambda: hand.touch.pulse.place is not None)
    assert hand.session.trainer.state is RunState.PAUSED
    assert hand.touch.pulse._timer.isActive()
    hand.touch.pulse.stop()


def test_another_structure_ends_what_was_touched(hand: Hand) -> None:
    QTest.mouseClick(hand.surface, LEFT, pos=hand.place(LINE))
    document = hand.session.document
    document.apply(edits.set_units(document.project, 0, 2))
    assert not hand.tool.field.isVisible()
    assert hand.tool.spot is None


# -- muting and freezing -------------------------------------------------------------------------------------------


def test_a_click_on_its_badge_mutes_a_unit_and_another_lets_it_speak(hand: Hand, qtbot: Any) -> None:
    document = hand.session.document
    mark = Mark(0, 1)
    place = hand.touch.marks.box(mark).center().toPoint()
    hand.point(place)
    assert hand.touch.marking._offered == mark
    assert "Mute" in hand.surface.toolTip()
    before = document.project
    QTest.mouseClick(hand.surface, LEFT, pos=place)
    assert document.project.network.layers[0].muted == (1,)
    assert document.undo_label.startswith("Mute unit 2")
    assert hand.canvas.assembly.bundles[1].pale == {1}
    qtbot.waitUntil(lambda: hand.session.trainer.latest is not None)
    QTest.mouseClick(hand.surface, LEFT, pos=place)
    assert document.project.network.layers[0].muted == ()
    document.undo()
    document.undo()
    assert document.project == before
    assert hand.canvas.assembly.bundles[1].pale == frozenset()


def test_a_click_on_the_lock_freezes_a_layer_and_training_leaves_it_alone(hand: Hand, qtbot: Any) -> None:
    session = hand.session
    place = hand.touch.marks.box(Mark(1)).center().toPoint()
    hand.point(place)
    assert "Freeze" in hand.surface.toolTip()
    QTest.mouseClick(hand.surface, LEFT, pos=place)
    assert not session.document.project.network.layers[1].trainable
    assert hand.surface._art.frozen == (1,)
    assert hand.surface._art.trained == (0, 2)
    frozen = weights.of_layer(session.document.project, 1)
    before = session.trainer.capture().parameters
    session.trainer.train()
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.epoch > 3)
    session.trainer.pause()
    after = session.trainer.capture().parameters
    assert np.array_equal(after[frozen], before[frozen])
    assert not np.array_equal(after, before)
    hand.type_at(hand.place(LINE), "2")  # frozen for training, not for the hand
    assert hand.weight(LINE) == 2.0


def test_what_cannot_be_muted_says_why(hand: Hand) -> None:
    document, said = hand.session.document, list[str]()
    document.apply(edits.set_activation(document.project, 0, "softmax"))
    hand.canvas.refused.connect(said.append)
    QTest.mouseClick(hand.surface, LEFT, pos=hand.touch.marks.box(Mark(0, 1)).center().toPoint())
    assert "Softmax" in said[0]
    QToolTip.hideText()


# -- with the keyboard alone ---------------------------------------------------------------------------------------


def test_the_weights_of_a_selected_unit_are_edited_by_keys(hand: Hand, qtbot: Any) -> None:
    hand.surface.setFocus()
    hand.canvas.select((1,), 1)
    qtbot.keyClick(hand.surface, Qt.Key.Key_W)
    edit = hand.tool.field.edit
    values = {}
    for source, value in ((0, 0.5), (1, -0.5), (2, 0.25), (3, 0.75), (None, 1.5)):
        assert hand.tool.spot == Spot(1, source, 1)
        assert edit.hasFocus()
        qtbot.keyClicks(edit, str(value))
        values[source] = value
        qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert hand.tool.spot == Spot(1, 0, 1)  # round and round
    qtbot.keyClick(edit, Qt.Key.Key_Backtab)
    assert hand.tool.spot == Spot(1, None, 1)
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert {source: hand.weight(Spot(1, source, 1)) for source in values} == values
    assert hand.surface.hasFocus()


def test_keys_without_a_unit_do_nothing(hand: Hand, qtbot: Any) -> None:
    hand.surface.setFocus()
    hand.canvas.select(())
    qtbot.keyClick(hand.surface, Qt.Key.Key_W)
    assert not hand.tool.field.isVisible()


def test_undo_while_training_takes_the_edit_back_and_training_goes_on(hand: Hand, qtbot: Any) -> None:
    session = hand.session
    session.trainer.train()
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch > 5)
    place = hand.place(LINE)
    before = hand.weight(LINE)
    hand.type_at(place, "5")
    qtbot.waitUntil(lambda: bool(hand.told))
    hand.told.clear()
    session.document.undo()
    qtbot.waitUntil(lambda: bool(hand.told))
    step = session.trainer.capture().step
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.step > step)
    assert session.trainer.state is RunState.RUNNING
    assert abs(hand.weight(LINE) - before) < abs(hand.weight(LINE) - 5)
