"""The part of the plane that a picture shows: all points, squares, and no jumps."""

import numpy as np
import pytest

from playground.insight.windows import MARGIN, Window, limits_of


def test_a_window_is_a_square_that_holds_all_points() -> None:
    points = np.array([[0.0, 0.0], [4.0, 1.0]])
    window = Window.around(points)
    assert np.subtract(window.high, window.low) == pytest.approx([4 * (1 + 2 * MARGIN)] * 2)
    places = window.unit(points)
    assert (places > 0).all()
    assert (places < 1).all()
    assert places[0, 1] > places[1, 1]  # upwards on the screen is less


def test_known_limits_hold_wherever_the_points_are() -> None:
    window = Window.around(np.array([[0.1, 0.1]]), (-1.0, 1.0))
    assert window == Window.around(np.array([[0.9, -0.9]]), (-1.0, 1.0))
    assert window.unit(np.array([[0.0, 0.0]]))[0] == pytest.approx([0.5, 0.5])


def test_a_strip_is_as_wide_as_its_values() -> None:
    window = Window.around(np.array([[10.0, 0.2], [12.0, 0.9]]), strip=True)
    assert (window.low[0], window.high[0]) == pytest.approx((10 - 2 * MARGIN, 12 + 2 * MARGIN))
    assert (window.low[1], window.high[1]) == pytest.approx((-MARGIN, 1 + MARGIN))


def test_it_opens_at_once_and_closes_slowly() -> None:
    small, large = np.array([[-1.0, -1.0], [1.0, 1.0]]), np.array([[-3.0, -3.0], [3.0, 3.0]])
    window = Window.around(small)
    opened = Window.around(large, before=window)
    assert opened == Window.around(large)
    closing = Window.around(small, before=opened)
    assert window.high[0] < closing.high[0] < opened.high[0]
    for _ in range(60):
        closing = Window.around(small, before=closing)
    assert closing.high == pytest.approx(window.high, rel=1e-3)


def test_points_that_are_no_numbers_do_not_count() -> None:
    points = np.array([[0.0, 0.0], [1.0, 1.0], [np.nan, 5.0], [np.inf, 0.0]])
    assert Window.around(points) == Window.around(points[:2])
    assert Window.around(points[2:]).low == pytest.approx((-1 - 2 * MARGIN, -1 - 2 * MARGIN))


def test_one_point_has_a_window_too() -> None:
    place = Window.around(np.array([[7.0, 7.0]])).unit(np.array([[7.0, 7.0]]))[0]
    assert place == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("activation", "limits"), [("tanh", (-1, 1)), ("sigmoid", (0, 1)), ("softmax", (0, 1)), ("relu", None)]
)
def test_limits_of_activations(activation: str, limits: tuple[float, float] | None) -> None:
    assert limits_of(activation) == limits
