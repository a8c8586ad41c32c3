"""Garbage is collected by a timer of the window's thread, never by the training thread."""

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from playground.app.application import collector
from playground.app.collector import Collector


class Knot:
    """Garbage that only the collector finds; tells in which thread it went."""

    def __init__(self, gone: list[str]) -> None:
        self.me = self
        weakref.finalize(self, lambda: gone.append(threading.current_thread().name))


@pytest.fixture
def rounds(qapp: Any) -> Iterator[Collector]:
    """A collector that has begun."""
    gc.enable()
    made = Collector(QObject(qapp))
    made.begin()
    yield made
    made.parent().deleteLater()
    gc.unfreeze()


def test_pythons_own_rounds_are_off_and_what_stands_is_left_alone(rounds: Collector) -> None:
    assert not gc.isenabled()
    assert gc.get_freeze_count() > 1000


def test_the_timer_collects_in_the_windows_thread(rounds: Collector, qtbot: Any) -> None:
    gone: list[str] = []
    Knot(gone)
    kept: list[list[int]] = []

    def work() -> None:
        kept.extend([number] for number in range(20_000))  # enough for many rounds of Python's own

    thread = threading.Thread(target=work, name="training")
    thread.start()
    thread.join()
    assert gone == []
    qtbot.waitUntil(lambda: gone == ["MainThread"], timeout=5000)


def test_older_garbage_has_its_turn(rounds: Collector) -> None:
    gone: list[str] = []
    Knot(gone)
    gc.collect(0)
    gone.clear()
    Knot(gone)
    for _ in range(20):
        kept = [[] for _ in range(1000)]  # type: ignore[var-annotated]
        rounds.look()
    assert gone == ["MainThread"]
    assert len(kept) == 1000


def test_there_is_one_collector(qapp: Any) -> None:
    first = collector(qapp)
    assert collector(qapp) is first
    assert isinstance(first, Collector)
    first.deleteLater()


def test_widgets_in_knots_go_where_they_belong(rounds: Collector, qtbot: Any) -> None:
    gone: list[str] = []
    widget = QWidget()
    widget.me = widget  # type: ignore[attr-defined]
    weakref.finalize(widget, lambda: gone.append(threading.current_thread().name))
    del widget
    kept: list[list[int]] = []
    thread = threading.Thread(target=lambda: kept.extend([number] for number in range(20_000)))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: gone == ["MainThread"], timeout=5000)
