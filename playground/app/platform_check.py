"""Before Qt starts on Linux: say in one sentence what keeps the window from opening, where Qt would abort.

Imports no Qt at the top: a missing library would end it there.
"""

import ctypes
import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libzstd.so.1": "libzstd1",
    "libX11.so.6": "libx11-6",
    "libstdc++.so.6": "libstdc++6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""System libraries that Qt needs, and the packages of Debian and Ubuntu that bring them."""

X11 = tuple(name for name in PACKAGES if "xcb" in name or "X11" in name or "x11" in name)
BASE = tuple(name for name in PACKAGES if name not in X11 and "wayland" not in name)
WAYLAND = tuple(name for name in PACKAGES if "wayland" in name)


class PlatformError(Exception):
    """The window cannot open here; the message is one sentence that says what to do."""


def check(screen: bool) -> None:
    """See whether Qt can start; with ``screen`` also whether there is one to open a window on.

    Raises:
        PlatformError: with the sentence for the user.
    """
    if not sys.platform.startswith("linux"):
        return
    check_libraries(importlib.import_module)
    if screen and not os.environ.get("QT_QPA_PLATFORM"):
        check_screen(os.environ, load_plugin, reach_x11)


def check_libraries(load: Callable[[str], object]) -> None:
    """Load Qt's modules by ``load``.

    Raises:
        PlatformError: when the system lacks a library or is too old.
    """
    try:
        for module in ("PySide6.QtCore", "PySide6.QtWidgets", "PySide6.QtSvg"):
            load(module)
    except ImportError as error:
        raise PlatformError(sentence(str(error), BASE)) from error


def check_screen(environ: Mapping[str, str], load: Callable[[str], str], reach: Callable[[str], bool]) -> None:
    """See whether Wayland or X11 is there and Qt's plug-in for it loads.

    load: takes "wayland" or "xcb", returns what the linker complains about, "" for nothing.
    reach: whether the X11 display of that name answers.

    Raises:
        PlatformError: when neither works; about the one that is more likely meant.
    """
    display = environ.get("DISPLAY", "")
    socket = wayland_socket(environ)
    if socket and socket.exists() and not load("wayland"):
        return
    if display:
        complaint = load("xcb")
        if complaint:
            raise PlatformError(sentence(complaint, X11))
        if not reach(display):
            raise PlatformError(
                f"The screen {display!r} that DISPLAY names cannot be reached; without a screen, playground train and "
                "playground shot work."
            )
        return
    if socket and socket.exists():
        raise PlatformError(sentence(load("wayland"), WAYLAND))
    if socket:
        raise PlatformError(f"The screen that WAYLAND_DISPLAY names cannot be reached: there is no {socket}.")
    raise PlatformError(
        "There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set; without a screen, playground train and "
        "playground shot work."
    )


def wayland_socket(environ: Mapping[str, str]) -> Path | None:
    """Where the Wayland screen listens, None when none is named."""
    name = environ.get("WAYLAND_DISPLAY", "")
    return Path(environ.get("XDG_RUNTIME_DIR", "/run"), name) if name else None


def load_plugin(name: str) -> str:
    """Load Qt's plug-in "xcb" or "wayland" as Qt will do; returns the linker's complaint, "" for none."""
    from PySide6.QtCore import QLibraryInfo

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return complaint_about(str(folder / "platforms" / f"libq{name}.so"))


def complaint_about(library: str) -> str:
    """What the linker says against loading ``library``, "" for nothing."""
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return ""


def reach_x11(display: str) -> bool:
    """Whether the X11 display answers."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    try:
        return int(xcb.xcb_connection_has_error(connection)) == 0
    finally:
        xcb.xcb_disconnect(connection)


def sentence(complaint: str, family: Iterable[str] = ()) -> str:
    """Turn the linker's complaint into a sentence; names whatever else of ``family`` is missing, too."""
    version = re.search(r"version `GLIBC_([\d.]+)' not found", complaint)
    if version:
        return (
            f"This system is too old: the window needs the GNU C library {version[1]} or newer, here is "
            f"{c_library()}; Debian 12 and Ubuntu 22.04 are new enough."
        )
    found = re.search(r"(\S+\.so[.\d]*): cannot open shared object file", complaint)
    if not found:
        return f"Qt, which draws the window, cannot start here: {complaint}"
    missing = [found[1], *(name for name in family if name != found[1] and complaint_about(name))]
    packages = sorted({PACKAGES[name] for name in missing if name in PACKAGES})
    if not packages:
        return f"The window needs what this system lacks: {', '.join(missing)}."
    return (
        f"The window needs what this system lacks: {', '.join(missing)}; on Debian and Ubuntu, "
        f"sudo apt-get install {' '.join(packages)} brings it."
    )


def c_library() -> str:
    """The C library and its version, as in "glibc 2.36"."""
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or "another C library"
    except ValueError:
        return "another C library"
