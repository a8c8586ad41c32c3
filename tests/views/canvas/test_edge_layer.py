"""Drawing all lines bit by bit."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPixmap

from playground.views.canvas.edge_layer import EdgeLayer
from playground.views.canvas.edges import EdgeBundle, Pens
from playground.views.theme import Theme, Token

THICK = 6.0


@pytest.fixture
def layer(qapp: Any) -> EdgeLayer:
    theme = Theme("light")
    quiet = QPixmap(240, 120)
    quiet.fill(theme.color(Token.CARD))
    bundles = {}
    for gap in (0, 2):
        starts = np.array([(10.0 + 50 * gap, 60.0)])
        bundles[gap] = EdgeBundle(starts, starts + np.array([80.0, 0.0]))
        bundles[gap].set_kernel(np.array([[1.0 if gap else -1.0]], np.float32))
    edges = EdgeLayer()
    edges.reset(quiet, bundles, dict.fromkeys(bundles, Pens.of(theme, THICK)))
    return edges


def color_at(edges: EdgeLayer, x: int, y: int) -> QColor:
    return edges.base.toImage().pixelColor(x, y)


def test_nothing_is_drawn_before_it_is_asked_for(layer: EdgeLayer) -> None:
    assert not layer.busy
    assert layer.draw(None) == []
    assert color_at(layer, 50, 60) == QColor(Token.CARD.value[0])


def test_all_lanes_are_drawn_and_told(layer: EdgeLayer) -> None:
    layer.restart(smooth=True)
    assert layer.busy
    assert len(layer.draw(None)) == 2
    assert not layer.busy
    assert color_at(layer, 50, 60) == QColor(Token.NEGATIVE.value[0])
    assert color_at(layer, 150, 60) == QColor(Token.POSITIVE.value[0])
    assert color_at(layer, 50, 100) == QColor(Token.CARD.value[0])


def test_without_time_nothing_happens_and_later_it_goes_on(layer: EdgeLayer) -> None:
    layer.restart(smooth=False)
    assert layer.draw(0) == []
    assert layer.busy
    layer.draw(None)
    assert not layer.busy


def test_old_lines_go_away(layer: EdgeLayer) -> None:
    layer.restart(smooth=True)
    layer.draw(None)
    bundle = layer._bundles[0]
    bundle.set_kernel(np.array([[0.001]], np.float32))
    layer.restart(smooth=True)
    layer.draw(None)
    assert color_at(layer, 50, 58) == QColor(Token.CARD.value[0])
