"""The set-up script: says what is missing before it changes anything, repairs, and does nothing the second time."""

import importlib
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "packaging"


@pytest.fixture(scope="module", autouse=True)
def scripts() -> Iterator[None]:
    """The scripts import each other from their own folder, as they do when they are run."""
    sys.path.insert(0, str(SCRIPTS))
    yield
    sys.path.remove(str(SCRIPTS))


@pytest.fixture
def system() -> ModuleType:
    return importlib.import_module("system_libraries")


@pytest.fixture
def bootstrap() -> ModuleType:
    return importlib.import_module("bootstrap")


class Installer:
    """Remembers what it was asked to install."""

    def __init__(self) -> None:
        self.packages: list[str] = []

    def __call__(self, packages: list[str]) -> None:
        self.packages += packages


# --- System libraries ------------------------------------------------------------------------------------------------


def test_libraries_in_the_linkers_cache_are_not_loaded(system: ModuleType, tmp_path: Path) -> None:
    cache = tmp_path / "ld.so.cache"
    cache.write_bytes(b"junk\0libGL.so.1\0/usr/lib/libGL.so.1\0libEGL.so.1.2\0")
    asked: list[str] = []

    def load(name: str) -> bool:
        asked.append(name)
        return name == "libA.so"

    wanted = {"libGL.so.1": "a", "libEGL.so.1": "b", "libA.so": "c"}
    assert system.missing_libraries(wanted, str(cache), load) == ["libEGL.so.1"]
    assert asked == ["libA.so", "libEGL.so.1"]


def test_without_a_cache_libraries_are_tried_out(system: ModuleType, tmp_path: Path) -> None:
    assert system.missing_libraries({"libnonesuch.so.7": "x"}, str(tmp_path / "none")) == ["libnonesuch.so.7"]


@pytest.mark.parametrize(
    ("screen", "environ", "expected"),
    [
        (False, {"DISPLAY": ":0"}, set()),
        (True, {}, set()),
        (True, {"DISPLAY": ":0"}, {"libxcb-cursor.so.0", "libxkbcommon-x11.so.0"}),
        (True, {"WAYLAND_DISPLAY": "wayland-0"}, {"libwayland-client.so.0"}),
    ],
)
def test_a_screen_needs_more(system: ModuleType, screen: bool, environ: dict[str, str], expected: set[str]) -> None:
    wanted = system.wanted_libraries(screen, environ)
    assert set(system.OFFSCREEN_LIBRARIES) <= set(wanted)
    assert expected <= set(wanted)
    assert expected or set(wanted) == set(system.OFFSCREEN_LIBRARIES)


def test_fonts_are_found_below_any_folder(system: ModuleType, tmp_path: Path) -> None:
    assert not system.has_font([str(tmp_path), str(tmp_path / "none")])
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "Some.TTF").touch()
    assert system.has_font([str(tmp_path / "none"), str(tmp_path)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ID=debian\n", True), ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True), ("ID=fedora\n", False), (None, False)],
)
def test_debian_is_recognised(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str | None, expected: bool
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    release = tmp_path / "os-release"
    if text is not None:
        release.write_text(text)
    assert system.is_debian(str(release)) is expected


def bare(system: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the machine lack one library and every font."""
    monkeypatch.setattr(system, "missing_libraries", lambda wanted: ["libEGL.so.1"])
    monkeypatch.setattr(system, "has_font", lambda folders: False)


def test_root_on_debian_installs_what_is_missing(system: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    bare(system, monkeypatch)
    install = Installer()
    system.provide_libraries(system.Machine({}, debian=True, root=True, install=install), screen=False)
    assert install.packages == ["libegl1", "fonts-dejavu-core"]


def test_others_are_told_the_exact_command(system: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    bare(system, monkeypatch)
    install = Installer()
    with pytest.raises(system.SetupError, match="sudo apt-get install libegl1 fonts-dejavu-core\n"):
        system.provide_libraries(system.Machine({}, debian=True, root=False, install=install), screen=False)
    with pytest.raises(system.SetupError, match=r"libEGL\.so\.1, a font\. Install it with your system's package"):
        system.provide_libraries(system.Machine({}, debian=False, root=True, install=install), screen=False)
    assert install.packages == []


def test_apt_updates_its_lists_when_a_package_is_unknown(system: ModuleType) -> None:
    calls: list[str] = []

    def call(command: list[str], **_: Any) -> int:
        calls.append(command[1])
        return 0 if len(calls) == 3 else 100

    system.apt_install(["libegl1"], call)
    assert calls == ["install", "update", "install"]
    with pytest.raises(system.SetupError, match="apt-get update && apt-get install libegl1"):
        system.apt_install(["libegl1"], lambda command, **_: 100)


# --- Python ----------------------------------------------------------------------------------------------------------


def test_an_old_python_is_told_apart(bootstrap: ModuleType) -> None:
    bootstrap.check_version((3, 11, 0), debian=True)
    with pytest.raises(bootstrap.SetupError, match=r"this is 3\.9(.|\n)*sudo apt-get install python3\.11 "):
        bootstrap.check_version((3, 9, 2), debian=True)
    with pytest.raises(bootstrap.SetupError, match=r"https://www\.python\.org"):
        bootstrap.check_version((3, 9, 2), debian=False)


def test_a_missing_venv_module_is_named(bootstrap: ModuleType) -> None:
    system = importlib.import_module("system_libraries")
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    install = Installer()
    bootstrap.provide_venv_module(system.Machine({}, True, False, install))
    with pytest.raises(bootstrap.SetupError, match=f"sudo apt-get install {package}\n"):
        bootstrap.provide_venv_module(system.Machine({}, True, False, install), lambda name: None)
    bootstrap.provide_venv_module(system.Machine({}, True, True, install), lambda name: None)
    assert install.packages == [package]


# --- The environment -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project, set up for real by the script (its locks are empty, so that no network is needed)."""
    root = tmp_path_factory.mktemp("a project") / "root"
    (root / "packaging").mkdir(parents=True)
    for name in ("bootstrap.py", "system_libraries.py"):
        shutil.copy(SCRIPTS / name, root / "packaging")
    for name in ("run", "dev", "full", "package"):
        (root / "packaging" / f"requirements-{name}.txt").write_text("# nothing\n")
    (root / "playground").mkdir()
    (root / "playground" / "__init__.py").touch()
    (root / "playground" / "__main__.py").write_text("import sys\nprint('it runs', *sys.argv[1:])\n")
    done = set_up(root)
    assert done.returncode == 0, done.stderr
    return root


def set_up(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script as the Makefile does."""
    command = [sys.executable, str(root / "packaging" / "bootstrap.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_environment_runs_the_source_tree(made: Path) -> None:
    command = [made / ".venv" / "bin" / "playground", "a file"]
    assert subprocess.check_output(command, cwd="/", text=True) == "it runs a file\n"
    assert not list(made.glob(".venv/*.new"))


def test_the_second_time_nothing_happens(made: Path) -> None:
    stamp = made / ".venv" / "playground-setup.json"
    before, start = stamp.stat().st_mtime_ns, time.perf_counter()
    done = set_up(made)
    elapsed = time.perf_counter() - start
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    assert stamp.stat().st_mtime_ns == before
    assert elapsed < 2.0, "a set-up with nothing to do takes a fraction of a second"


def test_a_changed_lock_is_installed_in_place(made: Path) -> None:
    lock = made / "packaging" / "requirements-run.txt"
    mark = made / ".venv" / "mark"
    mark.touch()
    lock.write_text("# nothing, in other words\n")
    done = set_up(made)
    assert done.returncode == 0
    assert "Installing" in done.stderr
    assert mark.exists(), "the environment was made anew"


def test_a_larger_set_holds_the_smaller(made: Path) -> None:
    assert "(dev)" in set_up(made, "dev").stderr
    assert set_up(made, "run").stderr == set_up(made, "dev").stderr == ""
    (made / "packaging" / "requirements-dev.txt").write_text("# other tools\n")
    assert set_up(made, "run").stderr == ""
    assert "(dev)" in set_up(made, "dev").stderr


def test_sets_beside_each_other_are_both_kept(made: Path) -> None:
    assert set_up(made, "dev").stderr == ""
    assert "(package)" in set_up(made, "package").stderr
    assert set_up(made, "package").stderr == set_up(made, "dev").stderr == set_up(made, "run").stderr == ""


@pytest.mark.parametrize("damage", ["python", "moved"])
def test_a_broken_environment_is_made_anew(made: Path, tmp_path: Path, damage: str) -> None:
    root = made
    if damage == "moved":
        root = tmp_path / "elsewhere"
        shutil.copytree(made, root, symlinks=True)
    else:
        (root / ".venv" / "bin" / "python").unlink()
        (root / ".venv" / "bin" / "python").symlink_to("/nowhere/python")
    done = set_up(root)
    assert done.returncode == 0, done.stderr
    assert "Making" in done.stderr
    code = "import playground; print(playground.__file__)"
    found = subprocess.check_output([root / ".venv" / "bin" / "python", "-c", code], cwd="/", text=True)
    assert Path(found.strip()).parents[1] == root


def test_a_failed_first_set_up_leaves_nothing(made: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(made, root, symlinks=True, ignore=shutil.ignore_patterns(".venv"))
    (root / "packaging" / "requirements-run.txt").write_text("./there-is-no-such-package.whl\n")
    done = set_up(root)
    assert done.returncode == 1
    assert "The packages could not be installed" in done.stderr
    assert "Traceback" not in done.stderr.split("The packages could not")[1]
    assert not (root / ".venv").exists()


def test_a_failed_update_is_tried_again(made: Path) -> None:
    lock = made / "packaging" / "requirements-run.txt"
    good = lock.read_text()
    lock.write_text("./there-is-no-such-package.whl\n")
    assert set_up(made).returncode == 1
    lock.write_text(good)
    assert "Installing" in set_up(made).stderr
    assert set_up(made).stderr == ""


def test_a_missing_library_stops_before_anything_changes(
    bootstrap: ModuleType,
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    system = importlib.import_module("system_libraries")
    root = tmp_path / "root"
    shutil.copytree(made, root, symlinks=True, ignore=shutil.ignore_patterns(".venv"))
    bare(system, monkeypatch)
    machine = system.Machine({}, debian=True, root=False, install=Installer())
    assert bootstrap.main([], root=str(root), machine=machine) == 1
    assert "sudo apt-get install libegl1" in capsys.readouterr().err
    assert not (root / ".venv").exists()


# --- What is pinned --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["run", "dev", "full", "package"])
def test_locks_hold_exact_versions_and_no_addresses(name: str) -> None:
    lines = (SCRIPTS / f"requirements-{name}.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert all(line.count("==") == 1 and "/" not in line and line == line.lower() for line in pins)


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = {"run": project["dependencies"], "dev": extras["dev"], "package": extras["package"]}
    for name, texts in asked.items():
        lines = (SCRIPTS / f"requirements-{name}.txt").read_text().splitlines()
        pins = dict(line.split("==") for line in lines if "==" in line)
        for wanted in map(Requirement, texts):
            assert wanted.specifier.contains(pins[canonicalize_name(wanted.name)]), wanted


def test_the_script_is_executable_as_given_in_the_makefile() -> None:
    assert "packaging/bootstrap.py" in (ROOT / "Makefile").read_text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
