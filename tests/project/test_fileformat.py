"""Project files: round trips, and one sentence for everything that is wrong."""

import io
import json
import os
import stat
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.engine.constraints import NonNeg
from playground.engine.layers import Dense, Residual
from playground.project import Project, edits, fileformat
from playground.project.archive import pack, pack_arrays
from playground.project.decode import FORMAT_VERSION, document
from playground.project.fileformat import FileError, load, parse, save
from tests.project.strategies import projects


def packed(project: Any = None, **parts: bytes) -> bytes:
    """A project file; ``project`` replaces settings in the document, keys of ``parts`` are names with _ for the dot."""
    raw = document(Project())
    raw["project"].update(json.loads(json.dumps(project or {})))
    named = {name[::-1].replace("_", ".", 1)[::-1]: content for name, content in parts.items()}
    return pack({"project.json": json.dumps(raw).encode(), **named})


def settings_json(**changes: Any) -> bytes:
    return json.dumps({"format_version": 1, "project": changes}).encode()


@given(projects)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_projects_come_back_equal(tmp_path: Path, project: Project) -> None:
    save(tmp_path / "a.playground", project)
    loaded = load(tmp_path / "a.playground")
    assert loaded.project == project
    assert loaded.warnings == ()


def test_arrays_extra_and_picture_come_back(tmp_path: Path) -> None:
    arrays = {"weights": {"parameters": np.arange(5, dtype=np.float32)}, "curves": {"loss": np.array([[np.nan, 1.0]])}}
    extra = {"random": {"state": {"state": 2**127 + 1}}, "counters": {"epoch": 3, "loss": None}}
    save(tmp_path / "a.playground", Project(), arrays, extra, b"\x89PNG")
    loaded = load(str(tmp_path / "a.playground"))
    assert loaded.extra == extra
    assert loaded.thumb == b"\x89PNG"
    np.testing.assert_array_equal(loaded.arrays["weights"]["parameters"], arrays["weights"]["parameters"])
    np.testing.assert_array_equal(loaded.arrays["curves"]["loss"], arrays["curves"]["loss"])


def test_saving_replaces_in_one_step_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "a.playground"
    save(file, Project())
    file.chmod(0o640)
    other = edits.set_source(Project(), "xor").project
    save(file, other)
    assert load(file).project == other
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.playground"]


def test_a_failed_save_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.playground"
    save(file, Project())

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match=r"cannot be written: no space left on device.*make room"):
        save(file, edits.set_source(Project(), "xor").project)
    assert load(file).project == Project()
    assert os.listdir(tmp_path) == ["a.playground"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    save(tmp_path / "real.playground", Project())
    (tmp_path / "link.playground").symlink_to(tmp_path / "real.playground")
    save(tmp_path / "link.playground", edits.set_source(Project(), "xor").project)
    assert (tmp_path / "link.playground").is_symlink()
    assert load(tmp_path / "real.playground").project.data.source.title == "XOR"


@pytest.mark.parametrize("name", ["no/such/folder/a.playground", "bad\0name.playground"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match=r"cannot be written: .*Choose another folder"):
        save(tmp_path / name, Project())


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"There is no file “.*nothing.playground”."):
        load(tmp_path / "nothing.playground")
    with pytest.raises(FileError, match="is not a file"):
        load(tmp_path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with open(tmp_path / "a.playground", "wb") as stream:
        stream.truncate(2 * 1024**3)
    with pytest.raises(FileError, match="has 2,147,483,648 bytes; a project file has at most"):
        load(tmp_path / "a.playground")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "“f” is damaged or not a project file."),
        (b"hello", "is damaged or not a project file"),
        (b"\xff\xfe{}", "is damaged or not a project file"),
        (b"[" * 100_000, "is damaged or not a project file"),
        (b"{}", "is not a project file"),
        (b"[1]", "is not a project file"),
        (b'{"format_version": true, "project": {}}', "is not a project file"),
        (b'{"format_version": 1}', "holds no project"),
        (b'{"format_version": 1, "project": []}', "holds no project"),
        (b'{"format_version": 99, "project": 3}', "newer version .*format 99.*up to format 1.*Update the program"),
        (b'{"format_version": 1' + b"0" * 5000 + b"}", "newer version|damaged"),
        (pack({"weights.npz": b""}), "holds no project"),
        (packed(weights_npz=b"junk"), "is damaged"),
        (packed(random_json=b"{"), "holds 'random.json', which is damaged"),
        (settings_json(data={"points": 10**9}), r"wrong setting data.points, 1000000000: expected `int` <= 1000000"),
        (settings_json(data={"noise": "much"}), "wrong setting data.noise, 'much': expected `float`"),
        (settings_json(data={"noise": True}), "wrong setting data.noise, True"),
        (settings_json(data={"seed": 10**30}), "wrong setting data.seed"),
        (settings_json(data=3), "wrong setting data, 3: expected `object`"),
        (settings_json(network={"layers": [{"kind": "dense", "units": 10**9}]}), "network.layers.0.units, 1000000000"),
        (settings_json(network={"layers": [{"kind": "dense"}] * 100}), "has 100 layers; the most is 64"),
        (settings_json(network={"layers": [{"units": 3}]}), "wrong setting network.layers.0"),
        (settings_json(network={"layers": [3]}), "wrong setting network.layers.0, 3"),
        (
            settings_json(network={"layers": [{"kind": "dense", "activation": "magic"}]}),
            "Activation is 'magic'; it must",
        ),
        (settings_json(training={"optimizer": {"kind": "adam", "learning_rate": 0}}), "optimizer.learning_rate, 0"),
        (settings_json(data={"features": ["x1", "x1"]}), "each feature can be used once only"),
        (settings_json(view={"loss_scale": "cubic"}), "Loss scale is 'cubic'; it must be one of: log, linear"),
        (b'{"format_version": 1, "project": {"data": {"noise": 1' + b"0" * 400 + b"}}}", "noise|damaged|large"),
        (b'{"format_version": 1, "project": {"data": {"noise": 1e999}}}', "noise|damaged"),
        (b'{"format_version": 1, "project": {"data": {"noise": NaN}}}', "damaged"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(FileError, match=words) as caught:
        parse(content, "f")
    assert str(caught.value).startswith("“f” ")
    assert str(caught.value).endswith(".")
    assert len(str(caught.value)) < 400


def test_unknown_parts_are_named_and_the_rest_opens() -> None:
    loaded = parse(
        settings_json(
            data={"source": {"kind": "galaxy"}, "points": 60, "features": ["x1", "warp"]},
            network={"layers": [{"kind": "dense", "units": 3}, {"kind": "quantum"}, {"kind": "dense", "units": 1}]},
            training={"loss": {"kind": "regret"}, "optimizer": {"kind": "luck"}, "learningrate": 1},
            sound={"on": True},
        ),
        "f",
    )
    text = " ".join(loaded.warnings)
    for name in ("galaxy", "quantum", "regret", "luck", "warp", "training.learningrate", "sound"):
        assert name in text
    assert loaded.project.data.points == 60
    assert loaded.project.data.features == ("x1",)
    assert [layer.units for layer in loaded.project.network.layers] == [3, 1]


def test_unknown_parts_within_layers_are_left_out_alone() -> None:
    dense = {"kind": "dense", "units": 3}
    block = {
        "kind": "residual",
        "inner": [dense, {"kind": "quantum"}, {"kind": "residual", "inner": [{"kind": "odd"}]}],
    }
    ruled = {**dense, "kernel_regularizer": {"kind": "whim"}, "kernel_constraint": {"kind": "non_neg"}}
    gone = {"kind": "residual", "inner": [{"kind": "fog"}]}
    loaded = parse(settings_json(network={"layers": [dense, block, gone, ruled, {"kind": "dense", "units": 1}]}), "f")
    first, found, last, _ = loaded.project.network.layers
    assert found == Residual((Dense(3),))
    assert (first, last) == (Dense(3), Dense(3, kernel_constraint=NonNeg()))
    for name in ("quantum", "odd", "fog", "regularizer 'whim'"):
        assert name in " ".join(loaded.warnings)


def test_a_block_as_output_of_which_nothing_is_left_is_replaced() -> None:
    gone = {"kind": "residual", "inner": [{"kind": "fog"}]}
    loaded = parse(settings_json(network={"layers": [{"kind": "dense", "units": 3}, gone]}), "f")
    assert [layer.units for layer in loaded.project.network.layers] == [3, 1]


def test_blocks_without_end_are_refused() -> None:
    content = b'{"kind":"residual","inner":[' * 400 + b"]}" * 400
    with pytest.raises(FileError, match="more than 8 deep"):
        parse(b'{"format_version":1,"project":{"network":{"layers":[' + content + b"]}}}", "f")


def test_an_unknown_output_layer_is_replaced() -> None:
    loaded = parse(settings_json(network={"layers": [{"kind": "dense", "units": 3}, {"kind": "quantum"}]}), "f")
    assert [layer.units for layer in loaded.project.network.layers] == [3, 1]
    assert "output layer was missing" in loaded.warnings[1]
    assert len(parse(settings_json(network={"layers": []}), "f").project.network.layers) == 1


def test_defaults_fill_what_is_not_said() -> None:
    assert parse(settings_json(), "f").project == Project()


def test_weights_that_are_no_numbers_are_left_out() -> None:
    weights = pack_arrays({"parameters": np.array([1.0, np.nan], np.float32)})
    loaded = parse(packed(weights_npz=weights, state_npz=pack_arrays({"m": np.zeros(2)})), "f")
    assert loaded.arrays == {}
    assert loaded.warnings == (
        "The saved weights hold values that are not numbers; the network starts from fresh weights.",
    )


def test_foreign_parts_are_named_and_left_out() -> None:
    buffer = io.BytesIO(packed())
    with zipfile.ZipFile(buffer, "a") as file:
        file.writestr("../../etc/passwd", b"x")
        file.writestr("setup.py", b"x")
    loaded = parse(buffer.getvalue(), "f")
    assert loaded.project == Project()
    assert len(loaded.warnings) == 2
    assert "'../../etc/passwd' is unknown" in loaded.warnings[0]


def test_the_version_is_written() -> None:
    assert document(Project(), title="T")["format_version"] == FORMAT_VERSION
    assert parse(json.dumps(document(Project(), title="T")).encode(), "f").about["title"] == "T"


SAMPLE = packed(weights_npz=pack_arrays({"parameters": np.arange(25, dtype=np.float32)}), random_json=b'{"a": 1}')
PLAIN = json.dumps(document(Project())).encode()


def opens_or_says_why(content: bytes) -> None:
    sentence = "It opens."
    try:
        assert isinstance(parse(content, "f").project, Project)
    except FileError as error:
        sentence = str(error)
    assert sentence.endswith(".")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_project_or_a_sentence(content: bytes) -> None:
    for start in (b"", b"PK", b"PK\x03\x04", b'{"format_version": 1, "project": '):
        opens_or_says_why(start + content)


@given(st.sampled_from([SAMPLE, PLAIN]), st.data())
@settings(max_examples=300)
def test_any_mutation_gives_a_project_or_a_sentence(original: bytes, data: st.DataObject) -> None:
    content = bytearray(original)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        end = min(len(content), at + data.draw(st.integers(0, 40)))
        content[at:end] = data.draw(st.binary(max_size=6))
    opens_or_says_why(bytes(content))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6) | st.just("kind"), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.data(), json_values)
@settings(max_examples=300)
def test_any_value_at_any_place_gives_a_project_or_a_sentence(data: st.DataObject, value: Any) -> None:
    raw = json.loads(PLAIN)
    node: Any = raw
    while True:
        key = data.draw(st.sampled_from(range(len(node)) if isinstance(node, list) else sorted(node)))
        if not isinstance(node[key], (dict, list)) or not node[key] or data.draw(st.integers(0, 3)) == 0:
            node[key] = value
            break
        node = node[key]
    opens_or_says_why(json.dumps(raw).encode())


def test_size_limit_of_plain_projects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fileformat, "MAX_JSON", 10)
    with pytest.raises(FileError, match="too large"):
        parse(PLAIN, "f")
    with pytest.raises(FileError, match="too large"):
        parse(SAMPLE, "f")
