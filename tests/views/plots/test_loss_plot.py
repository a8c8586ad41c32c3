"""The loss plot by itself: ranges, merged curves, unknown values, cursor."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from playground.training.curves import Curves
from playground.training.records import EpochRecord
from playground.views.plots.loss_plot import LossPlot, Options
from playground.views.theme import Theme


@pytest.fixture
def plot(qapp, qtbot):
    made = LossPlot(Theme("light"))
    qtbot.addWidget(made)
    made.resize(900, 150)
    made.show()
    return made


def curves(epochs, loss=lambda epoch: 0.7 * math.exp(-epoch / 50), limit=4096, test_every=3):
    made = Curves(limit)
    for epoch in range(1, epochs + 1):
        test = loss(epoch) * 1.2 if epoch % test_every == 0 else None
        made.append(EpochRecord(epoch, epoch * 10, loss(epoch), test, 0.9, 0.8 if test else None, 0.03))
    return made.arrays()


def view_range(plot):
    return plot._box.viewRange()


def test_it_makes_no_menus(plot):
    assert not [
        widget for widget in QApplication.allWidgets() if isinstance(widget, QMenu) and widget.window() is widget
    ]


def test_log_axis_covers_whole_decades(plot):
    plot.show_curves(curves(100))
    (left, right), (low, high) = view_range(plot)
    assert (left, right) == (0.0, 100.0)
    assert low < -2
    assert high > 0
    strings = plot._left.tickStrings([-8.0, -2.0, 0.0, 3.0, 5.0], 1, 1)
    assert strings == ["1e-8", "0.01", "1", QLocale().toString(1000), "1e5"]


def test_linear_axis_starts_at_zero(plot):
    plot.show_options(Options(log=False))
    plot.show_curves(curves(100))
    assert view_range(plot)[1][0] < 0 < view_range(plot)[1][1]
    assert view_range(plot)[1][1] == pytest.approx(1.07)


def test_the_epoch_axis_ends_where_the_curve_ends(plot):
    for epochs in (1, 2, 7, 10, 137, 1234):
        plot.show_curves(curves(epochs))
        assert view_range(plot)[0] == [0.0, epochs]


def test_few_points_are_drawn_with_dots(plot):
    plot.show_curves(curves(1, test_every=1))
    for name in ("train_loss", "test_loss"):
        assert len(plot._dots[name].getData()[0]) == 1
    plot.show_curves(curves(200))
    assert len(plot._dots["train_loss"].getData()[0]) == 0


TRAIL = {
    "epoch": np.array([0.0, 3.25, 3.5]),
    "train_loss": np.array([0.9, 0.3, 0.2]),
    "test_loss": np.array([1.0, np.nan, 0.4]),
    "train_metric": np.array([0.5, 0.6, 0.7]),
    "test_metric": np.array([0.5, 0.6, 0.7]),
}


def test_moments_before_and_after_the_epochs_belong_to_the_curve(plot):
    plot.show_curves(curves(3), TRAIL)
    assert plot._curves["train_loss"].getData()[0].tolist() == [0.0, 1.0, 2.0, 3.0, 3.25, 3.5]
    assert plot._curves["test_loss"].getData()[0].tolist() == [0.0, 3.0, 3.5]
    assert view_range(plot)[0] == [0.0, 3.5]
    assert plot.value_at(3.6) == (4, {"train_loss": 0.2, "test_loss": 0.4, "train_metric": 0.7, "test_metric": 0.7})
    assert plot.value_at(0.1)[0] == 0


def test_a_run_in_its_first_epoch_has_a_curve(plot):
    begun = {name: values[:2] * (0.1 if name == "epoch" else 1) for name, values in TRAIL.items()}
    plot.show_curves(Curves().arrays(), begun)
    assert plot._curves["train_loss"].getData()[0].tolist() == [0.0, 0.325]
    assert view_range(plot)[0] == [0.0, 1.0]


def marked(plot, *epochs):
    plot.show_curves(curves(100))
    plot.show_marks([(epoch, f"Edit at {epoch}") for epoch in epochs])
    plot.grab()
    return plot._edit_marks


def test_edits_are_marked_with_numbered_handles(plot):
    marks = marked(plot, 10, 50, 90)
    assert [(handle.first, handle.last) for handle in marks.handles] == [(0, 0), (1, 1), (2, 2)]
    middle = marks.handles[1]
    assert middle.x == pytest.approx(plot._in_scene(50))
    assert "Edit at 50" in marks.text_at(middle.box.center())
    assert "Edit at 50" in marks.text_at(QPointF(middle.x + 3, middle.box.bottom() + 20))
    assert marks.text_at(QPointF(middle.x + 40, middle.box.bottom() + 20)) == ""
    assert "Edit at 10" in plot.accessibleDescription()


def test_edits_close_together_share_a_handle(plot):
    marks = marked(plot, 10, 10.5, 11, 60, 99, 100)
    assert [(handle.first, handle.last) for handle in marks.handles] == [(0, 2), (3, 3), (4, 5)]
    assert marks.text_at(marks.handles[0].box.center()).count("Edit at") == 3
    area = plot._area()
    assert all(area.left() <= handle.box.left() <= handle.box.right() <= area.right() for handle in marks.handles)


def test_many_edits_are_not_all_named(plot):
    marks = marked(plot, *(50 + k / 100 for k in range(30)))
    assert len(marks.handles) == 1
    assert marks.text_at(marks.handles[0].box.center()).endswith("and 18 more")


def test_handles_have_room_above_the_curves(plot):
    without = marked(plot).handles or view_range(plot)[1][1]
    marked(plot, 50)
    assert view_range(plot)[1][1] > without
    marked(plot)
    assert view_range(plot)[1][1] == without


def test_marks_go_with_the_run(plot):
    assert marked(plot).handles == []
    assert plot.accessibleDescription().endswith("the network memorises.")


def test_a_tool_tip_names_the_edits(plot, monkeypatch):
    handle = marked(plot, 40).handles[0]
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, widget: told.append(text))
    spot = plot.mapFromScene(handle.box.center())
    help_event = QHelpEvent(QHelpEvent.Type.ToolTip, spot, plot.mapToGlobal(spot))
    QApplication.sendEvent(plot.viewport(), help_event)
    assert told == ["1  Edit at 40, after epoch 40"]


def test_merged_curves_keep_their_extremes(plot):
    arrays = curves(1000, loss=lambda epoch: 5.0 if epoch == 500 else 0.1, limit=64)
    assert arrays["stride"][0] > 1
    plot.show_options(Options(log=False))
    plot.show_curves(arrays)
    assert plot._curves["train_loss"].getData()[1].max() == 5.0
    assert plot._curves["train_loss"].getData()[1].min() == pytest.approx(0.1)


def test_a_long_run_is_drawn_with_few_points(plot):
    plot.show_curves(curves(4000))
    assert len(plot._curves["train_loss"].getData()[0]) <= 603
    assert len(plot._curves["test_loss"].getData()[0]) <= 303
    plot.grab()


def test_a_loss_that_is_no_number_leaves_the_plot_standing(plot):
    plot.show_curves(curves(5, loss=lambda epoch: math.nan))
    assert np.isfinite(view_range(plot)).all()
    assert plot.value_at(2.0) == (2, {"train_metric": 0.9})


def test_the_metric_has_its_own_axis(plot):
    plot.show_options(Options(metric=True))
    plot.show_curves(curves(50))
    low, high = plot._range
    assert plot._curves["train_metric"].getData()[1][0] == pytest.approx(low + 0.9 * (high - low))
    places = plot._right.tickValues(low, high, 120)[0][1]
    assert plot._right.tickStrings(places, 1, 1) == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    plot.show_options(Options(metric=True, percent=False))
    assert plot._right.tickStrings(places, 1, 1)[1] == "0.25"


def test_nearest_epoch_under_the_pointer(plot, qtbot):
    assert plot.value_at(1.0) is None
    plot.show_curves(curves(50))
    epoch, values = plot.value_at(20.4)
    assert epoch == 20
    assert values["train_loss"] == pytest.approx(0.7 * math.exp(-0.4))
    assert "test_loss" not in values, "not measured in that epoch"
    plot.grab()
    spot = plot.mapFromScene(plot._box.mapViewToScene(QPointF(20.0, sum(plot._range) / 2)))
    with qtbot.waitSignal(plot.hovered):
        qtbot.mouseMove(plot.viewport(), spot)
    assert plot._cursor.isVisible()
    with qtbot.waitSignal(plot.hovered):
        qtbot.mouseMove(plot.viewport(), plot.rect().bottomLeft())
    assert not plot._cursor.isVisible()


def test_an_empty_plot_has_axes(plot):
    plot.show_curves(Curves().arrays())
    plot.show_options(Options(log=False))
    assert view_range(plot)[1][1] > 1.0
