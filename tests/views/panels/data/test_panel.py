"""The data panel: gallery, settings of the sets, sliders, fold, seed, and what is the user's own."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSlider, QSpinBox, QToolButton, QWidget

from playground.data.block import Block
from playground.data.sources import SOURCES, Formula, Points, Spiral
from playground.data.sources.pictures import Pictures
from playground.project import edits
from playground.views.panels.data import DataPanel
from playground.views.panels.data.groups import Group, group_of, members
from playground.views.panels.data.source_button import SourceButton
from playground.views.panels.data.thumbnails import sample_of, thumbnail
from playground.views.scales import number
from playground.views.theme import Theme

SMALL = (196, 453)
"""The size that the panel has in a window of 1366 × 768."""


@pytest.fixture
def panel(session, theme, shown):
    return shown(DataPanel(session, theme), *SMALL)


def buttons(panel):
    return {button.name: button for button in panel.findChildren(SourceButton) if button.name != "own"}


def texts(panel):
    return [words.text() for words in panel.findChildren(QLabel) if words.isVisibleTo(panel)]


def group(panel, name):
    return panel.findChild(QToolButton, f"data.group.{name}")


def choose(session, source):
    session.document.apply(edits.set_source(session.document.project, source))


def clipped(panel):
    """Visible parts of the panel that do not fit into it, or that are narrower or lower than they need."""
    inside = panel.rect()
    found = []
    for part in panel.findChildren(QWidget):
        if not part.isVisible() or part.window() is not panel.window():
            continue
        corner = part.mapTo(panel, part.rect().topLeft())
        if not inside.contains(part.rect().translated(corner)):
            found.append(part)
    return found


def test_it_fits_beside_the_canvas(panel):
    assert panel.minimumSizeHint().width() <= 196
    assert panel.minimumSizeHint().height() <= 453


@pytest.mark.parametrize("name", SOURCES.names())
@pytest.mark.parametrize("unfolded", [False, True])
def test_whatever_is_chosen_nothing_is_clipped_and_nothing_moves(panel, session, qtbot, name, unfolded):
    sliders = panel.findChild(QSlider, "data.points" if not unfolded else "data.balance")
    if unfolded:
        panel.findChild(QToolButton, "data.more").click()
    before = sliders.mapTo(panel, sliders.rect().topLeft())
    choose(session, name)
    qtbot.waitUntil(lambda: not clipped(panel))
    assert sliders.mapTo(panel, sliders.rect().topLeft()) == before
    words = next(part for part in panel.findChildren(QLabel) if SOURCES[name]().description in part.text())
    assert words.heightForWidth(words.width()) <= words.height()


def test_all_sources_stand_in_the_gallery_with_name_and_description(panel):
    assert set(buttons(panel)) == set(SOURCES.names())
    for name, button in buttons(panel).items():
        assert button.accessibleName() == SOURCES[name]().title
        assert SOURCES[name]().description in button.toolTip()
    assert buttons(panel)["circle"].isChecked()


def test_every_source_stands_in_one_group_and_the_group_of_the_chosen_one_is_shown(panel, session):
    assert sorted(name for each in Group for name in members(each)) == sorted(SOURCES.names())
    for name in SOURCES:
        choose(session, name)
        wanted = group_of(SOURCES[name]())
        assert group(panel, wanted.value).isChecked()
        shown = {each for each, button in buttons(panel).items() if button.isVisible()}
        assert shown == set(members(wanted))


def test_another_group_can_be_looked_at_without_choosing(panel, session):
    group(panel, "numbers").click()
    assert buttons(panel)["wave"].isVisible()
    assert not buttons(panel)["circle"].isVisible()
    assert not session.document.can_undo
    assert any("regression" in text for text in texts(panel))
    group(panel, "classes").click()
    assert any(SOURCES["circle"]().description in text for text in texts(panel))


@pytest.mark.parametrize("name", ["spiral", "blobs", "plane", "digits"])
def test_choosing_a_source(panel, session, name):
    group(panel, group_of(SOURCES[name]()).value).click()
    buttons(panel)[name].click()
    assert isinstance(session.document.project.data.source, SOURCES[name])
    assert any(SOURCES[name]().description in text for text in texts(panel))
    session.document.undo()
    assert buttons(panel)["circle"].isChecked()
    assert not buttons(panel)[name].isChecked()


def test_choosing_the_present_source_changes_nothing(panel, session):
    buttons(panel)["circle"].click()
    assert not session.document.can_undo
    assert buttons(panel)["circle"].isChecked()


def test_the_gallery_can_be_used_by_keyboard(panel, session, qtbot):
    chosen = buttons(panel)["xor"]
    chosen.setFocus()
    assert chosen.hasFocus()
    qtbot.keyClick(chosen, Qt.Key.Key_Space)
    assert isinstance(session.document.project.data.source, SOURCES["xor"])


def test_the_settings_of_a_set_have_their_rows(panel, session):
    assert panel.findChild(QSlider, "data.source.arms") is None
    choose(session, "spiral")
    slider = panel.findChild(QSlider, "data.source.arms")
    slider.setValue(slider.value() + 1)
    assert session.document.project.data.source == Spiral(3)
    assert session.document.project.network.layers[-1].units == 3
    assert session.document.undo_label == "Set arms to 3"
    assert any("Spiral with three arms" in text for text in texts(panel))
    choose(session, "curve")
    combo = panel.findChild(QComboBox, "data.source.shape")
    assert [combo.itemText(row) for row in range(combo.count())] == ["line", "parabola", "wave", "step"]


def test_a_set_comes_back_with_the_settings_it_had(panel, session):
    choose(session, Spiral(5))
    buttons(panel)["circle"].click()
    buttons(panel)["spiral"].click()
    assert session.document.project.data.source == Spiral(5)


@pytest.mark.parametrize(
    "path",
    ["data.points", "data.noise", "data.training_share", "training.batch_size", "data.balance", "data.label_noise"],
)
def test_each_setting_has_its_slider(panel, path):
    slider = panel.findChild(QSlider, path)
    assert slider.toolTip()
    assert slider.accessibleName()


def test_the_number_of_points_is_the_real_one(panel, session):
    session.document.apply(edits.set_value(session.document.project, "data.points", 5000))
    assert number(5000) in texts(panel)
    choose(session, "digits")
    assert number(1797) in texts(panel)
    session.document.apply(edits.set_value(session.document.project, "data.balance", 0.9))
    assert number(session.document.samples.dataset.n) in texts(panel)


def test_seldom_settings_are_folded_away_and_told(panel, session, theme):
    more = panel.findChild(QToolButton, "data.more")
    assert not panel.findChild(QSlider, "data.balance").isVisible()
    session.document.apply(edits.set_value(session.document.project, "data.label_noise", 0.2))
    assert "label noise 20" in more.text()
    more.click()
    assert panel.findChild(QSlider, "data.balance").isVisible()
    assert not panel.findChild(QSlider, "data.noise").isVisible()
    more.click()
    assert panel.findChild(QSlider, "data.noise").isVisible()


def test_with_room_everything_is_seen_at_once(panel, qtbot):
    panel.resize(196, 700)
    qtbot.waitUntil(panel.findChild(QSlider, "data.balance").isVisible)
    assert panel.findChild(QSlider, "data.noise").isVisible()
    assert not panel.findChild(QToolButton, "data.more").isVisible()
    assert panel.minimumSizeHint().height() <= SMALL[1]
    panel.resize(*SMALL)
    qtbot.waitUntil(panel.findChild(QToolButton, "data.more").isVisible)
    assert not clipped(panel)


def test_numbers_have_no_classes_to_balance(panel, session):
    slider = panel.findChild(QSlider, "data.label_noise")
    assert slider.isEnabled()
    choose(session, "wave")
    assert not slider.isEnabled()
    choose(session, "circle")
    assert slider.isEnabled()


def test_the_data_seed_can_be_typed_and_drawn(panel, session):
    panel.findChild(QToolButton, "data.more").click()
    spin = panel.findChild(QSpinBox, "data.seed")
    before = session.document.samples.dataset.inputs.copy()
    panel.findChild(QToolButton, "data.redraw").click()
    assert session.document.project.data.seed == spin.value() == 1
    assert (session.document.samples.dataset.inputs != before).any()
    spin.setValue(7)
    assert session.document.project.data.seed == 7


def test_pictures_follow_noise_and_seed(panel, session, qtbot):
    spiral = buttons(panel)["spiral"]
    qtbot.waitUntil(lambda: not spiral.empty)
    before, chosen = spiral.grab().toImage(), buttons(panel)["circle"].grab().toImage()
    session.document.apply(edits.set_value(session.document.project, "data.noise", 0.4))
    assert buttons(panel)["circle"].grab().toImage() != chosen  # the chosen one at once
    qtbot.waitUntil(lambda: spiral.grab().toImage() != before)


def test_yours_offers_what_brings_data(panel, session, qtbot):
    asked = []
    action = QAction("&Paint on the map", panel, toolTip="Paint points")
    action.setObjectName("data.paint")
    action.triggered.connect(lambda: asked.append(1))
    panel.offer([action])
    group(panel, "yours").click()
    button = panel.findChild(QPushButton, "data.yours.data.paint")
    assert button.text() == button.accessibleName() == "Paint on the map"
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [1]
    action.setEnabled(False)
    assert not button.isEnabled()
    assert any("No data of your own yet" in text for text in texts(panel))


def test_with_many_actions_and_a_long_description_all_buttons_are_seen(panel, session, qtbot):
    choose(session, Formula("sin(x) * y + exp(-x^2) * cos(3 y) + x * y * y"))
    whole = session.document.project.data.source.description
    assert any(whole in text for text in texts(panel))
    panel.offer([QAction(f"Bring data of kind {number}…", panel) for number in range(8)])
    offered = [button for button in panel.findChildren(QPushButton) if button.text().startswith("Bring")]
    qtbot.waitUntil(lambda: all(each.visibleRegion().boundingRect() == each.rect() for each in offered))
    assert not clipped(panel)
    assert all(each.height() >= 16 for each in offered)
    words = next(part for part in panel.findChildren(QLabel) if part.toolTip() == whole and part.isVisible())
    assert "…" in words.text()
    assert words.heightForWidth(words.width()) <= words.height()


def test_ones_own_set_is_shown_among_yours(panel, session):
    rng = np.random.default_rng(0)
    places, lots = rng.uniform(-5, 5, (60, 2)), rng.random(60)
    block = Block({"x": places.astype(np.float32), "y": np.arange(60) % 2, "lot": lots.astype(np.float32)})
    choose(session, Points(block, name="Cats and dogs"))
    assert group(panel, "yours").isChecked()
    assert any("Cats and dogs" in text for text in texts(panel))
    choose(session, Formula("r < 3"))
    assert any("Class 1 where r &lt; 3" in text for text in texts(panel))
    choose(session, "circle")
    group(panel, "yours").click()
    assert any("No data of your own yet" in text for text in texts(panel))


@pytest.mark.parametrize("name", SOURCES.names())
def test_thumbnails_are_painted_from_samples_in_both_themes(qapp, name):
    sample = sample_of(SOURCES[name]())
    light, dark = (thumbnail(sample, Theme(mode), 26, 2.0) for mode in ("light", "dark"))
    assert light.width() == 52
    assert light != dark or len(sample.class_names) > 2  # Okabe and Ito's colours serve both themes
    inked = sum(light.pixelColor(x, y).alpha() > 0 for x in range(0, 52, 2) for y in range(0, 52, 2))
    assert inked > 40


@pytest.mark.parametrize("values", [np.int64, np.float32])
def test_points_that_are_all_gone_make_an_empty_thumbnail(qapp, values):
    block = Block({"x": np.zeros((0, 2), np.float32), "y": np.zeros(0, values), "lot": np.zeros(0, np.float32)})
    names = ("a", "b") if values is np.int64 else ()
    picture = thumbnail(sample_of(Points(block, class_names=names)), Theme("light"), 26)
    assert picture.pixelColor(13, 13).alpha() == 0


def test_another_theme_repaints_the_gallery(panel, theme):
    before = buttons(panel)["circle"].grab().toImage()
    theme.set_mode("dark")
    assert buttons(panel)["circle"].grab().toImage() != before


def test_a_closed_panel_no_longer_follows(panel, session, theme):
    panel.close()
    session.document.undo()
    theme.set_mode("dark")
    panel.close()


def test_the_settings_of_ones_own_set_have_a_part_of_their_own(panel, session, qtbot):
    block = Block({"images": np.zeros((12, 8, 8, 1), np.uint8), "labels": np.arange(12) % 2})
    own = panel.findChild(QToolButton, "data.own")
    assert not own.isVisible()
    choose(session, Pictures(block, class_names=("cat", "dog")))
    assert own.isVisible()
    own.click()
    slider = panel.findChild(QSlider, "data.source.copies")
    assert slider.isVisible()
    assert not panel.findChild(QSlider, "data.noise").isVisible()
    qtbot.waitUntil(lambda: not clipped(panel))
    assert panel.minimumSizeHint().height() <= SMALL[1]
    slider.setValue(1)
    assert session.document.project.data.source.copies == 1
    panel.findChild(QToolButton, "data.more").click()
    assert panel.findChild(QSlider, "data.balance").isVisible()
    assert not slider.isVisible()
    own.click()
    choose(session, "circle")
    assert panel.findChild(QSlider, "data.noise").isVisible()
    assert not own.isVisible()


def test_what_is_told_beside_another_button_is_shortened(panel, session):
    block = Block({"images": np.zeros((40, 8, 8, 1), np.uint8), "labels": np.arange(40) % 2})
    choose(session, Pictures(block, class_names=("cat", "dog")))
    session.document.apply(edits.set_value(session.document.project, "data.label_noise", 0.2))
    session.document.apply(edits.set_value(session.document.project, "data.balance", 0.6))
    assert not clipped(panel)
    assert panel.findChild(QToolButton, "data.more").text().endswith("…")
