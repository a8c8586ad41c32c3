"""The panel "Weights & gradients"."""

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from playground.insight.health.tracks import Track
from playground.insight.pictures import HEALTH
from playground.project import edits
from playground.views.panels.health import HealthPanel, words
from playground.views.panels.health.layer_view import occupied
from playground.views.theme import Token


@pytest.fixture
def panel(session, theme, shown, snapshot):
    panel = shown(HealthPanel(session, theme), 1342, 150)
    snapshot(lambda seen: HEALTH in seen.pictures)
    return panel


def test_every_layer_has_a_view_and_the_numbers_are_those_of_the_picture(panel, train):
    train(3)
    health = panel.health
    assert [view.accessibleName().partition(":")[0] for view in panel.views] == ["Layer 1", "Layer 2", "Output"]
    assert health.steps[-1] > 0
    norms = [layer.gradient_norm for layer in health.layers]
    assert words.short(max(norms)) in panel.reading()
    assert words.short(min(norms)) in panel.reading()


def test_it_asks_for_its_picture_only_while_it_is_seen(session, panel, qtbot):
    panel.hide()
    qtbot.waitUntil(lambda: HEALTH not in session.trainer.latest.pictures)


def test_it_follows_the_structure_of_the_network(session, panel, qtbot):
    session.document.apply(edits.add_layer(session.document.project, 1))
    qtbot.waitUntil(lambda: len(panel.views) == 4)
    assert panel.views[-1].accessibleName().startswith("Output")


def test_vanishing_gradients_are_seen_at_a_glance(session, panel, theme):
    health = panel.health
    layers = (replace(health.layers[0], gradient_norm=1e-6), *health.layers[1:])
    sick = replace(health, layers=layers)
    assert [words.troubled(layer, health) for layer in health.layers] == ["", "", ""]
    assert words.troubled(layers[0], sick) == "vanishing"
    assert words.troubled(replace(layers[0], gradient_norm=math.inf), sick) == "exploding"
    panel.gradients.show_health(sick)
    picture = panel.gradients.grab().toImage()
    assert _has(picture, theme.color(Token.WARNING))
    assert _has(picture, theme.color(Token.PURITY))
    panel.gradients.show_health(health)
    assert not _has(panel.gradients.grab().toImage(), theme.color(Token.WARNING))


def test_the_heat_map_shows_the_newest_moment_at_its_right_end(panel, theme):
    track = Track(-1.0, 1.0)
    track.add(np.full(10, -0.9), "append")
    histogram = track.add(np.full(10, 0.9), "append")
    view = panel.views[0]
    layer = replace(panel.health.layers[0], activations=histogram)
    view.show_layer(layer, replace(panel.health, steps=np.array([0, 10])))
    picture = view.grab().toImage()
    box = next(box for name, _, box in view._panes(layer) if name == "activations")
    inside = QRectF(box).adjusted(30, 16, -18, -1)
    old, new = (tuple(theme.diverging_lut()[end].tolist()) for end in (0, 255))

    def column(x):
        return {picture.pixelColor(int(x), y).getRgb() for y in range(int(inside.top()) + 2, int(inside.bottom()) - 1)}

    assert old in column(inside.left() + 3)
    assert new not in column(inside.left() + 3)
    assert new in column(inside.right() - 3)
    assert old not in column(inside.right() - 3)


def test_axes_of_sizes_show_whole_powers_that_hold_something():
    histogram = Track.of_sizes().add(np.array([0.02, 0.5, 3e-4]), "append")
    first, last = occupied(histogram)
    width = (histogram.high - histogram.low) / len(histogram.counts)
    assert histogram.low + first * width == -4.0
    assert histogram.low + last * width == 0.0


def test_both_themes_and_broken_networks_are_drawn(session, panel, theme, qtbot, snapshot):
    session.trainer.edit_weights(np.array([0]), np.array([np.nan]), "break")
    snapshot(lambda seen: np.isnan(seen.parameters[0]) and np.isnan(seen.pictures[HEALTH].layers[0].weight_norm))
    theme.set_mode("dark")
    assert not panel.grab().isNull()
    assert "diverged" in panel.reading()


def _has(picture, color):
    return any(
        picture.pixelColor(x, y).rgb() == color.rgb() for x in range(picture.width()) for y in range(picture.height())
    )
