"""Scripts for Keras and PyTorch compile and say what the project is; with both installed they are run, too."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import losses, optimizers
from playground.engine.fitting import run_epochs
from playground.engine.initializers import INITIALIZERS, names_for_bias
from playground.engine.layers import (
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    MaxPooling2D,
    Residual,
)
from playground.engine.regularizers import L1
from playground.export import arrays, beside, keras_script, notebook, numpy_script, torch_script
from playground.export.errors import ExportError
from playground.project import build, edits, presets
from playground.project.model import NetworkSettings, Project
from playground.training import run

SCRIPTS = (keras_script, torch_script)
PEERS = os.environ.get("PEERS_PYTHON", sys.executable)
"""The interpreter in which Keras and PyTorch are installed."""


def images(*layers: Any) -> Project:
    return msgspec.structs.replace(presets.load("digits"), network=NetworkSettings(layers=layers))


def with_training(project: Project, **settings: Any) -> Project:
    return msgspec.structs.replace(project, training=msgspec.structs.replace(project.training, **settings))


PROJECTS = {
    **{name: presets.load(name) for name in ("circle", "blobs", "plane", "spiral", "digits_cnn")},
    "padded": images(
        Conv2D(3, (3, 2), strides=2, padding="same", activation="tanh"),
        MaxPooling2D(3, padding="same"),
        BatchNormalization(),
        Flatten(),
        Dense(8, "gelu"),
        BatchNormalization(),
        Dropout(0.2),
        Dense(10, "softmax"),
    ),
    "pooled": images(
        AveragePooling2D(2), Conv2D(5, 2, activation="elu"), GlobalAveragePooling2D(), Dense(10, "softmax")
    ),
    "rmsprop": with_training(presets.load("circle"), optimizer=optimizers.get("rmsprop", learning_rate=0.01)),
}


@pytest.mark.parametrize("script", SCRIPTS, ids=["keras", "torch"])
@pytest.mark.parametrize("name", PROJECTS)
def test_scripts_compile_and_stand_with_data_and_weights(tmp_path: Path, script: ModuleType, name: str) -> None:
    result = run.train(PROJECTS[name], epochs=1)
    script.write(tmp_path / "net.py", result.project, result.state, "Our network")
    source = (tmp_path / "net.py").read_text(encoding="utf-8")
    compile(source, "net.py", "exec")
    assert source.startswith('"""Our network:')
    assert sorted(file.name for file in tmp_path.iterdir()) == ["net.py", "net_data.npz", "net_weights.npz"]
    assert f"{result.project.training.optimizer.learning_rate}" in source
    assert "playground" not in source.replace("Deep Learning Playground", "")


def test_keras_is_told_in_its_own_words() -> None:
    source = keras_script.text(presets.load("digits_cnn"), False, "Digits")
    assert 'layers.Conv2D(filters=8, kernel_size=3, padding="same", activation="relu"),' in source
    assert "losses.CategoricalCrossentropy()" in source
    balanced = keras_script.text(with_training(presets.load("blobs"), class_weight="balanced"), False, "Blobs")
    assert "class_weight=class_weight" in balanced
    numbers = keras_script.text(with_training(presets.load("plane"), class_weight="balanced"), False, "Plane")
    assert "class_weight" not in numbers


def test_pytorch_gets_logits_and_channels_first() -> None:
    source = torch_script.text(presets.load("digits_cnn"), False, "Digits")
    assert "nn.CrossEntropyLoss()" in source
    assert "x.permute(0, 3, 1, 2)" in source
    assert source.count("Softmax") == 1  # after the model, not in it


@pytest.mark.parametrize("script", SCRIPTS, ids=["keras", "torch"])
@pytest.mark.parametrize(
    ("project", "sentence"),
    [
        (images(Flatten(), Residual((Dense(64),)), Dense(10, "softmax")), "layer 2"),
        (with_training(presets.load("circle"), bug=0), "planted bugs"),
    ],
)
def test_what_a_script_has_no_words_for_is_named(script: ModuleType, project: Project, sentence: str) -> None:
    with pytest.raises(ExportError, match=sentence):
        script.text(project, False, "Test")


@pytest.mark.parametrize("script", SCRIPTS, ids=["keras", "torch"])
def test_adamw_without_decay_is_told_so(script: ModuleType) -> None:
    off = with_training(presets.load("circle"), optimizer=optimizers.get("adamw", weight_decay=None))
    assert "weight_decay=0.0" in script.text(off, False, "Test")
    usual = with_training(presets.load("circle"), optimizer=optimizers.get("adamw", weight_decay=0.02))
    assert "weight_decay=0.02" in script.text(usual, False, "Test")


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_keras_refuses_means_over_padding_only_where_there_is_some(padding: str) -> None:
    keras_script.text(images(AveragePooling2D(2, padding=padding), Flatten(), Dense(10, "softmax")), False, "Test")
    padded = images(AveragePooling2D(3, padding="same"), Flatten(), Dense(10, "softmax"))
    with pytest.raises(ExportError, match="mean pooling with padding"):
        keras_script.text(padded, False, "Test")


@pytest.mark.parametrize(
    "project", [*PROJECTS.values(), edits.add_layer(presets.load("circle"), 1, Residual()).project]
)
def test_the_names_of_weights_are_known_without_building(project: Project) -> None:
    wanted = {name: array.shape for name, array in build.network(project).parameters().items()}
    assert arrays.shapes(project) == wanted


@pytest.mark.parametrize("name", INITIALIZERS.names())
def test_pytorch_draws_the_first_weights_by_the_rule_of_the_project(name: str) -> None:
    bias = name if name in names_for_bias() else "zeros"
    project = images(Flatten(), Dense(30, kernel_initializer=name, bias_initializer=bias), Dense(10, "softmax"))
    source = torch_script.text(project, False, "Test")
    assert source.count("(model[2].weight") == source.count("(model[2].bias") == 1
    assert "nn.init.xavier_uniform_(model[3].weight)\nnn.init.zeros_(model[3].bias)" in source


@pytest.mark.parametrize(
    ("project", "sentence"),
    [
        (edits.mute_unit(presets.load("circle"), 0, 1, on=True).project, "muted"),
        (with_training(presets.load("circle"), l2=0.1), "L2"),
    ],
)
def test_what_pytorch_has_no_words_for_is_named(project: Project, sentence: str) -> None:
    with pytest.raises(ExportError, match=sentence):
        torch_script.text(project, False, "Test")


def test_keras_is_told_of_penalties_for_all_layers_and_of_muted_units() -> None:
    layers = (Dense(3, "tanh", kernel_regularizer=L1(0.25), muted=(1,)), Dense(1, "sigmoid"))
    project = msgspec.structs.replace(presets.load("circle"), network=NetworkSettings(layers=layers))
    source = keras_script.text(with_training(project, l2=0.5), True, "Test")
    assert "keras.regularizers.L1L2(l1=0.25, l2=0.5)" in source
    assert "keras.regularizers.L2(l2=0.5)" in source
    assert "layers.Rescaling([1, 0, 1]" in source
    assert "2: ['1.kernel', '1.bias']" in source


@pytest.mark.parametrize("script", [numpy_script, *SCRIPTS], ids=["numpy", "keras", "torch"])
def test_layers_that_do_not_fit_are_named(script: ModuleType) -> None:
    with pytest.raises(ExportError, match="Layer 1.*Flatten"):
        script.text(images(Dense(3), Flatten(), Dense(10, "softmax")), False, "Test")


def test_pytorch_refuses_losses_that_it_does_not_have() -> None:
    with pytest.raises(ExportError, match="the loss"):
        torch_script.text(with_training(presets.load("plane"), loss=losses.get("log_cosh")), False, "Test")


@pytest.mark.parametrize("name", ['""";print("ran");"""', "C:\\Users", "\\N", '"""\nimport os\n"""', 'ends"'])
@pytest.mark.parametrize("script", [numpy_script, *SCRIPTS], ids=["numpy", "keras", "torch"])
def test_names_that_people_chose_never_become_code(
    script: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "input_titles", lambda _: (name, "b"))
    plain = ast.parse(script.text(presets.load("circle"), False, "Title"))
    found = ast.parse(script.text(presets.load("circle"), False, name, name))
    assert [type(part) for part in found.body] == [type(part) for part in plain.body]


def test_keras_gets_what_it_calls_otherwise() -> None:
    circle = presets.load("circle")
    layers = (Dense(4, "tanh", kernel_initializer="constant"), Dense(1, "tanh"))
    hinged = with_training(
        msgspec.structs.replace(circle, network=NetworkSettings(layers=layers)), loss=losses.get("hinge")
    )
    source = keras_script.text(hinged, False, "Test")
    assert "kernel_initializer=keras.initializers.Constant(0.1)" in source
    assert 'keras.metrics.BinaryAccuracy("accuracy", threshold=0.0)' in source
    stepped = edits.set_activation(circle, 0, "step").project
    with pytest.raises(ExportError, match="activation step of layer 1"):
        keras_script.text(stepped, False, "Test")


@pytest.mark.parametrize("kind", notebook.SCRIPTS)
def test_notebooks_hold_the_script_in_cells(tmp_path: Path, kind: str) -> None:
    result = run.train(presets.load("circle"), epochs=2)
    notebook.write(kind, tmp_path / "net.ipynb", result.project, result.state, "Circle")
    found = json.loads((tmp_path / "net.ipynb").read_text(encoding="utf-8"))
    assert (found["nbformat"], found["nbformat_minor"]) == (4, 5)
    assert found["cells"][0]["cell_type"] == "markdown"
    assert found["cells"][0]["source"][0].startswith("# Circle")
    code = ["".join(cell["source"]) for cell in found["cells"] if cell["cell_type"] == "code"]
    assert len(code) >= 3
    assert len({cell["id"] for cell in found["cells"]}) == len(found["cells"])
    for cell in code:
        compile(cell, "cell", "exec")


def test_the_numpy_notebook_runs_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run.train(presets.load("circle"), epochs=2)
    notebook.write("numpy", tmp_path / "net.ipynb", result.project, result.state, "Circle")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in json.loads((tmp_path / "net.ipynb").read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert f"{result.counters.test_metric:.3f}" in capsys.readouterr().out


RUN = """
import runpy, sys
import numpy as np
module = runpy.run_path(sys.argv[1])
x = np.load(sys.argv[2])["x_test"]
found = module["predict"](x) if "predict" in module else module["model"].predict(x, verbose=0)
np.save(sys.argv[3], found)
"""


SPREADS = """
import runpy, sys
import numpy as np
model = runpy.run_path(sys.argv[1])["model"]
found = model.get_weights() if hasattr(model, "get_weights") else [p.detach().numpy() for p in model.parameters()]
np.save(sys.argv[2], [[part.std(), np.abs(part).mean()] for part in found])
"""


@pytest.mark.optional
@pytest.mark.parametrize("script", SCRIPTS, ids=["keras", "torch"])
@pytest.mark.parametrize("name", [name for name in INITIALIZERS.names() if name != "glorot_uniform"])
def test_scripts_start_as_the_program_does(tmp_path: Path, script: ModuleType, name: str) -> None:
    bias = name if name in names_for_bias() else "zeros"
    rules = {"kernel_initializer": name, "bias_initializer": bias}
    project = images(Conv2D(60, 3, **rules), Flatten(), Dense(900, **rules), Dense(10, "softmax"))
    script.write(tmp_path / "net.py", project, None, "Test")
    subprocess.run([PEERS, "-c", SPREADS, "net.py", "found.npy"], cwd=tmp_path, check=True)
    wanted = [[part.std(), np.abs(part).mean()] for part in build.network(project).parameters().values()]
    assert np.load(tmp_path / "found.npy") == pytest.approx(np.array(wanted), rel=0.4, abs=1e-6)


LEARN = """
import runpy, sys
import numpy as np
model = runpy.run_path(sys.argv[1])["model"]
with np.load(sys.argv[2]) as data:
    for _ in range(5):
        model.train_on_batch(data["x_train"], data["y_train"])
    np.save(sys.argv[3], model.predict(data["x_test"], verbose=0))
"""
SGD = optimizers.get("sgd", learning_rate=0.5)
LEARNED = {
    "penalties": (
        (Dense(6, "tanh", kernel_regularizer=L1(0.01)), Dense(1, "sigmoid")),
        {"l1": 0.01, "l2": 0.02, "optimizer": SGD},
    ),
    "muted": ((Dense(6, "sigmoid", muted=(1, 4)), Dense(3, "tanh"), Dense(1, "sigmoid")), {"optimizer": SGD}),
    "frozen": (
        (Dense(6, "tanh", trainable=False), BatchNormalization(trainable=False), Dense(1, "sigmoid")),
        {"optimizer": SGD, "l2": 0.02},
    ),
    "no decay": (
        (Dense(6, "tanh"), Dense(1, "sigmoid")),
        {"optimizer": optimizers.get("adamw", learning_rate=0.1, weight_decay=None)},
    ),
    "decay": (
        (Dense(6, "tanh"), Dense(1, "sigmoid")),
        {"optimizer": optimizers.get("adamw", learning_rate=0.1, weight_decay=0.5)},
    ),
}


@pytest.mark.optional
@pytest.mark.parametrize("name", LEARNED)
def test_keras_learns_as_the_program_does(tmp_path: Path, name: str) -> None:
    layers, settings = LEARNED[name]
    circle = msgspec.structs.replace(presets.load("circle"), network=NetworkSettings(layers=layers))
    result = run.train(with_training(circle, **settings), epochs=1)
    keras_script.write(tmp_path / "net.py", result.project, result.state, "Test")
    subprocess.run([PEERS, "-c", LEARN, "net.py", "net_data.npz", "found.npy"], cwd=tmp_path, check=True)
    network, samples, training = result.loop.network, result.loop.samples, result.project.training
    program = network.compile(
        samples.x_train,
        samples.y_train,
        loss=training.loss,
        optimizer=training.optimizer,
        l1=training.l1,
        l2=training.l2,
        batch_size=len(samples.x_train),
        shuffle=False,
    )
    run_epochs(network, program, 5)
    assert np.load(tmp_path / "found.npy") == pytest.approx(network.forward(samples.x_test), abs=1e-5)


@pytest.mark.optional
@pytest.mark.parametrize("script", SCRIPTS, ids=["keras", "torch"])
@pytest.mark.parametrize("name", PROJECTS)
def test_scripts_predict_what_the_program_predicts(tmp_path: Path, script: ModuleType, name: str) -> None:
    result = run.train(PROJECTS[name], epochs=2)
    script.write(tmp_path / "net.py", result.project, result.state, "Test")
    words = [PEERS, "-c", RUN, "net.py", "net_data.npz", "found.npy"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"Keras and PyTorch are needed; PEERS_PYTHON names their interpreter.\n{done.stderr}"
    wanted = result.loop.network.forward(result.loop.samples.x_test)
    assert np.load(tmp_path / "found.npy") == pytest.approx(wanted, abs=2e-6)
    trained = subprocess.run([PEERS, "net.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert trained.returncode == 0, trained.stderr
