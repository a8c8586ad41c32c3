"""What may not be loaded before the window is painted for the first time: it would come later for everybody."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LATER = (
    # libraries
    "PIL",
    "csv",
    "jinja2",
    "multiprocessing",
    "numpy.ma",
    "onnx",
    "pyqtgraph",
    "scipy",
    "sqlite3",
    "subprocess",
    "tqdm",
    # what opens in a window of its own, or over a panel
    "playground.app.about",
    "playground.app.command_search",
    "playground.app.history_list",
    "playground.app.shortcuts",
    "playground.export",
    "playground.views.panels.break_it",
    "playground.views.panels.reading.sheet",
    # panels behind other tabs
    "playground.views.panels.distillation_panel",
    "playground.views.panels.health",
    "playground.views.panels.step",
    # what is of no use before there is a run, or a file of one's own
    "playground.data.pictures",
    "playground.data.tables.read",
    "playground.insight.coach",
    "playground.insight.gradcheck",
    "playground.insight.health",
    "playground.insight.representations",
    "playground.insight.trace",
)
"""Modules and packages: what stands here is imported in the function that first needs it."""

FIRST_VIEWS = {"canvas", "panels"}
"""The packages of views that the first picture needs; all others are for later."""

START = """
import sys
from PySide6.QtWidgets import QApplication
from playground.app import application
from playground.app.main_window import MainWindow
from playground.cli import window

class Window(MainWindow):
    def paintEvent(self, event):
        print(*sys.modules)
        QApplication.exit()
        super().paintEvent(event)

application.MainWindow = Window
sys.exit(window.run([]))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that are loaded when the window begins to paint itself for the first time."""
    environ = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PLAYGROUND_SETTINGS_DIR": str(tmp_path_factory.mktemp("settings")),
    }
    command = [sys.executable, "-c", START]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_window_is_painted_before_the_rest_is_loaded(loaded: set[str]) -> None:
    assert "playground.views.canvas" in loaded
    views = {path.parent.name for path in (ROOT / "playground" / "views").glob("*/__init__.py")} - FIRST_VIEWS
    rest = (*LATER, *(f"playground.views.{name}" for name in views))
    early = [name for name in sorted(loaded) if any(f"{name}.".startswith(f"{later}.") for later in rest)]
    assert not early, f"import these in the function that first needs them: {early}"


@pytest.mark.parametrize("name", [name for name in LATER if name.startswith("playground.")])
def test_what_comes_later_exists(name: str) -> None:
    path = ROOT.joinpath(*name.split("."))
    assert path.is_dir() or path.with_suffix(".py").exists(), f"{name} is no longer there: mend the list"
