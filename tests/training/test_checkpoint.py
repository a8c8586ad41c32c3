"""A run that was saved and opened goes on bit for bit; what does not fit is left out with a sentence."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.engine import layers, optimizers
from playground.project import Project, archive, edits, fileformat, presets
from playground.training import checkpoint
from playground.training.records import Mark, State
from playground.training.run import ready, train

Change = Callable[[Project], Project]


def with_layer(layer: Any) -> Change:
    return lambda project: edits.add_layer(project, 0, layer).project


def with_optimizer(name: str, **chosen: Any) -> Change:
    return lambda project: edits.set_value(project, "training.optimizer", optimizers.get(name, **chosen)).project


CASES: dict[str, tuple[str, Change]] = {
    "circle": ("circle", lambda project: project),
    "momentum": ("xor", with_optimizer("sgd", learning_rate=0.05, momentum=0.9)),
    "rmsprop": ("spiral", with_optimizer("rmsprop", learning_rate=0.01)),
    "nadam": ("plane", with_optimizer("nadam", learning_rate=0.01)),
    "dropout": ("blobs", with_layer(layers.Dropout(0.3))),
    "moving statistics": ("gaussians", with_layer(layers.BatchNormalization())),
    "images": ("digits", lambda project: project),
}


def same(one: State, other: State) -> bool:
    """Whether two states are the same to the last bit, but for the curves' averages."""
    return (
        one.parameters.tobytes() == other.parameters.tobytes()
        and one.moving.tobytes() == other.moving.tobytes()
        and one.program.keys() == other.program.keys()
        and all(one.program[name].tobytes() == other.program[name].tobytes() for name in one.program)
        and one.rng == other.rng
        and (one.epoch, one.step) == (other.epoch, other.step)
        and one.curves.keys() == other.curves.keys()
        and all(np.array_equal(one.curves[name], other.curves[name], equal_nan=True) for name in one.curves)
    )


@pytest.mark.parametrize(("preset", "change"), CASES.values(), ids=CASES)
def test_training_goes_on_after_a_file_as_if_it_had_never_stopped(tmp_path: Path, preset: str, change: Change) -> None:
    project, n = change(presets.load(preset)), 2
    whole = train(project, epochs=2 * n).state
    path = tmp_path / "half.playground"
    checkpoint.save(path, project, train(project, epochs=n).state)
    opened = checkpoint.open_file(path)
    assert opened.warnings == ()
    assert opened.project == project
    assert same(train(opened.project, epochs=n, state=opened.state).state, whole)


def test_training_goes_on_in_the_middle_of_an_epoch(tmp_path: Path) -> None:
    project = presets.default()
    whole, half = ready(project, None, 0), ready(project, None, 0)
    for _ in range(50):
        whole.single_step()
    for _ in range(17):
        half.single_step()
    checkpoint.save(tmp_path / "a.playground", project, half.export_state())
    opened = checkpoint.open_file(tmp_path / "a.playground")
    rest = ready(opened.project, opened.state, 0)
    for _ in range(33):
        rest.single_step()
    assert same(rest.export_state(), whole.export_state())


def test_marks_come_back(tmp_path: Path) -> None:
    state = replace(train(presets.default(), epochs=2).state, marks=(Mark(1, 34, "Set noise to 0.2"),))
    checkpoint.save(tmp_path / "a.playground", presets.default(), state)
    opened = checkpoint.open_file(tmp_path / "a.playground").state
    assert opened is not None
    assert opened.marks == state.marks


@cache
def trained() -> State:
    return train(presets.default(), epochs=3).state


def spoilt(tmp_path: Path, arrays: dict[str, Any], extra: dict[str, Any]) -> checkpoint.Opened:
    """What opens of a trained project, some of whose entries were replaced: {"state": {"steps": …}}."""
    good, values = checkpoint.entries(trained())
    for entry, changes in arrays.items():
        good[entry] = {**good.get(entry, {}), **changes}
    path = tmp_path / "a.playground"
    fileformat.save(path, presets.default(), good, {**values, **extra})
    return checkpoint.open_file(path)


WEIGHTS, OPTIMIZER, RANDOM, CURVES = "do not fit", "optimizer is damaged", "random state is damaged", "curves are dam"


@pytest.mark.parametrize(
    ("arrays", "extra", "words"),
    [
        ({"weights": {"parameters": np.zeros(24, np.float32)}}, {}, WEIGHTS),
        ({"weights": {"parameters": np.zeros((5, 5), np.float32)}}, {}, WEIGHTS),
        ({"weights": {"parameters": np.zeros(25, np.int64)}}, {}, WEIGHTS),
        ({"weights": {"moving": np.zeros(4, np.float32)}}, {}, WEIGHTS),
        ({}, {"counters": {"epoch": -1, "step": 0, "reference_loss": None}}, WEIGHTS),
        ({}, {"counters": {"epoch": 10**30, "step": 0, "reference_loss": None}}, WEIGHTS),
        ({}, {"counters": [1, 2]}, WEIGHTS),
        ({"state": {"slot.m": np.full(25, np.nan, np.float32)}}, {}, OPTIMIZER),
        ({"state": {"order": np.zeros(335, np.int64)}}, {}, OPTIMIZER),
        ({"state": {"order": np.zeros((5, 67))}}, {}, OPTIMIZER),
        ({"state": {"position": np.array(10**6)}}, {}, OPTIMIZER),
        ({"state": {"losses": np.zeros(9)}}, {}, OPTIMIZER),
        ({"state": {"steps": np.array(-3)}}, {}, OPTIMIZER),
        ({"state": {"steps": np.zeros(0)}}, {}, OPTIMIZER),
        ({}, {"random": {"bit_generator": "MT19937"}}, RANDOM),
        ({}, {"random": [1]}, RANDOM),
        ({}, {"random": {"bit_generator": "PCG64", "state": {"state": -1, "inc": 3}}}, RANDOM),
        ({"curves": {"epoch": np.zeros(9)}}, {}, CURVES),
        ({"curves": {"stride": np.zeros(0)}}, {}, CURVES),
        ({}, {"marks": [[1, 2]]}, CURVES),
        ({}, {"marks": {"a": 1}}, CURVES),
    ],
)
def test_what_does_not_fit_is_left_out_and_the_rest_trains(
    tmp_path: Path, arrays: dict[str, Any], extra: dict[str, Any], words: str
) -> None:
    opened = spoilt(tmp_path, arrays, extra)
    assert len(opened.warnings) == 1
    assert words in opened.warnings[0]
    assert (opened.state is None) == (words == WEIGHTS)
    assert train(opened.project, epochs=1, state=opened.state).counters.epoch == (4 if opened.state else 1)


numbers = st.sampled_from([np.nan, np.inf, -1.0, 0.0, 3.0, 1e30])
shapes = st.sampled_from([(), (0,), (1,), (3,), (25,), (335,), (5, 5)])
kinds = st.sampled_from([np.float32, np.float64, np.int64, np.bool_])
odd = st.builds(
    lambda shape, number, kind: np.full(shape, 1.0 if kind is not np.float64 and not abs(number) < 9 else number, kind),
    *(shapes, numbers, kinds),
)


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_arrays_stand_in_a_file_it_opens_and_trains(tmp_path: Path, data: st.DataObject) -> None:
    good, _ = checkpoint.entries(trained())
    entry = data.draw(st.sampled_from(sorted(good)))
    names = data.draw(st.lists(st.sampled_from(sorted(good[entry])), min_size=1, max_size=3))
    opened = spoilt(tmp_path, {entry: {name: data.draw(odd) for name in names}}, {})
    assert ready(opened.project, opened.state, 1).epoch >= 1


def test_whole_files_that_are_changed_anywhere_open_or_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.playground"
    checkpoint.save(path, presets.default(), trained())
    content, draw = path.read_bytes(), np.random.default_rng(3)
    sentences = []
    for _ in range(300):
        spoiled = bytearray(content)
        at = int(draw.integers(len(content)))
        spoiled[at : at + int(draw.integers(4))] = draw.bytes(int(draw.integers(4)))
        path.write_bytes(bytes(spoiled))
        try:
            checkpoint.open_file(path)
            sentences.append("It opens.")
        except fileformat.FileError as error:
            sentences.append(str(error))
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) > 1
    assert "It opens." in sentences


def test_the_limits_of_what_is_read_hold_for_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.playground"
    checkpoint.save(path, presets.default(), None)
    monkeypatch.setattr(fileformat, "MAX_BYTES", 100)
    with pytest.raises(fileformat.FileError, match="would have .* bytes; a project file has at most 100"):
        checkpoint.save(path, presets.default(), trained())
    monkeypatch.undo()
    assert checkpoint.open_file(path).state is None
    assert archive.MAX_UNPACKED >= fileformat.MAX_BYTES
