"""Bias marks: where they stand, what they look like, and what is painted when they change."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from playground.views.canvas.biases import BiasMarks
from playground.views.canvas.geometry import CardSizes, ColumnSpec, Layout, Shape, arrange
from playground.views.theme import Theme, Token


@pytest.fixture
def layout() -> Layout:
    columns = (2, 4, 40, 1)
    return arrange(tuple(ColumnSpec(Shape.SQUARES, units, 60) for units in columns), 900, 450, CardSizes())


@pytest.fixture
def theme(qapp: Any) -> Theme:
    return Theme("light")


@pytest.fixture
def marks(theme: Theme, layout: Layout) -> BiasMarks:
    marks = BiasMarks(theme)
    marks.set_layout(layout)
    return marks


def biases(*layers: list[float]) -> dict[int, Any]:
    return {layer: np.array(values, np.float32) for layer, values in enumerate(layers)}


def painted(marks: BiasMarks, layout: Layout) -> QImage:
    image = QImage(round(layout.width), round(layout.height), QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    marks.paint(painter, QRectF(image.rect()))
    painter.end()
    return image


def ink(image: QImage, color: QColor, near: QRectF) -> int:
    box = near.toAlignedRect()
    return sum(
        image.pixelColor(x, y) == color
        for x in range(box.left(), box.right() + 1)
        for y in range(box.top(), box.bottom() + 1)
    )


def around(marks: BiasMarks, layer: int, unit: int) -> QRectF:
    center = marks.center(layer, unit)
    return QRectF(center.x() - 7, center.y() - 7, 14, 14)


def test_colour_is_the_sign_and_size_the_strength(marks: BiasMarks, theme: Theme, layout: Layout) -> None:
    marks.set_biases(biases([-2.0, 0.0, 0.5, 2.0], [0.0] * 40, [0.1]))
    image = painted(marks, layout)
    orange, blue = theme.color(Token.NEGATIVE), theme.color(Token.POSITIVE)
    assert ink(image, orange, around(marks, 0, 0)) > 20
    assert ink(image, blue, around(marks, 0, 0)) == 0
    assert ink(image, blue, around(marks, 0, 3)) > ink(image, blue, around(marks, 0, 2)) > 0
    zero = around(marks, 0, 1)
    assert ink(image, orange, zero) == ink(image, blue, zero) == 0
    assert ink(image, theme.color(Token.CARD), zero) > 3  # hollow, but there


def test_a_mark_is_found_where_it_is_drawn(marks: BiasMarks, layout: Layout) -> None:
    marks.set_biases(biases([1.0, 2.0, 3.0, 4.0], [0.5] * 40, [0.1]))
    for layer, unit in ((0, 0), (0, 3), (1, 2), (2, 0)):
        center = marks.center(layer, unit)
        assert marks.at(center.x(), center.y()) == (layer, unit)
        assert marks.at(center.x() - 14, center.y()) is None
    box = layout.columns[1].units[0]
    assert marks.at(box.center_x, box.center_y) is None
    assert marks.value(0, 2) == 3.0
    shown = len(layout.columns[2].units)
    assert shown < 40
    assert marks.value(1, shown - 1) == 0.5
    assert marks.value(1, shown) is None


def test_only_layers_that_look_different_are_painted_again(marks: BiasMarks) -> None:
    first = marks.set_biases(biases([1.0, -1.0, 0.0, 1.9], [0.5] * 40, [0.1]))
    assert len(first) == 3
    assert marks.set_biases(biases([1.0, -1.0, 0.0, 1.9001], [0.5] * 40, [0.1])) == []
    areas = marks.set_biases(biases([1.0, 1.0, 0.0, 1.9], [0.5] * 40, [0.1]))
    assert len(areas) == 1
    assert areas[0].contains(marks.center(0, 1))


def test_numbers_beyond_all_measure_do_no_harm(marks: BiasMarks, layout: Layout) -> None:
    marks.set_biases(biases([np.nan, np.inf, -np.inf, 1e38], [0.0] * 40, [0.0]))
    painted(marks, layout)
    assert marks.at(*marks.center(0, 1).toTuple()) == (0, 1)


def test_layers_without_single_units_have_no_marks(theme: Theme) -> None:
    shapes = (Shape.PICTURE, Shape.BAR, Shape.BARS, Shape.ROWS)
    layout = arrange(tuple(ColumnSpec(shape, 3, 60) for shape in shapes), 900, 450, CardSizes())
    marks = BiasMarks(theme)
    marks.set_layout(layout)
    marks.set_biases(biases([1.0] * 3, [1.0] * 3, [1.0] * 3))
    assert marks.value(0, 0) is None
    assert marks.value(1, 0) == marks.value(2, 0) == 1.0
