"""The results of ``make package``, unpacked, and the means to start them as they start at a user's."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DIST = ROOT / "dist"
WAIT_SECONDS = 60.0

Run = Callable[..., subprocess.CompletedProcess[str]]


def result(pattern: str) -> Path:
    """The one result of the build that fits."""
    found = list(DIST.glob(pattern))
    assert len(found) == 1, f"dist/ holds {len(found)} files like {pattern}; `make package` makes them"
    return found[0]


@pytest.fixture(scope="session")
def dist() -> Callable[[str], Path]:
    return result


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that comes out of the ``.tar.xz``."""
    folder = tmp_path_factory.mktemp("unpacked")
    subprocess.run(["tar", "-C", str(folder), "-xf", str(result("*.tar.xz"))], check=True)
    (unpacked,) = folder.iterdir()
    return unpacked


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment with an empty home and no Python on the path."""
    (tmp_path / "home").mkdir()
    (tmp_path / "bin").mkdir()
    return {"HOME": str(tmp_path / "home"), "PATH": str(tmp_path / "bin")}


@pytest.fixture
def run(program: Path, bare: dict[str, str], tmp_path: Path) -> Run:
    """Starts the packaged program with some words, away from everything."""

    def start(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(program / "playground"), *words],
            cwd=tmp_path,
            env={**bare, **environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return start


@pytest.fixture
def source(tmp_path: Path) -> Run:
    """Starts the program from the source tree."""

    def start(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "playground", *words], cwd=ROOT, capture_output=True, text=True, check=True
        )

    return start


class Screen:
    """A screen in memory and what stands on it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def windows(self) -> str:
        """All windows with their titles."""
        command = ["xwininfo", "-root", "-tree", "-display", self.name]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def wait_for(self, title: str, process: subprocess.Popen[str]) -> float:
        """Wait until a window with that title is there; returns how many seconds that took."""
        start = time.monotonic()
        while title not in self.windows():
            assert process.poll() is None, process.stderr.read() if process.stderr else "it ended"
            assert time.monotonic() - start < WAIT_SECONDS, f"no window {title!r} in {self.windows()}"
        return time.monotonic() - start


@pytest.fixture
def screen() -> Iterator[Screen]:
    """An X server that draws into memory."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-ac", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        yield Screen(f":{number}")
        server.terminate()


class SmallSystem:
    """A minimal Debian in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a command in it."""
        known = {"HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.run(
            ["chroot", str(self.folder), *command],
            env={**known, **environ},
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *command: str, **environ: str) -> subprocess.Popen[str]:
        """Start a command in it and go on."""
        known = {"HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        return subprocess.Popen(
            ["chroot", str(self.folder), *command], env={**known, **environ}, stderr=subprocess.PIPE, text=True
        )


def make_system(suite: str, folder: Path) -> SmallSystem:
    """Fetch a minimal Debian into ``folder``."""
    command = ["debootstrap", "--variant=minbase", suite, str(folder), "http://deb.debian.org/debian"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")
    return SmallSystem(folder)


@pytest.fixture(scope="session")
def debian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSystem]:
    """A minimal Debian 12, with /dev/shm and the sockets of the screens of this machine."""
    folder = tmp_path_factory.mktemp("debian") / "root"
    system = make_system("bookworm", folder)
    sockets = folder / "tmp" / ".X11-unix"
    sockets.mkdir()
    Path("/tmp/.X11-unix").mkdir(exist_ok=True)
    subprocess.run(["mount", "--bind", "/tmp/.X11-unix", str(sockets)], check=True)
    yield system
    subprocess.run(["umount", str(sockets)], check=True)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def old_debian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSystem]:
    """A minimal Debian 11, whose C library is too old."""
    folder = tmp_path_factory.mktemp("old") / "root"
    yield make_system("bullseye", folder)
    shutil.rmtree(folder)
