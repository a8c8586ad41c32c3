"""Weights by name, read again by NumPy and by a reader of the safetensors format."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from playground.export import weights
from playground.export.errors import ExportError
from playground.project import build, presets
from playground.training import run


def test_npz_holds_the_weights_that_were_learned(tmp_path: Path) -> None:
    result = run.train(presets.load("digits_cnn"), epochs=1)
    weights.write_npz(tmp_path / "w.npz", result.project, result.state)
    network = build.network(result.project)
    with np.load(tmp_path / "w.npz", allow_pickle=False) as archive:
        network.set_parameters({name: archive[name] for name in archive.files})
    images = result.loop.samples.x_test[:20]
    assert np.array_equal(network.forward(images), result.loop.network.forward(images))


def test_without_training_the_initial_weights_are_written() -> None:
    project = presets.load("circle")
    found = weights.weights(project, None)
    assert np.array_equal(found["0.kernel"], build.network(project).parameters()["0.kernel"])


def test_safetensors_is_laid_out_as_its_readers_expect(tmp_path: Path) -> None:
    project = presets.load("digits_cnn")
    weights.write_safetensors(tmp_path / "w.safetensors", project, None)
    content = (tmp_path / "w.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    assert (8 + length) % 8 == 0
    header = json.loads(content[8 : 8 + length])
    header.pop("__metadata__")
    expected, end = weights.weights(project, None), 0
    assert list(header) == list(expected)
    for name, facts in header.items():
        start, stop = facts["data_offsets"]
        assert start == end
        assert facts["dtype"] == "F32"
        found = np.frombuffer(content[8 + length + start : 8 + length + stop], "<f4").reshape(facts["shape"])
        assert np.array_equal(found, expected[name])
        end = stop
    assert len(content) == 8 + length + end


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="Choose another folder"):
        weights.write_npz(tmp_path / "no" / "w.npz", presets.load("circle"), None)
