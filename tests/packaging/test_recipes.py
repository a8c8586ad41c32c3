"""The recipes of the packages are sound: whitelist, desktop files, version in one place, recipes without loose ends."""

import configparser
import importlib
import io
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import playground
from playground import cli
from playground.project import fileformat
from playground.project.model import Project
from playground.training import checkpoint

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
NAME = "deep-learning-playground"
MIME_TYPE = "application/x-deep-learning-playground"


@pytest.fixture
def script() -> Iterator[Callable[[str], Any]]:
    """Imports a script of ``packaging/``; they import each other from their own folder, as when they are run."""
    sys.path.insert(0, str(PACKAGING))
    yield importlib.import_module
    sys.path.remove(str(PACKAGING))


# --- What goes in ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtCore.abi3.so",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "libxcb-cursor.so.0",
        "numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so",
        "numpy.libs/libscipy_openblas64_-32a4b2a6.so",
        "resources/presets/circle.json",
        "resources\\icons\\play.svg",
        "PySide6/plugins/platforms/qwindows.dll",
    ],
)
def test_what_the_program_needs_may_go_in(script: Callable[[str], Any], name: str) -> None:
    assert script("whitelist").allowed(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt/lib/libQt6Pdf.so.6",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/imageformats/libqtiff.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/translations/qt_help_de.qm",
        "python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
        "numpy/_core/tests/data.so",
        "scipy/linalg/_flapack.so",
        "libssl.so.3",
        "libcrypto.so.3",
        "libX11.so.6",
        "libstdc++.so.6",
        "libGL.so.1",
        "something-new.bin",
    ],
)
def test_all_else_stays_out(script: Callable[[str], Any], name: str) -> None:
    assert not script("whitelist").allowed(name)


def test_modules_of_the_program_and_its_libraries_only(script: Callable[[str], Any]) -> None:
    whitelist = script("whitelist")
    shipped = whitelist.shipped_modules()
    assert {"playground", "numpy", "PySide6", "shiboken6", "pyqtgraph", "msgspec", "tqdm", "threadpoolctl"} <= shipped
    assert not {"pytest", "mypy", "hypothesis"} & shipped
    assert {"pytest", "hypothesis"} <= set(whitelist.other_modules())
    for name in ("json", "playground.cli", "numpy.random", "multiprocessing.spawn"):
        assert whitelist.module_allowed(name)
    for name in ("ssl", "tkinter.ttk", "pytest", "numpy.f2py.rules", "pyqtgraph.opengl"):
        assert not whitelist.module_allowed(name)


def test_every_pattern_is_of_use_and_no_language_is_spoken_yet_that_qt_must_bring(
    script: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whitelist = script("whitelist")
    assert len(set(whitelist.ALLOWED)) == len(whitelist.ALLOWED)
    (tmp_path / "resources" / "translations").mkdir(parents=True)
    (tmp_path / "resources" / "translations" / "playground_de.qm").touch()
    monkeypatch.setattr(whitelist, "ROOT", tmp_path)
    assert whitelist.languages() == {"de"}
    assert whitelist.allowed("PySide6/Qt/translations/qtbase_de.qm")
    assert not whitelist.allowed("PySide6/Qt/translations/qtbase_fr.qm")


def test_a_bundle_with_a_stranger_is_refused(script: Callable[[str], Any], tmp_path: Path) -> None:
    (tmp_path / "_internal" / "PySide6").mkdir(parents=True)
    (tmp_path / "_internal" / "PySide6" / "QtNetwork.abi3.so").touch()
    found = script("bundle").problems(tmp_path)
    assert "PySide6/QtNetwork.abi3.so is not allowed" in found
    assert "resources/presets/circle.json is missing" in found
    assert "resources/THIRD-PARTY-NOTICES.txt is missing" in found
    assert "the licence of pyside6-essentials is missing" in found


def test_the_notices_need_no_build(script: Callable[[str], Any]) -> None:
    text = script("notices").compose([])
    for words in ("GNU LESSER GENERAL PUBLIC LICENSE", "PyInstaller", "NumPy Developers", "CC BY 4.0"):
        assert words in text
    referred = script("notices").common_licences(["see /usr/share/common-licenses/NONE-SUCH."])
    assert referred == []


# --- Desktop files ---------------------------------------------------------------------------------------------------


def filled(name: str) -> str:
    """A recipe as the build fills it."""
    text = (LINUX / name).read_text(encoding="utf-8")
    return text.replace("@VERSION@", playground.__version__).replace("@DATE@", "2026-01-31")


def test_desktop_entry() -> None:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(filled(f"{NAME}.desktop"))
    assert parser.sections() == ["Desktop Entry"]
    entry = parser["Desktop Entry"]
    assert {"Type", "Name", "Comment", "Exec", "Icon", "Terminal", "Categories", "MimeType"} <= set(entry)
    assert (entry["Type"], entry["Exec"], entry["Icon"]) == ("Application", "playground %f", NAME)
    for key in ("Categories", "MimeType", "Keywords"):
        assert entry[key].endswith(";")
    assert MIME_TYPE in entry["MimeType"].split(";")
    assert not entry["Comment"].endswith(".")


def test_the_window_names_the_desktop_entry() -> None:
    code = "from playground.app.application import application; app = application(['x']); print(app.desktopFileName())"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).strip() == NAME


def test_thumbnailer(tmp_path: Path) -> None:
    """What it calls exists, and takes the words in that order."""
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.read_string(filled(f"{NAME}.thumbnailer"))
    entry = parser["Thumbnailer Entry"]
    assert MIME_TYPE in entry["MimeType"].split(";")
    project, picture, drawn = tmp_path / "one.playground", tmp_path / "one.png", io.BytesIO()
    Image.new("RGB", (300, 200)).save(drawn, "PNG")
    fileformat.save(project, Project(), thumb=drawn.getvalue())
    given = {"%s": "128", "%i": str(project), "%o": str(picture)}
    program, *words = (given.get(word, word) for word in entry["Exec"].split())
    assert program == "playground"
    assert cli.main(words) == 0
    with Image.open(picture) as seen:
        assert seen.size == (128, 85)


def test_metainfo() -> None:
    root = ET.fromstring(filled(f"{NAME}.metainfo.xml"))
    assert root.tag == "component"
    assert root.get("type") == "desktop-application"
    identity = root.findtext("id") or ""
    assert re.fullmatch(r"[a-z]\w*(\.\w+){2,}", identity)
    for tag in ("name", "summary", "description", "metadata_license", "content_rating"):
        assert root.find(tag) is not None, tag
    assert root.findtext("project_license") == "MIT"
    assert root.findtext("launchable") == f"{NAME}.desktop"
    assert root.findtext("provides/mediatype") == MIME_TYPE
    assert root.findtext("provides/binary") == "playground"
    release = root.find("releases/release")
    assert release is not None
    assert release.get("version") == playground.__version__
    assert f'"{identity}.metainfo.xml"' in (PACKAGING / "linux_formats.py").read_text()


def test_mime_type() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    root = ET.fromstring(filled(f"{NAME}.mime.xml"))
    kind = root.find(f"{space}mime-type")
    assert root.tag == f"{space}mime-info"
    assert kind is not None
    assert kind.get("type") == MIME_TYPE
    glob, parent = kind.find(f"{space}glob"), kind.find(f"{space}sub-class-of")
    assert glob is not None
    assert parent is not None
    assert glob.get("pattern") == f"*{checkpoint.SUFFIX}"
    assert parent.get("type") == "application/zip"


@pytest.mark.parametrize("command", ["presets", "train", "shot", "demo"])
def test_the_manual_page_tells_every_command(command: str) -> None:
    page = filled("playground.1")
    assert page.startswith(".TH PLAYGROUND 1 ")
    assert playground.__version__ in page
    assert f".B playground {command}\n" in page
    assert f"\n.B {command}\n" in page


@pytest.mark.parametrize("name", ["launcher.sh", "install.sh", "AppRun", "make_appimage.sh", "../macos/make_dmg.sh"])
def test_shell_scripts_are_sound(name: str) -> None:
    path = LINUX / name
    assert path.read_text().startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", str(path)], check=True)


# --- Version ---------------------------------------------------------------------------------------------------------


def test_the_version_stands_in_one_place() -> None:
    version = playground.__version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    tracked = [
        path
        for folder in ("packaging", "playground", ".github")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".pyc", ".txt")
    ]
    word = re.compile(rf"(?<![\d.]){re.escape(version)}(?![\d.])")
    places = [path for path in [*tracked, ROOT / "pyproject.toml"] if word.search(path.read_text(encoding="utf-8"))]
    assert places == [ROOT / "playground" / "__init__.py"]


def test_every_gap_in_the_recipes_is_filled(script: Callable[[str], Any], tmp_path: Path) -> None:
    formats = script("linux_formats")
    known = {"VERSION", "DATE", "GLIBC_MINOR", "SYSTEMS", "MACHINE", "DEB_ARCH", "DEPENDS", "INSTALLED_KB"}
    for path in LINUX.iterdir():
        gaps = set(re.findall(r"@([A-Z_]+)@", path.read_text(encoding="utf-8")))
        assert gaps <= known, path.name
        formats.fill(path.name, tmp_path / path.name, dict.fromkeys(known, "x"))
        assert "@" not in re.sub(r'"\$@"|<\S+@\S+>', "", (tmp_path / path.name).read_text(encoding="utf-8")), path.name


# --- Building --------------------------------------------------------------------------------------------------------


def test_icons_for_windows_and_macos_hold_what_they_say(script: Callable[[str], Any]) -> None:
    artwork = script("artwork")
    pictures = {size: b"\x89PNG" + bytes(size) for size in artwork.SIZES}
    ico, icns = artwork.ico(pictures), artwork.icns(pictures)
    _, kind, count = struct.unpack_from("<HHH", ico)
    assert (kind, count) == (1, len([size for size in artwork.SIZES if size <= 256]))
    for entry in range(count):
        width, *_, length, offset = struct.unpack_from("<BBBBHHII", ico, 6 + 16 * entry)
        assert ico[offset : offset + length] == pictures[width or 256]
    assert icns[:4] == b"icns"
    assert struct.unpack(">I", icns[4:8])[0] == len(icns)
    assert {16, 22, 24, 32, 48, 64, 128, 256, 512} == set(artwork.SIZES)


def test_what_a_program_asks_of_the_linker_is_read(script: Callable[[str], Any], tmp_path: Path) -> None:
    elf = script("elf")
    (tmp_path / "python").write_bytes(Path(sys.executable).resolve().read_bytes())
    (tmp_path / "text.so").write_text("no program")
    assert elf.binaries(tmp_path) == [tmp_path / "python"]
    assert "libc.so.6" in elf.needed(tmp_path)
    assert elf.newest(tmp_path, "GLIBC") >= (2, 2)
    assert elf.newest(tmp_path, "NONESUCH") == (0,)


def test_missing_tools_are_named(script: Callable[[str], Any]) -> None:
    tools, system = script("tools"), script("system_libraries")
    machine = system.Machine({}, debian=True, root=False)
    tools.provide(machine, {"sh": "dash"})
    with pytest.raises(system.SetupError, match="sudo apt-get install no-such-package"):
        tools.provide(machine, {"no-such-tool": "no-such-package"})
