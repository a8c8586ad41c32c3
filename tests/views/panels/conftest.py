"""What the tests of panels share: a theme, actions that drive the session, and ways to wait for the run."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction

from playground.project import presets
from playground.training.records import RunState
from playground.views.theme import Theme


@pytest.fixture
def theme(qapp):
    """The light theme, worn by the app as in the window; taken off afterwards."""
    theme = Theme("light")
    style, palette, font = qapp.style().objectName(), qapp.palette(), qapp.font()
    theme.apply(qapp)
    yield theme
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def actions(session, qapp):
    """The actions that the run bar needs, driving the trainer as the window's do."""
    trainer, document = session.trainer, session.document
    handlers: dict[str, Callable[[], None]] = {
        "run.train": trainer.toggle,
        "run.step": trainer.step,
        "run.epoch": trainer.epoch,
        "run.reset": trainer.reset,
        "run.new_weights": trainer.new_weights,
        "edit.undo": document.undo,
        "edit.redo": document.redo,
    }
    made = {}
    for name, handler in handlers.items():
        made[name] = QAction(name, objectName=name)
        made[name].triggered.connect(lambda _checked=False, handler=handler: handler())
    return made


@pytest.fixture
def open_preset(session):
    """Open a preset in the session."""

    def open_(name: str) -> None:
        session.document.open(presets.load(name), name=name)

    return open_


@pytest.fixture
def snapshot(session, qtbot):
    """Wait until the run shows a moment for which ``condition`` holds, and return it."""

    def wait(condition=lambda snapshot: True):
        qtbot.waitUntil(lambda: session.trainer.latest is not None and condition(session.trainer.latest))
        return session.trainer.latest

    return wait


@pytest.fixture
def train(session, qtbot):
    """Train until so many epochs are done, then pause."""

    def run(epochs: int) -> None:
        session.trainer.train()
        trainer = session.trainer
        qtbot.waitUntil(lambda: trainer.latest is not None and trainer.latest.counters.epoch >= epochs)
        session.trainer.pause()
        qtbot.waitUntil(lambda: session.trainer.state is not RunState.RUNNING)

    return run


@pytest.fixture
def shown(qtbot):
    """Show a panel and close it at the end."""
    panels = []

    def show(panel, width=None, height=None):
        qtbot.addWidget(panel)
        panels.append(panel)
        if width:
            panel.resize(width, height)
        panel.show()
        qtbot.waitExposed(panel)
        return panel

    yield show
    for panel in panels:
        panel.close()
