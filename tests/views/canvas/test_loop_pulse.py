"""The pulse of the loop: where it runs, where it rests, and what is painted for it."""

from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from playground.views.canvas.geometry import CardSizes, ColumnSpec, Layout, Shape, arrange
from playground.views.canvas.loop_pulse import FRAMES, LoopPulse
from playground.views.theme import Theme


@pytest.fixture
def layout() -> Layout:
    columns = (4, 3, 2, 1)
    return arrange(tuple(ColumnSpec(Shape.SQUARES, units, 60) for units in columns), 900, 450, CardSizes())


@pytest.fixture
def areas() -> list[QRectF]:
    return []


@pytest.fixture
def pulse(qapp: Any, layout: Layout, areas: list[QRectF]) -> Any:
    pulse = LoopPulse(Theme("light"), areas.append)
    pulse.set_layout(layout, (0, 1, 2))
    yield pulse
    pulse.stop()


def painted(pulse: LoopPulse, layout: Layout) -> QImage:
    image = QImage(round(layout.width), round(layout.height), QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    pulse.paint(painter)
    painter.end()
    return image


def covered(image: QImage) -> list[tuple[int, int]]:
    return [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).alpha()]


def test_at_full_speed_it_moves_a_bit_with_every_picture(pulse: LoopPulse, layout: Layout) -> None:
    assert pulse.place is None
    assert not covered(painted(pulse, layout))
    places = []
    for _ in range(FRAMES + 1):
        pulse.advance()
        places.append(pulse.place)
    assert places[0] == 0
    assert places[1] == pytest.approx(1 / FRAMES)
    assert places[FRAMES] == pytest.approx(0, abs=1e-6) or places[FRAMES] == pytest.approx(1, abs=1e-6)


def test_only_what_it_leaves_and_enters_is_painted(pulse: LoopPulse, layout: Layout, areas: list[QRectF]) -> None:
    for _ in range(FRAMES // 2):
        pulse.advance()
    areas.clear()
    pulse.advance()
    assert areas
    assert sum(area.width() * area.height() for area in areas) < 0.03 * layout.width * layout.height
    inside = QRectF(0, 0, 0, 0)
    for area in areas:
        inside = inside.united(area)
    assert all(inside.contains(x + 0.5, y + 0.5) for x, y in covered(painted(pulse, layout)))


def test_it_runs_to_the_weights_of_every_trained_layer(pulse: LoopPulse, layout: Layout) -> None:
    for trained, dots in (((0, 1, 2), 3), ((1,), 1)):
        pulse.set_layout(layout, trained)
        while (pulse.place or 0) < 0.97:
            pulse.advance()
        xs = {x for x, y in covered(painted(pulse, layout))}
        columns = [gap for gap in layout.gaps if any(abs(x - gap) < 4 for x in xs)]
        assert len(columns) == dots


def test_after_one_mini_batch_it_goes_round_once_and_rests_at_both_cards(
    pulse: LoopPulse, layout: Layout, qtbot: Any
) -> None:
    seen: list[float] = []
    rests = []
    pulse.go_round(400)
    while pulse.place is not None:
        seen.append(pulse.place)
        rests.append(pulse._leg_at(pulse.place)[0].rest)
        qtbot.waitUntil(lambda: pulse.place != seen[-1])
    assert seen == sorted(seen)
    assert {layout.loss, layout.optimizer} <= set(rests)
    assert not covered(painted(pulse, layout))


def test_a_steady_pulse_goes_when_the_run_stops_a_single_round_may_end(pulse: LoopPulse) -> None:
    pulse.advance()
    pulse.come_to_rest()
    assert pulse.place is None
    pulse.go_round(10_000)
    pulse.come_to_rest()
    assert pulse.place is not None
    pulse.advance()  # full speed takes over
    assert pulse.place == 0


def test_another_layout_ends_it(pulse: LoopPulse, layout: Layout) -> None:
    pulse.go_round(10_000)
    pulse.set_layout(layout, ())
    assert pulse.place is None
