"""Animations are read again by another reader than the one that wrote them, as far as there is one."""

import stat
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from playground.export import animation
from playground.export.animation import AnimationError


def frames(count: int = 5) -> list[np.ndarray]:
    pictures = np.zeros((count, 31, 41, 3), np.uint8)
    for place in range(count):
        pictures[place, :, : 8 * (place + 1)] = (40 * place, 200, 90)
    return list(pictures)


@pytest.mark.parametrize("kind", [".gif", ".apng", ".webp"])
def test_every_frame_and_its_time_can_be_read_again(tmp_path: Path, kind: str) -> None:
    path, shares = tmp_path / f"run{kind}", []
    animation.write(frames(), path, 0.1, shares.append)
    with Image.open(path) as picture:
        assert picture.n_frames == 5
        assert picture.info["loop"] == 0
        for place, frame in enumerate(frames()):
            picture.seek(place)
            picture.load()
            assert picture.info["duration"] == (2000 if place == 4 else 100)
            assert np.array_equal(np.asarray(picture.convert("RGB")), frame)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_one_frame_is_an_animation_too(tmp_path: Path) -> None:
    animation.write(frames(1), tmp_path / "one.gif", 0.1)
    with Image.open(tmp_path / "one.gif") as picture:
        assert picture.n_frames == 1


@pytest.mark.parametrize(
    ("name", "count", "sentence"),
    [("run.bmp", 3, "must end in one of .gif"), ("run.gif", 0, "no pictures yet"), ("no/such/run.gif", 2, "Choose")],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, count: int, sentence: str) -> None:
    with pytest.raises(AnimationError, match=sentence):
        animation.write(frames(count), tmp_path / name, 0.1)


def test_cancelling_leaves_nothing_behind(tmp_path: Path) -> None:
    def cancel(share: float) -> None:
        raise StopIteration

    with pytest.raises(StopIteration):
        animation.write(frames(), tmp_path / "run.gif", 0.1, cancel)
    assert list(tmp_path.iterdir()) == []


def ffmpeg(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a stand-in for ffmpeg on the path."""
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_without_ffmpeg_videos_are_not_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ".mp4" not in animation.formats()
    with pytest.raises(AnimationError, match="install ffmpeg"):
        animation.write(frames(), tmp_path / "run.mp4", 0.1)


def test_ffmpeg_is_given_every_frame_at_an_even_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    ffmpeg(tmp_path / "bin", f'echo "$@" > {tmp_path}/asked; cat > {tmp_path}/got', monkeypatch)
    animation.write(frames(), tmp_path / "run.mp4", 0.1)
    assert "-video_size 40x30 -framerate 10" in (tmp_path / "asked").read_text()
    raw = np.frombuffer((tmp_path / "got").read_bytes(), np.uint8).reshape(-1, 30, 40, 3)
    assert len(raw) == 5 + 19
    assert np.array_equal(raw[3], frames()[3][:30, :40])


def test_what_ffmpeg_complains_about_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    ffmpeg(tmp_path / "bin", 'echo "no room left" >&2; exit 1', monkeypatch)
    with pytest.raises(AnimationError, match="no room left"):
        animation.write(frames(), tmp_path / "run.mp4", 0.1)
