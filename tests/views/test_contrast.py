"""All text can be read in both themes: 4.5 to 1 by the formula of WCAG 2, the contrast of every pair that is used.

Controls that cannot be used now are the exception that WCAG makes.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLineEdit

from playground.views.panels.confusion_view import ConfusionView
from playground.views.theme import Theme, Token

ENOUGH = 4.5
GROUNDS = (Token.CARD, Token.WINDOW)
"""What plain text lies on."""

PAINTED = (
    *((token, Token.HOVER) for token in (Token.TEXT, Token.MUTED, Token.GOOD, Token.WARNING, Token.BAD)),
    *((token, Token.WARNING_FILL) for token in (Token.TEXT, Token.MUTED, Token.WARNING, Token.SELECTION)),
    *((token, ground) for token in (Token.SELECTION, Token.BAD, Token.GOOD, Token.WARNING) for ground in GROUNDS),
    (Token.CARD, Token.TEXT),  # the key presses on a projector
    (Token.CARD, Token.PURITY),  # the number within a bar of a chart
    (Token.PRIMARY_TEXT, Token.PRIMARY),
    (Token.TEXT, Token.LINE),
)
"""Text on its ground, as painted widgets, tool-tips, code and messages use them."""

DRAWN = (
    "indicator",
    "groove",
    "sub-page",
    "handle",
    "separator",
    "chunk",
    "arrow",
    "button",
    "drop-down",
    "QScrollBar",
)
"""Parts of controls that bear no text."""


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: Any) -> Theme:
    return Theme(request.param)


def contrast(first: QColor, second: QColor) -> float:
    def luminance(color: QColor) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every selector of a style sheet, one by one, with its declarations."""
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        parts = (part.split(":", 1) for part in re.split(r";(?![^(]*\))", body) if ":" in part)
        declared = {name.strip(): value.strip() for name, value in parts}
        for selector in selectors.split(","):
            yield selector.strip(), declared


def without_states(selector: str) -> str:
    """ "QTabBar::tab:hover" without ":hover"."""
    return re.sub(r"(?<!:):(?!:)[a-z-]+", "", selector)


def color_of(value: str | None) -> QColor | None:
    found = re.search(r"#[0-9A-Fa-f]{6}", value or "")
    return QColor(found.group()) if found else None


def test_known_contrasts() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


def test_every_rule_of_the_sheet_gives_text_that_can_be_read(theme: Theme) -> None:
    known = list(rules(theme.stylesheet()))
    inks, fills = {}, {}
    for selector, declared in known:
        if without_states(selector) == selector:
            inks[selector], fills[selector] = color_of(declared.get("color")), color_of(declared.get("background"))
    looked, low = 0, []
    for selector, declared in known:
        if ":disabled" in selector or any(part in selector for part in DRAWN):
            continue
        ink, fill = color_of(declared.get("color")), color_of(declared.get("background"))
        if ink is None and fill is None:
            continue
        base = without_states(selector)
        ink = ink or inks.get(base) or theme.color(Token.TEXT)
        under = fill or fills.get(base)
        for ground in (under,) if under is not None else (theme.color(token) for token in GROUNDS):
            looked += 1
            if contrast(ink, ground) < ENOUGH:
                low.append((selector, ink.name(), ground.name(), round(contrast(ink, ground), 2)))
    assert not low
    assert looked > 60


def test_selected_text_can_be_read(theme: Theme) -> None:
    for selector, declared in rules(theme.stylesheet()):
        ink = color_of(declared.get("selection-color"))
        ground = color_of(declared.get("selection-background-color"))
        if ink is not None and ground is not None:
            assert contrast(ink, ground) >= ENOUGH, selector


@pytest.mark.parametrize("pair", PAINTED, ids=lambda pair: f"{pair[0].name} on {pair[1].name}")
def test_painted_text_can_be_read(theme: Theme, pair: tuple[Token, Token]) -> None:
    assert contrast(theme.color(pair[0]), theme.color(pair[1])) >= ENOUGH


def test_the_palette_can_be_read(theme: Theme) -> None:
    palette, role = theme.palette(), QPalette.ColorRole
    pairs = {
        role.WindowText: role.Window,
        role.Text: role.Base,
        role.ButtonText: role.Button,
        role.ToolTipText: role.ToolTipBase,
        role.PlaceholderText: role.Base,
        role.Link: role.Window,
        role.HighlightedText: role.Highlight,
    }
    for ink, ground in pairs.items():
        assert contrast(palette.color(ink), palette.color(ground)) >= ENOUGH, ink
    assert contrast(palette.color(role.Text), palette.color(role.AlternateBase)) >= ENOUGH


def test_the_counts_of_the_confusion_matrix_can_be_read(theme: Theme, qtbot: Any) -> None:
    view = ConfusionView(theme)
    qtbot.addWidget(view)
    for right in (True, False):
        for value in (0, 1, 4, 8, 100):
            assert contrast(theme.color(Token.TEXT), view.fill(value, 100, right=right)) >= ENOUGH


def test_a_hint_in_an_empty_field_can_be_read(theme: Theme, qtbot: Any) -> None:
    field = QLineEdit(placeholderText="Find a term")
    qtbot.addWidget(field)
    field.setStyleSheet(theme.stylesheet())
    field.ensurePolished()
    ink = field.palette().color(QPalette.ColorRole.PlaceholderText)
    assert ink.alpha() == 255
    assert contrast(ink, theme.color(Token.CARD)) >= ENOUGH


@pytest.mark.parametrize("token", [Token.CONTROL_LINE, Token.SELECTION, Token.PRIMARY, Token.PURITY])
def test_outlines_that_carry_meaning_stand_out(theme: Theme, token: Token) -> None:
    assert all(contrast(theme.color(token), theme.color(ground)) >= 3.0 for ground in GROUNDS)
