"""Thumbnails: scales, strips, bars."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from playground.views.canvas.contents import Bars, ClassRows, Maps, Picture, Plain, WeightImages, finite
from playground.views.canvas.geometry import Column, Rect, Shape
from playground.views.canvas.units import FrameStamps, MapStrip, Span
from playground.views.theme import Theme, Token

BOXES = (Rect(10, 10, 40, 40), Rect(10, 60, 40, 40))


@pytest.fixture
def theme(qapp: Any) -> Theme:
    return Theme("light")


def column(boxes: tuple[Rect, ...] = BOXES) -> Column:
    return Column(Rect(0, 0, 60, 200), boxes, 0, None, Rect(0, 150, 60, 40), Shape.SQUARES)


def painted(content: Any, theme: Theme, boxes: tuple[Rect, ...] = BOXES) -> QImage:
    image = QImage(160, 160, QImage.Format.Format_RGB32)
    image.fill(theme.color(Token.CARD))
    painter = QPainter(image)
    content.paint(painter, column(boxes))
    painter.end()
    return image


@pytest.mark.parametrize(
    ("values", "name", "span"),
    [
        ([0.5, -0.2], "signed", Span(-1.0, 1.0)),
        ([0.5, 0.2], "unit", Span(0.0, 1.0)),
        ([4.0, 4.0], "positive", Span(-4.0, 4.0)),
        ([-3.0, -3.0], "signed", Span(-3.0, 3.0)),
    ],
)
def test_spans_follow_the_range_of_the_activation(values: list[float], name: str, span: Span) -> None:
    assert Span.of(np.array(values)[:, None, None] * np.ones((1, 4, 4)), name) == span


def test_one_huge_unit_does_not_make_all_others_pale() -> None:
    maps = np.ones((8, 4, 4))
    maps[0] = 1000.0
    assert Span.of(maps, "positive").high == 1.0


def test_a_diverged_layer_has_a_span() -> None:
    assert Span.of(np.full((1, 2, 2), np.nan), "signed") == Span(-1.0, 1.0)
    assert not finite(np.array([np.nan, np.inf, 0.0])).any()


def test_maps_are_orange_below_and_blue_above(theme: Theme) -> None:
    maps = np.stack([np.full((32, 32), -1.0), np.full((32, 32), 1.0)]).astype(np.float32)
    image = painted(Maps(MapStrip.diverging(maps, Span(-1, 1), theme), FrameStamps(theme)), theme)
    assert image.pixelColor(30, 30) == theme.map_end(theme.color(Token.NEGATIVE))
    assert image.pixelColor(30, 80) == theme.map_end(theme.color(Token.POSITIVE))
    assert image.pixelColor(10, 10) == theme.color(Token.CARD), "the corner is round"


def test_a_unit_without_a_map_yet_leaves_its_box_empty(theme: Theme) -> None:
    maps = np.full((1, 8, 8), 1.0, np.float32)
    image = painted(Maps(MapStrip.diverging(maps, Span(-1, 1), theme), FrameStamps(theme)), theme)
    assert image.pixelColor(30, 80) == theme.color(Token.CARD)


def test_each_class_has_its_own_colour(theme: Theme) -> None:
    strip = MapStrip.classes(np.ones((3, 8, 8), np.float32), theme)
    colors = [strip.image.pixelColor(4, 8 * k + 4) for k in range(3)]
    assert colors == [theme.map_end(color) for color in theme.class_colors(3)]


def test_bars_grow_left_and_right(theme: Theme) -> None:
    image = painted(Bars(np.array([-1.0, 1.0]), theme), theme)
    assert image.pixelColor(18, 30) == theme.color(Token.NEGATIVE)
    assert image.pixelColor(42, 30) == theme.color(Token.CARD)
    assert image.pixelColor(42, 80) == theme.color(Token.POSITIVE)


def test_the_most_probable_class_stands_out(theme: Theme) -> None:
    boxes = (Rect(5, 10, 150, 24), Rect(5, 40, 150, 24))
    image = painted(ClassRows(np.array([0.0, 1.0]), ("cat", "dog"), theme), theme, boxes)
    middle = [image.pixelColor(80, y) for y in (22, 52)]
    assert middle == [theme.color(Token.LINE), theme.color(Token.POSITIVE)]


def test_weight_images_carry_the_answer_below(theme: Theme) -> None:
    strip = MapStrip.diverging(np.zeros((2, 8, 8), np.float32), Span(-1, 1), theme)
    image = painted(WeightImages(strip, np.array([2.0, 0.0]), FrameStamps(theme), theme), theme)
    assert image.pixelColor(30, 46) == theme.color(Token.POSITIVE)
    assert image.pixelColor(30, 96) == theme.color(Token.CARD)


def test_pictures_and_plain_columns(theme: Theme) -> None:
    grey = QImage(8, 8, QImage.Format.Format_RGB32)
    grey.fill(QColor("black"))
    assert painted(Picture(grey, FrameStamps(theme)), theme).pixelColor(30, 30) == QColor("black")
    assert painted(Plain(theme), theme).pixelColor(30, 80) == theme.color(Token.HOVER)


def test_stamps_are_made_once_per_size(theme: Theme) -> None:
    stamps = FrameStamps(theme)
    assert stamps.get(38, 38, 1.0) is stamps.get(38, 38, 1.0)
    assert stamps.get(38, 38, 2.0).width() == 76
