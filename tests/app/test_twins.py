"""Table twins on the real window: every chart has one, and its numbers are the chart's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from playground.app.lower_tabs import TABS
from playground.views.panels.confusion_view import ConfusionView
from playground.views.panels.decision_map import DecisionMap
from playground.views.panels.examples_view import ExamplesView
from playground.views.panels.health.layer_view import LayerView
from playground.views.panels.health.overview import LogChart
from playground.views.panels.stage_view import StageView
from playground.views.plots.loss_plot import LossPlot
from playground.views.table_twin import OFFER, Tabled, tabled_below
from playground.views.twins import TwinWindow, show

CHARTS = (ConfusionView, DecisionMap, ExamplesView, LayerView, LogChart, LossPlot, StageView)


@pytest.fixture
def trained(driver: Any) -> Iterator[Any]:
    """A window with some epochs behind it; everything it opened is closed."""
    driver.window.load_plots()
    for _ in range(3):
        before = driver.epoch
        driver.trigger("run.epoch")
        driver.wait(lambda before=before: driver.epoch > before)
    yield driver
    QGuiApplication.clipboard().clear()
    for twin in driver.window.findChildren(TwinWindow):
        twin.close()


def cells(twin: TwinWindow) -> list[list[str]]:
    model = twin.model
    return [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def chart_of(driver: Any, kind: type[Any], tab: str | None = None) -> Any:
    """The first chart of its kind that can be seen."""
    if tab is not None:
        driver.window.tabs.open(tab)
    driver.wait(lambda: any(chart.isVisible() for chart in driver.window.findChildren(kind)))
    return next(chart for chart in driver.window.findChildren(kind) if chart.isVisible())


@pytest.mark.parametrize("preset", ["circle", "plane", "digits_cnn"])
def test_every_chart_has_a_twin_that_opens_by_the_context_menu(driver: Any, preset: str) -> None:
    window = driver.window
    window.verbs.files.open_named(preset)
    window.load_plots()
    driver.trigger("run.epoch")
    driver.wait(lambda: driver.epoch > 0)
    wanted = {"loss": (LossPlot,), "distillation": (StageView,), "health": (LayerView, LogChart)}
    seen: set[type] = set()
    for spec in TABS:
        window.tabs.open(spec.id)
        for kind in wanted.get(spec.id, ()):
            chart_of(driver, kind)
        drawn = [chart for kind in CHARTS for chart in window.findChildren(kind) if chart.isVisible()]
        assert all(isinstance(chart, Tabled) for chart in drawn)
        for chart in tabled_below(window):
            offer = chart.findChild(QAction, OFFER, Qt.FindChildOption.FindDirectChildrenOnly)
            assert isinstance(offer, QAction), chart
            assert offer in chart.actions()
            assert chart.accessibleName(), chart
            table = chart.table()  # type: ignore[attr-defined]
            assert table.title
            assert len({len(column.values) for column in table.columns}) <= 1, table.title
            seen.add(type(chart))
    assert len(seen) >= 6


def test_the_loss_curves(trained: Any) -> None:
    chart = chart_of(trained, LossPlot, "loss")
    trained.wait(lambda: chart.table().height >= 3)
    twin = show(chart)
    assert "epoch 3" in twin.windowTitle()
    arrays = trained.window.session.trainer.curves.arrays()
    epochs, losses = chart.table().columns[0].values, chart.table().columns[1].values
    for place, epoch in enumerate(arrays["epoch"].tolist()):
        row = int(np.flatnonzero(np.asarray(epochs) == epoch)[0])
        assert losses[row] == pytest.approx(float(arrays["train_loss"][place]))
        assert float(cells(twin)[row][1]) == pytest.approx(float(arrays["train_loss"][place]), rel=1e-4)


def test_a_smoothed_curve_stands_beside_the_measured_one(trained: Any) -> None:
    chart = chart_of(trained, LossPlot, "loss")
    heads = [column.title for column in chart.table().columns]
    assert heads == ["epoch", "training loss", "test loss"]
    chart.show_options(type(chart._options)(smoothing=0.5, metric=True))
    heads = [column.title for column in chart.table().columns]
    assert heads[1:4] == ["training loss", "training loss, smoothed", "test loss"]
    assert "test accuracy" in heads


def test_the_decision_map(trained: Any) -> None:
    chart, dataset = chart_of(trained, DecisionMap), trained.window.session.document.samples.dataset
    trained.wait(lambda: chart.output_at(0.0, 0.0) is not None)
    columns = {column.title: column.values for column in chart.table().columns}
    assert sorted(columns["example"]) == list(range(dataset.n))
    np.testing.assert_allclose(columns["x₁"], dataset.inputs[columns["example"], 0], atol=1e-5)
    place = 17
    x1, x2 = dataset.inputs[columns["example"][place]]
    assert columns["output of the map here"][place] == pytest.approx(float(chart.output_at(x1, x2)[0]))
    assert columns["part of the data"].count("training") == len(dataset.train)


def test_the_confusion_matrix(trained: Any) -> None:
    chart = chart_of(trained, ConfusionView, "examples")
    trained.wait(lambda: chart.table().height == 2)
    counts = np.column_stack([column.values for column in chart.table().columns[1:]])
    np.testing.assert_array_equal(counts, chart._matrix)


def test_the_stages_and_the_gauges(trained: Any) -> None:
    chart = chart_of(trained, StageView, "distillation")
    trained.wait(lambda: chart.table().height > 0)
    panel = trained.window.tabs.panels["distillation"]
    table, stage = chart.table(), panel._picture.stages[panel.views.index(chart)]
    np.testing.assert_allclose(np.column_stack([table.columns[2].values, table.columns[3].values]), stage.points)
    canvas = trained.window.canvas
    trained.wait(lambda: canvas._purity_log.latest is not None)
    purity = {column.title: column.values for column in canvas.table().columns}["purity"]
    latest = canvas._purity_log.latest.stages
    assert tuple(purity)[: len(latest)] == tuple(latest)


def test_weights_and_gradients(trained: Any) -> None:
    view = chart_of(trained, LayerView, "health")
    trained.wait(lambda: view.table().height > 0)
    table, layer = view.table(), view._layer
    columns = {column.title: column.values for column in table.columns}
    of_weights = [place for place, name in enumerate(columns["histogram"]) if name == "weights"]
    np.testing.assert_allclose(np.asarray(columns["share now"])[of_weights], layer.weights.counts)
    chart = chart_of(trained, LogChart)
    norms = [layer.gradient_norm for layer in trained.window.tabs.panels["health"].health.learning]
    np.testing.assert_allclose(chart.table().columns[2].values, norms, rtol=1e-6)


def test_the_pictures_of_the_test_data(driver: Any) -> None:
    driver.window.verbs.files.open_named("digits_cnn")
    chart = chart_of(driver, ExamplesView)
    driver.wait(lambda: len(chart.table().columns) == 4)
    columns, dataset = chart.table().columns, driver.window.session.document.samples.dataset
    assert sorted(columns[0].values) == dataset.test.tolist()
    assert [int(row) for row in columns[0].values[:3]] == [int(dataset.test[row]) for row in chart.shown_rows[:3]]


def test_right_click_and_menu_key_offer_the_table(trained: Any) -> None:
    for chart in (chart_of(trained, ConfusionView, "examples"), chart_of(trained, DecisionMap)):
        place = chart.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, chart.mapToGlobal(place))
        QApplication.sendEvent(chart, event)
        trained.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert [action.objectName() for action in menu.actions()] == [OFFER]
        menu.actions()[0].trigger()
        menu.close()
    assert len(trained.window.findChildren(TwinWindow)) == 2


def test_a_snapshot_is_brought_up_to_date_on_demand_and_opened_once(trained: Any) -> None:
    chart = chart_of(trained, LossPlot, "loss")
    trained.wait(lambda: chart.table().height >= 3)
    twin = show(chart)
    before = twin.model.rowCount()
    trained.trigger("run.epoch")
    trained.wait(lambda: chart.table().height > before)
    assert twin.model.rowCount() == before
    twin.update_table()
    assert twin.model.rowCount() == before + 1
    assert show(chart) is twin


def test_copy_and_save(trained: Any, tmp_path: Path) -> None:
    chart = chart_of(trained, ConfusionView, "examples")
    trained.wait(lambda: chart.table().height == 2)
    twin = show(chart)
    clipboard = QGuiApplication.clipboard()
    twin.copy()
    trained.wait(lambda: clipboard.text().count("\n") == 3)
    assert clipboard.text().splitlines()[0].split("\t")[0] == "true class"
    model, flags = twin.model, QItemSelectionModel.SelectionFlag
    twin.view.selectionModel().select(model.index(0, 1), flags.Select)
    twin.view.selectionModel().select(model.index(1, 1), flags.Select)
    twin.copy()
    trained.wait(lambda: "\t" not in clipboard.text())
    assert clipboard.text().splitlines()[1] == cells(twin)[0][1]
    path = tmp_path / "matrix.csv"
    twin.save(path)
    trained.wait(path.exists)
    assert [line.split(",") for line in path.read_text().splitlines()[1:]] == cells(twin)
    trained.wait(lambda: str(path) in twin.note.text())
    twin.save(tmp_path / "no folder" / "matrix.csv")
    trained.wait(lambda: "cannot be written" in twin.note.text())


def test_a_chart_that_is_gone_leaves_its_numbers(trained: Any) -> None:
    chart = chart_of(trained, LayerView, "health")
    trained.wait(lambda: chart.table().height > 0)
    twin = show(chart)
    rows = twin.model.rowCount()
    panel: QWidget = trained.window.tabs.panels["health"]
    panel._match_views(0)  # type: ignore[attr-defined]
    trained.wait(lambda: "no longer" in twin.note.text())
    twin.update_table()
    assert twin.model.rowCount() == rows
