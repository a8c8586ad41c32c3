"""What holds for all tests: no screen, no settings of the user, nothing left behind, nothing skipped.

Tests of ``session``, ``views`` and ``app`` are marked ``gui`` by themselves; all others run without Qt.
"""

import gc
import logging
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

HERE = Path(__file__).parent
ROUNDS = pytest.StashKey[int]()
HOME = Path(tempfile.mkdtemp(prefix="playground-tests-"))
SETTINGS = HOME / "config"
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_SCALE_FACTOR", None)
LANGUAGE = "PLAYGROUND_LANGUAGE"
os.environ[LANGUAGE] = "en"  # whatever the system speaks
for _variable, _name in {
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
}.items():
    (HOME / _name).mkdir(mode=0o700)
    os.environ[_variable] = str(HOME / _name)

import playground  # noqa: E402, F401  as early as possible: it sets one BLAS thread before NumPy loads

GUI_FOLDERS = tuple(HERE / name for name in ("session", "views", "app"))
GUI_FIXTURES = {"qapp", "qtbot", "session", "window"}

# The same examples in every run, so that a failure belongs to the change that brought it. `make test-full` searches on
# with new ones, and so does HYPOTHESIS_PROFILE=search.
hypothesis.settings.register_profile("fixed", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


# --- Marks, skips ----------------------------------------------------------------------------------------------------


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Qt."""
    for item in items:
        if GUI_FIXTURES & set(getattr(item, "fixturenames", ())) or _is_below(item.path, GUI_FOLDERS):
            item.add_marker(pytest.mark.gui)


def _is_below(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(folder in path.parents for folder in folders)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[Any]:
    """Turn a skipped test into a failed one: what needs an optional library carries the mark ``optional`` instead."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _fail_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[Any]:
    """Likewise for a whole module that skips itself."""
    report = yield
    if report.outcome == "skipped":
        _fail_skipped(report)
    return report


def _fail_skipped(report: Any) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome, report.longrepr = "failed", f"Tests are not skipped here, this one was: {reason}"


def pytest_unconfigure() -> None:
    """Remove the temporary settings."""
    shutil.rmtree(HOME, ignore_errors=True)


# --- Nothing is left behind ------------------------------------------------------------------------------------------


class _ErrorLog(logging.Handler):
    """Collects what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_logged_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which an error was logged, unless it looks at the log itself (asks for ``caplog``)."""
    handler = _ErrorLog()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if handler.messages and "caplog" not in request.fixturenames:
        pytest.fail("Errors were logged:\n" + "\n".join(handler.messages))


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """Fail a test that leaves a thread running, or the interpreter's switch interval changed."""
    before, interval = set(threading.enumerate()), sys.getswitchinterval()
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not _is_progress_bar(thread)]
    for thread in left:
        thread.join(2.0)
    names = [thread.name for thread in left if thread.is_alive()]
    if names:
        pytest.fail(f"Threads still run: {', '.join(names)}")
    if sys.getswitchinterval() != interval:
        sys.setswitchinterval(interval)
        pytest.fail("The interpreter's switch interval was not restored.")


def _is_progress_bar(thread: threading.Thread) -> bool:
    """tqdm keeps one thread for all its bars; it ends with the program."""
    return type(thread).__module__.startswith("tqdm")


FULL_ROUND = 100
"""Tests from one full round of the garbage collector to the next; in between it looks at what is young."""


@pytest.fixture(autouse=True)
def english() -> None:
    """Begin every test in English; choosing a language takes the variable away."""
    os.environ[LANGUAGE] = "en"


@pytest.fixture(autouse=True)
def garbage_of_the_main_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect garbage between tests, in this thread: ``playground.app.collector`` says why in no other."""
    gc.disable()
    yield
    request.config.stash[ROUNDS] = rounds = request.config.stash.get(ROUNDS, 0) + 1
    gc.collect(2 if rounds % FULL_ROUND == 0 else 1)


@pytest.fixture(autouse=True)
def no_qt_left(request: pytest.FixtureRequest, no_threads_left: None) -> Iterator[None]:
    """Fail a test of the window that leaves an active timer or a top-level widget; start it with fresh settings."""
    if request.node.get_closest_marker("gui") is None:
        yield
        return
    shutil.rmtree(SETTINGS, ignore_errors=True)
    SETTINGS.mkdir()
    timers, widgets = set(_active_timers()), set(_top_level_widgets())
    yield
    _delete_later()
    left = _leftovers(timers, widgets)
    if left:
        gc.collect()
        _delete_later()
        left = _leftovers(timers, widgets)
    if left:
        pytest.fail("Left behind: " + ", ".join(left))


def _leftovers(timers: set[int], widgets: set[int]) -> list[str]:
    """What is there now and was not before."""
    now = {**_active_timers(), **_top_level_widgets()}
    return sorted(text for key, text in now.items() if key not in timers and key not in widgets)


def _delete_later() -> None:
    """Carry out what `deleteLater` asked for; an ended event loop does not do that by itself."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _active_timers() -> dict[int, str]:
    """The running QTimers: address → text."""
    import shiboken6
    from PySide6.QtCore import QTimer

    timers = [thing for thing in gc.get_objects() if issubclass(type(thing), QTimer)]
    return {id(timer): f"timer {timer!r}" for timer in timers if shiboken6.isValid(timer) and timer.isActive()}


def _top_level_widgets() -> dict[int, str]:
    """The windows, dialogs and menus without a parent: address → text."""
    import shiboken6
    from PySide6.QtWidgets import QApplication

    return {shiboken6.getCppPointer(widget)[0]: f"window {widget!r}" for widget in QApplication.topLevelWidgets()}


# --- The app ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def session(qapp: Any) -> Iterator[Any]:
    """A session on the default project, ready to train; closed at the end."""
    from playground.session import Session

    session = Session()
    session.trainer.start()
    yield session
    session.close()


@pytest.fixture
def window(qapp: Any) -> Iterator[Any]:
    """The whole window on the default project, not shown yet; closed at the end."""
    from playground.app.application import create

    _, window = create(["playground"])
    yield window
    window.close()
    window.session.close()  # also when the window only asked whether to save
    window.deleteLater()
