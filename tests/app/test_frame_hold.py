"""The gate is held while the window paints, and a panel that fails to paint does not take the program with it."""

from typing import Any

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.app.crash import CrashReporter
from playground.app.frame_hold import FrameHold
from playground.training.gate import FrameGate


class Panel(QWidget):
    """Notes whether training waits while it paints; breaks on demand."""

    def __init__(self, gate: FrameGate) -> None:
        super().__init__()
        self.gate, self.passed, self.broken = gate, list[bool](), False

    def paintEvent(self, event: QPaintEvent) -> None:
        self.passed.append(self.gate.wait())
        if self.broken:
            list[int]().pop()


def test_training_waits_while_the_window_paints(qtbot: Any) -> None:
    gate = FrameGate()
    panel = Panel(gate)
    qtbot.addWidget(panel)
    FrameHold(panel, gate)
    panel.show()
    qtbot.waitUntil(lambda: bool(panel.passed))
    panel.passed.clear()
    panel.update()
    qtbot.waitUntil(lambda: panel.passed == [False])
    qtbot.waitUntil(gate.wait)


def test_a_panel_that_fails_to_paint_is_told_and_the_rest_goes_on(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, told = FrameGate(), list[type[BaseException]]()
    panel = Panel(gate)
    qtbot.addWidget(panel)
    FrameHold(panel, gate)
    panel.show()
    qtbot.waitUntil(lambda: bool(panel.passed))
    monkeypatch.setattr("sys.excepthook", lambda kind, *_rest: told.append(kind))
    panel.broken = True
    panel.update()
    qtbot.waitUntil(lambda: told == [IndexError])
    panel.broken = False
    panel.passed.clear()
    panel.update()
    qtbot.waitUntil(lambda: bool(panel.passed))
    assert gate.wait()


def test_a_painting_that_breaks_opens_the_dialog_and_the_window_goes_on(
    driver: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reporter = CrashReporter(driver.window)
    reporter.install()

    def break_down(*_arguments: object) -> None:
        list[int]().pop()

    monkeypatch.setattr("playground.views.panels.decision_map.DecisionMap._top_layer", break_down)
    driver.window.output_panel.map.update()
    driver.wait(lambda: reporter.dialog is not None and reporter.dialog.isVisible())
    reporter.remove()
    monkeypatch.undo()
    reporter.dialog.reject()
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch >= 2)
    assert "IndexError" in caplog.text
