"""The About box names everything that is shipped, with versions and licences, and hands the details over."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QTextBrowser

from playground import __version__, resources
from playground.app import about, components
from playground.app.app_icon import app_icon

ROOT = Path(__file__).resolve().parents[2]


def shipped() -> dict[str, str]:
    lines = (ROOT / "packaging" / "requirements-run.txt").read_text().splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


def test_every_shipped_package_is_named_with_the_version_in_use() -> None:
    versions = {one.package: one.version for one in components.COMPONENTS if one.package}
    assert versions.keys() == shipped().keys()
    assert all(re.match(r"\d", version) for version in versions.values())


def test_an_unknown_package_has_no_version_and_no_texts() -> None:
    ghost = components.Component("Ghost", "there-is-no-such-package", "MIT", "nothing", "")
    assert ghost.version == "?"
    assert components.package_texts(ghost.package) == []


def test_notices_hold_the_licences_themselves() -> None:
    text = components.notices()
    for one in components.COMPONENTS:
        assert f"{one.name} {one.version}" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "Mozilla Public License Version 2.0" in text
    assert "NumPy Developers" in text, "NumPy's licence file is missing"
    assert "CC BY 4.0" in text
    assert components.QT_SOURCES in text


def test_the_generated_file_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / components.NOTICES).write_text("as shipped")
    monkeypatch.setattr(resources, "_roots", lambda: (tmp_path,))
    assert components.notices() == "as shipped"


def test_the_box_copies_the_details_and_shows_the_notices(driver: Any) -> None:
    driver.trigger("help.about")
    box = driver.window.findChild(QDialog, "dialog.about")
    text = box.findChild(QTextBrowser).toPlainText()
    assert "GNU Lesser General Public License" in text
    assert all(one.name in text and one.licence in text for one in components.COMPONENTS)
    box.findChild(QPushButton, "button.about.copy").click()
    copied = QGuiApplication.clipboard().text()
    assert copied == about.details()
    assert f"Deep Learning Playground {__version__}" in copied
    assert qVersion() in copied
    box.findChild(QPushButton, "button.about.notices").click()
    notices = box.findChild(QDialog, "dialog.notices")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in notices.findChild(QPlainTextEdit).toPlainText()
    notices.reject()
    box.reject()


@pytest.mark.parametrize("size", [16, 24, 32, 48, 256])
def test_the_icon_is_legible_at_every_size(qapp: Any, size: int) -> None:
    """Its three dots, blue, orange and white, stand out from the dark ground."""
    image = app_icon().pixmap(size, size).toImage()
    colors = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    solid = [color for color in colors if color.alpha() == 255]
    for likeness in (
        [color for color in solid if color.blue() > 200 and color.red() < 100],
        [color for color in solid if color.red() > 220 and color.blue() < 90],
        [color for color in solid if min(color.red(), color.green(), color.blue()) > 240],
        [color for color in solid if color.lightness() < 70],
    ):
        assert len(likeness) >= 0.02 * len(colors)


def test_the_application_wears_the_icon() -> None:
    code = "import sys; from playground.app.application import application; app = application(['x'])"
    done = subprocess.run([sys.executable, "-c", f"{code}; sys.exit(app.windowIcon().isNull())"], cwd=ROOT, check=False)
    assert done.returncode == 0
