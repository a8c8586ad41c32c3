"""A process is known by its number and its start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from playground.session import process


def test_this_process_is_alive() -> None:
    pid, began = process.own()
    assert pid == os.getpid()
    assert process.alive(pid, began)


def test_a_number_that_was_given_out_again_is_another_process() -> None:
    assert not process.alive(os.getpid(), "another start")
    assert not process.alive(os.getpid(), "")


def test_an_ended_process_is_not_alive() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    began = process.started(child.pid)
    assert process.alive(child.pid, began)
    child.kill()
    child.wait()
    assert child.stdin is not None
    child.stdin.close()
    assert not process.alive(child.pid, began)
    assert process.started(0) == process.started(-1) == ""


def test_without_proc_and_ps_it_is_known_that_a_process_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As in a minimal system whose /proc is not there."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    monkeypatch.setattr(process.os.path, "exists", lambda _path: False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert process.alive(*process.own())
    assert process.alive(child.pid, process.started(child.pid))
    child.kill()
    child.wait()
    assert child.stdin is not None
    child.stdin.close()
    assert process.started(child.pid) == ""
