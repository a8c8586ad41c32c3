"""ONNX models are run by onnxruntime and agree with the program."""

import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime
import pytest

from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    LayerNormalization,
    MaxPooling2D,
    Residual,
)
from playground.export import onnx_model
from playground.export.errors import ExportError
from playground.project import edits, presets
from playground.project.model import NetworkSettings, Project
from playground.training import run


def with_layers(name: str, *layers: Any) -> Project:
    return msgspec.structs.replace(presets.load(name), network=NetworkSettings(layers=layers))


def agree(tmp_path: Path, project: Project) -> None:
    """Train a little, export, run, compare."""
    result = run.train(project, epochs=1)
    onnx_model.write(tmp_path / "net.onnx", result.project, result.state, "Test")
    session = onnxruntime.InferenceSession(tmp_path / "net.onnx", providers=["CPUExecutionProvider"])
    x = result.loop.samples.x_test[:64]
    (found,) = session.run(None, {"x": np.ascontiguousarray(x)})
    assert found == pytest.approx(result.loop.network.forward(x), abs=1e-5)


@pytest.mark.parametrize("name", presets.names())
def test_presets_agree(tmp_path: Path, name: str) -> None:
    agree(tmp_path, presets.load(name))


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS.names() if name not in ("softmax", "step")])
def test_activations_agree(tmp_path: Path, name: str) -> None:
    agree(tmp_path, with_layers("circle", Dense(6), Activation(name), Dense(4, name), Dense(1, "sigmoid")))


@pytest.mark.parametrize(
    "layers",
    [
        (
            Conv2D(3, (3, 2), strides=2, padding="same", activation="tanh"),
            BatchNormalization(),
            MaxPooling2D(3, padding="same"),
            Flatten(),
            Dropout(0.2),
            BatchNormalization(),
            Dense(10, "softmax"),
        ),
        (AveragePooling2D(2, padding="valid"), Conv2D(5, 2), GlobalAveragePooling2D(), Dense(10, "softmax")),
        (
            DepthwiseConv2D((3, 2), strides=2, padding="same", depth_multiplier=3, activation="tanh"),
            LayerNormalization(),
            Residual((Conv2D(6, 3, padding="same", activation="relu"), Dropout(0.1), BatchNormalization())),
            Residual((Conv2D(5, 3, strides=2, padding="same"), Conv2D(3, 2, bypassed=True)), muted=(1,)),
            Flatten(),
            Residual((Dense(9, "gelu", muted=(2,)), LayerNormalization(), Residual((Dense(9),)))),
            LayerNormalization(),
            Dense(10, "softmax"),
        ),
        (Conv2D(4, 3, activation="relu", muted=(1, 2)), Flatten(), Dense(8, bypassed=True), Dense(10, "softmax")),
    ],
)
def test_layers_agree(tmp_path: Path, layers: tuple[Any, ...]) -> None:
    agree(tmp_path, with_layers("digits", *layers))


def test_tables_agree(tmp_path: Path) -> None:
    agree(tmp_path, edits.set_source(Project(), "iris").project)


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [(Residual((Dense(2, "step"),)), "step of layer 1"), (Dense(2, "step"), "activation step of layer 1")],
)
def test_what_it_has_no_words_for_is_named(tmp_path: Path, layer: Any, sentence: str) -> None:
    project = with_layers("circle", layer, Dense(1, "sigmoid"))
    with pytest.raises(ExportError, match=sentence):
        onnx_model.write(tmp_path / "net.onnx", project, None, "")
    assert list(tmp_path.iterdir()) == []


def test_without_the_package_a_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(ExportError, match="pip install onnx"):
        onnx_model.write(tmp_path / "n.onnx", presets.load("circle"), None, "")
