"""Weight lines: order, strength, picking."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from playground.views.canvas.edges import LEVELS, MOST_LINES, EdgeBundle, Pens
from playground.views.theme import Theme, Token


def bundle(inputs: int = 2, units: int = 3) -> EdgeBundle:
    starts = np.array([(10.0, 20.0 + 40 * k) for k in range(inputs)])
    ends = np.array([(110.0, 20.0 + 40 * k) for k in range(units)])
    return EdgeBundle(starts, ends)


def test_a_line_is_found_on_its_curve_and_not_beside() -> None:
    lines = bundle()
    lines.set_kernel(np.array([[1.0, -2.0, 0.5], [0.1, 0.2, 3.0]], np.float32))
    assert lines.nearest(60.0, 20.0) == (0, 0)
    assert lines.nearest(108.0, 99.0) in {(0, 2), (1, 2)}
    assert lines.nearest(60.0, 400.0) is None
    assert lines.weight(0, 1) == pytest.approx(-2.0)


def test_of_two_lines_at_one_place_the_stronger_is_found() -> None:
    lines = bundle(2, 1)
    lines.set_kernel(np.array([[0.01], [5.0]], np.float32))
    assert lines.nearest(109.5, 20.0) == (1, 0)


def test_only_shown_units_have_lines() -> None:
    lines = bundle()
    lines.set_kernel(np.ones((64, 64), np.float32))
    assert lines.lines == 6


def test_very_many_weights_show_the_largest() -> None:
    lines = bundle(40, 40)
    kernel = np.full((40, 40), 0.01, np.float32)
    kernel[7, 9] = -4.0
    lines.set_kernel(kernel)
    assert lines.lines == MOST_LINES
    x, y = (lines.starts[7] + lines.ends[9]) / 2
    assert lines.nearest(float(x), float(y)) == (7, 9)


def test_a_diverged_network_draws_no_lines() -> None:
    lines = bundle()
    lines.set_kernel(np.array([[np.nan, 1.0, np.inf]] * 2, np.float32))
    assert lines.lines == 0
    assert lines.nearest(60.0, 20.0) is None


def test_width_follows_size_and_colour_follows_sign(qapp: object) -> None:
    theme = Theme("light")
    pens = Pens.of(theme, 6.0)
    widths = [pen.widthF() for pen in pens.positive]
    assert widths == sorted(widths)
    assert len(widths) == LEVELS
    assert widths[-1] <= 6.0
    assert pens.positive[-1].color() == theme.color(Token.POSITIVE)
    assert pens.negative[-1].color() == theme.color(Token.NEGATIVE)


def test_lines_are_painted_in_the_colour_of_their_sign(qapp: object) -> None:
    theme = Theme("light")
    lines = bundle(1, 1)
    lines.set_kernel(np.array([[-3.0]], np.float32))
    image = QImage(120, 40, QImage.Format.Format_RGB32)
    image.fill(theme.color(Token.CARD))
    painter = QPainter(image)
    lines.paint(painter, Pens.of(theme, 6.0))
    painter.end()
    assert image.pixelColor(60, 20) == theme.color(Token.NEGATIVE)
    assert image.pixelColor(60, 35) == theme.color(Token.CARD)


def test_the_lines_of_muted_sources_are_pale(qapp: object) -> None:
    theme = Theme("light")
    pens = Pens.of(theme, 6.0)
    lines = bundle(2, 1)
    lines.set_kernel(np.array([[2.0], [-2.0]], np.float32))

    def colors() -> list[str]:
        image = QImage(120, 80, QImage.Format.Format_RGB32)
        image.fill(theme.color(Token.CARD))
        painter = QPainter(image)
        lines.paint(painter, pens)
        painter.end()
        return [image.pixelColor(12, 20).name(), image.pixelColor(12, 60).name()]

    loud = colors()
    lines.pale = frozenset({0})
    quiet = colors()
    assert quiet[1] == loud[1] == theme.color(Token.NEGATIVE).name()
    assert loud[0] == theme.color(Token.POSITIVE).name()
    card, blue = theme.color(Token.CARD), theme.color(Token.POSITIVE)
    assert blue.lightness() < QColor(quiet[0]).lightness() < card.lightness()
