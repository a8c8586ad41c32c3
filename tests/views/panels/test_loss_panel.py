"""The loss panel: empty state, curves, legend, options, hover, and doing nothing while hidden."""

import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSlider

from playground.project import edits
from playground.views.panels.loss_panel import LegendEntry, LossPanel


@pytest.fixture
def panel(session, theme, shown):
    made = LossPanel(session, theme)
    made.load()
    return shown(made, 1340, 150)


def plot(panel):
    from playground.views.plots.loss_plot import LossPlot

    return panel.findChild(LossPlot)


def curve(panel, name):
    return plot(panel)._curves[name].getData()


def test_pyqtgraph_is_not_imported_with_the_panel():
    code = "import sys, playground.views.panels.loss_panel; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_curves_it_says_what_to_do(session, theme, shown):
    panel = shown(LossPanel(session, theme), 1340, 150)
    hint = next(label for label in panel.findChildren(QLabel) if "Space" in label.text())
    assert hint.isVisible()
    panel.load()
    panel.load()
    assert hint.isVisible()


def test_it_fits_the_lower_row(panel):
    panel.findChild(QCheckBox, "loss.metric").setChecked(True)
    assert panel.minimumSizeHint().height() <= 152
    panel.findChild(QCheckBox, "loss.metric").setChecked(False)


def drawn(panel, qtbot, name="train_loss"):
    """Wait until the plot has caught up with the run."""
    session = panel._session
    qtbot.waitUntil(lambda: len(curve(panel, "train_loss")[0]) >= len(session.trainer.curves) > 0)
    qtbot.waitUntil(lambda: not panel._stale)
    return curve(panel, name)


def test_training_draws_both_curves(panel, session, train, snapshot, qtbot):
    snapshot()
    train(30)
    drawn(panel, qtbot)
    arrays = session.trainer.curves.arrays()
    epochs, heights = curve(panel, "train_loss")
    assert epochs[0] == 0.0, "the curve begins with the untrained network"
    assert arrays["epoch"][-1] <= epochs[-1] < arrays["epoch"][-1] + 1, "and ends where the run stands"
    count = len(arrays["epoch"])
    assert len(heights) > 600 or np.allclose(heights[1 : count + 1], np.log10(arrays["train_loss"]), atol=1e-6)
    assert len(curve(panel, "test_loss")[0]) > 0
    assert plot(panel).isVisible()
    (low, high), (bottom, top) = plot(panel)._box.viewRange()
    assert low == 0.0
    assert high == epochs[-1]
    assert bottom < heights.min() <= heights.max() < top
    assert high > low


def test_the_legend_shows_the_present_losses(panel, session, train, qtbot):
    train(5)
    values = [entry.value for entry in panel.findChildren(LegendEntry)]
    assert all(value != "–" for value in values)


def test_linear_scale_and_smoothing(panel, session, train, qtbot):
    train(30)
    drawn(panel, qtbot)
    combo = panel.findChild(QComboBox, "view.loss_scale")
    combo.activated.emit(combo.findData("linear"))
    assert session.document.project.view.loss_scale == "linear"
    rough = drawn(panel, qtbot)[1].copy()
    assert rough.min() >= 0.0
    panel.findChild(QSlider, "view.smoothing").setValue(8)
    smooth = curve(panel, "train_loss")[1]
    assert np.abs(np.diff(smooth)).sum() < np.abs(np.diff(rough)).sum()


def test_the_metric_can_be_drawn_too(panel, session, train, qtbot):
    train(100)
    drawn(panel, qtbot)
    check = panel.findChild(QCheckBox, "loss.metric")
    assert len(curve(panel, "test_metric")[0]) == 0
    check.click()
    assert len(curve(panel, "test_metric")[0]) > 0
    assert plot(panel)._right.isVisible()
    panel.grab()
    assert session.settings.flag("loss_panel/metric")
    check.click()
    assert not plot(panel)._right.isVisible()


def test_regression_names_its_metric(panel, open_preset, snapshot):
    open_preset("plane")
    snapshot(lambda moment: moment.counters.metric_name == "r2")
    assert panel.findChild(QCheckBox, "loss.metric").text() == "R²"


def test_pointing_reads_an_epoch(panel, session, train, qtbot):
    train(20)
    qtbot.waitUntil(lambda: len(curve(panel, "train_loss")[0]) > 5)
    view = plot(panel)
    box = view._box
    spot = view.mapFromScene(box.mapViewToScene(QPoint(5, 0)))
    panel.grab()
    qtbot.mouseMove(view.viewport(), QPoint(spot.x(), view.height() // 3))
    qtbot.waitUntil(lambda: any("in epoch" in label.text() for label in panel.findChildren(QLabel)))
    view._leave()
    assert not any("in epoch" in label.text() for label in panel.findChildren(QLabel))


def test_a_hidden_panel_draws_nothing_and_catches_up(panel, session, train, qtbot):
    panel.hide()
    train(5)
    assert len(curve(panel, "train_loss")[0]) == 0
    panel.show()
    assert len(curve(panel, "train_loss")[0]) > 0


def test_reset_empties_the_plot(panel, session, train, qtbot):
    train(5)
    session.trainer.reset()
    qtbot.waitUntil(lambda: len(curve(panel, "train_loss")[0]) == 0)
    assert not plot(panel).isVisible()


def test_reset_while_hidden(panel, session, train, qtbot):
    train(5)
    panel.hide()
    session.trainer.reset()
    panel.show()
    assert len(curve(panel, "train_loss")[0]) == 0


def test_other_settings_leave_the_plot_alone(panel, session, train, qtbot):
    train(5)
    before = drawn(panel, qtbot)[0]
    session.document.apply(edits.set_value(session.document.project, "training.l2", 0.1))
    assert curve(panel, "train_loss")[0] is before


def test_another_theme_recolors(panel, theme, train):
    train(5)
    light = panel.grab().toImage()
    theme.set_mode("dark")
    assert panel.grab().toImage() != light


def test_single_updates_are_seen_at_once(panel, session, snapshot, qtbot):
    snapshot()
    for updates in (1, 2, 3):
        session.trainer.step()
        snapshot(lambda moment, updates=updates: moment.counters.step == updates)
    qtbot.waitUntil(lambda: len(curve(panel, "train_loss")[0]) == 4)
    assert plot(panel).isVisible()
    epochs = curve(panel, "train_loss")[0]
    per_epoch = -(-len(session.document.samples.x_train) // session.document.project.training.batch_size)
    assert np.allclose(epochs, np.arange(4) / per_epoch)
    assert len(curve(panel, "test_loss")[0]) == 4


def test_a_weight_changed_by_hand_moves_the_end_of_the_curve(panel, session, train, qtbot):
    train(3)
    drawn(panel, qtbot)
    end = curve(panel, "train_loss")[1][-1]
    session.trainer.edit_weights(np.array([0]), np.array([9.0]), "Set a weight to 9")
    qtbot.waitUntil(lambda: curve(panel, "train_loss")[1][-1] != end)


def test_edits_of_a_trained_network_are_marked(panel, session, train, qtbot):
    train(20)
    session.document.apply(edits.add_layer(session.document.project, 1))
    marks = plot(panel)._edit_marks
    qtbot.waitUntil(lambda: len(marks.handles) == 1)
    assert "Add Dense layer" in marks.description
    session.document.undo()
    qtbot.waitUntil(lambda: not marks.handles)


def test_the_curve_goes_on_after_an_edit(panel, session, train, snapshot, qtbot):
    snapshot()
    train(10)
    drawn(panel, qtbot)
    session.document.apply(edits.add_layer(session.document.project, 1))
    train(20)
    epochs = drawn(panel, qtbot)[0]
    assert epochs[0] == 0.0
    assert epochs[-1] >= 20
    assert (np.diff(epochs) > 0).all()
