"""The engine against other libraries, in turn, each on one and the same core."""

import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

import numpy as np

from benchmarks.measure import Line, in_turn, median_ratio, per_call
from benchmarks.peers import FILTERS, PEERS, make_ours
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


def measure(loads: Sequence[Workload] = WORKLOADS, *, rounds: int, seconds: float) -> list[Line]:
    """Microseconds per mini-batch of every engine and workload, and the ratios."""
    missing: set[str] = set()
    lines: list[Line] = []
    use_one_core()
    for load in loads:
        candidates = make_candidates(load, missing)
        title = f"Engine {load.name}: {load.title}"
        calls: dict[str, Callable[[], float]] = {
            name: partial(per_call, epoch, seconds) for name, epoch in candidates.items()
        }
        if load.name in PEAK_SHARES:
            calls["peak"] = product_peak
        found = in_turn(calls, rounds)
        peaks = found.pop("peak", [])
        steps = 1 if load.grid else load.steps
        lines += [Line(title, name, 1e6 * median(values) / steps, "µs") for name, values in found.items()]
        lines += [ratio(title, load, name, found[name], found[OURS]) for name in found if name != OURS]
        if peaks:
            speeds = [operations(load) * steps / seconds_taken for seconds_taken in found[OURS]]
            share, goal = 100 * median_ratio(speeds, peaks), PEAK_SHARES[load.name]
            lines.append(Line(title, "share of one core's matrix product peak", share, "%", (">=", goal)))
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
    if load.name in ("W1", "W2", "W3"):
        made[TAPE] = make_tape(load)
    for name, make in PEERS.items():
        try:
            made[name] = make(load)
        except ImportError:
            missing.add(name)
    return {name: epoch for name, epoch in made.items() if epoch is not None}


def ratio(title: str, load: Workload, name: str, theirs: Sequence[float], ours: Sequence[float]) -> Line:
    """How many times faster than ``name``."""
    target = TARGETS.get(name, {}).get(load.name)
    value = median_ratio(theirs, ours)
    return Line(title, f"{name} / {OURS}", value, "×", (">=", float(target)) if target else None)


def operations(load: Workload) -> float:
    """Floating-point operations of one training step: forward, weight gradients, and input gradients above."""
    if load.image:
        side, (first, second) = load.image[0] - 2, FILTERS
        small = side // 2 - 2
        pairs = [9 * first * side**2, 9 * first * second * small**2, second * small**2 * load.units[-1]]
    else:
        pairs = [inputs * outputs for inputs, outputs in zip(load.units[:-1], load.units[1:], strict=True)]
    return float(2 * load.batch * (3 * sum(pairs) - pairs[0]))


def product_peak(size: int = 512, seconds: float = 0.1) -> float:
    """Floating-point operations a second of a large float32 matrix product."""
    a, b, out = (np.ones((size, size), np.float32) for _ in range(3))
    np.dot(a, b, out=out)
    start, products = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        np.dot(a, b, out=out)
        products += 1
    return products * 2.0 * size**3 / (time.perf_counter() - start)
