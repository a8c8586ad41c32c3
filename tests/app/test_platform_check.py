"""What keeps the window from opening is said in one sentence, before Qt would abort."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from playground import cli
from playground.app import platform_check
from playground.app.platform_check import PlatformError, check_libraries, check_screen, sentence

ROOT = Path(__file__).resolve().parents[2]
MISSING = "libxcb-cursor.so.0: cannot open shared object file: No such file or directory"
OLD = "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /opt/libQt6Core.so.6)"


def works(_name: str) -> str:
    return ""


def lacks(name: str) -> Callable[[str], str]:
    """A linker that cannot load the plug-in of that name."""
    return lambda plugin: MISSING if plugin == name else ""


def reached(_display: str) -> bool:
    return True


def test_a_missing_library_is_named_with_its_package() -> None:
    assert sentence(MISSING) == (
        "The window needs what this system lacks: libxcb-cursor.so.0; on Debian and Ubuntu, "
        "sudo apt-get install libxcb-cursor0 brings it."
    )
    assert "lacks: libnonesuch.so.3." in sentence("libnonesuch.so.3: cannot open shared object file: No such file")
    assert "cannot start here: out of luck" in sentence("out of luck")


def test_all_missing_libraries_of_the_family_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = {"libxcb-icccm.so.4", "libxcb-cursor.so.0"}
    monkeypatch.setattr(platform_check, "complaint_about", lambda name: "gone" if name in gone else "")
    text = sentence(MISSING, platform_check.X11)
    assert "sudo apt-get install libxcb-cursor0 libxcb-icccm4 " in text
    assert text.count("libxcb-cursor.so.0") == 1


def test_an_old_system_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "needs the GNU C library 2.34 or newer, here is glibc 2." in sentence(OLD)

    def unknown(_name: str) -> str:
        raise ValueError("unrecognized configuration name")

    monkeypatch.setattr(os, "confstr", unknown)
    assert "here is another C library;" in sentence(OLD)


def test_a_failing_import_becomes_the_sentence() -> None:
    def load(name: str) -> object:
        if name == "PySide6.QtWidgets":
            raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")
        return None

    with pytest.raises(PlatformError, match="apt-get install libgl1 "):
        check_libraries(load)
    check_libraries(importlib.import_module)


def test_no_screen_at_all() -> None:
    with pytest.raises(PlatformError, match="neither DISPLAY nor WAYLAND_DISPLAY is set; without a screen, playground"):
        check_screen({}, works, reached)


def test_a_screen_that_does_not_answer() -> None:
    with pytest.raises(PlatformError, match="screen ':7' that DISPLAY names cannot be reached"):
        check_screen({"DISPLAY": ":7"}, works, lambda _display: False)
    with pytest.raises(PlatformError, match=r"WAYLAND_DISPLAY names cannot be reached: there is no .*wayland-7\."):
        check_screen({"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": "/nowhere"}, works, reached)


def test_a_plug_in_that_lacks_a_library(tmp_path: Path) -> None:
    with pytest.raises(PlatformError, match="libxcb-cursor0"):
        check_screen({"DISPLAY": ":0"}, lacks("xcb"), reached)
    wayland = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    (tmp_path / "wayland-0").touch()
    with pytest.raises(PlatformError, match="libxcb-cursor0"):
        check_screen(wayland, lacks("wayland"), reached)
    check_screen({**wayland, "DISPLAY": ":0"}, lacks("wayland"), reached)  # X11 serves instead
    check_screen({**wayland, "DISPLAY": ":0"}, lacks("xcb"), lambda _display: False)  # X11 is not needed
    check_screen({"DISPLAY": ":0"}, works, reached)


def test_plug_ins_of_this_machine_are_tried_for_real() -> None:
    assert platform_check.complaint_about("libc.so.6") == ""
    assert "cannot open shared object file" in platform_check.complaint_about("libnonesuch.so.7")
    assert "libqnonesuch.so" in platform_check.load_plugin("nonesuch")
    assert platform_check.load_plugin("offscreen") == ""
    if not platform_check.complaint_about("libxcb.so.1"):
        assert not platform_check.reach_x11(":4711")


def test_other_systems_need_no_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    platform_check.check(screen=True)


def test_the_command_ends_with_the_sentence_and_without_an_abort() -> None:
    environ = {name: value for name, value in os.environ.items() if "DISPLAY" not in name and name != "QT_QPA_PLATFORM"}
    command = [sys.executable, "-m", "playground"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (cli.FAILED, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("There is no screen here")


def test_the_set_up_names_the_same_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    system = importlib.import_module("system_libraries")
    tables = {**system.OFFSCREEN_LIBRARIES, **system.X11_LIBRARIES, **system.WAYLAND_LIBRARIES}
    tables.pop("libwayland-egl.so.1")  # for drawing by the graphics card, which the window does not do
    assert tables.items() <= platform_check.PACKAGES.items()
