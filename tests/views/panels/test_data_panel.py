"""The data panel: gallery, sliders, seed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSlider, QSpinBox, QToolButton

from playground.data.sources import SOURCES
from playground.views.panels.data_panel import DataPanel
from playground.views.panels.thumbnails import SourceButton, thumbnail
from playground.views.theme import Theme


@pytest.fixture
def panel(session, theme, shown):
    return shown(DataPanel(session, theme), 196, 434)


def buttons(panel):
    return {button.name: button for button in panel.findChildren(SourceButton)}


def test_it_fits_beside_the_canvas(panel):
    assert panel.minimumSizeHint().width() <= 196
    assert panel.minimumSizeHint().height() <= 434


def test_all_sources_stand_in_the_gallery_with_name_and_description(panel):
    assert tuple(buttons(panel)) == SOURCES.names()
    for name, button in buttons(panel).items():
        assert button.accessibleName() == SOURCES[name]().title
        assert SOURCES[name]().description in button.toolTip()
    assert buttons(panel)["circle"].isChecked()


@pytest.mark.parametrize("name", ["spiral", "blobs", "plane", "digits"])
def test_choosing_a_source(panel, session, name):
    buttons(panel)[name].click()
    assert isinstance(session.document.project.data.source, SOURCES[name])
    assert any(SOURCES[name]().description in label.text() for label in panel.findChildren(QLabel))
    session.document.undo()
    assert buttons(panel)["circle"].isChecked()
    assert not buttons(panel)[name].isChecked()


def test_choosing_the_present_source_changes_nothing(panel, session):
    buttons(panel)["circle"].click()
    assert not session.document.can_undo


def test_the_gallery_can_be_used_by_keyboard(panel, session, qtbot):
    chosen = buttons(panel)["xor"]
    chosen.setFocus()
    assert chosen.hasFocus()
    qtbot.keyClick(chosen, Qt.Key.Key_Space)
    assert isinstance(session.document.project.data.source, SOURCES["xor"])


@pytest.mark.parametrize("path", ["data.points", "data.noise", "data.training_share", "training.batch_size"])
def test_each_setting_has_its_slider(panel, path):
    slider = panel.findChild(QSlider, path)
    assert slider.toolTip()
    assert slider.accessibleName()


def test_the_data_seed_can_be_typed_and_drawn(panel, session):
    spin = panel.findChild(QSpinBox, "data.seed")
    before = session.document.samples.dataset.inputs.copy()
    panel.findChild(QToolButton, "data.redraw").click()
    assert session.document.project.data.seed == spin.value() == 1
    assert (session.document.samples.dataset.inputs != before).any()
    spin.setValue(7)
    assert session.document.project.data.seed == 7


@pytest.mark.parametrize("name", SOURCES.names())
def test_thumbnails_are_painted_from_samples_in_both_themes(qapp, name):
    light, dark = (thumbnail(name, Theme(mode), 32, 2.0) for mode in ("light", "dark"))
    assert light.width() == 64
    assert light != dark or name == "blobs"  # Okabe and Ito's colours serve both themes
    inked = sum(light.pixelColor(x, y).alpha() > 0 for x in range(0, 64, 2) for y in range(0, 64, 2))
    assert inked > 40


def test_another_theme_repaints_the_gallery(panel, theme):
    before = buttons(panel)["circle"].grab().toImage()
    theme.set_mode("dark")
    assert buttons(panel)["circle"].grab().toImage() != before


def test_a_closed_panel_no_longer_follows(panel, session, theme):
    panel.close()
    session.document.undo()
    theme.set_mode("dark")
    panel.close()
