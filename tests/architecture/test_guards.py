"""The guards of ``tests/conftest.py`` catch what they are there for."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import logging, sys, threading, warnings

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QMainWindow, QMenu, QPushButton

kept = []

def test_clean(qtbot):
    button = QPushButton("Train")
    qtbot.addWidget(button)
    button.show()
    timer = QTimer(button)
    timer.start(1000)

def test_thread():
    threading.Thread(target=threading.Event().wait, args=(20,), daemon=True).start()

def test_switch_interval():
    sys.setswitchinterval(0.0007)

def test_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(1000)

def test_window(qapp):
    kept.append(QMainWindow())

def test_deleted_later(qapp):
    window = QMainWindow()
    window.show()
    window.deleteLater()
    kept.append(window)

def test_skip():
    pytest.skip("not today")

@pytest.mark.skip(reason="not today")
def test_skip_mark():
    pass

def test_log():
    logging.getLogger("playground.some").error("oh")

def test_expected_log(caplog):
    logging.getLogger("playground.some").error("oh")
    assert "oh" in caplog.text

def test_warning():
    warnings.warn("oh")

def test_qt_warning(qapp):
    qWarning("oh")
"""
CLEAN = {"test_clean", "test_deleted_later", "test_expected_log"}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """How each of the tests above ended, name → last outcome."""
    folder = tmp_path_factory.mktemp("guarded")
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    (folder / "views").mkdir()
    (folder / "views" / "test_guarded.py").write_text(TESTS)
    (folder / "views" / "test_absent.py").write_text("import pytest\npytest.importorskip('there_is_no_such_library')\n")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-v", "-p", "no:cacheprovider"]
    options = ["--rootdir", str(folder), "--continue-on-collection-errors", "--tb=short", str(folder)]
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    found = re.findall(r"^(PASSED|FAILED|ERROR|SKIPPED) \S*?(test_\w+)(?:\.py)?(?:::(test_\w+))?", done.stdout, re.M)
    assert found, done.stdout + done.stderr
    bad = {inner or outer for _, outer, inner in found}
    good = set(re.findall(r"::(test_\w+) PASSED", done.stdout)) - bad
    return {**dict.fromkeys(good, "passed"), **dict.fromkeys(bad, "failed")}


@pytest.mark.gui
def test_guards(outcomes: dict[str, str]) -> None:
    cases = set(re.findall(r"^def (test_\w+)", TESTS, re.M)) | {"test_absent"}
    assert set(outcomes) == cases
    assert {name for name, outcome in outcomes.items() if outcome == "passed"} == CLEAN
