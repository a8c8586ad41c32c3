"""Who may import whom: the contracts of ``pyproject.toml``, and what they cannot express."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "playground"
CORE = ("resources", "engine", "data", "project", "training", "insight", "export", "lessons")


def imports(path: Path) -> Iterator[str]:
    """Every module that the file at ``path`` imports, with the names taken from it: "PySide6.QtCore.QObject"."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_import_contracts_hold() -> None:
    from importlinter.cli import lint_imports_command

    with pytest.raises(SystemExit) as ended:
        lint_imports_command(["--config", str(ROOT / "pyproject.toml"), "--no-cache"])
    assert ended.value.code == 0, "see the report of import-linter above"


@pytest.mark.parametrize("path", sorted((PACKAGE / "session").rglob("*.py")), ids=lambda path: path.name)
def test_session_takes_only_qtcore_from_qt(path: Path) -> None:
    taken = [name for name in imports(path) if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph")]
    assert all(name == "PySide6.QtCore" or name.startswith("PySide6.QtCore.") for name in taken), taken


def test_pyqtgraph_is_imported_by_plots_only() -> None:
    plots = PACKAGE / "views" / "plots"
    users = [path for path in PACKAGE.rglob("*.py") if any(name.split(".")[0] == "pyqtgraph" for name in imports(path))]
    assert users, "no plot was found"
    assert all(plots in path.parents for path in users), users


def test_the_core_works_where_qt_is_not_installed() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for part in CORE
        for path in [*(PACKAGE / part).rglob("*.py"), PACKAGE / f"{part}.py"]
        if path.exists()
    ]
    assert len(modules) > len(CORE)
    code = f"""
import importlib, sys
for name in ("PySide6", "shiboken6", "pyqtgraph"):
    sys.modules[name] = None  # from now on importing it fails
for name in {modules!r}:
    importlib.import_module(name)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
