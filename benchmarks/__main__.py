"""``python -m benchmarks [window] [start] [memory] [engine] [--quick] [--json bench.json]``"""

import argparse
from pathlib import Path

from benchmarks import engine, window
from benchmarks.measure import Line, machine, show, write

SECTIONS = ("window", "start", "memory", "engine")  # the engine last: it keeps the process to one core


def main() -> None:
    """Measure the sections asked for (all, if none), print the table and write it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed, as ratios.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"any of {', '.join(SECTIONS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
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
        found = measure(section, quick=options.quick)
        show(found)
        lines += found
        write(options.json, lines, about)


def measure(section: str, *, quick: bool) -> list[Line]:
    """The lines of one section."""
    if section == "engine":
        return engine.measure(rounds=3 if quick else 9, seconds=0.1 if quick else 0.3)
    if section == "start":
        return window.start(rounds=3 if quick else 7)
    if section == "memory":
        return window.memory(*((5.0, 5.0) if quick else (30.0, 60.0)))
    seconds, rounds = (4.0, 1) if quick else (10.0, 3)
    return [line for name in window.TITLES for line in window.measure(name, seconds, rounds)]


if __name__ == "__main__":
    main()
