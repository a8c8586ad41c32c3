"""Sizes and docstrings: small modules, a main window that only assembles, packages that say what they are for."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "playground"
MODULES = sorted(PACKAGE.rglob("*.py"))
PACKAGES = sorted(path for path in MODULES if path.name == "__init__.py")


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_is_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", PACKAGES, ids=name_of)
def test_package_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), "the docstring of the package is missing"


def test_main_window_only_assembles() -> None:
    text = (PACKAGE / "app" / "main_window.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            methods = [part for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)]
            assert len(methods) <= 20, f"{node.name} has {len(methods)} methods"


def test_nothing_sleeps_or_pumps_events_in_the_program() -> None:
    """Sleeping freezes the window, pumping events lets code run in the middle of other code."""
    banned = {"processEvents", "terminate"}
    found = [
        f"{name_of(path)}:{node.lineno} {node.func.attr}"
        for path in MODULES
        if "session" in path.parts or "views" in path.parts or "app" in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in banned or ast.unparse(node.func) == "time.sleep"
    ]
    assert not found
