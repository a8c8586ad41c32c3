"""Write the notices of everything that lies in the packaged program: packages, system libraries, licence texts."""

import re
import subprocess
import sys
from pathlib import Path

import elf
import whitelist

ROOT = Path(__file__).resolve().parent.parent
COMMON = Path("/usr/share/common-licenses")
RULE = "\n\n" + "=" * 100 + "\n\n"


def system_libraries(names: list[str]) -> dict[str, list[str]]:
    """Debian package → the libraries among ``names`` that it brought into the bundle.

    Raises:
        RuntimeError: when a library of unknown origin would be shipped.
    """
    found: dict[str, list[str]] = {}
    for name in names:
        path = elf.system_path(name)
        package = elf.package_of(path) if path else ""
        if not package:
            raise RuntimeError(f"{name} comes from no Debian package; its licence is unknown.")
        found.setdefault(package, []).append(name)
    return dict(sorted(found.items()))


def about_package(package: str, libraries: list[str]) -> str:
    """Origin, version, source code and copyright of one Debian package."""
    layout = "${source:Package} ${source:Version}"
    text = subprocess.check_output(["dpkg-query", "-W", "-f", layout, package], text=True)
    source, version = text.split()
    copyright_file = Path("/usr/share/doc", package, "copyright").read_text(encoding="utf-8", errors="replace")
    return (
        f"{', '.join(libraries)}\nfrom the Debian package {package}, unchanged; source code: "
        f"https://snapshot.debian.org/package/{source}/{version}/\n\n{copyright_file}"
    )


def common_licences(texts: list[str]) -> list[str]:
    """The licences that copyright files refer to by their place on a Debian system."""
    names = sorted(set(re.findall(r"/usr/share/common-licenses/([\w.+-]*\w)", "\n".join(texts))))
    return [f"{name}\n\n{(COMMON / name).read_text(encoding='utf-8')}" for name in names if (COMMON / name).is_file()]


def compose(libraries: list[str]) -> str:
    """The whole text; ``libraries`` are the file names of the system's libraries in the bundle (Linux only)."""
    sys.path.insert(0, str(ROOT))
    from playground.app import components

    about = [about_package(package, names) for package, names in system_libraries(libraries).items()]
    python = Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "LICENSE.txt")
    parts = [components.compose()]
    parts += [f"Python\n\n{path.read_text(encoding='utf-8')}" for path in (python,) if path.is_file()]
    parts.append(
        "PyInstaller's bootloader, which starts the program, is under the GNU General Public License, version 2, with "
        "an\nexception that allows its use in programs under any licence: https://pyinstaller.org/en/stable/license.html"
    )
    return RULE.join(part.strip() for part in [*parts, *about, *common_licences(about)]) + "\n"


def libraries_in(folder: Path) -> list[str]:
    """The system's libraries in a bundle: those at its top that neither Python nor a package brought."""
    names = {path.name for path in folder.iterdir() if ".so" in path.name and not path.is_symlink()}
    return sorted(
        name for name in names if whitelist.matches(name, whitelist.SYSTEM_LIBRARIES) and "libpython" not in name
    )
