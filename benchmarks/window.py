"""The window: smoothness and speed while training, gestures, painting the canvas, memory, start-up."""

from statistics import median
from typing import Any

from benchmarks.measure import Line, percentile, probe

EPOCHS_TARGET = {"default": 2_000.0, "deep": 600.0}
TITLES = {"default": "Window, default network 2-4-2-1", "deep": "Window, 7 inputs, six layers of 8, batches of 30"}


def measure(name: str, seconds: float, rounds: int) -> list[Line]:
    """Bare loop and live window in turn, each in a process of its own."""
    bare: list[dict[str, float]] = []
    live: list[dict[str, Any]] = []
    for _ in range(rounds):
        bare.append(probe("probe_bare", name, seconds))
        live.append(probe("probe_live", name, seconds))
    bare.append(probe("probe_bare", name, seconds))

    def middle(found: list[dict[str, Any]], key: str) -> float:
        return float(median(one[key] for one in found))

    title = TITLES[name]
    engine, loop, steps = middle(bare, "engine"), middle(bare, "loop"), middle(live, "steps")
    lines = [
        Line(title, "60 Hz timer while training, p99", middle(live, "interval p99"), "ms", ("<=", 25.0)),
        Line(title, "60 Hz timer while training, p50", middle(live, "interval p50"), "ms"),
        Line(title, "60 Hz timer while training, longest", max(one["interval max"] for one in live), "ms"),
        Line(title, "pictures", middle(live, "pictures"), "/s"),
        Line(title, "epochs on screen", middle(live, "epochs"), "/s", (">=", EPOCHS_TARGET[name])),
        Line(title, "mini-batches: live window", steps, "/s"),
        Line(title, "mini-batches: bare loop", engine, "/s"),
        Line(title, "mini-batches: bare loop with test loss and records", loop, "/s"),
        Line(title, "live / bare loop", steps / engine, "×", (">=", 0.85)),
        Line(title, "live / bare loop with test loss and records", steps / loop, "×"),
    ]
    return [*lines, *gesture_lines(title, live)]


def gesture_lines(title: str, live: list[dict[str, Any]]) -> list[Line]:
    """From gesture to painted effect, all gestures together and each kind."""
    kinds = sorted({kind for one in live for kind in one["gestures"]})
    by_kind = {kind: [value for one in live for value in one["gestures"].get(kind, [])] for kind in kinds}
    together = [value for values in by_kind.values() for value in values]
    lines = [Line(title, "gesture to painted effect, p95", percentile(together, 0.95), "ms", ("<=", 50.0))]
    lines += [Line(title, f"  {kind}, p95", percentile(values, 0.95), "ms") for kind, values in by_kind.items()]
    late = sum(one["gestures late"] for one in live)
    return [*lines, Line(title, "gestures without effect in time", late, "", ("<=", 0.0))]


def canvas(seconds: float, rounds: int) -> list[Line]:
    """What painting the canvas costs, eight layers of 16 units at full training speed."""
    found = [probe("probe_canvas", "wide", seconds) for _ in range(rounds)]
    title = "Canvas, eight layers of 16 units, 1920 × 1080"
    timer = float(median(one["interval p99"] for one in found))

    def middle(share: str) -> float:
        return float(median(one["paint"][share] for one in found))

    return [
        Line(title, "painting a frame while training, p99", middle("p99"), "ms", ("<=", 8.0)),
        Line(title, "painting a frame while training, p95", middle("p95"), "ms"),
        Line(title, "painting a frame while training, p50", middle("p50"), "ms"),
        Line(title, "frames", float(median(one["frames"] for one in found)), "/s"),
        Line(title, "60 Hz timer while training, p99", timer, "ms", ("<=", 25.0)),
    ]


def panels(seconds: float, rounds: int) -> list[Line]:
    """Smoothness with each panel below the canvas open, at full training speed."""
    lines = []
    for name, title in TITLES.items():
        found = [probe("probe_panels", name, seconds) for _ in range(rounds)]
        for panel in found[0]:
            late = float(median(one[panel]["interval p99"] for one in found))
            what = f"60 Hz timer while training, p99, {panel}"
            lines.append(Line(f"{title}: panels", what, late, "ms", ("<=", 25.0)))
    return lines


def memory(seconds: float, warm_up: float) -> list[Line]:
    """Growth while the default network trains on screen, after the caches of the first minute are full."""
    found = probe("probe_live", "default", seconds, warm_up)
    what = f"growth over {found['memory steps']:,.0f} mini-batches, after {warm_up:g} s"
    return [Line("Memory", what, found["memory MB"], "MB", ("<=", 1.0))]


def start(rounds: int) -> list[Line]:
    """Start-up against a bare window with one plot, in turn."""
    found: dict[str, list[dict[str, float]]] = {"plain": [], "app": []}
    for turn in range(rounds + 1):
        for name, results in found.items():
            result = probe("probe_start", name)
            if turn:  # the first only fills the system's caches
                results.append(result)
    plain = median(one["painted"] for one in found["plain"])
    stages = {stage: median(one[stage] for one in found["app"]) for stage in ("painted", "complete", "training")}
    title = "Start"
    return [
        Line(title, "bare window with one pyqtgraph plot, painted", plain, "s"),
        Line(title, "the app: window painted", stages["painted"], "s"),
        Line(title, "the app: map and plot painted", stages["complete"], "s"),
        Line(title, "the app: ▶ pressed, map and curve moved by it", stages["training"], "s"),
        Line(title, "map and plot painted / bare window", stages["complete"] / plain, "×"),
        Line(title, "▶ pressed and effective / bare window", stages["training"] / plain, "×", ("<=", 1.5)),
    ]
