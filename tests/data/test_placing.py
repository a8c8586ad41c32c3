"""Drawings take the size and place that the pictures of a data set have."""

import numpy as np
import pytest

from playground.data import digits
from playground.data.placing import Place


def ink(top: int, left: int, height: int, width: int) -> np.ndarray:
    drawn = np.zeros((64, 64), np.float32)
    drawn[top : top + height, left : left + width] = 1
    return drawn


def test_digits_fill_their_picture_from_top_to_bottom():
    place = Place.of(digits.load()[0])
    assert place.shape == (8, 8, 1)
    assert 7.5 < place.extent <= 8
    assert 19 < place.ink < 20
    assert place.ink_of(digits.load()[0][0]) == pytest.approx(digits.load()[0][0].sum(), rel=1e-5)
    assert not place.dark


@pytest.mark.parametrize(("top", "left", "height", "width"), [(0, 0, 16, 8), (40, 50, 20, 10), (0, 0, 64, 32)])
def test_small_or_large_drawings_anywhere_end_alike(top, left, height, width):
    place = Place((8, 8, 1), 8.0, 4.0, 4.0, 20.0)
    put = place.put(ink(top, left, height, width))
    expected = np.zeros((8, 8, 1), np.float32)
    expected[:, 2:6] = 1
    np.testing.assert_allclose(put, expected, atol=1e-5)


def test_nothing_drawn_is_an_empty_picture():
    np.testing.assert_array_equal(Place((8, 8, 1), 8.0, 4.0, 4.0, 20.0).put(np.zeros((9, 9), np.float32)), 0)


def test_pictures_on_white_and_in_colour_get_such_drawings():
    pictures = np.ones((5, 12, 12, 3), np.float32)
    pictures[:, 3:9, 3:9] = 0
    place = Place.of(pictures)
    assert place == Place((12, 12, 3), 6.0, 6.0, 6.0, 36.0, True)
    np.testing.assert_allclose(place.put(ink(0, 0, 10, 10)), pictures[0], atol=1e-5)
    assert Place.of(np.zeros((4, 10, 10, 1))).extent == 8
