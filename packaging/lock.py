"""Write the exact versions of the installed packages into ``packaging/requirements-*.txt``.

    .venv/bin/python packaging/lock.py

Reads what ``pyproject.toml`` asks for and follows it through the packages of the running environment: ``run`` are the
dependencies, ``dev`` and ``package`` the extras of these names, ``full`` all other extras and the libraries that the
benchmark compares with. Try new versions by installing them into ``.venv``, run the checks, then lock.
"""

import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PEERS = ["scikit-learn"]  # light enough to be installed for comparison in `full`


def closure(requirements: list[str]) -> dict[str, str]:
    """Follow ``requirements`` through the installed packages; returns name → version."""
    found: dict[str, str] = {}
    queue = [Requirement(text) for text in requirements]
    while queue:
        wanted = queue.pop()
        package = distribution(wanted.name)
        name = canonicalize_name(package.metadata["Name"])
        if name in found:
            continue
        if not wanted.specifier.contains(package.version, prereleases=True):
            sys.exit(f"{name} {package.version} is installed, {wanted} is asked for.")
        found[name] = package.version
        for text in package.requires or []:
            inner = Requirement(text)
            extras = {"", *wanted.extras}
            if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in extras):
                queue.append(inner)
    return found


def main() -> None:
    """Write the files, each without what the ones that it builds on hold."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    optional = [text for name, texts in extras.items() if name not in ("dev", "package") for text in texts]
    run, dev = closure(project["dependencies"]), closure(extras["dev"])
    write("run", run, {})
    write("dev", dev, run)
    write("full", closure(optional + PEERS), {**run, **dev})
    write("package", closure(extras["package"]), run)


def write(name: str, pins: dict[str, str], held: dict[str, str]) -> None:
    """Write the file of a set without what is ``held`` by others."""
    lines = [f"{key}=={version}" for key, version in sorted(pins.items()) if key not in held]
    path = ROOT / "packaging" / f"requirements-{name}.txt"
    path.write_text("\n".join(["# written by packaging/lock.py", *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
