"""The output panel: decision map, legend and options for points; examples and confusion matrix for images."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QToolButton

from playground.data.dataset import Task
from playground.insight.pictures import BOUNDARY, CONFUSION, PREDICTIONS
from playground.project import edits
from playground.views.panels.legend import Legend
from playground.views.panels.output_panel import OutputPanel
from playground.views.panels.output_scale import OutputScale


@pytest.fixture
def panel(session, theme, shown):
    return shown(OutputPanel(session, theme), 330, 434)


def note(panel):
    return panel.findChild(QLabel, "output.note").text()


def colors(widget):
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


def test_it_fits_beside_the_canvas(panel, open_preset):
    for name in ("circle", "blobs", "plane", "digits"):
        open_preset(name)
        assert panel.minimumSizeHint().width() <= 330
        assert panel.minimumSizeHint().height() <= 434


def test_the_footnote_is_not_clipped(panel):
    label = panel.findChild(QLabel, "output.note")
    assert label.geometry().bottom() < panel.height()
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    assert label.fontInfo().pixelSize() >= 11 or label.fontInfo().pixelSize() == -1


def test_pictures_are_asked_for_only_while_visible(panel, session, snapshot):
    snapshot(lambda moment: BOUNDARY in moment.pictures)
    panel.hide()
    session.trainer.step()
    snapshot(lambda moment: BOUNDARY not in moment.pictures)
    panel.show()
    snapshot(lambda moment: BOUNDARY in moment.pictures)


def test_the_map_shows_both_classes_once_trained(panel, train, theme):
    train(60)
    table = theme.diverging_lut()
    image = panel.map.grab().toImage()
    square = panel.map.square()
    corner = image.pixelColor(square.topLeft() + QPoint(6, 6))
    middle = panel.map.output_at(0.0, 0.0)
    assert np.abs(np.array(corner.getRgb()[:3]) - table[0, :3]).max() < 60, "class 0 outside"
    assert middle[0] > 0.5, "class 1 inside"


def test_pointing_reads_the_output(panel, snapshot, qtbot):
    snapshot(lambda moment: BOUNDARY in moment.pictures)
    square = panel.map.square()
    qtbot.mouseMove(panel.map, square.center())
    qtbot.waitUntil(lambda: "→" in note(panel))
    assert "x₁ 0.0" in note(panel) or "x₁ −0.0" in note(panel)
    assert "class" in note(panel)
    panel.map.hovered.emit(None)
    assert note(panel) == "Filled: training, hollow: test."


def test_options_change_the_picture(panel, session, snapshot):
    snapshot(lambda moment: BOUNDARY in moment.pictures)
    with_test = panel.map.grab().toImage()
    panel.findChild(QCheckBox, "view.show_test").click()
    assert not session.document.project.view.show_test
    without = panel.map.grab().toImage()
    assert with_test != without
    panel.findChild(QCheckBox, "view.discretize").click()
    assert panel.map.grab().toImage() != without


def test_errors_only_hides_what_is_right(panel, session, train, snapshot):
    train(60)
    before = panel.map.grab().toImage()
    panel.findChild(QCheckBox, "view.errors_only").click()
    moment = snapshot(lambda moment: PREDICTIONS in moment.pictures)
    wrong = (~moment.pictures[PREDICTIONS].train_correct).sum()
    assert wrong < 40
    assert panel.map.grab().toImage() != before
    session.document.undo()
    assert panel.map.grab().toImage() == before


def test_several_classes_have_a_hue_and_a_marker_each(panel, open_preset, snapshot, theme):
    open_preset("blobs")
    snapshot(lambda moment: BOUNDARY in moment.pictures)
    legend = panel.findChild(Legend)
    assert "class 2" in legend.accessibleName()
    assert len(colors(legend)) > 3
    assert panel.map.output_at(0, 0).shape == (3,)
    qtext = panel.findChild(QCheckBox, "view.discretize")
    qtext.click()
    assert colors(panel.map)


def test_regression_shows_the_range_of_targets(panel, open_preset, snapshot, qtbot):
    open_preset("plane")
    snapshot(lambda moment: BOUNDARY in moment.pictures)
    assert panel.findChild(Legend).accessibleName() == "Legend: −1, 0, 1"
    assert "diamonds" in note(panel)
    panel.map.hovered.emit((1.0, 1.0))
    assert "→" in note(panel)
    assert "class" not in note(panel)


def test_images_show_examples_mistakes_first(panel, session, open_preset, snapshot, qtbot):
    open_preset("digits")
    moment = snapshot(lambda moment: PREDICTIONS in moment.pictures)
    assert panel.examples.isVisible()
    assert not panel.map.isVisible()
    qtbot.waitUntil(lambda: len(panel.examples.shown_rows) == 30)  # once the panel has its room
    rows = panel.examples.shown_rows
    correct = moment.pictures[PREDICTIONS].test_correct
    assert not correct[rows[0]]
    assert len(colors(panel.examples)) > 20
    qtbot.mouseMove(panel.examples, QPoint(20, 20))


def test_examples_can_be_mistakes_only(panel, session, open_preset, train, snapshot):
    open_preset("digits")
    train(12)
    moment = snapshot(lambda moment: PREDICTIONS in moment.pictures)
    panel.findChild(QCheckBox, "view.errors_only").click()
    wrong = int((~moment.pictures[PREDICTIONS].test_correct).sum())
    assert len(panel.examples.shown_rows) == min(wrong, 30)


def test_images_show_a_confusion_matrix(panel, session, open_preset, snapshot):
    open_preset("digits")
    panel.findChild(QToolButton, "output.confusion").click()
    moment = snapshot(lambda moment: CONFUSION in moment.pictures)
    assert panel.confusion.isVisible()
    assert moment.pictures[CONFUSION].matrix.sum() == len(session.document.samples.dataset.test)
    assert len(colors(panel.confusion)) > 4
    panel.findChild(QToolButton, "output.examples").click()
    assert panel.examples.isVisible()


def test_back_from_images_to_points(panel, session, open_preset, snapshot):
    open_preset("digits")
    snapshot(lambda moment: PREDICTIONS in moment.pictures)
    session.document.undo()
    snapshot(lambda moment: moment.pictures.get(BOUNDARY) is not None)
    assert panel.map.isVisible()
    assert panel.map.output_at(0, 0).shape == (1,)


def test_other_data_are_drawn_at_once(panel, session, snapshot):
    snapshot(lambda moment: BOUNDARY in moment.pictures)
    before = panel.map.grab().toImage()
    session.document.apply(edits.set_value(session.document.project, "data.noise", 0.4))
    assert panel.map.grab().toImage() != before


def test_a_project_that_cannot_train_shows_no_map(panel, session, snapshot):
    snapshot(lambda moment: BOUNDARY in moment.pictures)
    session.document.apply(edits.set_loss(session.document.project, "categorical_crossentropy"))
    assert session.trainer.problems
    assert panel.map.output_at(0, 0) is None
    panel.map.hovered.emit((0.0, 0.0))
    assert "→" not in note(panel)


def test_what_is_no_number_has_the_color_of_the_threshold(theme, qapp):
    scale = OutputScale(Task.BINARY, 0.0, 0.5, 1.0, ("a", "b"))
    picture = scale.picture(np.array([[[np.nan, 1.0, np.inf, -np.inf]]]), theme)
    middle, high, above, below = (picture.pixelColor(x, 0) for x in range(4))
    assert middle.name() == scale.picture(np.array([[[0.5]]]), theme).pixelColor(0, 0).name()
    assert high == above != below


def test_another_theme_repaints(panel, theme, snapshot):
    snapshot(lambda moment: BOUNDARY in moment.pictures)
    light = panel.map.grab().toImage()
    theme.set_mode("dark")
    assert panel.map.grab().toImage() != light


def test_the_map_can_take_the_focus_for_its_arrow_keys(panel):
    assert panel.map.focusPolicy() is Qt.FocusPolicy.StrongFocus


@pytest.mark.parametrize(("name", "low", "middle", "high"), [("circle", 0.0, 0.5, 1.0), ("plane", -1.0, 0.0, 1.0)])
def test_scales(session, open_preset, name, low, middle, high):
    open_preset(name)
    scale = OutputScale.of(session.document.samples.dataset)
    assert (scale.low, scale.middle, scale.high) == (low, middle, high)


def test_decisions():
    two = OutputScale(Task.BINARY, 0.0, 0.5, 1.0, ("a", "b"))
    assert [two.decide(np.array([value])) for value in (0.4, 0.6)] == [0, 1]
    many = OutputScale(Task.MULTICLASS, 0.0, 0.5, 1.0, ("a", "b", "c"))
    assert many.decide(np.array([0.2, 0.5, 0.3])) == 1


def test_the_legend_stands_right_below_the_map(panel, open_preset, qtbot):
    panel.resize(330, 700)
    legend = panel.findChild(Legend)
    below = panel.map.mapTo(panel, panel.map.square().bottomLeft()).y()
    assert 0 < legend.mapTo(panel, QPoint()).y() - below < 40
    open_preset("digits")
    qtbot.waitUntil(lambda: panel.examples.height() > 500)  # examples take all there is
