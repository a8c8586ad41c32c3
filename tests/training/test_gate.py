"""The frame gate and the switch interval."""

import sys
import threading
import time

from playground.training.gate import LONGEST_WAIT, SWITCH_INTERVAL, FrameGate, switch_interval


def test_an_open_gate_does_not_wait() -> None:
    assert FrameGate().wait()


def test_a_held_gate_lets_go_when_the_time_is_up() -> None:
    gate = FrameGate()
    gate.hold()
    start = time.perf_counter()
    assert not gate.wait()
    assert time.perf_counter() - start >= LONGEST_WAIT * 0.9


def test_release_opens_it_for_a_waiting_thread() -> None:
    gate = FrameGate()
    gate.hold()
    passed: list[bool] = []

    def wait_long() -> None:
        while not gate.wait():
            pass
        passed.append(True)

    thread = threading.Thread(target=wait_long)
    thread.start()
    assert not passed
    gate.release()
    thread.join(2)
    assert passed


def test_releasing_twice_does_no_harm() -> None:
    gate = FrameGate()
    gate.release()
    gate.hold()
    gate.release()
    gate.release()
    assert gate.wait()


def test_switch_interval_is_short_as_long_as_anyone_needs_it() -> None:
    before = sys.getswitchinterval()
    switch_interval.shorten()
    switch_interval.shorten()
    assert abs(sys.getswitchinterval() - SWITCH_INTERVAL) < 1e-6
    switch_interval.restore()
    assert abs(sys.getswitchinterval() - SWITCH_INTERVAL) < 1e-6
    switch_interval.restore()
    assert sys.getswitchinterval() == before
