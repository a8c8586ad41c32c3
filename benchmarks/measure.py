"""What the benchmarks share: percentiles, measuring in turn, processes of their own, a table."""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info

ROOT = Path(__file__).resolve().parent.parent
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Line:
    """One measured number. ``target`` as (">=" or "<=", number), None when there is none."""

    section: str
    what: str
    value: float
    unit: str
    target: tuple[str, float] | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without a target."""
        if self.target is None:
            return None
        sign, goal = self.target
        return self.value >= goal if sign == ">=" else self.value <= goal


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` (0..1) of ``values`` do not exceed; nan without values."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def in_turn(candidates: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Call each candidate once a round, so that a busy moment hits all alike; returns what each gave, by rounds."""
    found: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, measure in candidates.items():
            found[name].append(measure())
    return found


def median_ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of the ratios of what was measured in the same round."""
    return median(a / b for a, b in zip(above, below, strict=True))


def per_call(function: Callable[[], object], seconds: float) -> float:
    """Seconds per call of ``function``, called for about ``seconds`` after one call to warm up."""
    function()
    calls, start, end = 0, time.perf_counter(), 0.0
    while end - start < seconds:
        function()
        calls += 1
        end = time.perf_counter()
    return (end - start) / calls


def probe(module: str, *arguments: object, platform_name: str = "offscreen") -> dict[str, Any]:
    """Run ``python -m benchmarks.<module>`` in a process of its own; returns the JSON object it prints last.

    Raises:
        RuntimeError: with the words of the process when it fails.
    """
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    environ = {**os.environ, "QT_QPA_PLATFORM": platform_name, "PROBE_START": repr(time.monotonic())}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling is not what is measured
    with TemporaryDirectory() as folder:  # nothing that an earlier window left
        environ["PLAYGROUND_SETTINGS_DIR"] = folder
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{module} failed:\n{done.stdout}{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def machine() -> dict[str, Any]:
    """What the numbers depend on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return {
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "products by": ", ".join(
            f"{pool['internal_api']} {pool.get('version', '?')} ({pool.get('architecture', '?')})"
            for pool in threadpool_info()
            if pool["user_api"] == "blas"
        ),
        "load at start": round(load, 2),
    }


def show(lines: Sequence[Line]) -> None:
    """Print the table."""
    section = ""
    for line in lines:
        if line.section != section:
            section = line.section
            print(f"\n{section}")
        goal = f"{line.target[0]} {line.target[1]:g}" if line.target else ""
        verdict = {True: "ok", False: "MISSED", None: ""}[line.met]
        print(f"  {line.what:<58} {line.value:>12,.4g} {line.unit:<10} {goal:<10} {verdict}")


def write(path: Path, lines: Sequence[Line], about: Mapping[str, Any]) -> None:
    """Write what was measured as JSON."""
    content = {"machine": dict(about), "lines": [{**asdict(line), "met": line.met} for line in lines]}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
