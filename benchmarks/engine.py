"""The engine against other libraries, in turn, each on one and the same core."""

import os
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.measure import Line, in_turn, per_call
from benchmarks.peers import PEERS, make_ours
from benchmarks.tape import make_tape
from benchmarks.workloads import WORKLOADS, Workload

OURS, TAPE = "playground", "tape written by hand"
# how many times faster than the other library at least
TARGETS = {
    "PyTorch": {"W1": 30, "W2": 28, "W3": 14, "W4": 9, "W5": 1.4, "W6": 2.5, "W7": 7},
    "scikit-learn": {"W1": 22, "W2": 18, "W3": 45, "W4": 6, "W5": 1.5},
    "JAX": {"W1": 1.4, "W2": 1.3, "W3": 7, "W4": 0.9, "W5": 0.85, "W6": 3},
}
PEAK_SHARES = {"W5": 65.0, "W6": 33.0}  # percent of one core's matrix product peak


def measure(*, rounds: int, seconds: float) -> list[Line]:
    """Microseconds per mini-batch of every engine and workload, and the ratios."""
    missing: set[str] = set()
    lines: list[Line] = []
    use_one_core()
    for load in WORKLOADS:
        candidates = make_candidates(load, missing)
        title = f"Engine {load.name}: {load.title}"
        if OURS not in candidates:
            print(f"{title}: the engine has no such layers yet")
            continue
        calls: dict[str, Callable[[], float]] = {
            name: partial(per_call, epoch, seconds) for name, epoch in candidates.items()
        }
        if load.name in PEAK_SHARES:
            calls["peak"] = product_peak
        found = in_turn(calls, rounds)
        peak = found.pop("peak", 0.0)
        steps = 1 if load.grid else load.steps
        lines += [Line(title, name, 1e6 * value / steps, "µs") for name, value in found.items()]
        lines += [ratio(title, load, name, found[name] / found[OURS]) for name in found if name != OURS]
        if peak and not load.image:
            share = 100 * operations(load) / (found[OURS] / steps) / peak
            lines.append(
                Line(title, "share of one core's matrix product peak", share, "%", (">=", PEAK_SHARES[load.name]))
            )
    if missing:
        print(f"Not installed, not compared: {', '.join(sorted(missing))}")
    return lines


def use_one_core() -> None:
    """Keep this process to one core where the system allows that; libraries then start one thread."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    else:
        print("Engines may use several cores here.")


def make_candidates(load: Workload, missing: set[str]) -> dict[str, Callable[[], object]]:
    """One epoch of ``load`` with each engine that is there and can do it; absent libraries are added to ``missing``."""
    made: dict[str, Callable[[], object] | None] = {OURS: make_ours(load)}
    if load.name == "W2":
        made[TAPE] = make_tape(load)
    for name, make in PEERS.items():
        try:
            made[name] = make(load)
        except ImportError:
            missing.add(name)
    return {name: epoch for name, epoch in made.items() if epoch is not None}


def ratio(title: str, load: Workload, name: str, value: float) -> Line:
    """How many times faster than ``name``."""
    target = TARGETS.get(name, {}).get(load.name)
    return Line(title, f"{name} / {OURS}", value, "×", (">=", float(target)) if target else None)


def operations(load: Workload) -> float:
    """Floating-point operations of one dense training step: forward, weight gradients, and input gradients above."""
    pairs = [inputs * outputs for inputs, outputs in zip(load.units[:-1], load.units[1:], strict=True)]
    return float(2 * load.batch * (3 * sum(pairs) - pairs[0]))


def product_peak(size: int = 512, seconds: float = 0.2) -> float:
    """Floating-point operations a second of a large float32 matrix product."""
    a, b, out = (np.ones((size, size), np.float32) for _ in range(3))
    np.dot(a, b, out=out)
    start, products = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        np.dot(a, b, out=out)
        products += 1
    return products * 2.0 * size**3 / (time.perf_counter() - start)
