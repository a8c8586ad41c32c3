"""The real window, shown offscreen, driven as a user would."""

from collections.abc import Callable
from typing import Any

import pytest

from playground.app.main_window import MainWindow

WAIT_MS = 30_000


class Driver:
    """What a person at the window does: press keys and buttons, and wait until something is to be seen."""

    def __init__(self, window: MainWindow, qtbot: Any) -> None:
        self.window, self.qtbot = window, qtbot

    def trigger(self, action: str) -> None:
        self.window.actions_by_id[action].trigger()

    def find(self, kind: type[Any], path: str) -> Any:
        """The one control that edits the setting at ``path``."""
        found = self.window.findChild(kind, path)
        assert found is not None, f"no {kind.__name__} named {path}"
        return found

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)  # for pytest-qt, None would be fine, too

    @property
    def counters(self) -> Any:
        latest = self.window.session.trainer.latest
        assert latest is not None
        return latest.counters

    @property
    def epoch(self) -> int:
        latest = self.window.session.trainer.latest
        return latest.counters.epoch if latest else 0


@pytest.fixture
def driver(window: MainWindow, qtbot: Any) -> Driver:
    window.show()
    qtbot.waitExposed(window)
    return Driver(window, qtbot)
