"""From the start of the process until the window is of use: ``python -m benchmarks.probe_start app|plain``.

``plain``: a bare window with one pyqtgraph plot, as the yardstick. Both report seconds since ``PROBE_START``, a reading
of the monotonic clock taken by the parent before it started this process. The parent lets Python keep its compiled
modules, as anybody's second start finds them.
"""

import gc
import json
import os
import sys
import time

START = float(os.environ["PROBE_START"])


def since_start() -> float:
    """Seconds since the parent started this process."""
    return time.monotonic() - START


def plain() -> dict[str, float]:
    """A QMainWindow with one plot of one curve, until painted."""
    import pyqtgraph
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    found: dict[str, float] = {}

    class Window(QMainWindow):
        def event(self, event: QEvent) -> bool:
            handled = super().event(event)
            if event.type() == QEvent.Type.UpdateRequest and not found:
                found["painted"] = since_start()
                QTimer.singleShot(0, QApplication.quit)
            return handled

    assert issubclass(Window, QObject)
    app = QApplication(["plain"])
    window = Window()
    plot = pyqtgraph.PlotWidget()
    plot.plot([0.0, 1.0, 2.0], [0.0, 1.0, 0.5])
    window.setCentralWidget(plot)
    window.resize(1366, 768)
    window.show()
    app.exec()
    return found


def app() -> dict[str, float]:
    """The real window: first paint; map and plot painted; ▶ pressed, and map and curve moved by it."""
    import playground.cli.window  # what the program loads before it opens the window

    gc.disable()  # as it does
    import playground.app.commands  # noqa: F401
    from playground.app.application import create

    app, window = create(["playground"])
    from PySide6.QtCore import QEvent, QObject, QTimer

    found: dict[str, float] = {}
    trainer = window.session.trainer

    def advance() -> None:
        """Called after each painting: note the first, press ▶ once map and plot are there, end when the curve shows."""
        found.setdefault("painted", since_start())
        plots = sys.modules.get("playground.views.plots.loss_plot")
        plot = window.tabs.findChild(plots.LossPlot) if plots else None
        if plot is None or trainer.latest is None:
            return
        if "complete" not in found:
            found["complete"] = since_start()
            window.actions_by_id["run.train"].trigger()
        elif plot.isVisible() and trainer.latest.counters.epoch >= 2:
            found["training"] = since_start()
            app.quit()

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.UpdateRequest:
                QTimer.singleShot(0, advance)
            return False

    watcher = Watcher(window)
    window.installEventFilter(watcher)
    window.resize(1366, 768)
    window.show()
    app.exec()
    window.close()
    return found


if __name__ == "__main__":
    print(json.dumps({"app": app, "plain": plain}[sys.argv[1]]()))
