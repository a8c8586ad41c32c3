"""The NumPy script is run: it predicts what the program predicts, its gradients are right, and it learns."""

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import activations, losses, optimizers
from playground.engine.constraints import NonNeg
from playground.engine.fitting import run_epochs
from playground.engine.initializers import INITIALIZERS, names_for_bias
from playground.engine.layers import (
    Activation,
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
from playground.engine.regularizers import L1, L1L2, L2
from playground.export import keras_script, numpy_script, torch_script
from playground.export.errors import ExportError
from playground.export.numpy_parts import ACTIVATIONS, LOSSES, NAMES, OPTIMIZERS
from playground.project import build, edits, presets
from playground.project.model import NetworkSettings, Project
from playground.training import run

IMAGES = (
    (Conv2D(4, 3, activation="relu"), MaxPooling2D(2), Flatten(), Dense(10, "softmax")),
    (Conv2D(3, (3, 2), strides=2, padding="same", activation="tanh"), Flatten(), Dropout(0.2), Dense(10, "softmax")),
    (AveragePooling2D(2), Conv2D(5, 2, activation="elu"), GlobalAveragePooling2D(), Dense(10, "softmax")),
    (MaxPooling2D(3, padding="same"), Activation("silu"), Flatten(), Dense(10, "softmax")),
)


def with_layers(project: Project, layers: tuple[Any, ...]) -> Project:
    return msgspec.structs.replace(project, network=NetworkSettings(layers=layers))


def with_training(project: Project, **settings: Any) -> Project:
    return msgspec.structs.replace(project, training=msgspec.structs.replace(project.training, **settings))


def script(tmp_path: Path, project: Project, epochs: int = 2) -> tuple[dict[str, Any], run.Result]:
    """Train, export, and load the script as a module."""
    result = run.train(project, epochs=epochs)
    numpy_script.write(tmp_path / "net.py", result.project, result.state, "Test")
    return runpy.run_path(str(tmp_path / "net.py")), result


@pytest.mark.parametrize("name", presets.names())
def test_it_predicts_what_the_program_predicts(tmp_path: Path, name: str) -> None:
    module, result = script(tmp_path, presets.load(name))
    x = result.loop.samples.x_test[:100]
    assert module["predict"](x) == pytest.approx(result.loop.network.forward(x), abs=1e-6)
    loss, metric = module["score"](x.astype(float), result.loop.samples.y_test[:100].astype(float))
    assert np.isfinite(loss)
    assert -1 <= metric <= 1


@pytest.mark.parametrize("layers", IMAGES, ids=range(len(IMAGES)))
def test_layers_for_images_agree(tmp_path: Path, layers: tuple[Any, ...]) -> None:
    module, result = script(tmp_path, with_layers(presets.load("digits"), layers), epochs=1)
    x = result.loop.samples.x_test[:50]
    assert module["predict"](x) == pytest.approx(result.loop.network.forward(x), abs=2e-6)


@pytest.mark.parametrize("layers", [*IMAGES[:1], *IMAGES[2:]], ids=range(3))
def test_gradients_agree_with_those_of_the_engine(tmp_path: Path, layers: tuple[Any, ...]) -> None:
    project = with_layers(presets.load("digits"), layers)
    module, result = script(tmp_path, project, epochs=1)
    samples, network = result.loop.samples, build.network(project, "float64")
    network.set_parameters(result.loop.network.parameters())
    x, t = samples.x_train[:20].astype(float), samples.y_train[:20].astype(float)
    _, wanted = network.loss_and_gradients(x, t, project.training.loss)
    module["update"].__globals__["update"] = lambda *_: None  # look at the gradients only
    module["step"](x, t, {})
    for number, layer in enumerate(module["layers"]):
        for name, gradient in getattr(layer, "gradients", {}).items():
            assert gradient == pytest.approx(wanted[f"{number}.{name}"], rel=1e-4, abs=1e-8)


@pytest.mark.parametrize("name", INITIALIZERS.names())
def test_training_anew_starts_with_the_weights_of_the_project(tmp_path: Path, name: str) -> None:
    bias = name if name in names_for_bias() else "ones"
    rules = {"kernel_initializer": name, "bias_initializer": bias}
    project = with_layers(
        presets.load("digits"), (Conv2D(4, 3, **rules), Flatten(), Dense(7, **rules), Dense(10, "softmax"))
    )
    numpy_script.write(tmp_path / "net.py", project, None, "Test")
    module, wanted = runpy.run_path(str(tmp_path / "net.py")), build.network(project, "float64").parameters()
    for place in (0, 2, 3):
        for part in ("kernel", "bias"):
            assert getattr(module["layers"][place], part) == pytest.approx(wanted[f"{place}.{part}"], rel=1e-6)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_and_its_slope(tmp_path: Path, name: str) -> None:
    project = with_layers(presets.load("circle"), (Dense(5, name), Dense(1, "sigmoid")))
    module, result = script(tmp_path, project, epochs=1)
    x = result.loop.samples.x_test
    assert module["predict"](x) == pytest.approx(result.loop.network.forward(x), abs=1e-6)
    value, slope = module[NAMES.get(name, name)]
    z = np.linspace(-2.9, 2.9, 50) + 0.013
    assert slope(z) == pytest.approx((value(z + 1e-6) - value(z - 1e-6)) / 2e-6, abs=1e-5)
    assert activations.get(name).linear == (name == "linear")


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss(tmp_path: Path, name: str) -> None:
    suits = {"categorical_crossentropy": "blobs", "binary_crossentropy": "circle", "hinge": "circle"}
    project = presets.load(suits.get(name.removeprefix("squared_"), "plane"))
    if name.endswith("hinge"):
        project = edits.set_activation(project, len(project.network.layers) - 1, "tanh").project
    module, result = script(tmp_path, with_training(project, loss=losses.get(name)), epochs=1)
    samples = result.loop.samples
    loss, _ = module["score"](samples.x_test.astype(float), samples.y_test.astype(float))
    assert loss == pytest.approx(result.counters.test_loss, rel=1e-4)


@pytest.mark.parametrize("name", [*OPTIMIZERS, "sgd momentum", "sgd nesterov"])
def test_every_optimizer_makes_the_same_step(tmp_path: Path, name: str) -> None:
    kind, _, extra = name.partition(" ")
    settings = {"momentum": 0.9, "nesterov": extra == "nesterov"} if extra else {}
    project = with_training(presets.load("circle"), optimizer=optimizers.get(kind, learning_rate=0.01, **settings))
    numpy_script.write(tmp_path / "net.py", project, None, "Test")
    module = runpy.run_path(str(tmp_path / "net.py"))
    network, samples = build.network(project, "float64"), build.samples(project)
    for number, layer in enumerate(module["layers"]):
        layer.kernel[:], layer.bias[:] = (network.parameters()[f"{number}.{part}"] for part in ("kernel", "bias"))
    x, t = samples.x_train[:30].astype(float), samples.y_train[:30].astype(float)
    memory: dict[Any, Any] = {}
    for _ in range(5):
        module["step"](x, t, memory)
    network.fit(
        x, t, loss=project.training.loss, optimizer=project.training.optimizer, batch_size=30, epochs=5, shuffle=False
    )
    for number, layer in enumerate(module["layers"]):
        assert layer.kernel == pytest.approx(network.parameters()[f"{number}.kernel"], abs=1e-8)


NORMAL = BatchNormalization(momentum=0.9)
STEPS = {
    "batch normalization": ((Dense(5, "gelu"), NORMAL, Dense(4, "tanh"), Dense(1, "sigmoid")), {}),
    "frozen": ((Dense(5, "tanh", trainable=False), Dense(4, "relu"), Dense(1, "sigmoid")), {}),
    "frozen normalization": ((Dense(5), BatchNormalization(trainable=False), Dense(1, "sigmoid")), {}),
    "muted": ((Dense(5, "sigmoid", muted=(1, 3)), Dense(4, "relu", muted=(0,)), Dense(1, "sigmoid")), {}),
    "regularizers": (
        (
            Dense(5, "tanh", kernel_regularizer=L1(0.02)),
            Dense(4, "tanh", kernel_regularizer=L2(0.03), muted=(2,)),
            Dense(1, "sigmoid", kernel_regularizer=L1L2(0.01, 0.02)),
        ),
        {"l1": 0.001, "l2": 0.002},
    ),
    "step": ((Dense(5, "step"), Dense(1, "sigmoid")), {}),
}
SETTINGS = {
    "weight decay": {"weight_decay": 0.1},
    "clipvalue": {"clipvalue": 0.001},
    "clipnorm": {"clipnorm": 0.001},
    "global clipnorm": {"global_clipnorm": 0.001},
    "amsgrad": {"amsgrad": True},
}


def same_steps(tmp_path: Path, project: Project) -> None:
    """The script and the engine, in double precision, make the same five steps from the same start."""
    numpy_script.write(tmp_path / "net.py", project, None, "Test")
    module = runpy.run_path(str(tmp_path / "net.py"))
    network, samples, training = build.network(project, "float64"), build.samples(project), project.training
    np.savez(tmp_path / "start.npz", **network.parameters())
    module["load_weights"](tmp_path / "start.npz")
    x, t = samples.x_train[:30].astype(float), samples.y_train[:30].astype(float)
    memory: dict[Any, Any] = {}
    for _ in range(5):
        module["step"](x, t, memory)
    program = network.compile(
        x,
        t,
        loss=training.loss,
        optimizer=training.optimizer,
        l1=training.l1,
        l2=training.l2,
        batch_size=30,
        shuffle=False,
    )
    run_epochs(network, program, 5)
    assert module["predict"](x) == pytest.approx(network.forward(x), abs=1e-7)
    layers = [layer for layer in module["layers"] if type(layer).__name__ != "Mute"]
    for name, wanted in network.parameters().items():
        number, part = name.split(".")
        assert getattr(layers[int(number)], part) == pytest.approx(wanted, abs=1e-7), name


@pytest.mark.parametrize("name", STEPS)
def test_layers_learn_as_in_the_engine(tmp_path: Path, name: str) -> None:
    layers, settings = STEPS[name]
    same_steps(tmp_path, with_training(with_layers(presets.load("circle"), layers), **settings))


@pytest.mark.parametrize("name", SETTINGS)
def test_optimizers_learn_as_in_the_engine(tmp_path: Path, name: str) -> None:
    optimizer = optimizers.get("adam", learning_rate=0.01, **SETTINGS[name])
    same_steps(tmp_path, with_training(presets.load("circle"), optimizer=optimizer))


def test_normalized_images_learn_as_in_the_engine(tmp_path: Path) -> None:
    layers = (Conv2D(4, 3), NORMAL, Activation("relu"), Flatten(), Dense(10, "softmax"))
    same_steps(tmp_path, with_layers(presets.load("digits"), layers))


@pytest.mark.parametrize("script", [numpy_script, keras_script, torch_script], ids=["numpy", "keras", "torch"])
def test_the_loss_that_ends_training_stands_in_the_script(tmp_path: Path, script: Any) -> None:
    project = edits.set_value(presets.load("circle"), "training.stop.loss_below", 0.5).project
    source = script.text(project, False, "Test")
    compile(source, "net.py", "exec")
    assert "0.5" in source
    assert "EPOCHS = 10000\n" in source
    assert "BELOW" not in script.text(presets.load("circle"), False, "Test").upper().replace("CHANGE EPOCHS", "")


def test_training_ends_below_the_loss(tmp_path: Path) -> None:
    project = edits.set_value(presets.load("circle"), "training.stop.loss_below", 0.5).project
    numpy_script.write(tmp_path / "net.py", project, None, "Circle")
    words = [sys.executable, "net.py"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    assert 0.3 < float(done.stdout.splitlines()[-1].split()[2].rstrip(",")) < 0.6


def test_weights_of_bypassed_layers_are_passed_over(tmp_path: Path) -> None:
    layers = (Dense(4, "tanh"), Dropout(0.2, bypassed=True), Dense(4, "tanh", bypassed=True), Dense(1, "sigmoid"))
    module, result = script(tmp_path, with_layers(presets.load("circle"), layers))
    x = result.loop.samples.x_test
    assert module["predict"](x) == pytest.approx(result.loop.network.forward(x), abs=1e-6)


def test_an_activation_of_its_own_may_be_the_last_layer(tmp_path: Path) -> None:
    layers = (Dense(4, "tanh"), Dense(1), Activation("sigmoid"))
    module, result = script(tmp_path, with_layers(presets.load("circle"), layers))
    samples = result.loop.samples
    x, t = samples.x_train.astype(float), samples.y_train.astype(float)
    before, memory = module["score"](x, t)[0], {}
    for _ in range(100):
        module["step"](x, t, memory)
    assert module["score"](x, t)[0] < before


def test_run_as_a_script_it_learns(tmp_path: Path) -> None:
    project = edits.set_value(presets.load("circle"), "training.stop.max_epochs", 40).project
    numpy_script.write(tmp_path / "net.py", project, None, "Circle")
    done = subprocess.run([sys.executable, "net.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert float(done.stdout.splitlines()[-1].rsplit(" ", 1)[1]) > 0.9
    assert "playground" not in (tmp_path / "net.py").read_text().replace("Deep Learning Playground", "")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda p: with_layers(p, (Dense(3), Residual((Dense(3),)), Dense(1, "sigmoid"))), "layer 2"),
        (lambda p: with_training(p, optimizer=optimizers.get("rmsprop", momentum=0.5)), "optimizer RMSprop"),
        (
            lambda p: with_layers(p, (Dense(3, kernel_constraint=NonNeg()), Dense(1, "sigmoid"))),
            "constraint of layer 1",
        ),
        (lambda p: with_training(p, class_weight="balanced"), "class weights"),
        (lambda p: with_training(p, loss=losses.get("poisson")), "loss"),
    ],
)
def test_what_the_script_has_no_words_for_is_named(tmp_path: Path, change: Any, sentence: str) -> None:
    with pytest.raises(ExportError, match=sentence):
        numpy_script.write(tmp_path / "net.py", change(presets.load("circle")), None, "Test")
    assert list(tmp_path.iterdir()) == []
