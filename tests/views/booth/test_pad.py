"""The pad draws smooth strokes with mouse and keys, and takes them back."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.views.booth.eye import probabilities
from playground.views.booth.pad import BRUSHES, Pad
from playground.views.booth.strokes import FINE, ink, shrunk
from playground.views.theme import Theme
from tests.views.booth.hand import stroke


@pytest.fixture
def pad(qtbot, qapp):
    pad = Pad(Theme("light"))
    qtbot.addWidget(pad)
    pad.resize(300, 300)
    pad.show()
    qtbot.waitExposed(pad)
    return pad


def test_mouse_strokes_become_soft_ink_where_they_were_drawn(pad):
    stroke(pad, [(0.5, 0.1), (0.5, 0.9)])
    fine = ink(pad.strokes)
    assert fine.shape == (FINE, FINE)
    assert fine[FINE // 2, FINE // 2] == 1
    assert fine[:, : FINE // 3].max() == 0
    small = shrunk(fine, 28)
    assert small.dtype == np.uint8
    assert ((small > 0) & (small < 255)).any()  # soft edges
    assert shrunk(fine, 16).shape == (16, 16)


def test_a_broader_pen_gives_more_ink(pad):
    for brush in (BRUSHES[0], BRUSHES[2]):
        pad.clear()
        pad.brush = brush
        stroke(pad, [(0.2, 0.2), (0.4, 0.7), (0.8, 0.8)])
        amount = ink(pad.strokes).sum()
        assert ink(pad.strokes, 2.0).sum() > 1.5 * amount
        pad.fine = amount if brush is BRUSHES[0] else pad.fine
    assert amount > 2 * pad.fine


def test_a_press_alone_is_a_dot(pad):
    stroke(pad, [(0.5, 0.5)])
    assert 0.9 < ink(pad.strokes).max() <= 1


def test_strokes_are_undone_and_cleared(pad, qtbot):
    for place in (0.3, 0.6):
        stroke(pad, [(place, 0.2), (place, 0.8)])
    with qtbot.waitSignal(pad.changed):
        qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    assert len(pad.strokes) == 1
    qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.empty


def test_it_is_drawn_on_by_keys_alone(pad, qtbot):
    pad.setFocus()
    for _ in range(5):
        qtbot.keyClick(pad, Qt.Key.Key_Left)
    assert pad.empty
    qtbot.keyClick(pad, Qt.Key.Key_Space)
    for _ in range(3):
        qtbot.keyClick(pad, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(pad, Qt.Key.Key_Space)
    qtbot.keyClick(pad, Qt.Key.Key_Right)
    (only,) = pad.strokes
    assert len(only.points) == 4
    assert only.points[-1].y() > only.points[0].y()
    assert only.points[0].x() == pytest.approx(0.5 - 5 / 28)


def test_outputs_are_told_as_probabilities():
    np.testing.assert_allclose(probabilities(np.array([0.3]), "unit"), [0.7, 0.3])
    np.testing.assert_allclose(probabilities(np.array([-1.0]), "signed"), [1, 0])
    np.testing.assert_allclose(probabilities(np.array([np.nan, 2.0, 0.5]), "any"), [0, 1, 0.5])
