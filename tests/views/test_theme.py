"""The theme: tokens, contrast, tables of colours, switching."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from playground.views.stylesheet import build
from playground.views.theme import Marker, Theme, Token, mix, sized_font


def luminance(color: QColor) -> float:
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(first: QColor, second: QColor) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=["light", "dark"])
def theme(request, qapp):
    return Theme(request.param)


@pytest.mark.parametrize("ground", [Token.CARD, Token.WINDOW])
@pytest.mark.parametrize("text", [Token.TEXT, Token.MUTED, Token.GOOD, Token.WARNING])
def test_text_can_be_read(theme, text, ground):
    assert contrast(theme.color(text), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("line", [Token.CONTROL_LINE, Token.SELECTION, Token.PRIMARY, Token.PURITY])
def test_graphics_that_carry_meaning_stand_out(theme, line):
    for ground in (Token.CARD, Token.WINDOW):
        assert contrast(theme.color(line), theme.color(ground)) >= 3.0


def test_pairs_of_text_and_fill_can_be_read(theme):
    assert contrast(theme.color(Token.PRIMARY_TEXT), theme.color(Token.PRIMARY)) >= 4.5
    assert contrast(theme.color(Token.WARNING), theme.color(Token.WARNING_FILL)) >= 4.5


def test_every_token_has_its_own_name_and_two_colors():
    for token in Token:
        assert all(QColor(value).isValid() for value in token.value)
    assert len(Token.__members__) == len(list(Token)), "two names for one pair of colours are one token"


def test_diverging_table_runs_from_orange_over_the_card_to_blue(theme):
    table = theme.diverging_lut()
    assert table.shape == (256, 4)
    assert table.dtype == np.uint8
    low, high, card = QColor(*table[0].tolist()), QColor(*table[255].tolist()), theme.color(Token.CARD)
    assert low == theme.map_end(theme.color(Token.NEGATIVE))
    assert high == theme.map_end(theme.color(Token.POSITIVE))
    assert np.abs(table[127, :3].astype(int) - card.getRgb()[:3]).max() <= 2
    assert theme.diverging_lut() is table, "made once"


def test_sequential_table_starts_at_the_card(theme):
    table = theme.sequential_lut(QColor("#009E73"))
    assert tuple(table[0, :3].tolist()) == theme.color(Token.CARD).getRgb()[:3]
    assert QColor(*table[255].tolist()) == theme.map_end(QColor("#009E73"))


def test_two_classes_are_orange_and_blue_more_are_told_apart(theme):
    assert theme.class_colors(2) == (theme.color(Token.NEGATIVE), theme.color(Token.POSITIVE))
    looks = {(color.name(), theme.class_marker(index)) for index, color in enumerate(theme.class_colors(10))}
    assert len(looks) == 10
    assert theme.class_marker(0) is Marker.SQUARE


def test_switching_tells_and_dresses_the_app(qapp, qtbot):
    theme = Theme("light")
    sheet, palette = qapp.styleSheet(), qapp.palette()
    try:
        theme.apply(qapp)
        assert "#FFFFFF" in qapp.styleSheet()
        with qtbot.waitSignal(theme.changed):
            theme.set_mode("dark")
        assert theme.dark
        assert theme.mode == "dark"
        assert Token.CARD.value[1] in qapp.styleSheet()
        assert qapp.palette().window().color() == theme.color(Token.WINDOW)
        with qtbot.assertNotEmitted(theme.changed):
            theme.set_mode("dark")
    finally:
        qapp.setStyleSheet(sheet)
        qapp.setPalette(palette)


def test_the_sheet_is_complete_and_its_pictures_exist(theme):
    sheet = theme.stylesheet()
    assert "$" not in sheet
    for part in sheet.split('url("')[1:]:
        assert Path(part.split('"')[0]).is_file()


def test_a_sheet_without_a_color_is_refused():
    with pytest.raises(KeyError):
        build({"card": "#FFFFFF"}, dark=False)


def test_mixing_and_fonts(qapp):
    assert mix(QColor("#000000"), QColor("#FFFFFF"), 0.5).red() == 128
    font = sized_font(19, bold=True)
    assert font.pixelSize() == 19
    assert font.family() == QApplication.font().family()
