"""A process is known by its number and its start."""

import os
import subprocess
import sys

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
