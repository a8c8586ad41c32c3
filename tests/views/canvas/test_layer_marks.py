"""Hatches of muted units, locks of frozen layers, and what a click on them would reach."""

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from playground.engine.layers import Dense, Layer
from playground.views.canvas.geometry import CardSizes, ColumnSpec, Layout, Shape, arrange
from playground.views.canvas.layer_marks import LayerMarks, Mark
from playground.views.theme import Theme

SIZES = (12, 10, 3)


@pytest.fixture
def layout() -> Layout:
    columns = (2, 4, 2, 1)
    return arrange(tuple(ColumnSpec(Shape.SQUARES, units, 60) for units in columns), 900, 450, CardSizes())


def marks_of(layout: Layout, *layers: Layer, sizes: tuple[int, ...] = SIZES) -> LayerMarks:
    marks = LayerMarks(Theme("light"))
    marks.set_layout(layout, layers or (Dense(units=4), Dense(units=2), Dense(units=1)), sizes)
    return marks


def painted(marks: LayerMarks, layout: Layout, area: QRectF, offered: Mark | None = None) -> int:
    image = QImage(round(layout.width), round(layout.height), QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    marks.paint(painter, QRectF(image.rect()), offered)
    marks.paint_locks(painter, QRectF(image.rect()), offered)
    painter.end()
    box = area.toAlignedRect()
    return sum(
        image.pixelColor(x, y).alpha() > 0
        for x in range(box.left(), box.right() + 1)
        for y in range(box.top(), box.bottom() + 1)
    )


def unit_box(layout: Layout, layer: int, unit: int) -> QRectF:
    box = layout.columns[layer + 1].units[unit]
    return QRectF(box.x, box.y, box.width, box.height)


def test_muted_units_are_hatched(qapp: Any, layout: Layout) -> None:
    marks = marks_of(layout, Dense(units=4, muted=(1,)), Dense(units=2), Dense(units=1))
    assert painted(marks, layout, unit_box(layout, 0, 1)) > 500
    assert painted(marks, layout, unit_box(layout, 0, 0)) == 0
    assert marks.is_on(Mark(0, 1))
    assert not marks.is_on(Mark(0, 0))


def test_frozen_layers_have_a_lock_at_the_tip_of_their_arrow(qapp: Any, layout: Layout) -> None:
    marks = marks_of(layout, Dense(units=4), Dense(units=2, trainable=False), Dense(units=1))
    box = marks.box(Mark(1))
    assert painted(marks, layout, box) > 100
    assert painted(marks, layout, marks.box(Mark(0))) == 0
    assert box.contains(layout.gaps[1], layout.arrow_tip(1) + 6)
    assert painted(marks, layout, marks.box(Mark(0)), offered=Mark(0)) > 100  # an open one under the pointer


def test_marks_are_found_where_they_are_drawn(qapp: Any, layout: Layout) -> None:
    marks = marks_of(layout)
    for mark in (Mark(0), Mark(2), Mark(0, 3), Mark(1, 0)):
        center = marks.box(mark).center()
        assert marks.at(center.x(), center.y()) == mark
        assert marks.tip(mark)
    middle = unit_box(layout, 0, 2).center()
    assert marks.at(middle.x(), middle.y()) is None
    assert marks.badge_near(middle.x(), middle.y()) == Mark(0, 2)
    output = marks_of(layout).badge_near(*unit_box(layout, 2, 0).center().toTuple())
    assert output is None  # the output cannot be muted


def test_layers_without_weights_have_no_lock(qapp: Any, layout: Layout) -> None:
    marks = marks_of(layout, sizes=(12, 0, 3))
    center = marks.box(Mark(1)).center()
    assert marks.at(center.x(), center.y()) is None


@pytest.mark.parametrize("offered", [Mark(0, 1), Mark(1, 1), Mark(2)])
def test_what_is_drawn_lies_in_its_box(qapp: Any, layout: Layout, offered: Mark) -> None:
    marks = marks_of(layout)
    everything = QRectF(0, 0, layout.width, layout.height)
    assert painted(marks, layout, everything, offered) == painted(marks, layout, marks.box(offered), offered) > 0


def test_every_mark_says_what_a_click_does(qapp: Any, layout: Layout) -> None:
    quiet = marks_of(layout)
    loud = marks_of(layout, Dense(units=4, muted=(0,), trainable=False), Dense(units=2), Dense(units=1))
    tips = {marks.tip(mark) for marks in (quiet, loud) for mark in (Mark(0), Mark(0, 0))}
    assert len(tips) == 4


def test_what_is_covered_by_the_floating_cards_has_no_marks(qapp: Any, layout: Layout) -> None:
    covered = msgspec.structs.replace(layout, pane=layout.columns[2].frame.x)
    marks = marks_of(covered, Dense(units=4, trainable=False), Dense(units=2), Dense(units=1, trainable=False))
    assert marks.at(*marks.box(Mark(0)).center().toTuple()) == Mark(0)
    assert marks.at(*marks.box(Mark(2)).center().toTuple()) is None
    assert marks.badge_near(*unit_box(covered, 1, 0).center().toTuple()) is None
    assert painted(marks, covered, marks.box(Mark(0))) > 100
    assert painted(marks, covered, marks.box(Mark(2))) == 0
