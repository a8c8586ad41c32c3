"""Contours against maps whose level lines are known."""

import numpy as np
import pytest

from playground.views.contours import segments


def grid(size: int = 80) -> tuple[np.ndarray, np.ndarray]:
    places = (np.arange(size) + 0.5) / size
    return np.meshgrid(places, places)


@pytest.mark.parametrize("level", [0.2, 0.5, 0.83])
def test_a_slope_has_straight_lines(level: float) -> None:
    x, _ = grid()
    pieces = segments(x, level)
    assert np.allclose(pieces[:, [0, 2]], level, atol=1e-9)
    assert np.abs(pieces[:, 3] - pieces[:, 1]).sum() == pytest.approx(79 / 80)


def test_a_bowl_has_circles_of_the_right_radius_and_length() -> None:
    x, y = grid()
    pieces = segments(np.hypot(x - 0.5, y - 0.5), 0.3)
    radii = np.hypot(pieces[:, [0, 2]] - 0.5, pieces[:, [1, 3]] - 0.5)
    assert np.allclose(radii, 0.3, atol=1e-3)
    length = np.hypot(pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1]).sum()
    assert length == pytest.approx(2 * np.pi * 0.3, rel=1e-3)


def test_a_line_is_closed_inside_the_map() -> None:
    """Every end of a piece is the end of another one, also where two hills meet at a saddle."""
    x, y = grid(41)
    values = np.sin(7 * x) * np.sin(7 * y)
    pieces = segments(values, 0.3)
    ends = np.round(np.concatenate([pieces[:, :2], pieces[:, 2:]]), 9)
    inside = ((ends > 0.5 / 41 + 1e-9) & (ends < 1 - 0.5 / 41 - 1e-9)).all(axis=1)
    found, counts = np.unique(ends[inside], axis=0, return_counts=True)
    assert len(found) > 10
    assert (counts % 2 == 0).all()


def test_saddles_are_crossed_by_two_pieces() -> None:
    assert len(segments(np.array([[1.0, 0.0], [0.0, 1.0]]), 0.5)) == 2


@pytest.mark.parametrize("values", [np.zeros((4, 4)), np.full((4, 4), np.nan), np.full((4, 4), 0.5)])
def test_flat_maps_have_no_lines(values: np.ndarray) -> None:
    assert segments(values, 0.5).shape == (0, 4)
