"""Make the folder that holds the packaged program: draw icons, run PyInstaller, write the notices, check the result."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import artwork
import elf
import notices
import whitelist

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "package"
INTERNAL = "_internal"
LIMIT_MB = 190


class BuildError(Exception):
    """The build cannot go on; the message says why."""


def version() -> str:
    """The version of the program, from its one place."""
    sys.path.insert(0, str(ROOT))
    from playground import __version__

    return __version__


def run_pyinstaller(probe: bool) -> Path:
    """Make the bundle; with ``probe`` also the program that measures its start-up.

    Raises:
        BuildError: when PyInstaller fails; its words are in a log.
    """
    shutil.rmtree(BUILD, ignore_errors=True)
    (BUILD / "resources").mkdir(parents=True)
    artwork.write(BUILD / "icons")
    environ = dict(os.environ, PLAYGROUND_BUILD=str(BUILD), PLAYGROUND_VERSION=version(), PYTHONHASHSEED="0")
    if probe:
        environ["PLAYGROUND_PROBE"] = "1"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--workpath", str(BUILD / "work"), "--distpath", str(BUILD / "made")]
    log = BUILD / "pyinstaller.log"
    with log.open("w") as file:
        code = subprocess.call(
            [*command, str(ROOT / "packaging" / "playground.spec")], env=environ, stdout=file, stderr=subprocess.STDOUT
        )
    if code != 0:
        raise BuildError(f"PyInstaller failed; see {log}:\n{log.read_text()[-2000:]}")
    return BUILD / "made" / "playground"


def add_notices(program: Path) -> str:
    """Put the generated notices where the About box looks for them; returns the text."""
    linux = sys.platform.startswith("linux")
    text = notices.compose(notices.libraries_in(program / INTERNAL) if linux else [])
    target = program / INTERNAL / "resources" / "THIRD-PARTY-NOTICES.txt"
    target.write_text(text, encoding="utf-8")
    return text


def files(folder: Path) -> list[str]:
    """All files of the bundle, as paths in it, links included."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def size_mb(folder: Path) -> float:
    """What a folder takes, links not followed, without the probe that is never shipped."""
    taken = (path for path in folder.rglob("*") if not path.is_dir() and path != folder / "probe")
    return sum(path.lstat().st_size for path in taken) / 1e6


def problems(program: Path) -> list[str]:
    """What is wrong with the bundle in ``program``: files that nobody allowed, files that are missing, its size."""
    names = files(program / INTERNAL)
    found = [f"{name} is not allowed" for name in names if not whitelist.allowed(name)]
    resources = (path for path in (ROOT / "resources").rglob("*") if path.is_file())
    wanted = [path.relative_to(ROOT).as_posix() for path in resources] + ["resources/THIRD-PARTY-NOTICES.txt"]
    found += [f"{name} is missing" for name in wanted if name not in names]
    records = {name.split("-")[0].lower() for name in names if ".dist-info/" in name}
    unnamed = {package for package in whitelist.shipped_packages() if package.replace("-", "_") not in records}
    found += [f"the licence of {package} is missing" for package in sorted(unnamed)]
    if size_mb(program) > LIMIT_MB:
        found.append(f"it takes {size_mb(program):.0f} MB of at most {LIMIT_MB}")
    return found


def make(probe: bool = False) -> Path:
    """Make and check the folder of the program.

    Raises:
        BuildError: when something does not belong into it, or is missing.
    """
    program = run_pyinstaller(probe)
    if sys.platform.startswith("linux"):
        elf.forget_search_paths(program)
    text = add_notices(program)
    wrong = problems(program)
    if wrong:
        raise BuildError("The bundle is not as it should be: " + "; ".join(wrong))
    (BUILD / "THIRD-PARTY-NOTICES.txt").write_text(text, encoding="utf-8")
    return program
