"""The gradient lamp in the status bar."""

import pytest
from PySide6.QtWidgets import QFrame, QLabel

from playground.project import edits
from playground.views.panels.gradient_lamp import GradientLamp
from playground.views.theme import Token


@pytest.fixture
def lamp(session, theme, shown):
    return shown(GradientLamp(session, theme), 220, 24)


def plant(session, layer):
    session.document.apply(edits.set_value(session.document.project, "training.bug", layer))


def has(lamp, color):
    picture = lamp.grab().toImage()
    return any(
        picture.pixelColor(x, y).rgb() == color.rgb() for x in range(picture.width()) for y in range(picture.height())
    )


def test_it_is_green_with_the_number_of_checks(session, lamp, theme, qtbot):
    session.trainer.train()
    qtbot.waitUntil(lambda: lamp.found is not None and lamp.found.checks >= 3)
    session.trainer.pause()
    assert lamp.wrong == ()
    assert "✓" in lamp.text
    assert has(lamp, theme.color(Token.GOOD))


def test_a_planted_bug_turns_it_red_and_names_the_layer(session, lamp, theme, qtbot):
    seen = []
    lamp.turned.connect(seen.append)
    plant(session, 1)
    qtbot.waitUntil(lambda: lamp.wrong == (1,))
    assert "layer 2" in lamp.text
    assert has(lamp, theme.color(Token.BAD))
    assert seen == [(1,)]
    plant(session, None)
    qtbot.waitUntil(lambda: lamp.found is not None and lamp.wrong == () and lamp.found.checks > 0)
    assert seen == [(1,), ()]


def test_a_click_opens_the_table_of_all_layers(session, lamp, qtbot):
    session.trainer.train()
    qtbot.waitUntil(lambda: lamp.found is not None and all(layer.checks for layer in lamp.found.layers))
    session.trainer.pause()
    lamp.open_table()
    sheet = lamp.findChild(QFrame, "status.lamp.table")
    assert sheet.isVisible()
    words = [word.text() for word in sheet.findChildren(QLabel)]
    assert {"1", "2", "3"} <= set(words)
    assert any(word.startswith(("kernel[", "bias[")) for word in words)
    sheet.close()
