"""The tab of examples on the real window: worst first, cells choose, a row selects everywhere."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from playground.app.main_window import MainWindow
from playground.insight.pictures import JUDGED
from playground.project import edits
from playground.views.panels.judged import JudgedPanel
from playground.views.panels.point_tip import PointTip


def open_tab(window: MainWindow, qtbot: Any, name: str = "") -> JudgedPanel:
    document, trainer = window.session.document, window.session.trainer
    if name:
        document.apply(edits.set_source(document.project, name))
    window.show()
    qtbot.waitExposed(window)
    trainer.train(until_epoch=2)
    qtbot.waitUntil(lambda: trainer.latest is not None and trainer.latest.counters.epoch >= 2 and not trainer.running)
    window.tabs.open("examples")
    panel: JudgedPanel = window.panels["examples"]  # type: ignore[assignment]
    qtbot.waitUntil(lambda: panel._judged is not None)
    panel.refresh()
    return panel


def column(panel: JudgedPanel, place: int) -> list[str]:
    model = panel.model
    return [model.data(model.index(row, place)) for row in range(model.rowCount())]


@pytest.mark.parametrize("name", ["circle", "iris", "digits", "plane"])
def test_the_worst_examples_are_listed_for_every_kind_of_data(window: MainWindow, qtbot: Any, name: str) -> None:
    panel = open_tab(window, qtbot, name)
    judged = panel._judged
    assert judged is not None
    losses = [judged.losses[place] for place in panel.model._places]
    assert losses == sorted(losses, reverse=True)
    assert len(losses) == min(300, len(judged.rows))
    qtbot.waitUntil(lambda: panel.confusion.isVisible() is (name != "plane"))
    assert all(column(panel, place) for place in range(5))


def test_a_row_selects_the_example_everywhere_and_the_other_way_round(window: MainWindow, qtbot: Any) -> None:
    panel, trainer = open_tab(window, qtbot), window.session.trainer
    panel.table.setCurrentIndex(panel.model.index(3, 0))
    assert trainer.example == panel.model.row_at(3)
    assert window.output_panel.map._marked == trainer.example
    trainer.select_example(panel.model.row_at(0))
    assert panel.table.currentIndex().row() == 0


def test_a_cell_of_the_matrix_chooses_examples_here_and_on_the_map(window: MainWindow, qtbot: Any) -> None:
    panel = open_tab(window, qtbot)
    QTest.mouseClick(panel.confusion, Qt.MouseButton.LeftButton, pos=panel.confusion.cell(0, 1).center())
    assert panel.cell == (0, 1)
    names = window.session.document.samples.dataset.class_names
    assert set(column(panel, 2)) <= {names[0]}
    assert all(text.startswith(names[1]) for text in column(panel, 3))
    hidden, labels = window.output_panel.map._hidden, window.session.document.samples.dataset.labels
    assert hidden is not None
    assert set(labels[~hidden].tolist()) <= {0}
    QTest.mouseClick(panel.confusion, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert panel.cell is None
    assert window.output_panel.map._hidden is None


def test_the_parts_can_be_looked_at_one_by_one(window: MainWindow, qtbot: Any) -> None:
    panel = open_tab(window, qtbot)
    for part, word in ((1, "test"), (2, "training")):
        panel._parts.button(part).click()
        assert set(column(panel, 0)) == {word}
    assert panel.confusion._matrix.sum() == len(window.session.document.samples.dataset.train)


def test_it_asks_only_while_it_can_be_seen(window: MainWindow, qtbot: Any) -> None:
    panel, trainer = open_tab(window, qtbot), window.session.trainer
    assert trainer.shows(JUDGED)
    panel.choose((0, 0))
    window.tabs.open("loss")
    assert not trainer.shows(JUDGED)
    assert window.output_panel.map._hidden is None


def test_other_data_begin_anew(window: MainWindow, qtbot: Any) -> None:
    panel, document = open_tab(window, qtbot), window.session.document
    panel.choose((1, 0))
    document.apply(edits.set_source(document.project, "blobs"))
    assert panel.cell is None
    qtbot.waitUntil(lambda: panel._judged is not None and panel.model.rowCount() == 300)
    assert set(column(panel, 2)) <= {"class 0", "class 1", "class 2"}


def test_the_example_under_the_pointer_is_told_with_its_loss(window: MainWindow, qtbot: Any) -> None:
    panel = open_tab(window, qtbot)
    judged, view = panel._judged, window.output_panel.map
    (tip,) = view.findChildren(PointTip)
    row = int(judged.rows[panel.model._places[0]])
    spot = view._at(view._spots[row]).toPoint()
    found = view.row_at(spot)
    text = tip.text(spot)
    assert "target: <b>class" in text
    assert f"loss: {panel.model.data(panel.model.index(panel.model.place_of(found) or 0, 4))}" in text
    assert tip.text(QPoint(0, 0)) == ""
    assert np.isfinite(judged.losses).all()


def test_counts_of_other_classes_are_forgotten(window: MainWindow, qtbot: Any) -> None:
    panel = open_tab(window, qtbot, "iris")
    assert panel.confusion._matrix is not None
    document = window.session.document
    document.apply(edits.set_source(document.project, "digits"))
    qtbot.waitUntil(lambda: panel.confusion._matrix is not None and panel.confusion._matrix.shape == (10, 10))
    panel.confusion.begin(())
    assert panel.confusion._matrix is None
