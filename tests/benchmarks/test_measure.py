"""The benchmark's own arithmetic, and that its parts run."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import engine, measure
from benchmarks.measure import Line, in_turn, median_ratio, percentile
from benchmarks.tape import make_tape
from benchmarks.workloads import WORKLOADS, Workload
from playground.app.lower_tabs import TABS


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)])
def test_percentile_is_a_measured_value(share: float, expected: int) -> None:
    assert percentile([*range(100, 0, -1)], share) == expected


def test_percentile_of_little() -> None:
    assert percentile([7.0], 0.01) == percentile([7.0], 0.99) == 7.0
    assert np.isnan(percentile([], 0.5))


@pytest.mark.parametrize(
    ("target", "met"),
    [((">=", 2.0), True), ((">=", 2.1), False), (("<=", 2.0), True), (("<=", 1.9), False), (None, None)],
)
def test_a_line_knows_whether_its_target_is_met(target: tuple[str, float] | None, met: bool | None) -> None:
    assert Line("section", "what", 2.0, "×", target).met is met


def test_candidates_are_measured_in_turn() -> None:
    order: list[str] = []

    def candidate(name: str, values: list[float]) -> float:
        order.append(name)
        return values.pop()

    a, b = [3.0, 1.0, 2.0], [5.0, 5.0, 9.0]
    found = in_turn({"a": lambda: candidate("a", a), "b": lambda: candidate("b", b)}, 3)
    assert found == {"a": [2.0, 1.0, 3.0], "b": [9.0, 5.0, 5.0]}
    assert order == ["a", "b"] * 3


def test_ratios_are_of_the_same_round() -> None:
    assert median_ratio([2.0, 30.0, 5.0], [1.0, 10.0, 5.0]) == 2.0


def test_table_and_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [Line("one", "speed", 1234.5, "/s", (">=", 2000.0)), Line("two", "time", 0.5, "s")]
    measure.show(lines)
    text = capsys.readouterr().out
    assert "MISSED" in text
    assert text.index("one") < text.index("speed") < text.index("two")
    measure.write(tmp_path / "bench.json", lines, {"cores": 2})
    content = json.loads((tmp_path / "bench.json").read_text())
    assert content["lines"][0]["met"] is False
    assert content["machine"] == {"cores": 2}


@pytest.mark.parametrize("load", WORKLOADS, ids=lambda load: load.name)
def test_workloads_have_data_of_their_shape(load: Workload) -> None:
    x, y = load.data()
    assert x.shape == (load.examples, *(((*load.image, 1)) if load.image else load.units[:1]))
    assert y.shape == (load.examples, load.units[-1])
    assert x.dtype == y.dtype == np.float32


def test_the_tape_written_by_hand_learns() -> None:
    epoch = make_tape(next(load for load in WORKLOADS if load.name == "W2"))
    first = epoch()
    losses = [epoch() for _ in range(300)]
    assert losses[-1] < 0.25 < first  # 0.25: what always answering ½ would cost
    assert losses[-1] < min(losses[:20])


def test_every_workload_runs_on_our_engine() -> None:
    for load in WORKLOADS:
        engine.make_ours(load)()


def test_operations_of_a_step() -> None:
    """W1, batch 10: kernels of 8, 8 and 2 weights; forward and weight gradients of all, input gradients of the last."""
    assert engine.operations(WORKLOADS[0]) == 2 * 10 * (2 * (8 + 8 + 2) + (8 + 2))
    image = next(load for load in WORKLOADS if load.image)
    dense, second = 16 * 11**2 * 10, 9 * 8 * 16 * 11**2
    assert engine.operations(image) == 2 * 32 * (2 * (9 * 8 * 26**2 + second + dense) + second + dense)


@pytest.mark.gui
@pytest.mark.parametrize("kind", ["plain", "app"])
def test_start_is_measured_in_a_process_of_its_own(kind: str) -> None:
    found = measure.probe("probe_start", kind)
    assert 0 < found["painted"] <= max(found.values()) < 60


def test_the_bare_loop_is_measured() -> None:
    found = measure.probe("probe_bare", "default", 0.2)
    assert found["engine"] > 0
    assert found["loop"] > 0


@pytest.mark.gui
def test_every_panel_below_the_canvas_is_measured() -> None:
    found = measure.probe("probe_panels", "default", 0.2)
    assert len(found) == len(TABS)
    assert all(panel["interval p99"] > 0 for panel in found.values())


def test_a_failing_probe_says_why() -> None:
    with pytest.raises(RuntimeError, match=r"probe_bare failed(.|\n)*KeyError"):
        measure.probe("probe_bare", "nonesuch", 1)
