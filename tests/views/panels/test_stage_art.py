"""Points and lines in few calls, and how stages are arranged."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from playground.insight.representations import Distillation, Kind, Representation
from playground.insight.windows import Window
from playground.views.panels.stage_art import PointArt, Scene, polylines
from playground.views.panels.stage_row import plan
from playground.views.theme import Token


def corners_of(path):
    return [
        (path.elementAt(k).x, path.elementAt(k).y, path.elementAt(k).isMoveTo()) for k in range(path.elementCount())
    ]


def test_a_path_from_arrays_is_the_path_drawn_point_by_point():
    lines = np.array([[[0, 0], [10, 5], [20, 0]], [[3, 3], [4, 4], [5, 1]]], float)
    expected = QPainterPath()
    for line in lines:
        expected.moveTo(*line[0])
        for corner in line[1:]:
            expected.lineTo(*corner)
    assert polylines(lines) == expected


def test_what_is_no_number_or_far_away_breaks_a_line():
    lines = np.array([[[0, 0], [np.nan, 5], [20, 0], [30, 0], [1e30, 0], [np.inf, 1]]], float)
    assert corners_of(polylines(lines)) == [(0, 0, True), (20, 0, True), (30, 0, False)]
    assert polylines(np.full((2, 3, 2), np.nan)).isEmpty()


def scene_of(points, **more):
    return Scene(np.array(points, float), **more)


def test_halfway_points_are_halfway():
    a, b = scene_of([[0, 0], [1, 1]]), scene_of([[1, 0], [0, 1]])
    assert a.between(b, 0.0) is a
    assert a.between(b, 1.0) is b
    np.testing.assert_allclose(a.between(b, 0.25).points, [[0.25, 0], [0.75, 1]])


def test_a_grid_that_ends_fades():
    grid = np.zeros((2, 3, 2))
    a, b = scene_of([[0, 0]], grid=grid), scene_of([[1, 1]])
    assert a.between(b, 0.25).grid_strength == 0.75
    assert b.between(a, 0.25).grid_strength == 0.25
    assert b.between(b, 0.5).grid is None


def test_the_nearest_point_is_found():
    scene, rect = scene_of([[0.1, 0.1], [0.9, 0.9], [np.nan, 0.5]]), QRectF(10, 20, 100, 100)
    assert scene.nearest(rect, QPointF(22, 31)) == 0
    assert scene.nearest(rect, QPointF(98, 112)) == 1
    assert scene.nearest(rect, QPointF(60, 70)) is None
    assert Scene(np.zeros((0, 2))).nearest(rect, QPointF(20, 30)) is None


def drawn(theme, targets, labels, points, names):
    """The picture of a strip of examples, 100 × 100."""
    points = np.array(points, np.float32)
    stage = Representation(0, Kind.PAIR, points, 1.0, Window((0.0, 0.0), (1.0, 1.0)))
    made = Distillation(np.arange(len(points)), np.array(targets, np.float32), labels, points, (stage,))
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    PointArt(made, names, theme).paint(painter, QRectF(0, 0, 100, 100), Scene.of(stage))
    painter.end()
    return image


def test_classes_have_their_colours_where_they_stand(theme):
    image = drawn(theme, [[0], [1]], np.array([0, 1]), [[0.25, 0.75], [0.75, 0.25]], ("a", "b"))
    assert image.pixelColor(25, 25) == theme.color(Token.NEGATIVE)
    assert image.pixelColor(75, 75) == theme.color(Token.POSITIVE)
    assert image.pixelColor(50, 50) == theme.color(Token.CARD)


def test_numbers_have_the_shade_of_their_target(theme):
    image = drawn(theme, [[-1.0], [1.0], [0.0]], None, [[0.2, 0.5], [0.8, 0.5], [0.5, 0.5]], ())
    left, right = image.pixelColor(20, 50), image.pixelColor(80, 50)
    assert left.red() > left.blue()
    assert right.blue() > right.red()
    assert image.pixelColor(50, 50).lightness() > 230


def test_points_that_are_no_numbers_are_left_out(theme):
    image = drawn(theme, [[0], [1]], np.array([0, 1]), [[np.nan, 0.5], [np.inf, 0.5]], ("a", "b"))
    assert image == drawn(theme, [[0], [1]], np.array([0, 1]), [[9.0, 9.0], [9.0, 9.0]], ("a", "b"))


@pytest.mark.parametrize("count", [2, 3, 4, 6, 8, 12, 30])
@pytest.mark.parametrize(("width", "height"), [(1000, 150), (1500, 250), (600, 120), (2800, 500)])
def test_every_plan_is_legible(count, width, height):
    made = plan(count, width, height)
    assert 84 <= made.side <= max(84, height)
    assert made.pitch > made.side
    if not made.narrow:
        assert made.pitch * (count - 1) + made.side <= width


def test_the_default_network_fits_with_its_text_beside():
    made = plan(4, 998, 150)
    assert not made.narrow
    assert made.side >= 136


@pytest.mark.parametrize(("border", "there"), [((1.0, 0.0, 5.0), (0.5, None)), ((0.0, 2.0, 16.0), (None, 0.2))])
def test_the_probes_line_crosses_the_window_where_it_should(border, there):
    points = np.zeros((1, 2), np.float32)
    stage = Representation(1, Kind.PAIR, points, 1.0, Window((0.0, 0.0), (10.0, 10.0)), border=border)
    line = Scene.of(stage).border
    for place, expected in zip(line.T, there, strict=True):
        if expected is None:
            assert place.min() < 0.0
            assert place.max() > 1.0
        else:
            np.testing.assert_allclose(place, expected)
