"""Measure the start of source and packaged program against a bare window with one plot.

Usage: ``python packaging/build.py --probe``, then, on a quiet machine, ``python packaging/measure_start.py [ROUNDS]``.
Each round starts all in turn.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
PROBE = ROOT / "build" / "package" / "made" / "playground" / "probe"
SOURCE = [sys.executable, "-m", "benchmarks.probe_start"]
STARTS = {
    "bare window with one plot, source": [*SOURCE, "plain"],
    "the app, source": [*SOURCE, "app"],
    "bare window with one plot, packaged": [str(PROBE), "plain"],
    "the app, packaged": [str(PROBE), "app"],
}


def start(command: list[str]) -> dict[str, float]:
    """Start once; returns seconds until each stage."""
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start finds its modules compiled
    with TemporaryDirectory() as folder:  # nothing that an earlier window left
        environ["PLAYGROUND_SETTINGS_DIR"] = folder
        environ["PROBE_START"] = repr(time.monotonic())
        said = subprocess.check_output(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL, text=True)
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def main(rounds: int) -> None:
    """Print medians, and ratios to the bare window."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in STARTS}
    for turn in range(rounds + 1):
        for name, command in STARTS.items():
            one = start(command)
            if turn:  # the first only fills the system's caches
                found[name].append(one)
    bare = median(one["painted"] for one in found["bare window with one plot, source"])
    for name, results in found.items():
        for stage in results[0]:
            seconds = median(one[stage] for one in results)
            print(f"{name:36} {stage:9} {seconds:6.3f} s  {seconds / bare:5.2f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
