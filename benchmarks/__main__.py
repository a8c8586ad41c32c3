"""``python -m benchmarks [SECTION …] [--quick] [--workloads W1 W2 …] [--json bench.json]``; sections: see below.

The engine's section needs no Qt; it can be run by any Python that has the libraries to compare with, beside NumPy,
msgspec and threadpoolctl.
"""

import argparse
import os
import sys
from pathlib import Path

from benchmarks import engine, window
from benchmarks.measure import Line, machine, show, write
from benchmarks.workloads import WORKLOADS

SECTIONS = ("window", "panels", "canvas", "start", "memory", "engine")  # the engine last: it keeps to one core


def main() -> None:
    """Measure the sections asked for (all, if none), print the table and write it as JSON."""
    let_blas_choose()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed, as ratios.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"any of {', '.join(SECTIONS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--workloads", nargs="+", choices=[load.name for load in WORKLOADS], metavar="NAME")
    parser.add_argument("--json", type=Path, default=Path("bench.json"), metavar="FILE")
    options = parser.parse_args()
    unknown = sorted(set(options.sections) - set(SECTIONS))
    if unknown:
        parser.error(f"there is no section {unknown[0]!r}; there are: {', '.join(SECTIONS)}")
    about = machine()
    print(", ".join(f"{name} {value}" for name, value in about.items()))
    lines: list[Line] = []
    for section in SECTIONS:
        if options.sections and section not in options.sections:
            continue
        found = measure(section, quick=options.quick, workloads=options.workloads)
        show(found)
        lines += found
        write(options.json, lines, about)


def let_blas_choose() -> None:
    """Begin anew without OPENBLAS_CORETYPE.

    It would keep NumPy and scikit-learn, but not the others, from using all that the processor can do.
    """
    forced = os.environ.pop("OPENBLAS_CORETYPE", None)
    if forced:
        print(f"OPENBLAS_CORETYPE={forced} is left out: every library computes with what it chooses.", flush=True)
        os.execv(sys.executable, [sys.executable, "-m", "benchmarks", *sys.argv[1:]])


def measure(section: str, *, quick: bool, workloads: list[str] | None = None) -> list[Line]:
    """The lines of one section; of the engine's, only these workloads, if any are named."""
    if section == "engine":
        loads = [load for load in WORKLOADS if not workloads or load.name in workloads]
        return engine.measure(loads, rounds=5 if quick else 25, seconds=0.05 if quick else 0.1)
    if section == "start":
        return window.start(rounds=3 if quick else 7)
    if section == "canvas":
        return window.canvas(*((4.0, 1) if quick else (10.0, 3)))
    if section == "panels":
        return window.panels(*((4.0, 1) if quick else (10.0, 3)))
    if section == "memory":
        return window.memory(*((5.0, 5.0) if quick else (30.0, 60.0)))
    seconds, rounds = (4.0, 1) if quick else (10.0, 3)
    return [line for name in window.TITLES for line in window.measure(name, seconds, rounds)]


if __name__ == "__main__":
    main()
