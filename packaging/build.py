"""Build the packaged program for the platform that this runs on; the results are in ``dist/``.

Usage: ``python packaging/build.py`` (or ``make package``); ``--program`` stops after the program's folder in
``build/package/made``, ``--probe`` adds to that the program that measures its start-up.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bundle
import linux_formats
import other_formats
import tools
from system_libraries import Machine, SetupError

DIST = bundle.ROOT / "dist"


def write_sums(paths: list[Path]) -> Path:
    """Write the checksums of the files among ``paths``."""
    target = DIST / f"SHA256SUMS-{sys.platform}"
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in paths if path.is_file()]
    target.write_text("".join(lines), encoding="utf-8")
    return target


def report(paths: list[Path]) -> None:
    """Say what was made and how large it is."""
    for path in paths:
        size = path.stat().st_size / 1e6 if path.is_file() else bundle.size_mb(path)
        print(f"{size:7.1f} MB  {path}")


def build(stop: bool, probe: bool) -> list[Path]:
    """Make everything for this platform; returns the paths of the results."""
    linux = sys.platform.startswith("linux")
    if linux:
        tools.provide(Machine(), tools.BUILD)
    program = bundle.make(probe)
    if stop or probe:
        return [program]
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    make = {"win32": other_formats.make_windows, "darwin": other_formats.make_macos}.get(
        sys.platform, linux_formats.make
    )
    made = make(program, DIST)
    return [*made, write_sums(made)]


def main() -> int:
    """Build; returns the exit code."""
    parser = argparse.ArgumentParser(description="Build the packaged program for this platform.")
    parser.add_argument("--program", action="store_true", help="only the program's folder")
    parser.add_argument("--probe", action="store_true", help="only that folder, with the start-up probe")
    given = parser.parse_args()
    try:
        report(build(given.program, given.probe))
    except (bundle.BuildError, SetupError, subprocess.CalledProcessError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
