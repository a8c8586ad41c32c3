"""An example picked with the mouse, its path on the canvas, and the way to the next one."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QToolButton

from playground.app.main_window import MainWindow
from playground.insight.pictures import ACTIVATIONS
from playground.project import presets
from playground.views.canvas.example_path import answer_text
from playground.views.panels.example_row import neighbour


@pytest.fixture
def trained(window: MainWindow, qtbot: Any) -> MainWindow:
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    trainer = window.session.trainer
    trainer.train(until_epoch=8)
    qtbot.waitUntil(lambda: trainer.latest is not None and trainer.latest.counters.epoch == 8)
    return window


def click_row(window: MainWindow, row: int) -> None:
    decisions = window.output_panel.map
    place = decisions._at(window.session.document.samples.dataset.inputs[row]).toPoint()
    QTest.mouseClick(decisions, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def lit(window: MainWindow) -> Any:
    return window.canvas.assembly.surface._lights.seen


def arrive(window: MainWindow, qtbot: Any) -> int:
    trainer = window.session.trainer
    qtbot.waitUntil(
        lambda: (
            bool(trainer.latest)
            and trainer.latest.pictures.get(ACTIVATIONS) is not None
            and trainer.latest.pictures[ACTIVATIONS].example == trainer.example
        )
    )
    return int(trainer.example)


def test_a_click_on_a_point_lights_its_path_and_tells_of_it(trained: MainWindow, qtbot: Any) -> None:
    click_row(trained, 40)
    row = arrive(trained, qtbot)
    lights = lit(trained)
    picture = trained.session.trainer.latest.pictures[ACTIVATIONS]
    hidden = np.abs(picture.layers[0])
    np.testing.assert_allclose(lights.units[1], hidden / hidden.max(), rtol=1e-6)
    assert lights.edges[0].shape == (2, 4)
    words = trained.output_panel.guide.row.words.toolTip()
    dataset = trained.session.document.samples.dataset
    assert f" {row + 1}: " in words
    assert f"the target is {dataset.class_names[int(dataset.labels[row])]}" in words
    assert trained.output_panel.guide.row.isVisible()


def test_arrows_lead_on_and_escape_lets_go(trained: MainWindow, qtbot: Any) -> None:
    click_row(trained, 40)
    first = arrive(trained, qtbot)
    QTest.keyClick(trained.output_panel.map, Qt.Key.Key_Right)
    assert arrive(trained, qtbot) > first
    QTest.keyClick(trained.output_panel.map, Qt.Key.Key_Left)
    assert arrive(trained, qtbot) == first
    trained.output_panel.guide.row.findChild(QToolButton, "output.example.chevron-right").click()
    assert arrive(trained, qtbot) > first
    QTest.keyClick(trained.output_panel.map, Qt.Key.Key_Escape)
    assert trained.session.trainer.example is None
    assert lit(trained) is None
    assert not trained.output_panel.guide.row.isVisible()


def test_beside_all_points_a_click_lets_go(trained: MainWindow, qtbot: Any) -> None:
    click_row(trained, 40)
    arrive(trained, qtbot)
    corner = trained.output_panel.map.square().topLeft() + QPoint(2, 2)
    QTest.mouseClick(trained.output_panel.map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner)
    assert trained.session.trainer.example is None


def test_with_errors_only_the_way_leads_through_the_mistakes(trained: MainWindow, qtbot: Any) -> None:
    trained.output_panel.findChild(QCheckBox, "view.errors_only").click()
    panel = trained.output_panel
    qtbot.waitUntil(lambda: panel._hidden is not None)
    rows = panel._steppable()
    assert 0 < len(rows) < 250
    panel.guide.step(+1)
    seen = {arrive(trained, qtbot)}
    for _ in range(len(rows) - 1):
        panel.guide.step(+1)
        seen.add(int(trained.session.trainer.example))
    assert seen == set(rows.tolist())


def test_the_path_is_live_and_survives_an_edit(trained: MainWindow, qtbot: Any) -> None:
    click_row(trained, 40)
    arrive(trained, qtbot)
    before = lit(trained).units[2].copy()
    trained.session.trainer.train(until_epoch=14)
    qtbot.waitUntil(lambda: trained.session.trainer.latest.counters.epoch == 14)
    assert lit(trained).units[2].shape == before.shape
    trained.canvas.select([0])
    trained.actions_by_id["network.add_unit"].trigger()
    qtbot.waitUntil(lambda: lit(trained) is not None and len(lit(trained).units[1]) == 5)


def test_pictures_are_picked_in_the_grid(window: MainWindow, qtbot: Any) -> None:
    window.session.document.open(presets.load("digits"), name="digits")
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.session.trainer.latest is not None)
    examples = window.output_panel.examples
    qtbot.waitUntil(lambda: len(examples.shown_rows) > 3)
    QTest.mouseClick(examples, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, examples._cell(3).center())
    row = window.session.document.samples.dataset.test[examples.shown_rows[3]]
    assert arrive(window, qtbot) == row
    assert len(lit(window).units) == 1 + len(window.session.document.project.network.layers)
    window.output_panel.guide.step(+1)
    assert arrive(window, qtbot) != row


@given(st.sets(st.integers(0, 30), max_size=8), st.none() | st.integers(0, 30), st.sampled_from([-1, 1]))
def test_the_neighbour_is_the_next_row_round_and_round(rows: set[int], present: int | None, by: int) -> None:
    found = neighbour(present, by, np.array(sorted(rows), np.int64))
    if not rows:
        assert found is None
        return
    beyond = [row for row in rows if present is not None and (row - present) * by > 0]
    nearest = min(beyond, key=lambda row: abs(row - (present or 0))) if beyond else (min if by > 0 else max)(rows)
    assert found == nearest


def test_answers_are_short() -> None:
    assert [answer_text(value) for value in (-0.975, 3.14159, 42.5, 1234.5, float("nan"))] == [
        "−0.97",
        "3.14",
        "42.5",
        "1234",
        "–",
    ]
