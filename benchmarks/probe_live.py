"""The real window while it trains at full speed: ``python -m benchmarks.probe_live PROJECT SECONDS [WARM_UP]``.

Measured from inside: the interval of a 60 Hz timer in the window's thread (what a user feels as stutter), pictures and
epochs a second, the time from a gesture to its effect on the screen, and memory.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer

from benchmarks.measure import percentile
from benchmarks.projects import PROJECTS
from playground.app.application import collector, create
from playground.training.records import RunState

WARM_UP = 1.5
TICK_MS = 16
GESTURE_PAUSE_MS = 137  # no multiple of the display's interval, so that gestures fall on all its phases
PATIENCE_MS = 2_000


def resident() -> float:
    """Memory in use, MB (0 where the system does not tell)."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if statm.exists() else 0.0


class Painted(QObject):
    """Calls back when the window has next been painted."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self.callbacks: list[Callable[[], None]] = []
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paint requests come as one event to the window; a timer of 0 ms fires behind the painting."""
        if self.callbacks and event.type() == QEvent.Type.UpdateRequest:
            waiting, self.callbacks = self.callbacks, []
            for callback in waiting:
                QTimer.singleShot(0, callback)
        return False


class Gestures:
    """Makes gestures one after another and measures each until its effect was painted."""

    def __init__(self, window: Any, painted: Painted) -> None:
        self.window, self.painted = window, painted
        self.trainer = window.session.trainer
        self.latencies: dict[str, list[float]] = {}
        self.late = 0
        self._pending: tuple[str, float, Callable[[], bool]] | None = None
        self.trainer.snapshot.connect(self._look)
        self.trainer.run_state.connect(self._look)

    def make(self, name: str) -> None:
        """Make one gesture; it counts as effective when the run has taken it up and that was painted."""
        actions, trainer = self.window.actions_by_id, self.trainer
        if self._pending:
            self.late += 1
        running = trainer.state is RunState.RUNNING
        run = trainer.latest.run_id if trainer.latest else -1

        def toggled() -> bool:
            return (trainer.state is RunState.RUNNING) is not running

        def rebuilt() -> bool:
            return trainer.latest is not None and trainer.latest.run_id > run

        effect = toggled if name == "run.train" else rebuilt
        kind = name if name != "run.train" else f"run.train, to {'pause' if running else 'train'}"
        self._pending = (kind, time.perf_counter(), effect)
        actions[name].trigger()
        self._look()

    def _look(self, *_news: object) -> None:
        if self._pending and self._pending[2]():
            name, start, _ = self._pending
            self._pending = None
            self.painted.callbacks.append(lambda: self._note(name, start))
            self.window.canvas.update()

    def _note(self, name: str, start: float) -> None:
        self.latencies.setdefault(name, []).append(1000 * (time.perf_counter() - start))


class Watch:
    """A 60 Hz timer in the window's thread, and what the trainer says meanwhile."""

    def __init__(self, window: Any) -> None:
        self.intervals: list[float] = []
        self.pictures = 0
        self._last = 0.0
        self._timer = QTimer(window, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._trainer = window.session.trainer
        self._trainer.snapshot.connect(self._count)
        self.start_time, self.start_step, self.start_epoch = 0.0, 0, 0

    def start(self) -> None:
        """Begin to measure."""
        self.start_time = time.perf_counter()
        self.start_step, self.start_epoch = self._counts()
        self.intervals.clear()
        self.pictures, self._last = 0, time.perf_counter()
        self._timer.start()

    def stop(self) -> dict[str, float]:
        """End; returns speeds per second and intervals in milliseconds."""
        self._timer.stop()
        elapsed = time.perf_counter() - self.start_time
        step, epoch = self._counts()
        return {
            "steps": (step - self.start_step) / elapsed,
            "epochs": (epoch - self.start_epoch) / elapsed,
            "pictures": self.pictures / elapsed,
            "interval p50": percentile(self.intervals, 0.50),
            "interval p99": percentile(self.intervals, 0.99),
            "interval max": max(self.intervals, default=float("nan")),
        }

    def _counts(self) -> tuple[int, int]:
        """Mini-batches and epochs so far."""
        latest = self._trainer.latest
        return (latest.counters.step, latest.counters.epoch) if latest else (0, 0)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.intervals.append(1000 * (now - self._last))
        self._last = now

    def _count(self, _snapshot: object) -> None:
        self.pictures += 1


def wait(milliseconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """Run an event loop for so long, or until something holds. (Quitting the application would close the window.)"""
    loop = QEventLoop()
    watch = QTimer(interval=5)
    watch.timeout.connect(lambda: loop.quit() if until() else None)
    watch.start()
    QTimer.singleShot(round(milliseconds), loop, loop.quit)
    loop.exec()


def main(name: str, seconds: float, warm_up: float = WARM_UP) -> None:
    """Open, train for ``warm_up`` seconds, measure for ``seconds``, make gestures, close."""
    app, window = create(["playground"])
    if name != "default":
        window.session.document.open(PROJECTS[name](), name=name)
    painted, watch = Painted(window), Watch(window)
    window.resize(1366, 768)
    window.show()
    wait(1000 * WARM_UP)
    collector(app).begin()  # as the program does when it has settled
    window.actions_by_id["run.train"].trigger()
    wait(1000 * warm_up)
    memory_before = resident()
    watch.start()
    wait(1000 * seconds)
    found: dict[str, Any] = watch.stop()
    found["memory MB"] = resident() - memory_before
    found["memory steps"] = found["steps"] * seconds
    found["gestures"], found["gestures late"] = gestures(window, painted)
    window.close()
    print(json.dumps(found))


def gestures(window: Any, painted: Painted) -> tuple[dict[str, list[float]], int]:
    """Milliseconds from gesture to painted effect, by gesture, and how many did not arrive in time."""
    driver = Gestures(window, painted)
    for name in ["run.train", "run.train", "network.add_layer", "edit.undo"] * 25:
        driver.make(name)
        wait(GESTURE_PAUSE_MS)
    wait(PATIENCE_MS, lambda: not driver._pending)
    return driver.latencies, driver.late


if __name__ == "__main__":
    main(sys.argv[1], *map(float, sys.argv[2:]))
