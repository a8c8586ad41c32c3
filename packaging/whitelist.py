"""What may go into the packaged program: everything that no pattern here allows is left out of the bundle.

The spec filters PyInstaller's findings by it, the build refuses a bundle that holds anything else, and the tests read
it. Paths are those inside the bundle, with "/" on every system.
"""

import re
import sys
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

QT_MODULES = ("Core", "DBus", "Gui", "OpenGL", "OpenGLWidgets", "PrintSupport", "Svg", "Test", "Widgets")
"""What the program and pyqtgraph import; QtTest comes with pyqtgraph, QtDBus with QtGui."""

LANGUAGES = ("de", "es")
"""Qt has its own texts in these of our languages."""

QT_PLUGINS = (
    "iconengines/*qsvgicon*",
    "imageformats/*qsvg.*",
    "platforms/*qoffscreen*",
    # Linux
    "platforms/libqxcb.so",
    "platforms/libqwayland.so",
    "platforminputcontexts/libcompose*",
    "platforminputcontexts/libibus*",
    "platformthemes/libqxdgdesktopportal.so",
    "wayland-decoration-client/*",
    "wayland-shell-integration/libxdg-shell.so",
    # Windows, macOS
    "platforms/qwindows.dll",
    "platforms/libqcocoa.dylib",
    "styles/*qmodernwindowsstyle*",
    "styles/*qmacstyle*",
)

SYSTEM_LIBRARIES = (
    # not on every Linux desktop, or needed by one of these; libc, libstdc++, libGL, libEGL, libX11, libxcb and
    # libwayland are the system's own, for its graphics drivers use them too
    "libX11-xcb.so.1",
    "libbrotlicommon.so.1",
    "libbrotlidec.so.1",
    "libcap.so.2",
    "libdbus-1.so.3",
    "libexpat.so.1",
    "libffi.so.*",
    "libfontconfig.so.1",
    "libfreetype.so.6",
    "libgcrypt.so.20",
    "libglib-2.0.so.0",
    "libgpg-error.so.0",
    "libgthread-2.0.so.0",
    "liblz4.so.1",
    "liblzma.so.5",
    "libpcre2-8.so.0",
    "libpng16.so.16",
    "libpython3.*",
    "libsystemd.so.0",
    "libxcb-*.so.*",
    "libxkbcommon-x11.so.0",
    "libxkbcommon.so.0",
    "libz.so.1",
    "libzstd.so.1",
    # Windows, macOS
    "python3*.dll",
    "vcruntime140*.dll",
    "ucrtbase.dll",
    "api-ms-win-*.dll",
    "libffi-*.dll",
    "libffi.*.dylib",
    "Python",
    "Python.framework/*",
)
EXTENSION = (".so", ".pyd")
QT_FILES = (
    *(f"PySide6/Qt{module}.*" for module in QT_MODULES),
    *(f"PySide6/Qt/lib/libQt6{module}.so.6" for module in QT_MODULES),
    *(f"PySide6/Qt6{module}.dll" for module in QT_MODULES),
    *(f"PySide6/Qt/lib/Qt{module}.framework/*" for module in QT_MODULES),
    "PySide6/Qt/lib/libicu*.so.*",
    *(f"PySide6/Qt/translations/qtbase_{language}.qm" for language in LANGUAGES),
    *(f"PySide6/translations/qtbase_{language}.qm" for language in LANGUAGES),
    "PySide6/Qt/lib/libQt6WaylandClient.so.6",
    "PySide6/Qt/lib/libQt6WlShellIntegration.so.6",
    "PySide6/Qt/lib/libQt6XcbQpa.so.6",
    "PySide6/*pyside6.*",
    "PySide6/msvcp140*.dll",
    "PySide6/vcruntime140*.dll",
    "shiboken6/*",
    *(f"PySide6/Qt/plugins/{plugin}" for plugin in QT_PLUGINS),
    *(f"PySide6/plugins/{plugin}" for plugin in QT_PLUGINS),
)
LIBRARY_FILES = (
    "PIL/*",
    "colorama-*.dist-info/*",
    "jinja2-*.dist-info/*",
    "markupsafe*/*",
    "msgspec*/*",
    "numpy*/*",
    "pillow*/*",
    "pyqtgraph-*.dist-info/*",
    "pyqtgraph/colors/maps/*",
    "pyqtgraph/icons/*",
    "pyside6_essentials-*.dist-info/*",
    "shiboken6-*.dist-info/*",
    "threadpoolctl-*.dist-info/*",
    "tqdm-*.dist-info/*",
)
OWN_FILES = ("base_library.zip", "resources/*", "python3.*/lib-dynload/*", "*-cpython-*.so", "_*.pyd", "*.pyd")
ALLOWED = (*OWN_FILES, *LIBRARY_FILES, *QT_FILES, *SYSTEM_LIBRARIES)

FORBIDDEN = (
    # looked for by itself, so that a pattern above that is too wide is noticed
    "*.pyi",
    "*Network*",
    "*/tests/*",
    "*Pdf*",
    "*Qml*",
    "*Quick*",
    "*WebEngine*",
    "*_hashlib*",
    "*_sqlite3*",
    "*_ssl*",
    "*_tkinter*",
    "*egl*",
    "*gtk*",
    "*avif*",
    "*imagingcms*",
    "*liblcms2*",
    "*libcrypto*",
    "*libssl*",
    "*scipy/*",
    "*translations/*.qm",
    "*virtualkeyboard*",
)

LEFT_OUT = (
    # modules of the standard library, NumPy and pyqtgraph that nothing here needs
    "_bz2",
    "_curses",
    "_hashlib",
    "_lzma",
    "_sqlite3",
    "_ssl",
    "_tkinter",
    "_uuid",
    "PIL._avif",
    "PIL._imagingcms",
    "PIL._imagingtk",
    "PIL.AvifImagePlugin",
    "ensurepip",
    "ftplib",
    "idlelib",
    "lib2to3",
    "numpy.distutils",
    "numpy.f2py",
    "pyqtgraph.examples",
    "pyqtgraph.jupyter",
    "pyqtgraph.opengl",
    "readline",
    "setuptools",
    "sqlite3",
    "ssl",
    "tkinter",
    "turtle",
    "xmlrpc",
)


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether a path inside the bundle fits one of ``patterns``."""
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def languages() -> set[str]:
    """The languages that the program speaks besides English; Qt's own words come along for these only."""
    return {path.stem.rsplit("_", 1)[-1] for path in (ROOT / "resources").glob("translations/*.qm")}


def allowed(name: str) -> bool:
    """Whether a file may lie in the bundle under ``name``."""
    name = name.replace("\\", "/")
    spoken = [f"*/translations/qtbase_{language}.qm" for language in languages()]
    return matches(name, spoken) or (matches(name, ALLOWED) and not matches(name, FORBIDDEN))


def shipped_packages() -> dict[str, str]:
    """The packages that the program needs to run, as locked: name → version."""
    lines = (ROOT / "packaging" / "requirements-run.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


@cache
def shipped_modules() -> set[str]:
    """The top-level modules of those packages, and the program's own."""
    wanted = set(shipped_packages())
    found = {
        module
        for module, packages in packages_distributions().items()
        if any(re.sub(r"[-_.]+", "-", package).lower() in wanted for package in packages)
    }
    return {*found, "playground"}


def other_modules() -> list[str]:
    """Top-level modules that are installed here but do not belong into the program (test tools and the like)."""
    return sorted(set(packages_distributions()) - shipped_modules() - set(sys.stdlib_module_names))


def module_allowed(name: str) -> bool:
    """Whether the Python module ``name`` may go into the program's archive."""
    top, *_ = name.split(".")
    ours = top in shipped_modules() or top in sys.stdlib_module_names
    ours = ours or top.startswith(("_pyi", "pyimod", "_sysconfig"))
    return ours and not any(name == left or name.startswith(f"{left}.") for left in LEFT_OUT)
