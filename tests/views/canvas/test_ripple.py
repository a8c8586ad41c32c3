"""The ripple after an edit: rings, their strength and their time, and the sentence."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from playground.insight.effects import Ripple
from playground.project import presets
from playground.views.canvas import ripple as module
from playground.views.canvas.geometry import CardSizes, ColumnSpec, Layout, Shape, arrange
from playground.views.canvas.numbers import signed
from playground.views.canvas.ripple import RippleRings, percent, ripple_text, strengths
from playground.views.canvas.stages import stages_of
from playground.views.theme import Theme


@pytest.fixture
def layout() -> Layout:
    columns = (2, 4, 2, 1)
    return arrange(tuple(ColumnSpec(Shape.SQUARES, units, 60) for units in columns), 900, 450, CardSizes())


def ripple_of(*layers: list[float], loss: float = 0.04) -> Ripple:
    units = tuple(np.array(values, np.float32) for values in layers)
    means = tuple(float(np.sqrt(np.mean(np.square(values)))) for values in layers)
    return Ripple(object(), means, units, 0.5, 0.5 + loss)


class Stand:
    """Rings on a layout, with what they ask to be painted."""

    def __init__(self, layout: Layout, animated: bool = True) -> None:
        self.areas: list[QRectF] = []
        self.layout = layout
        self.rings = RippleRings(Theme("light"), self.areas.append, lambda: animated)
        self.rings.set_layout(layout)

    def ink(self, column: int) -> int:
        """How much is drawn round the units of a column."""
        image = QImage(round(self.layout.width), round(self.layout.height), QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        self.rings.paint(painter)
        painter.end()
        units = self.layout.columns[column].units
        box = units[0].grown(6)
        bottom = units[-1].grown(6).bottom
        return sum(
            image.pixelColor(x, y).alpha()
            for x in range(int(box.x), int(box.right))
            for y in range(int(box.y), int(bottom))
        )


def test_later_units_flash_earlier_ones_stay_quiet(qtbot: Any, layout: Layout) -> None:
    stand = Stand(layout)
    stand.rings.start(ripple_of([0, 0, 0, 0], [0, 0.2], [0.4]))
    assert [values.tolist() for values in stand.rings.strengths] == [
        [0] * 4,
        [0, pytest.approx(0.4)],
        [pytest.approx(0.8)],
    ]
    assert stand.ink(0) == stand.ink(1) == 0
    assert stand.ink(2) > 0
    qtbot.waitUntil(lambda: stand.ink(3) > 0)  # a moment later: the ripple runs forward
    qtbot.waitUntil(lambda: not stand.rings.strengths)
    assert stand.ink(2) == stand.ink(3) == 0
    columns = [layout.columns[k].units[0] for k in (2, 3)]
    assert {round(area.x()) for area in stand.areas} == {round(box.x - 6) for box in columns}


def test_a_stronger_change_has_a_stronger_ring(qapp: Any, layout: Layout) -> None:
    inks = []
    for moved in (0.02, 0.2, 0.5, 5.0):
        stand = Stand(layout)
        stand.rings.start(ripple_of([0, 0, moved, 0], [0, 0], [0]))
        inks.append(stand.ink(1))
        stand.rings.clear()
    assert inks[0] < inks[1] < inks[2]
    assert inks[2] == pytest.approx(inks[3], rel=0.1)


def test_the_rings_of_a_drag_do_not_begin_anew_with_every_value(qapp: Any, layout: Layout) -> None:
    stand = Stand(layout)
    edit = ripple_of([0.3, 0, 0, 0], [0.2, 0.2], [0.4])
    stand.rings.start(edit)
    assert stand.ink(3) == 0
    stand.rings.start(edit)
    assert stand.ink(3) > 0
    stand.rings.clear()


def test_without_motion_a_mark_stands_for_a_second(qtbot: Any, layout: Layout, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "STAY_MS", 200)
    stand = Stand(layout, animated=False)
    stand.rings.start(ripple_of([0, 0, 0, 0], [0.2, 0], [0.4]))
    first = stand.ink(2), stand.ink(3)
    assert min(first) > 0
    count = len(stand.areas)
    qtbot.waitUntil(lambda: not stand.rings.strengths)
    assert len(stand.areas) == count + 2  # painted when they come and when they go, not between


def test_nothing_flashes_where_nothing_moved(qapp: Any, layout: Layout) -> None:
    stand = Stand(layout)
    stand.rings.start(ripple_of([0] * 4, [0.001, 0], [0]))
    assert not stand.rings.strengths
    stand.rings.start(ripple_of([0.5], [0.5]))  # of another network
    assert not stand.rings.strengths


def test_what_is_no_number_is_quiet_and_infinity_is_strong(layout: Layout) -> None:
    found = strengths(np.array([np.nan, np.inf, 0.25, 0], np.float32), layout.columns[1])
    assert found.tolist() == [0, 1, 0.5, 0]


def test_the_sentence_names_layers_output_and_loss() -> None:
    stages = stages_of(presets.load("circle"))
    text = ripple_text(ripple_of([0, 0, 0, 0], [0.12, 0.12], [0.31]), stages)
    assert text == "This edit moved layer 2 by 12 %, the output by 31 %, the loss by +0.04."
    text = ripple_text(ripple_of([0.1] * 4, [0.5, 0.5], [3.2], loss=-0.3), stages)
    assert text == "This edit moved layer 1 by 10 %, layer 2 by 50 %, the output by 320 %, the loss by −0.3."
    assert "nothing" in ripple_text(ripple_of([0] * 4, [0, 0], [0], loss=0), stages)


def test_in_deep_networks_the_layer_that_moved_most_stands_for_the_others() -> None:
    stages = stages_of(presets.load("spiral"))
    hidden = [[0.01 * (k + 1)] * stage.units for k, stage in enumerate(stages[1:-1])]
    text = ripple_text(ripple_of(*hidden, [0.5]), stages)
    assert text.count("layer") <= 2


@pytest.mark.parametrize(
    ("share", "text"), [(0.12, "12 %"), (0.0042, "0.42 %"), (0.0003, "< 0.1 %"), (4.3, "430 %"), (float("inf"), "∞ %")]
)
def test_shares_are_short(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(("change", "text"), [(0.042, "+0.042"), (-1.5, "−1.5"), (0.0, "±0"), (float("nan"), "–")])
def test_changes_have_a_sign(change: float, text: str) -> None:
    assert signed(change) == text
