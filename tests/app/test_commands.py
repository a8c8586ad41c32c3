"""The commands that need the window, in this process; and once for real, as a user types them."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtGui import QImage

from playground.app import commands
from playground.app.commands import Shot
from playground.views.panels.data.source_button import SourceButton

PICTURED = ("circle", "digits", "blobs", "plane")


@pytest.fixture(autouse=True)
def keep_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    """``shot`` sets the scale for the process; give it back."""
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")


@pytest.mark.parametrize("name", PICTURED)
def test_a_shot_is_a_picture_of_the_trained_window(qapp: Any, name: str, tmp_path: Path) -> None:
    path = tmp_path / "shot.png"
    assert commands.shoot(Shot(name, path, epochs=5, size=(1366, 768))) == 0
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (1366, 768)


def test_the_same_shot_twice_is_the_same_picture(qapp: Any, tmp_path: Path) -> None:
    pictures = []
    for name in ("a.png", "b.png"):
        assert commands.shoot(Shot("circle", tmp_path / name, epochs=20, panel="network")) == 0
        pictures.append((tmp_path / name).read_bytes())
    assert pictures[0] == pictures[1]


def test_a_shot_waits_for_the_pictures_of_the_data_sets(
    qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty: list[list[str]] = []

    def look(window: Any, _path: Path) -> bool:
        buttons = window.findChildren(SourceButton)
        empty.append([button.name for button in buttons if button.isVisible() and button.empty])
        return True

    monkeypatch.setattr(commands, "_write", look)
    assert commands.shoot(Shot("plane", tmp_path / "shot.png")) == 0
    assert empty == [[]]


@pytest.mark.parametrize("tab", ["distillation", "health"])
def test_a_shot_waits_for_slow_pictures(qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tab: str) -> None:
    seen: list[bool] = []

    def look(window: Any, _path: Path) -> bool:
        seen.append(tab in window.session.trainer.latest.pictures and window.session.trainer.latest.complete)
        return True

    monkeypatch.setattr(commands, "_write", look)
    assert commands.shoot(Shot("digits_cnn", tmp_path / "shot.png", epochs=1, tab=tab)) == 0
    assert seen == [True]


@pytest.mark.parametrize("kind", [".svg", ".pdf"])
def test_lines_and_letters_can_stay_sharp(qapp: Any, tmp_path: Path, kind: str) -> None:
    assert commands.shoot(Shot("circle", tmp_path / f"shot{kind}", epochs=5, panel="network")) == 0
    assert (tmp_path / f"shot{kind}").stat().st_size > 10_000


def test_a_film_begins_untrained_and_ends_trained(qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "FRAMES", 3)
    assert commands.shoot(Shot("circle", tmp_path / "run.apng", epochs=30, panel="output", size=(800, 600))) == 0
    with Image.open(tmp_path / "run.apng") as film:
        assert film.n_frames == 4
        first = film.convert("RGB").tobytes()
        film.seek(3)
        assert film.convert("RGB").tobytes() != first


def test_a_film_that_cannot_be_written_fails(qapp: Any, tmp_path: Path) -> None:
    assert commands.shoot(Shot("circle", tmp_path / "no" / "run.gif", epochs=0)) == 1


def test_the_distillation_panel_is_pictured_and_looks_the_same_each_time(qapp: Any, tmp_path: Path) -> None:
    pictures = []
    for name in ("a.png", "b.png"):
        assert commands.shoot(Shot("circle", tmp_path / name, epochs=20, panel="distillation")) == 0
        pictures.append((tmp_path / name).read_bytes())
    assert pictures[0] == pictures[1]
    image = QImage(str(tmp_path / "a.png"))
    colors = {image.pixelColor(x, y).name() for x in range(0, 160, 2) for y in range(0, image.height(), 2)}
    assert {"#e07b16", "#1f77b4"} <= colors


def test_a_tab_can_be_opened_for_the_picture(qapp: Any, tmp_path: Path) -> None:
    for tab in ("loss", "distillation"):
        assert commands.shoot(Shot("circle", tmp_path / f"{tab}.png", epochs=5, tab=tab)) == 0
    loss, distillation = (QImage(str(tmp_path / f"{tab}.png")) for tab in ("loss", "distillation"))
    assert loss.size() == distillation.size()
    assert loss != distillation


def test_light_and_dark_differ(qapp: Any, tmp_path: Path) -> None:
    corners = []
    for theme in ("light", "dark"):
        path = tmp_path / f"{theme}.png"
        assert commands.shoot(Shot("circle", path, theme=theme)) == 0  # type: ignore[arg-type]
        corners.append(QImage(str(path)).pixelColor(3, 400).lightness())
    assert corners[0] > 200 > 60 > corners[1]


def test_a_folder_that_is_not_there_is_told(qapp: Any, tmp_path: Path, capsys: Any) -> None:
    assert commands.shoot(Shot("circle", tmp_path / "nowhere" / "shot.png")) == 1
    assert "nowhere" in capsys.readouterr().err


def test_the_demo_trains_and_reports(qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert commands.demo() == 0
    report = capsys.readouterr().out
    for word in ("epochs", "training loss", "test loss", "accuracy"):
        assert word in report
    assert QImage("playground.png").width() == 1366


def test_the_command_line_takes_a_picture_at_double_scale(tmp_path: Path) -> None:
    path = tmp_path / "shot.png"
    words = ["shot", "xor", "-o", str(path), "--epochs", "3", "--size", "1366x768", "--scale", "2", "--theme", "dark"]
    done = subprocess.run(
        [sys.executable, "-m", "playground", *words], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    assert QImage(str(path)).width() == 2 * 1366
