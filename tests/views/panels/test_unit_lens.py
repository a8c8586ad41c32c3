"""A unit looked at closely in the output panel, with the pointer on the real window."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from playground.app.main_window import MainWindow
from playground.insight.pictures import BOUNDARY, UNIT_MAPS
from playground.project import edits, presets
from playground.project.model import Project
from playground.views.panels.card import QLabel
from playground.views.panels.unit_lens import UnitLens


@pytest.fixture
def trained(window: MainWindow, qtbot: Any) -> MainWindow:
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    trainer = window.session.trainer
    trainer.train(until_epoch=5)
    qtbot.waitUntil(lambda: trainer.latest is not None and trainer.latest.counters.epoch == 5)
    qtbot.waitUntil(lambda: {UNIT_MAPS, BOUNDARY} <= set(trainer.latest.pictures))
    return window


def caption(window: MainWindow) -> str:
    found = window.output_panel.findChild(QLabel, "output.caption")
    assert found is not None
    return str(found.text())


def center(window: MainWindow, column: int, unit: int) -> Any:
    box = window.canvas.assembly.layout.columns[column].units[unit]
    return window.canvas.assembly.surface.to_widget(QPointF(box.center_x, box.center_y))


def test_the_unit_under_the_pointer_is_shown_large_and_leaving_returns(trained: MainWindow, qtbot: Any) -> None:
    surface = trained.canvas.assembly.surface
    whole = trained.output_panel.map.grab().toImage()
    QTest.mouseMove(surface, center(trained, 1, 2))
    assert caption(trained) == "layer 1, unit 3"
    assert trained.output_panel.map.grab().toImage() != whole
    QTest.mouseMove(surface, surface.rect().bottomRight())
    assert caption(trained) == "what the network predicts everywhere"
    assert trained.output_panel.map.grab().toImage() == whole


def test_a_click_pins_it_and_escape_lets_it_go(trained: MainWindow, qtbot: Any) -> None:
    surface, trainer = trained.canvas.assembly.surface, trained.session.trainer
    QTest.mouseClick(surface, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, center(trained, 2, 1))
    QTest.mouseMove(surface, surface.rect().bottomRight())
    assert caption(trained) == "layer 2, unit 2 · pinned"
    before = trained.output_panel.map.output_at(1.0, 1.0)
    trainer.train(until_epoch=10)
    qtbot.waitUntil(lambda: trainer.latest.counters.epoch == 10)
    assert before is not None

    def live() -> bool:
        after, expected = trained.output_panel.map.output_at(1.0, 1.0), trainer.latest.pictures[UNIT_MAPS].layers[1][1]
        return after is not None and (after != before).any() and after[0] == expected[13, 18]

    qtbot.waitUntil(live)
    trained.canvas.setFocus()
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert caption(trained) == "what the network predicts everywhere"


def test_what_is_pinned_goes_with_its_unit(trained: MainWindow) -> None:
    trained.canvas.select([1], 1)
    assert "pinned" in caption(trained)
    document = trained.session.document
    document.apply(edits.remove_layer(document.project, 1))
    assert caption(trained) in ("what the network predicts everywhere", "layer 1, unit 2 · pinned")


def test_the_scale_of_a_unit_fits_its_activation() -> None:
    lens, project = UnitLens(), Project()

    class Pictures:
        inputs = np.zeros((9, 2, 2))
        layers = (np.full((4, 2, 2), 0.5), np.full((2, 2, 2), 3.0), np.full((1, 2, 2), 0.25))

    pictures = {UNIT_MAPS: Pictures()}
    for column, ends in ((1, (-1.0, 1.0)), (2, (-3.0, 3.0)), (3, (0.0, 1.0))):
        lens.pinned = (column, 0)
        found = lens.map(project, pictures)
        assert found is not None
        assert (found.scale.low, found.scale.high) == ends
    for place in ((1, 9), (7, 0), (0, 5)):
        lens.pinned = place
        assert lens.map(project, pictures) is None
    Pictures.inputs = np.full((9, 2, 2), 6.0)
    lens.hovered = (0, 1)
    found = lens.map(project, pictures)
    assert found is not None
    assert (found.scale.high, lens.title(project)) == (6.0, "x₂")
    lens.hovered, lens.pinned = None, (3, 0)
    assert lens.title(project) == "output unit 1 · pinned"


def test_units_of_images_are_shown_large_too(window: MainWindow, qtbot: Any) -> None:
    window.session.document.open(presets.load("digits_cnn"), name="digits")
    panel, canvas, trainer = window.output_panel, window.canvas, window.session.trainer
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: canvas.unit_picture((1, 2)) is not None)
    panel.hover_unit((1, 2))
    assert panel.unit.isVisible()
    assert panel.unit.words == "layer 1, unit 3"
    assert panel.unit.picture == canvas.unit_picture((1, 2))
    panel.hover_unit(None)
    assert panel.examples.isVisible()
    canvas.select([0], 4)
    before = panel.unit.picture
    trainer.train(until_epoch=2)
    qtbot.waitUntil(lambda: trainer.latest.counters.epoch == 2)
    assert panel.unit.isVisible()
    assert panel.unit.picture != before, "it is live"
    panel.hover_unit((4, 0))
    assert panel.unit.picture is None
    panel.grab()
    canvas.select([])
    panel.hover_unit(None)
    assert panel.examples.isVisible()
