"""Where a card stands beside its subject, and where a window goes that is in the way."""

import pytest
from PySide6.QtCore import QPoint, QRect

from playground.views.help.aside import free_corner
from playground.views.help.card import beside

AREA = QRect(0, 0, 1366, 768)
CARD = QRect(0, 0, 360, 240)


@pytest.mark.parametrize(
    "around",
    [
        QRect(600, 300, 100, 30),
        QRect(0, 0, 40, 20),
        QRect(1320, 740, 46, 28),
        QRect(0, 0, 200, 768),
        QRect(10, 540, 1340, 200),
        QRect(1100, 0, 266, 768),
    ],
)
def test_the_card_is_in_the_area_and_off_its_subject(around):
    place = QRect(beside(around, CARD, AREA, 10), CARD.size())
    assert AREA.contains(place)
    assert not place.intersects(around)


def test_a_subject_as_large_as_the_window_is_covered_in_part():
    assert AREA.contains(QRect(beside(AREA, CARD, AREA, 10), CARD.size()))


def test_a_window_goes_where_it_covers_least():
    frame = QRect(300, 200, 800, 500)
    place = QRect(20, 400, 300, 300)
    corner = free_corner(frame, place, AREA)
    assert not QRect(corner, frame.size()).intersects(place)
    assert corner == QPoint(566, 268)
