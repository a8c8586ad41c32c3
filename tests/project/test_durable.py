"""Saving is all or nothing, whatever happens meanwhile."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from playground.project import durable, edits, fileformat
from playground.project.model import Project

ROOT = Path(__file__).resolve().parents[2]
SAVER = """
import sys
import numpy as np
from playground.project import edits, fileformat
from playground.project.model import Project

print("ready", flush=True)
for turn in range(1_000_000):
    project = edits.set_value(Project(), "data.seed", turn % 1000).project
    weights = {"weights": {"parameters": np.full(200_000, turn % 1000, np.float32)}}
    fileformat.save(sys.argv[1], project, weights)
"""
KILLS = 25


def test_a_program_killed_while_it_saves_leaves_a_whole_file(tmp_path: Path) -> None:
    """The file holds one saved state or another, never a mixture, at whatever moment the program was killed."""
    path, draw = tmp_path / "a.playground", np.random.default_rng(0)
    fileformat.save(path, Project(), {"weights": {"parameters": np.zeros(200_000, np.float32)}})
    seeds = set()
    for _ in range(KILLS):
        saver = subprocess.Popen([sys.executable, "-c", SAVER, str(path)], cwd=ROOT, stdout=subprocess.PIPE)
        assert saver.stdout is not None
        assert saver.stdout.readline() == b"ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            saver.wait(float(draw.uniform(0, 0.05)))
        os.kill(saver.pid, signal.SIGKILL)
        saver.wait()
        saver.stdout.close()
        loaded = fileformat.load(path)
        assert loaded.warnings == ()
        assert set(loaded.arrays["weights"]["parameters"].tolist()) == {float(loaded.project.data.seed)}
        seeds.add(loaded.project.data.seed)
    assert len(seeds) > 2
    others = set(os.listdir(tmp_path)) - {"a.playground"}
    assert all(name.startswith(".a.playground.") and name.endswith(".part") for name in others)
    fileformat.save(path, Project())
    assert fileformat.load(path).project == Project()


def test_the_folder_is_settled_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    real = os.fsync

    def note(descriptor: int) -> None:
        synced.append(os.path.isdir(f"/dev/fd/{descriptor}"))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    durable.write(tmp_path / "a", lambda stream: stream.write(b"1"))
    assert synced == [False, True]


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.playground"
    fileformat.save(path, Project())
    monkeypatch.setattr(os, "access", lambda name, mode: False)  # root may write everything
    with pytest.raises(fileformat.FileError, match="cannot be written: the file is read-only. Choose another folder"):
        fileformat.save(path, edits.set_source(Project(), "xor").project)
    assert fileformat.load(path).project == Project()
    assert os.listdir(tmp_path) == ["a.playground"]
