"""Find the system libraries and fonts that Qt needs on Linux; install them, or say what to type.

Standard library only; part of the set-up (``bootstrap.py``).
"""

import ctypes
import os
import shutil
import subprocess
import sys

# library → Debian package
OFFSCREEN_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".pfb")


class SetupError(Exception):
    """Something the user has to do; the message says what, with the exact command where there is one."""


def say(text):
    """Tell the user what takes time (on stderr, so that results on stdout stay clean)."""
    sys.stderr.write(f"{text} …\n")
    sys.stderr.flush()


def wanted_libraries(screen, environ):
    """The table library → package that fits: always Qt's own needs, with ``screen`` those of X11 or Wayland."""
    wanted = dict(OFFSCREEN_LIBRARIES)
    if screen and environ.get("DISPLAY"):
        wanted.update(X11_LIBRARIES)
    elif screen and environ.get("WAYLAND_DISPLAY"):
        wanted.update(WAYLAND_LIBRARIES)
    return wanted


def can_load(library):
    """Whether the dynamic linker finds ``library``."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(wanted, cache="/etc/ld.so.cache", load=can_load):
    """Those of ``wanted`` that are not here. The linker's cache answers at once; only what it lacks is tried out."""
    try:
        with open(cache, "rb") as file:
            known = file.read()
    except OSError:
        known = b""
    return [name for name in sorted(wanted) if b"\0" + name.encode() + b"\0" not in known and not load(name)]


def font_folders(environ):
    """Where fonts may lie on Linux."""
    home = environ.get("HOME", "/root")
    data = environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    return ["/usr/share/fonts", "/usr/local/share/fonts", os.path.join(data, "fonts"), os.path.join(home, ".fonts")]


def has_font(folders):
    """Whether any font file lies below ``folders``."""
    return any(
        name.lower().endswith(FONT_ENDINGS)
        for folder in folders
        for _, _, names in os.walk(folder, followlinks=True)
        for name in names
    )


def is_debian(path="/etc/os-release"):
    """Whether this is Debian, Ubuntu or a relative of them with apt-get."""
    try:
        with open(path) as file:
            lines = dict(line.strip().split("=", 1) for line in file if "=" in line)
    except OSError:
        return False
    kin = (lines.get("ID", "") + " " + lines.get("ID_LIKE", "")).replace('"', "").split()
    return bool({"debian", "ubuntu"} & set(kin)) and shutil.which("apt-get") is not None


def apt_install(packages, call=subprocess.call):
    """Install Debian packages; as root only.

    Raises:
        SetupError: when apt-get fails, with the command to try by hand.
    """
    say(f"Installing system packages: {' '.join(packages)}")
    environ = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if call(install, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return
    call(["apt-get", "update", "-qq"], env=environ, stdout=subprocess.DEVNULL)
    if call(install, env=environ, stdout=subprocess.DEVNULL) != 0:
        command = f"apt-get update && apt-get install {' '.join(packages)}"
        raise SetupError(f"System packages could not be installed. Try by hand:\n\n    {command}")


class Machine:
    """What the set-up asks about the machine; tests hand in another one."""

    def __init__(self, environ=None, debian=None, root=None, install=apt_install):
        self.environ = os.environ if environ is None else environ
        self.debian = is_debian() if debian is None else debian
        self.root = (hasattr(os, "geteuid") and os.geteuid() == 0) if root is None else root
        self.install = install

    def provide(self, packages, problem):
        """Install Debian ``packages`` when that is allowed, else say what to type; ``problem`` is the sentence before.

        Raises:
            SetupError: with the command.
        """
        if self.debian and self.root:
            self.install(packages)
            return
        names = " ".join(packages)
        if self.debian:
            remedy = f"Type\n\n    sudo apt-get install {names}\n\nand run the same command again."
        else:
            remedy = f"Install it with your system's package manager (on Debian: {names}) and run the command again."
        raise SetupError(f"{problem} {remedy}")


def provide_libraries(machine, screen):
    """See to it that Qt's system libraries and at least one font are there.

    Raises:
        SetupError: naming what is missing and the command that installs it.
    """
    wanted = wanted_libraries(screen, machine.environ)
    missing = missing_libraries(wanted)
    packages = [wanted[name] for name in missing]
    if not has_font(font_folders(machine.environ)):
        missing, packages = [*missing, "a font"], [*packages, FONT_PACKAGE]
    if missing:
        machine.provide(packages, f"The window needs what this system lacks: {', '.join(missing)}.")
