"""What the program is made of: libraries with their versions, licences and notices. Needs no Qt."""

import platform
from dataclasses import dataclass

from playground import resources
from playground.texts import Text

NOTICES = "THIRD-PARTY-NOTICES.txt"
"""The file of all licence texts, which the build of the packaged program generates."""

QT_SOURCES = "https://download.qt.io/official_releases/QtForPython/pyside6/"
LICENCE_TEXTS = ("LGPL-3.0", "GPL-3.0", "MPL-2.0")
"""Texts in ``resources/licences`` that the packages themselves only name."""


@dataclass(frozen=True)
class Component:
    """A library that the program needs to run; ``package`` is its name in package indexes, "" for Python itself."""

    name: str
    package: str
    licence: str
    use: str
    home: str

    @property
    def version(self) -> str:
        """The version in use, "?" when the package was installed without a record of it."""
        if not self.package:
            return platform.python_version()
        from importlib.metadata import PackageNotFoundError, version  # slow to load, and not needed at start

        try:
            return version(self.package)
        except PackageNotFoundError:
            return "?"


COMPONENTS = (
    Component("Python", "", "PSF-2.0", Text("the language"), "https://www.python.org"),
    Component("Qt for Python (with Qt)", "pyside6-essentials", "LGPL-3.0", Text("the window"), "https://www.qt.io"),
    Component("Shiboken", "shiboken6", "LGPL-3.0", Text("ties Qt to Python"), "https://www.qt.io"),
    Component("NumPy (with OpenBLAS)", "numpy", "BSD-3-Clause", Text("the maths"), "https://numpy.org"),
    Component("pyqtgraph", "pyqtgraph", "MIT", Text("the plots"), "https://www.pyqtgraph.org"),
    Component("msgspec", "msgspec", "BSD-3-Clause", Text("settings and files"), "https://github.com/msgspec/msgspec"),
    Component(
        "threadpoolctl", "threadpoolctl", "BSD-3-Clause", Text("one core"), "https://github.com/joblib/threadpoolctl"
    ),
    Component("tqdm", "tqdm", "MPL-2.0 and MIT", Text("progress on the command line"), "https://tqdm.github.io"),
    Component(
        "Pillow", "pillow", "MIT-CMU", Text("reads pictures, writes animations"), "https://python-pillow.github.io"
    ),
    Component("Jinja2", "jinja2", "BSD-3-Clause", Text("writes code and reports"), "https://jinja.palletsprojects.com"),
    Component(
        "MarkupSafe", "markupsafe", "BSD-3-Clause", Text("comes with Jinja2"), "https://markupsafe.palletsprojects.com"
    ),
    Component(
        "colorama", "colorama", "BSD-3-Clause", Text("comes with pyqtgraph"), "https://github.com/tartley/colorama"
    ),
)


def notices() -> str:
    """The licence texts of all that is shipped: the generated file, or what the installed packages say themselves."""
    try:
        return resources.path(NOTICES).read_text(encoding="utf-8")
    except FileNotFoundError:
        return compose()


def compose() -> str:
    """Gather the notices from the installed packages and from ``resources``."""
    parts = [lgpl_notice()]
    for component in COMPONENTS:
        head = f"{component.name} {component.version}\nLicence: {component.licence}\n{component.home}"
        parts.append("\n\n".join([head, *package_texts(component.package)]))
    data = [file.read_text(encoding="utf-8") for file in sorted(resources.path("data").glob("*.md"))]
    parts.append("\n\n".join(["Data that come with the program", *data]))
    parts += [resources.path("licences", f"{name}.txt").read_text(encoding="utf-8") for name in LICENCE_TEXTS]
    rule = "\n\n" + "=" * 100 + "\n\n"
    return rule.join(part.strip() for part in parts) + "\n"


def lgpl_notice() -> str:
    """What the LGPL wants told about Qt."""
    return (
        "Deep Learning Playground uses Qt and Qt for Python under the GNU Lesser General Public License, version 3, "
        "whose\ntext stands below. They are shared libraries beside the program: you may replace them by versions of "
        "your own that\nkeep to the same interfaces. Their source code, unchanged, is at\n\n"
        f"    {QT_SOURCES}\n    https://download.qt.io/official_releases/qt/"
    )


def package_texts(package: str) -> list[str]:
    """The licence files that an installed package brought along."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        files = distribution(package).files if package else None
    except PackageNotFoundError:
        files = None
    wanted = [
        file
        for file in files or []
        if file.parts[0].endswith(".dist-info") and ("licenses" in file.parts or file.name.upper().startswith("LICEN"))
    ]
    return [f"--- {file.name}\n\n{file.read_text(encoding='utf-8').strip()}" for file in wanted]
