"""Icons: each can be drawn, in the theme's colour, in one style."""

import pytest
from PySide6.QtGui import QColor, QIcon

from playground import resources
from playground.views.icons import icon, pixmap
from playground.views.theme import Theme, Token

NAMES = sorted(path.stem for path in resources.path("icons").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_each_icon_draws_in_the_asked_color(qapp, name):
    drawn = pixmap(name, QColor("#FF0000"), 24).toImage()
    inked = [drawn.pixelColor(x, y) for x in range(24) for y in range(24) if drawn.pixelColor(x, y).alpha() > 200]
    assert inked, "something is drawn"
    assert all(color.red() > 240 and color.green() < 10 for color in inked)


@pytest.mark.parametrize("name", NAMES)
def test_one_grid_one_stroke_one_color(name):
    source = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke-width="2"' in source
    assert 'stroke="currentColor"' in source
    assert "#" not in source, "colours come from the theme"


def test_an_icon_is_sharp_at_all_sizes_and_faint_when_disabled(qapp):
    made = icon("play", Theme("light"), Token.TEXT)
    assert {size.width() for size in made.availableSizes()} == {16, 24, 48}
    normal, faint = (made.pixmap(24, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    assert faint.pixelColor(12, 12).alpha() < normal.pixelColor(12, 12).alpha()


def test_ratio_gives_more_pixels_not_more_space(qapp):
    drawn = pixmap("undo", QColor("black"), 20, 2.0)
    assert drawn.width() == 40
    assert drawn.deviceIndependentSize().width() == 20


def test_an_unknown_icon_is_named(qapp):
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icon("no-such-icon", Theme("light"))
