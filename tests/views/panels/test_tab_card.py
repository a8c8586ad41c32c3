"""The card with tabs."""

from PySide6.QtWidgets import QLabel

from playground.views.panels.tab_card import TabCard
from playground.views.theme import Token


def test_it_paints_a_card_behind_its_tabs(theme, shown):
    tabs = TabCard(theme)
    tabs.addTab(QLabel("a"), "Loss")
    shown(tabs, 300, 120)
    image = tabs.grab().toImage()
    assert image.pixelColor(290, 12) == theme.color(Token.CARD)
    theme.set_mode("dark")
    assert tabs.grab().toImage().pixelColor(290, 12) == theme.color(Token.CARD)
