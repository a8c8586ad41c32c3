"""The packaged program starts where there is no Python, and does what the source does."""

import json
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import playground

pytestmark = pytest.mark.package

ROOT = Path(__file__).resolve().parents[3]
SENDER = """
import multiprocessing, os, sys
from multiprocessing import spawn

from playground.project import presets
from playground.training import run

program, internal, *libraries = sys.argv[1:]
sys.frozen = True  # so that workers are started as a packaged program starts them
spawn.set_executable(program)
with multiprocessing.get_context("spawn").Pool(2) as pool:
    sys.path[:] = [internal]  # the workers are told the path of their parent; theirs must be their own
    results = [pool.apply_async(os.readlink, ["/proc/self/exe"]) for _ in range(4)]
    print(*sorted({result.get(60) for result in results}))
    print(pool.apply(presets.names))
"""


def picture(path: Path) -> Any:
    """The pixels of a PNG as whole numbers (height, width, 3)."""
    from PySide6.QtGui import QImage

    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return pixels[..., :3].astype(int)


def assert_alike(one: Path, other: Path) -> None:
    """Both pictures show the same; rounding in the last place may differ where a curve is smooth."""
    first, second = picture(one), picture(other)
    assert first.shape == second.shape
    difference = np.abs(first - second).max(axis=2)
    assert (difference > 2).mean() < 1e-3, f"{(difference > 2).sum()} pixels differ"


def test_it_prints_its_version(run: Any) -> None:
    done = run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Deep Learning Playground {playground.__version__}\n"


def test_it_trains(run: Any) -> None:
    done = run("train", "circle", "--json")
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert facts["metric"] == "accuracy"
    assert facts["test_metric"] >= 0.95


def test_its_window_looks_as_from_source(run: Any, source: Any, tmp_path: Path) -> None:
    for preset in ("circle", "digits"):
        words = ("shot", preset, "--epochs", "30", "-o")
        done = run(*words, str(tmp_path / "packaged.png"))
        assert (done.returncode, done.stderr) == (0, "")
        source(*words, str(tmp_path / "source.png"))
        assert_alike(tmp_path / "packaged.png", tmp_path / "source.png")


def test_it_opens_a_file(
    run: Any, source: Any, tmp_path: Path, program: Path, bare: dict[str, str], screen: Any
) -> None:
    file = tmp_path / "my spiral.playground"
    source("train", "spiral", "--epochs", "20", "--save", str(file))
    assert run("shot", str(file), "-o", str(tmp_path / "packaged.png")).returncode == 0
    source("shot", str(file), "-o", str(tmp_path / "source.png"))
    assert_alike(tmp_path / "packaged.png", tmp_path / "source.png")
    environ = {**bare, "DISPLAY": screen.name}
    with subprocess.Popen(
        [str(program / "playground"), str(file)], env=environ, stderr=subprocess.PIPE, text=True
    ) as process:
        screen.wait_for("my spiral.playground — Deep Learning Playground", process)
        process.terminate()


def test_it_starts_workers_of_itself(program: Path, bare: dict[str, str], tmp_path: Path) -> None:
    """What a pool of processes does: the program runs again as a worker, opens no window and obeys."""
    binary, internal = program / "program" / "playground", program / "program" / "_internal"
    environ = {**bare, "PYTHONPATH": f"{ROOT}:{sysconfig.get_path('purelib')}"}
    command = [sys.executable, "-c", SENDER, str(binary), str(internal)]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    workers, names = done.stdout.splitlines()
    assert workers == str(binary.resolve())
    assert "circle" in names


def test_without_a_screen_it_says_so(run: Any) -> None:
    done = run()
    assert done.returncode == 1
    assert re.fullmatch(r"There is no screen here: [^\n]+\n", done.stderr)
    done = run(DISPLAY=":4711")
    assert re.fullmatch(r"The screen ':4711' that DISPLAY names cannot be reached; [^\n]+\n", done.stderr)


def test_it_starts_through_a_link_and_from_the_path(program: Path, bare: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "bin" / "play").symlink_to(program / "playground")
    for word, folder in (("play", tmp_path), ("./playground", program)):
        said = subprocess.check_output([word, "--version"], env=bare, cwd=folder, text=True)
        assert "Deep Learning Playground" in said


def test_it_is_as_small_as_promised(program: Path, dist: Callable[[str], Path]) -> None:
    on_disk = sum(path.lstat().st_size for path in program.rglob("*") if path.is_file())
    assert on_disk <= 190e6
    for pattern in ("*.tar.xz", "*.deb", "*.run"):
        assert dist(pattern).stat().st_size <= 60e6
