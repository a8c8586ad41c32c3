"""The program never goes online: nothing in it can."""

import ast
from pathlib import Path

from tests.architecture.test_imports import PACKAGE, imports

ONLINE = (
    *("asyncio", "ftplib", "http", "imaplib", "nntplib", "poplib", "requests", "httpx", "aiohttp", "smtplib", "socket"),
    *("socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "xmlrpc", "PySide6.QtNetwork"),
    *("PySide6.QtWebEngineCore", "PySide6.QtWebSockets", "logging.handlers", "multiprocessing.managers"),
)


def test_nothing_that_goes_online_is_imported() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in imports(path)
        if any(name == module or name.startswith(f"{module}.") for module in ONLINE)
    ]
    assert found == []


def test_only_local_files_are_handed_to_the_system() -> None:
    """``QDesktopServices.openUrl`` may open folders; an address of the web would be opened by the browser."""
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "openUrl"
        and "fromLocalFile" not in ast.unparse(node)
    ]
    assert found == []
