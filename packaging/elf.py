"""What a folder of Linux programs and libraries asks of the system: libraries, versions, Debian packages."""

import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FONTS = ("fontconfig-config", "fonts-dejavu-core | fonts-liberation | fonts-noto-core | fonts-freefont-ttf")
"""What it takes to draw text: the list of places where fonts are, and one at least."""

LOADER = ("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu")


def binaries(folder: Path) -> list[Path]:
    """All programs and shared libraries below ``folder``."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    found.append(path)
    return found


@cache
def described(path: Path) -> str:
    """What objdump tells about a file."""
    return subprocess.check_output(["objdump", "-p", str(path)], text=True)


def needed(folder: Path) -> set[str]:
    """Libraries that are asked for below ``folder`` but do not lie there."""
    files = binaries(folder)
    there = {path.name for path in folder.rglob("*")}
    asked = {name for path in files for name in re.findall(r"^\s+NEEDED\s+(\S+)", described(path), re.M)}
    return asked - there


def forget_search_paths(folder: Path) -> None:
    """Take absolute folders of the building machine out of what is below ``folder``; libraries lie beside each other.

    Such a path (RPATH, RUNPATH) would be searched on every user's machine. It is blanked in place, which the loader
    reads as none; tools that move it can break a library.
    """
    for path in binaries(folder):
        places = re.findall(r"^\s+(?:RPATH|RUNPATH)\s+(/\S*)", described(path), re.M)
        if not places:
            continue
        content = path.read_bytes()
        for place in places:
            content = content.replace(b"\0%s\0" % place.encode(), bytes(len(place) + 2))
        path.write_bytes(content)
    described.cache_clear()


def newest(folder: Path, symbol: str) -> tuple[int, ...]:
    """The newest version of ``symbol`` ("GLIBC", "GLIBCXX") that anything below ``folder`` needs, (0,) for none."""
    versions: set[tuple[int, ...]] = {(0,)}
    for path in binaries(folder):
        _, _, references = described(path).partition("Version References:")
        for text in re.findall(rf"\b{symbol}_(\d[\d.]*)", references):
            versions.add(tuple(map(int, text.split("."))))
    return max(versions)


def system_path(library: str) -> Path | None:
    """Where the system keeps ``library``."""
    for folder in LOADER:
        path = Path(folder, library)
        if path.exists():
            return path.resolve()
    return None


def package_of(path: Path) -> str:
    """The Debian package that brought ``path``, "" when none did."""
    for name in (str(path), str(path).removeprefix("/usr"), f"/usr{path}"):  # as listed before or after the merge
        done = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":")[0].split(",")[0].strip()
    return ""


def depends(folder: Path, known: Mapping[str, str]) -> list[str]:
    """The Debian packages that the programs below ``folder`` need, with versions where these matter.

    known: library → package, for libraries that this machine lacks.

    Raises:
        RuntimeError: when no package brings a library.
    """
    found: dict[str, str] = {}
    for library in sorted(needed(folder)):
        path = system_path(library)
        package = package_of(path) if path else known.get(library, "")
        if not package:
            raise RuntimeError(f"No Debian package is known to bring {library}.")
        found[package] = package
    found["libc6"] = "libc6 (>= {})".format(".".join(map(str, newest(folder, "GLIBC"))))
    if newest(folder, "GLIBCXX") > (3, 4, 28):
        found["libstdc++6"] = f"libstdc++6 (>= {newest(folder, 'GLIBCXX')[2] - 18})"  # 3.4.29 came with GCC 11
    return [*sorted(found.values()), *FONTS]
