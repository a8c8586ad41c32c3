"""Step through in the whole window: its tab, the canvas, and a real step."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QPushButton


@pytest.fixture
def panel(window, qtbot):
    window.show()
    qtbot.waitExposed(window)
    window.tabs.open("step")
    qtbot.waitUntil(lambda: "step" in window.panels and window.panels["step"].walk is not None)
    return window.panels["step"]


def test_a_step_is_walked_through_and_made(window, panel, qtbot):
    trainer, surface = window.session.trainer, window.canvas.assembly.surface
    trace = panel.walk.trace
    button = panel.findChild(QPushButton, "step.next")
    seen = []
    for _ in panel.walk.beats:
        seen.append(surface._lights.seen)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.walk.trace.step == 1)
    np.testing.assert_array_equal(trainer.latest.parameters, trace.update.after)
    assert len({id(lights) for lights in seen}) == len(seen)
    assert [lights.forward for lights in seen[:3]] == [True] * 3
    assert seen[3].cards == {"loss"}
    assert seen[-1].cards == {"optimizer"}


def test_a_click_on_the_canvas_chooses_the_unit(window, panel, qtbot):
    assembly = window.canvas.assembly
    box = assembly.layout.columns[1].units[3]
    place = assembly.surface.to_widget(QPointF(box.center_x, box.center_y))
    qtbot.mouseClick(assembly.surface, Qt.MouseButton.LeftButton, pos=place)
    assert panel.walk.focus.unit == 3


def test_another_tab_leaves_the_canvas_alone(window, panel):
    assert window.canvas.assembly.surface._lights.seen is not None
    window.tabs.open("loss")
    assert window.canvas.assembly.surface._lights.seen is None
