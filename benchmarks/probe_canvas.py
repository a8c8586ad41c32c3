"""Painting the network canvas at full training speed: ``python -m benchmarks.probe_canvas PROJECT SECONDS [WxH]``.

A frame's cost is the time that all widgets of the canvas take to paint for one update of the window, and the time that
the weight lines took to be drawn aside since the frame before.
"""

import json
import sys
import time
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from benchmarks.measure import percentile
from benchmarks.probe_live import WARM_UP, Watch, wait
from benchmarks.projects import PROJECTS
from playground.app.application import create
from playground.views.canvas.edge_layer import EdgeLayer


class PaintClock(QObject):
    """Adds up what painting costs, frame by frame, in milliseconds."""

    def __init__(self, window: QWidget, canvas: QWidget) -> None:
        super().__init__(window)
        self.frames: list[float] = []
        self._present = 0.0
        self._inside = False
        window.installEventFilter(self)
        for widget in (canvas, *canvas.findChildren(QWidget)):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paint here, with a clock; a frame ends where the next one is asked for."""
        if event.type() == QEvent.Type.UpdateRequest:
            if self._present:
                self.frames.append(self._present)
            self._present = 0.0
        elif event.type() == QEvent.Type.Paint and not self._inside and isinstance(watched, QWidget):
            self._inside = True
            start = time.perf_counter()
            watched.event(event)
            self.add(time.perf_counter() - start)
            self._inside = False
            return True
        return False

    def add(self, seconds: float) -> None:
        """Count some more time for the present frame."""
        self._present += 1000 * seconds


def timed(clock: PaintClock) -> None:
    """Let the weight lines count as well."""
    draw = EdgeLayer.draw

    def with_clock(layer: EdgeLayer, budget_ms: int | None) -> Any:
        start = time.perf_counter()
        try:
            return draw(layer, budget_ms)
        finally:
            clock.add(time.perf_counter() - start)

    EdgeLayer.draw = with_clock  # type: ignore[method-assign,assignment]


def main(name: str, seconds: float, size: str = "1920x1080") -> None:
    """Open, train, measure, close."""
    _app, window = create(["playground"])
    window.session.document.open(PROJECTS[name](), name=name)
    window.resize(*map(int, size.split("x")))
    window.show()
    wait(1000 * WARM_UP)
    clock, watch = PaintClock(window, window.canvas), Watch(window)
    timed(clock)
    window.actions_by_id["run.train"].trigger()
    wait(1000 * WARM_UP)
    clock.frames.clear()
    watch.start()
    wait(1000 * seconds)
    found: dict[str, Any] = watch.stop()
    found["paint"] = {f"p{100 * share:g}": percentile(clock.frames, share) for share in (0.5, 0.95, 0.99)}
    found["frames"] = len(clock.frames) / seconds
    window.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), *sys.argv[3:])
