"""The traced mini-batch is the one that training does next: bit for bit, for every optimizer and kind of layer."""

import msgspec
import numpy as np
import pytest

from playground.data.sources import SOURCES
from playground.engine import layers, losses, optimizers
from playground.engine.constraints import MaxNorm
from playground.engine.layers import Dense
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import L2
from playground.insight.trace import TracePainter, take
from playground.project import build
from playground.project.model import DataSettings, NetworkSettings, Project, TrainingSettings
from playground.training.loop import TrainingLoop
from tests.training.runs import make_loop, make_project

LAYERS = {
    "plain": (Dense(4, activation="tanh"), Dense(3, activation="relu")),
    "wide": (Dense(5, activation="silu"), Dense(5, activation="gelu"), Dense(4, activation="sine")),
    "normal": (Dense(4), layers.BatchNormalization(), layers.Activation("relu"), layers.LayerNormalization()),
    "chance": (Dense(6, activation="elu"), layers.Dropout(0.3), layers.GaussianNoise(0.2)),
    "around": (layers.Residual([Dense(5, activation="tanh"), Dense(2)]), Dense(3, activation="softplus")),
    "frozen": (Dense(4, activation="tanh", trainable=False), Dense(3, activation="tanh", muted=(1,))),
    "bypassed": (Dense(4, activation="tanh"), Dense(4, activation="tanh", bypassed=True), Dense(2)),
    "kept small": (
        Dense(4, activation="tanh", kernel_regularizer=L2(0.1), activity_regularizer=L2(0.1)),
        Dense(3, kernel_constraint=MaxNorm(0.5)),
    ),
}
PICTURES = (
    layers.Conv2D(3, 3, activation="relu"),
    layers.MaxPooling2D(2),
    layers.DepthwiseConv2D(2, activation="tanh"),
    layers.Flatten(),
    Dense(10, activation="softmax"),
)


def loop_with(hidden, optimizer="adam", **training) -> TrainingLoop:
    project = make_project(optimizer=optimizer, **training)
    output = project.network.layers[-1]
    network = NetworkSettings(layers=(*hidden, output), seed=3)
    return make_loop(msgspec.structs.replace(project, network=network))


def digits_loop() -> TrainingLoop:
    return make_loop(
        Project(
            data=DataSettings(source=SOURCES["digits"](), points=120),
            network=NetworkSettings(layers=PICTURES),
            training=TrainingSettings(
                loss=losses.get("categorical_crossentropy"), optimizer=optimizers.get("adam"), batch_size=32
            ),
        )
    )


def assert_same_step(loop: TrainingLoop) -> None:
    """Trace, train for real, compare everything."""
    trace = TracePainter().trace(loop)
    before = loop.network.flat.copy()
    np.testing.assert_array_equal(trace.update.before, before)
    loop.single_step()
    np.testing.assert_array_equal(trace.update.after, loop.network.flat)
    np.testing.assert_array_equal(trace.update.gradient, loop.network.gradient)
    state = loop.export_state()
    for name, slot in trace.update.memory_after.items():
        np.testing.assert_array_equal(slot, state.program[f"slot.{name}"])
    assert trace.loss == loop.step_loss()
    assert trace.step == loop.step - 1
    np.testing.assert_allclose(trace.losses.mean(), trace.loss, rtol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS.names())
def test_the_update_is_the_real_one_for_every_optimizer(name):
    loop = loop_with(LAYERS["plain"], optimizer=name)
    for _ in range(14):  # over the end of an epoch, with its smaller last mini-batch
        assert_same_step(loop)


@pytest.mark.parametrize(
    "settings",
    [
        {"name": "sgd", "momentum": 0.9},
        {"name": "sgd", "momentum": 0.9, "nesterov": True, "clipnorm": 0.01},
        {"name": "adam", "amsgrad": True, "clipvalue": 0.001},
        {"name": "rmsprop", "momentum": 0.5, "weight_decay": 0.1, "global_clipnorm": 0.05},
    ],
    ids=str,
)
def test_the_update_is_the_real_one_with_all_extras(settings):
    project = make_project(l1=0.001, l2=0.01)
    training = msgspec.structs.replace(project.training, optimizer=optimizers.get(**settings))
    loop = make_loop(msgspec.structs.replace(project, training=training))
    for _ in range(5):
        assert_same_step(loop)


@pytest.mark.parametrize("kind", LAYERS)
def test_the_update_is_the_real_one_for_many_kinds_of_layers(kind):
    loop = loop_with(LAYERS[kind])
    for _ in range(5):
        assert_same_step(loop)


def test_the_update_is_the_real_one_for_pictures():
    loop = digits_loop()
    for _ in range(3):
        assert_same_step(loop)


@pytest.mark.parametrize("name", LOSSES.names())
def test_the_update_is_the_real_one_for_every_loss(name):
    output, source = {
        "binary_crossentropy": ("sigmoid", "circle"),
        "categorical_crossentropy": ("softmax", "blobs"),
        "kl_divergence": ("softmax", "blobs"),
        "hinge": ("tanh", "circle"),
        "squared_hinge": ("tanh", "circle"),
        "poisson": ("softplus", "circle"),
    }.get(name, ("linear", "plane"))
    for _ in range(3):
        assert_same_step(make_loop(make_project(source, loss=name, output=output)))


@pytest.mark.parametrize(
    ("source", "output", "loss"),
    [
        ("circle", "sigmoid", "binary_crossentropy"),
        ("circle", "sigmoid", "mean_squared_error"),
        ("blobs", "softmax", "categorical_crossentropy"),
    ],
)
def test_classes_that_count_alike_weigh_the_examples(source, output, loss):
    project = make_project(source, loss=loss, output=output, class_weight="balanced")
    loop = make_loop(
        msgspec.structs.replace(project, data=msgspec.structs.replace(project.data, balance=0.1, points=200))
    )
    assert_same_step(loop)
    trace = TracePainter().trace(loop)
    assert trace.weights is not None
    assert trace.targets.shape == trace.outputs.shape


def test_one_painter_follows_a_run_through_edits():
    painter, loop = TracePainter(), make_loop()
    for rate in (0.01, 0.5):
        training = msgspec.structs.replace(loop.project.training, optimizer=optimizers.get("sgd", learning_rate=rate))
        loop.apply(msgspec.structs.replace(loop.project, training=training))
        trace = painter.trace(loop)
        loop.single_step()
        np.testing.assert_array_equal(trace.update.after, loop.network.flat)
        assert trace.update.rate == np.float32(rate)
    loop.edit_parameters(np.array([0]), np.array([1.5]))
    assert painter.trace(loop).update.before[0] == 1.5


def test_tracing_leaves_the_run_alone():
    loop = make_loop()
    loop.single_step()
    state = loop.export_state()
    first = take(loop.project, loop.samples, state)
    again = take(loop.project, loop.samples, state)
    after = loop.export_state()
    assert after.rng == state.rng
    np.testing.assert_array_equal(after.parameters, state.parameters)
    np.testing.assert_array_equal(first.update.after, again.update.after)
    assert first.same_as(again)
    loop.edit_parameters(np.array([0]), np.array([1.5]))
    assert not first.same_as(take(loop.project, loop.samples, loop.export_state()))


def test_many_mini_batches_share_one_recording():
    """With more than 256 mini-batches an epoch, examples are first gathered into a buffer."""
    loop = make_loop(make_project(points=800, batch_size=1))
    for _ in range(3):
        assert_same_step(loop)


def test_values_belong_to_the_examples():
    loop = make_loop()
    trace = TracePainter().trace(loop)
    outputs = loop.network.forward(loop.samples.inputs[trace.rows])
    np.testing.assert_allclose(trace.outputs.T, outputs, rtol=1e-5)
    np.testing.assert_array_equal(trace.targets.T, loop.samples.dataset.targets[trace.rows])
    np.testing.assert_array_equal(trace.layers[0].input.T, loop.samples.inputs[trace.rows])
    assert trace.batch == loop.project.training.batch_size


@pytest.mark.parametrize("kind", ["plain", "wide", "normal", "around", "bypassed"])
def test_gradients_of_values_add_up_to_those_of_weights(kind):
    """Independent of the engine: ∂L/∂W = x (∂L/∂z)ᵀ for every Dense layer, ∂L/∂z = f′ · ∂L/∂a for every layer."""
    trace = TracePainter().trace(loop_with(LAYERS[kind]))
    for index, layer in enumerate(trace.layers):
        assert layer.sum_gradients is not None
        if layer.slopes is not None:
            assert layer.output_gradients is not None
            np.testing.assert_allclose(layer.sum_gradients, layer.output_gradients * layer.slopes, rtol=1e-6)
        kernel = trace.parameter(index, "kernel", trace.update.loss_gradient)
        if isinstance(layer.layer, Dense):
            np.testing.assert_allclose(kernel, layer.input @ layer.sum_gradients.T, rtol=2e-4, atol=1e-7)


def test_a_picture_keeps_its_channels_first_and_its_examples_last():
    trace = TracePainter().trace(digits_loop())
    conv, pool = trace.layers[0], trace.layers[1]
    assert conv.input.shape == (1, 8, 8, 32)
    assert conv.outputs.shape == conv.sum_gradients.shape == (3, 6, 6, 32)
    assert pool.input is conv.outputs
    assert pool.output_gradients.shape == (3, 3, 3, 32)


def test_nothing_goes_back_before_the_first_layer_that_learns():
    trace = TracePainter().trace(loop_with(LAYERS["frozen"]))
    assert trace.layers[0].sum_gradients is None
    assert trace.layers[1].sum_gradients is not None
    assert not trace.learns(0)
    assert trace.learns(1)
    before, after = (trace.parameter(0, "kernel", flat) for flat in (trace.update.before, trace.update.after))
    np.testing.assert_array_equal(before, after)


def test_an_output_of_its_own_loss_begins_at_its_sums():
    fused = TracePainter().trace(make_loop())
    assert fused.fused
    assert fused.layers[-1].output_gradients is None
    apart = TracePainter().trace(make_loop(make_project(loss="mean_squared_error")))
    assert not apart.fused
    assert apart.layers[-1].output_gradients is not None


def test_samples_of_a_project_are_enough():
    project = make_project()
    samples = build.samples(project)
    state = TrainingLoop(project, samples).export_state()
    assert take(project, samples, state).steps_per_epoch == -(-len(samples.x_train) // 10)
