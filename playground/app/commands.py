"""The commands that need the window: open it, take a picture of it, demonstrate it without a screen."""

import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QSize,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from playground.app import application
from playground.app.main_window import MainWindow
from playground.session import AppSettings, languages
from playground.training import checkpoint
from playground.training.records import RunState, Snapshot
from playground.views.theme import Mode

log = logging.getLogger(__name__)

DEMO_EPOCHS = 300
DEMO_PICTURE = Path("playground.png")
VECTORS, FILMS = (".svg", ".pdf"), (".gif", ".apng", ".webp", ".mp4")
FRAMES = 60
"""Pictures in a film, besides the first."""


@dataclass(frozen=True)
class Shot:
    """What ``playground shot`` shall draw.

    ``epochs``: how long to train before. ``panel``: one panel, "" for all. ``tab``: the lower panel that is open.
    """

    name: str
    output: Path
    epochs: int = 0
    size: tuple[int, int] = (1366, 768)
    scale: float = 1.0
    theme: Mode = "light"
    panel: str = ""
    tab: str = ""
    language: str = "en"


def quiet_platform() -> None:
    """Keep to itself what the offscreen platform says about things that it cannot do; all else goes to the log."""

    def tell(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if not text.startswith("This plugin does not support"):
            log.log(logging.DEBUG if kind is QtMsgType.QtDebugMsg else logging.WARNING, text)

    qInstallMessageHandler(tell)


def open_window(argv: list[str]) -> int:
    """Open the window and stay until it is closed."""
    return application.run(argv)


def shoot(shot: Shot) -> int:
    """Open the real window offscreen, train through the session and write what it shows.

    Raises:
        FileError: when the project cannot be opened.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(shot.scale)
    opened = checkpoint.open_named(shot.name)
    app = application.application(sys.argv)
    with TemporaryDirectory() as folder:  # neither read nor change what the user's window remembers
        settings = AppSettings(Path(folder))
        settings.put(languages.SETTING, shot.language)
        window = application.make_window(app, opened, mode=shot.theme, settings=settings)
        return _shoot(window, shot)


def _shoot(window: MainWindow, shot: Shot) -> int:
    window.resize(QSize(*shot.size))
    try:
        _show(window)
        if shot.output.suffix.lower() in FILMS:
            return 0 if _film(window, shot) else 1
        if shot.epochs:
            window.session.trainer.train(until_epoch=shot.epochs)
            _wait_for_run(window)
        window.tabs.open(shot.tab or shot.panel)  # only now: what keeps a picture steady depends on the frames before
        _settle(window)
        target = _target(window, shot)
        return 0 if _write(target, shot.output) else 1
    finally:
        _dispose(window)


def _film(window: MainWindow, shot: Shot) -> bool:
    """Train piece by piece, with a picture after each."""
    from playground.export import animation
    from playground.views.capture.recorder import SECONDS, pixels

    window.tabs.open(shot.tab or shot.panel)
    _settle(window)
    target, trainer = _target(window, shot), window.session.trainer
    frames: list[animation.Frame] = []
    for epoch in [0, *(round(shot.epochs * place / FRAMES) for place in range(1, FRAMES + 1))]:
        if epoch > (trainer.latest.counters.epoch if trainer.latest else 0):
            trainer.train(until_epoch=epoch)
            _wait_until(lambda epoch=epoch: _reached(window, epoch))  # type: ignore[misc]
            _settle(window)
        elif frames:
            continue
        frames.append(pixels(target.grab().toImage()))
    try:
        animation.write(frames, shot.output, SECONDS)
    except animation.AnimationError as error:
        print(error, file=sys.stderr)
        return False
    return True


def _target(window: MainWindow, shot: Shot) -> QWidget:
    """What the picture shows."""
    panel = window.panels[shot.panel] if shot.panel else window
    assert isinstance(panel, QWidget)
    return panel


def _reached(window: MainWindow, epoch: int) -> bool:
    """Whether the run has come to an epoch, or to its end."""
    trainer = window.session.trainer
    there = trainer.latest is not None and trainer.latest.counters.epoch >= epoch
    return trainer.state is not RunState.RUNNING and (there or trainer.state is not RunState.PAUSED)


def demo() -> int:
    """Open the real window offscreen, press Train, let it learn, pause, and report."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application.application(sys.argv)
    with TemporaryDirectory() as folder:
        opened = checkpoint.open_named(application.DEFAULT_PRESET)
        return _demonstrate(application.make_window(app, opened, settings=AppSettings(Path(folder))))


def _demonstrate(window: MainWindow) -> int:
    trainer = window.session.trainer
    try:
        _show(window)
        train = window.actions_by_id["run.train"]
        train.trigger()
        _wait_until(lambda: trainer.latest is not None and trainer.latest.counters.epoch >= DEMO_EPOCHS)
        train.trigger()
        _wait_until(lambda: trainer.state is not RunState.RUNNING)
        _settle(window)
        counters = trainer.latest.counters if trainer.latest else None
        if counters is None or not _write(window, DEMO_PICTURE):
            return 1
        print(
            f"epochs {counters.epoch}, updates {counters.step}, training loss {counters.train_loss:.4f}, "
            f"test loss {counters.test_loss:.4f}, test {counters.metric_name} {counters.test_metric:.3f}"
        )
        print(f"The window was written to {DEMO_PICTURE}.")
        return 0
    finally:
        _dispose(window)


def _dispose(window: MainWindow) -> None:
    """Close the window and free it, with all that belongs to it."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _show(window: MainWindow) -> None:
    window.show()
    window.load_plots()
    _settle(window)


def _wait_for_run(window: MainWindow) -> None:
    trainer = window.session.trainer
    _wait_until(lambda: trainer.state is RunState.RUNNING or bool(trainer.latest and trainer.latest.counters.epoch))
    _wait_until(lambda: trainer.state is not RunState.RUNNING)
    _settle(window)


def _settle(window: MainWindow) -> None:
    """Wait until what stands on the screen is current."""
    trainer = window.session.trainer
    if not trainer.problems:
        arrived: list[Snapshot] = []
        connection = trainer.snapshot.connect(arrived.append)
        trainer.refresh()
        arrived.clear()
        _wait_until(lambda: bool(arrived) and arrived[-1].complete)
        trainer.snapshot.disconnect(connection)
    _wait_until(lambda: not window.data_panel.drawing)
    window.refresh()
    if not trainer.problems:  # a panel may have asked for more
        _wait_until(lambda: trainer.latest is not None and trainer.latest.complete)


def _wait_until(condition: Callable[[], bool]) -> None:
    """Run the event loop until ``condition`` holds."""
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if condition() else None)
    timer.start(10)
    loop.exec()
    timer.stop()
    QApplication.sendPostedEvents()


def _write(widget: QWidget, path: Path) -> bool:
    if path.suffix.lower() in VECTORS:
        from playground.views.capture import picture

        picture.save(widget, path, widget.width())
        return True
    if widget.grab().save(str(path)):
        return True
    print(f"The picture could not be written to {path}.", file=sys.stderr)
    return False
