"""Slices through a table, chosen in the output panel of the real window."""

from typing import Any

import pytest

from playground.app.main_window import MainWindow
from playground.project import edits


@pytest.fixture
def iris(window: MainWindow, qtbot: Any) -> MainWindow:
    document = window.session.document
    document.apply(edits.set_source(document.project, "iris"))
    window.show()
    qtbot.waitUntil(lambda: window.output_panel.map._values is not None)
    return window


def test_it_is_there_for_tables_only(iris: MainWindow) -> None:
    assert iris.output_panel.slices.isVisible()
    document = iris.session.document
    for name in ("circle", "digits"):
        document.apply(edits.set_source(document.project, name))
        assert not iris.output_panel.slices.isVisible()


def test_another_input_moves_points_and_map_and_can_be_undone(iris: MainWindow, qtbot: Any) -> None:
    panel, document = iris.output_panel, iris.session.document
    chooser = panel.slices
    before, spots = panel.map._values.copy(), panel.map._spots.copy()
    chooser.across.setCurrentIndex(0)
    chooser.across.activated.emit(0)
    assert document.project.view.slice.across == "sepal length"
    assert (panel.map._spots != spots).any()
    qtbot.waitUntil(lambda: bool((panel.map._values != before).any()))
    document.undo()
    assert (panel.map._spots == spots).all()
    qtbot.waitUntil(lambda: bool((panel.map._values == before).all()))


def test_an_input_that_stands_on_the_other_axis_changes_places(iris: MainWindow) -> None:
    chooser = iris.output_panel.slices
    across, up = chooser.across.currentText(), chooser.up.currentText()
    chooser.across.activated.emit(chooser.across.findText(up))
    assert (chooser.across.currentText(), chooser.up.currentText()) == (up, across)


def test_sliders_hold_the_other_inputs_and_the_principal_plane_needs_none(iris: MainWindow, qtbot: Any) -> None:
    chooser, document = iris.output_panel.slices, iris.session.document
    before = iris.output_panel.map._values.copy()
    chooser.others.click()
    sheet = chooser._sheet
    assert sheet is not None
    free = [column for column, slider in sheet.sliders.items() if slider.isEnabled()]
    assert len(free) == 2
    sheet.sliders[free[0]].setValue(100)
    assert document.project.view.slice.held[free[0]] == 1.0
    qtbot.waitUntil(lambda: bool((iris.output_panel.map._values != before).any()))
    sheet.principal.click()
    assert iris.output_panel._cut.axes is None
    assert not any(slider.isEnabled() for slider in sheet.sliders.values())
    sheet.close()


def test_the_weights_stay_whatever_slice_is_shown(iris: MainWindow, qtbot: Any) -> None:
    trainer = iris.session.trainer
    trainer.train(until_epoch=3)
    qtbot.waitUntil(lambda: trainer.latest.counters.epoch == 3 and not trainer.running)
    weights = trainer.capture().parameters.copy()
    chooser = iris.output_panel.slices
    chooser.up.activated.emit(1)
    assert (trainer.capture().parameters == weights).all()
    assert trainer.latest.counters.epoch == 3


def test_the_pointer_is_told_in_the_units_of_the_axes(iris: MainWindow) -> None:
    panel = iris.output_panel
    panel.map.hovered.emit((0.0, 0.0))
    text = panel._note.text()
    assert "petal length" in text
    assert "petal width" in text
