"""Every format that ``make package`` leaves in ``dist/`` installs, runs and goes away again."""

import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import playground
from playground.app.lower_tabs import TABS

pytestmark = pytest.mark.package

ROOT = Path(__file__).resolve().parents[3]
VERSION = f"Deep Learning Playground {playground.__version__}\n"


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    return importlib.import_module


def dark_share(path: Path) -> float:
    """The share of nearly black pixels in a picture: of a light window, its text."""
    from PySide6.QtGui import QImage

    image = QImage(str(path)).convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return float((pixels[:, : image.width()] < 100).mean())


def call(*command: str | Path, **options: Any) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_bundle_holds_what_is_allowed_and_nothing_else(program: Path, scripts: Callable[[str], Any]) -> None:
    assert scripts("bundle").problems(program / "program") == []
    names = scripts("bundle").files(program)
    for word in ("network", "ssl", "crypto", "qml", "quick", "pdf", "webengine", "gtk", "egl", ".qm", "scipy/"):
        assert [name for name in names if word in name.lower()] == [], word
    plugins = {name.split("plugins/")[1].split("/")[0] for name in names if "/plugins/" in name}
    assert plugins == {
        "iconengines",
        "imageformats",
        "platforminputcontexts",
        "platforms",
        "platformthemes",
        "wayland-decoration-client",
        "wayland-shell-integration",
    }


def test_no_library_is_looked_for_where_it_was_built(program: Path, scripts: Callable[[str], Any]) -> None:
    elf = scripts("elf")
    for path in elf.binaries(program):
        places = re.findall(r"(?:RPATH|RUNPATH) +(\S+)", elf.described(path))
        assert [place for place in places if not place.startswith("$ORIGIN")] == [], path.name


def test_its_archive_of_modules_is_clean(program: Path, scripts: Callable[[str], Any]) -> None:
    from PyInstaller.archive.readers import CArchiveReader

    reader = CArchiveReader(str(program / "program" / "playground"))
    (name,) = (entry for entry in reader.toc if entry.endswith(".pyz"))
    modules = set(reader.open_embedded_archive(name).toc)
    own = {f"playground.views.panels.{spec.panel.partition(':')[0]}" for spec in TABS}
    assert {"playground.cli", "playground.app.commands", "playground.views.plots.loss_plot", *own} <= modules
    assert not modules & {"ssl", "sqlite3", "tkinter", "scipy", "pytest", "setuptools", "PySide6.QtNetwork"}
    whitelist = scripts("whitelist")
    assert [module for module in modules if not whitelist.module_allowed(module)] == []


def test_notices_name_everything_that_is_in_it(program: Path, scripts: Callable[[str], Any]) -> None:
    text = (program / "THIRD-PARTY-NOTICES.txt").read_text(encoding="utf-8")
    inside = program / "program" / "_internal"
    assert text == (inside / "resources" / "THIRD-PARTY-NOTICES.txt").read_text(encoding="utf-8")
    libraries = scripts("notices").libraries_in(inside)
    assert "libfontconfig.so.1" in libraries
    assert [name for name in libraries if name not in text] == []
    for words in ("GNU LESSER GENERAL PUBLIC LICENSE", "PYTHON SOFTWARE FOUNDATION", "PyInstaller", "OpenBLAS"):
        assert words in text


def test_checksums_are_right(dist: Callable[[str], Path]) -> None:
    lines = dist("SHA256SUMS-*").read_text().splitlines()
    assert len(lines) == 3
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256(dist(name).read_bytes()).hexdigest() == digest


def test_self_extracting_file(dist: Callable[[str], Path], tmp_path: Path) -> None:
    home = tmp_path / "home of a pupil"
    home.mkdir()
    environ = {"HOME": str(home), "PATH": os.defpath}
    said = call("sh", dist("*.run"), "--quiet", "--", "--prefix", home / ".local", env=environ, cwd=tmp_path)
    assert VERSION in said
    assert call(home / ".local" / "bin" / "playground", "--version", env=environ) == VERSION
    entry = (home / ".local" / "share" / "applications" / "deep-learning-playground.desktop").read_text()
    assert f'Exec="{home}/.local/bin/playground" %f\n' in entry
    entry = (home / ".local" / "share" / "thumbnailers" / "deep-learning-playground.thumbnailer").read_text()
    assert f'Exec="{home}/.local/bin/playground" thumbnail' in entry
    call("sh", home / ".local" / "lib" / "deep-learning-playground" / "uninstall.sh", env=environ)
    assert [path for path in home.rglob("*") if path.is_file() and "mime" not in str(path)] == []  # but for caches


def test_app_dir(dist: Callable[[str], Path], bare: dict[str, str]) -> None:
    folder = dist("*.AppDir")
    assert call(folder / "AppRun", "--version", env=bare) == VERSION
    names = {path.name for path in folder.iterdir()}
    assert {"AppRun", ".DirIcon", "deep-learning-playground.desktop", "deep-learning-playground.png", "usr"} == names


def test_windows_installer_compiles(scripts: Callable[[str], Any], tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    (folder / "_internal").mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", folder)
    for name in ("Deep Learning Playground.exe", "playground.exe", "THIRD-PARTY-NOTICES.txt", "_internal/python.dll"):
        (folder / name).write_text("stands for the real one")
    artwork, formats = scripts("artwork"), scripts("other_formats")
    (tmp_path / "app.ico").write_bytes(artwork.ico({size: artwork.draw(size) for size in (16, 32, 256)}))
    formats.compile_installer(folder, tmp_path / "app.ico", tmp_path / "playground-setup.exe")
    assert (tmp_path / "playground-setup.exe").read_bytes().startswith(b"MZ")
    formats.portable_zip(folder, tmp_path / "portable.zip")
    shutil.unpack_archive(tmp_path / "portable.zip", tmp_path / "unpacked")
    assert (tmp_path / "unpacked" / "portable" / "playground.exe").is_file()


def test_wheel_in_an_empty_environment(tmp_path: Path) -> None:
    call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "empty", with_pip=True)
    programs = tmp_path / "empty" / "bin"
    call(programs / "pip", "install", "-q", "--disable-pip-version-check", wheel)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environ = {"HOME": str(elsewhere), "PATH": os.defpath, "LANG": "C.UTF-8"}
    assert call(programs / "playground", "--version", cwd=elsewhere, env=environ) == VERSION
    call(programs / "playground", "demo", cwd=elsewhere, env=environ)
    assert (elsewhere / "playground.png").is_file()


@pytest.mark.root
def test_debian_package_in_a_minimal_system(
    debian: Any, dist: Callable[[str], Path], program: Path, screen: Any
) -> None:
    shutil.copytree(program, debian.folder / "opt" / "unpacked", symlinks=True)
    done = debian.run("/opt/unpacked/playground", "shot", "circle", "-o", "/tmp/shot.png")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "sudo apt-get install libegl1 libgl1 " in done.stderr

    shutil.copy(dist("*.deb"), debian.folder / "tmp")
    debian.run("apt-get", "update", "-qq")
    command = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", f"/tmp/{dist('*.deb').name}")
    done = debian.run(*command)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (debian.folder / "usr" / "bin" / "python3").exists()
    assert debian.run("playground", "--version").stdout == VERSION
    assert '"state": "finished"' in debian.run("playground", "train", "circle", "--json").stdout
    done = debian.run("playground", "shot", "circle", "--epochs", "5", "-o", "/tmp/shot.png")
    assert (done.returncode, done.stderr) == (0, "")
    share = dark_share(debian.folder / "tmp" / "shot.png")
    assert 0.01 < share < 0.025, "no text is less dark, boxes in place of letters are darker"
    with debian.start("playground", "xor", DISPLAY=screen.name) as process:
        screen.wait_for("XOR — Deep Learning Playground", process)
        process.terminate()

    done = debian.run("apt-get", "remove", "-y", "-qq", "deep-learning-playground")
    assert done.returncode == 0, done.stderr
    assert not (debian.folder / "usr" / "bin" / "playground").exists()
    assert not (debian.folder / "usr" / "lib" / "deep-learning-playground").exists()


@pytest.mark.root
def test_a_system_that_is_too_old_is_told_so(old_debian: Any, program: Path) -> None:
    shutil.copytree(program, old_debian.folder / "opt" / "unpacked", symlinks=True)
    done = old_debian.run("/opt/unpacked/playground", "--version")
    assert done.returncode == 1
    assert done.stderr.startswith("This system is too old: Deep Learning Playground needs the GNU C library 2.")
    assert "here is glibc 2.31;" in done.stderr
    assert done.stderr.count("\n") == 1
