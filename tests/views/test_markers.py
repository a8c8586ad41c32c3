"""Marker shapes."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from playground.views.markers import marker_path, marker_pixmap
from playground.views.theme import Marker


@pytest.mark.parametrize("marker", list(Marker))
def test_each_shape_lies_around_the_middle(marker):
    path = marker_path(marker, 10.0)
    box = path.boundingRect()
    assert path.contains(QPointF(0, 0))
    assert 14 < box.width() < 30
    assert 14 < box.height() < 30
    assert abs(box.center().x()) < 4


@pytest.mark.parametrize("marker", list(Marker))
def test_pictures_are_filled_in_the_middle_and_clear_at_the_corner(qapp, marker):
    drawn = marker_pixmap(marker, 6.0, QColor("#FF0000"), QColor("#0000FF"), 1.0, 2.0).toImage()
    middle = drawn.width() // 2
    assert drawn.pixelColor(middle, middle).red() == 255
    assert drawn.pixelColor(0, 0).alpha() == 0


def test_all_shapes_differ():
    outlines = {tuple((round(p.x, 3), round(p.y, 3)) for p in _elements(marker)) for marker in Marker}
    assert len(outlines) == len(Marker)


def _elements(marker):
    path = marker_path(marker, 5.0)
    return [path.elementAt(index) for index in range(path.elementCount())]
