"""`pip install .` gives a program that runs away from the source tree, with its resources and its command."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import playground

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_wheel_holds_the_package_and_its_resources(wheel: Path) -> None:
    assert wheel.name == f"deep_learning_playground-{playground.__version__}-py3-none-any.whl"
    names = set(zipfile.ZipFile(wheel).namelist())
    resources = {
        f"playground/_resources/{path.relative_to(ROOT / 'resources').as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    assert resources
    assert resources <= names
    assert "playground/cli/__init__.py" in names
    assert all(name.startswith(("playground/", "deep_learning_playground-")) for name in names)


def test_installed_program_runs_away_from_the_source(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--no-index"]
    subprocess.run([*command, "--target", str(target), str(wheel)], check=True)
    libraries = sysconfig.get_path("purelib")
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(target), libraries]), "PYTHONSAFEPATH": "1"}
    script = [sys.executable, str(target / "bin" / "playground"), "presets"]
    done = subprocess.run(script, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "circle" in done.stdout
    code = "import playground; print(playground.__file__)"
    place = subprocess.check_output([sys.executable, "-c", code], cwd=tmp_path, env=environ, text=True)
    assert Path(place.strip()).is_relative_to(target)
