"""What layers without a weighted sum hand back: in a formula whose numbers give the engine's gradient."""

from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import layers
from playground.engine.layers import Dense
from playground.insight.trace import TracePainter, backward, forward, naming, through
from playground.insight.trace.card import Focus
from playground.insight.trace.formulas.expression import Formula
from playground.insight.trace.record import Trace
from playground.project import build, presets
from playground.project.model import NetworkSettings
from playground.training.loop import TrainingLoop
from tests.training.runs import make_loop, make_project

ULP = 4
LISTS = {
    "batch normalization": layers.BatchNormalization(),
    "layer normalization": layers.LayerNormalization(),
    "residual": layers.Residual([Dense(5, activation="tanh"), Dense(6)]),
    "residual with projection": layers.Residual([Dense(5, activation="tanh")]),
    "frozen batch normalization": layers.BatchNormalization(trainable=False),
    "activation": layers.Activation("tanh"),
    "dropout": layers.Dropout(0.4),
    "noise": layers.GaussianNoise(0.1),
    "reshape": layers.Reshape((6,)),
}
IMAGES = {
    "max pooling": layers.MaxPooling2D(2),
    "max pooling with overlap": layers.MaxPooling2D(3, strides=2, padding="same"),
    "average pooling": layers.AveragePooling2D(2),
    "average pooling with overlap": layers.AveragePooling2D(3, strides=1, padding="same"),
    "mean of all": layers.GlobalAveragePooling2D(),
    "convolution": layers.Conv2D(2, 3, strides=2, padding="same"),
    "depthwise convolution": layers.DepthwiseConv2D(3, strides=2, padding="same", depth_multiplier=2),
    "batch normalization": layers.BatchNormalization(),
    "frozen batch normalization": layers.BatchNormalization(trainable=False),
    "layer normalization": layers.LayerNormalization(),
    "residual with projection": layers.Residual([layers.Conv2D(2, 3, strides=2, padding="same", activation="tanh")]),
    "residual": layers.Residual([layers.Conv2D(3, 3, padding="same", activation="tanh")]),
    "dropout": layers.Dropout(0.4),
    "flatten": layers.Flatten(),
}


def traced(loop: TrainingLoop) -> Trace:
    for _ in range(3):
        loop.single_step()
    return TracePainter().trace(loop)


def with_list(layer: Any) -> Trace:
    project = make_project()
    network = NetworkSettings(layers=(Dense(6, activation="tanh"), layer, project.network.layers[-1]))
    return traced(make_loop(msgspec.structs.replace(project, network=network)))


def with_images(layer: Any) -> Trace:
    flatten = () if isinstance(layer, layers.Flatten | layers.GlobalAveragePooling2D) else (layers.Flatten(),)
    first = layers.Conv2D(3, 3, activation="tanh")
    network = NetworkSettings(layers=(first, layer, *flatten, Dense(10, activation="softmax")))
    project = msgspec.structs.replace(presets.load("digits"), network=network)
    return traced(TrainingLoop(project, build.samples(project)))


def assert_told(trace: Trace) -> None:
    """Every unit of the first layer, for some examples: a formula, within a few units in the last place."""
    for unit in range(naming.units(trace, 0)):
        for example in range(0, trace.batch, 3):
            above = backward.unit_steps(trace, 0, unit, Focus(example, 0, unit))[0]
            assert above.left.base == "∂L/∂a"
            assert above.expression
            assert above.in_symbols
            assert abs(above.evaluate() - above.result) <= ULP * np.spacing(np.float32(largest(above, trace))), above


def largest(one: Formula, trace: Trace) -> float:
    """The largest number on the way to the result; a mean also adds up those of the other units."""
    size = max(one.size, 1e-30)
    if "variance" in one.values:
        factor = one.values.get("gamma", 1.0) / np.sqrt(one.values["variance"] + one.values["epsilon"])
        size = max(size, float(factor * np.abs(trace.layers[1].sum_gradients).max()))
    return size


@pytest.mark.parametrize("kind", LISTS)
def test_lists(kind: str) -> None:
    assert_told(with_list(LISTS[kind]))


@pytest.mark.parametrize("kind", IMAGES)
def test_images(kind: str) -> None:
    assert_told(with_images(IMAGES[kind]))


@pytest.mark.parametrize("kind", [kind for kind in IMAGES if kind != "flatten"])
def test_images_forward(kind: str) -> None:
    """Every channel's number where it answers most: a formula that comes to the engine's number."""
    trace = with_images(IMAGES[kind])
    for unit in range(naming.units(trace, 1)):
        for example in range(0, trace.batch, 4):
            for one in forward.told(trace, Focus(example, 1, unit)):
                assert one.expression, one
                assert one.agrees, one


def test_what_goes_around_a_block_is_what_the_projection_gives() -> None:
    trace = with_list(LISTS["residual with projection"])
    kernel, bias, inner, offset = (
        trace.parameter(1, name, trace.update.before).astype(float)
        for name in ("projection.kernel", "projection.bias", "inner.0.kernel", "inner.0.bias")
    )
    x, dz = trace.layers[1].input.astype(float), trace.layers[1].sum_gradients.astype(float)
    through_layers = np.tanh(inner.T @ x + offset[:, None])
    for unit in range(5):
        told = forward.told(trace, Focus(1, 1, unit))[0]
        assert told.values["inner"] == pytest.approx(through_layers[unit, 1], rel=1e-4, abs=1e-6)
        assert told.values["b"] == bias[unit]
    back = kernel @ dz + inner @ ((1 - through_layers**2) * dz)
    for unit in range(6):
        told = backward.unit_steps(trace, 0, unit, Focus(2, 0, unit))[0]
        assert told.evaluate() == pytest.approx(back[unit, 2], rel=1e-4, abs=1e-7)
        assert told.values["inner"] == pytest.approx((back - kernel @ dz)[unit, 2], rel=1e-3, abs=1e-6)


def test_a_number_that_no_window_keeps_gets_nothing() -> None:
    trace = with_images(layers.MaxPooling2D(8, strides=1, padding="same"))
    told = [backward.unit_steps(trace, 0, 0, Focus(example, 0, 0))[0] for example in range(trace.batch)]
    assert all({one.values[name] for name in one.values if name.startswith("k")} <= {0.0, 1.0} for one in told)
    assert all(one.agrees for one in told)


def test_both_ways_round_a_residual_block_are_what_they_say() -> None:
    trace = with_list(layers.Residual([Dense(5, activation="tanh"), Dense(6)]))
    (w0, b0), (w1, _) = (
        [trace.update.before[trace.places[f"1.inner.{k}.{part}"]].astype(float) for part in ("kernel", "bias")]
        for k in (0, 1)
    )
    x, dz = trace.layers[1].input.astype(float), trace.layers[1].sum_gradients.astype(float)
    hidden = np.tanh(w0.T @ x + b0[:, None])
    inner = w0 @ ((w1 @ dz) * (1 - hidden**2))
    for unit in range(6):
        told = through.handed_back(trace, 0, unit, 2, float(trace.layers[0].output_gradients[unit, 2]))
        assert told.values["inner"] == pytest.approx(inner[unit, 2], rel=1e-4, abs=1e-7)


@pytest.mark.parametrize("layer", [layers.BatchNormalization(), layers.LayerNormalization()])
@pytest.mark.parametrize("source", [0, None])
def test_scale_and_offset_of_a_normalisation_have_a_gradient_by_example(layer: Any, source: int | None) -> None:
    trace = with_list(layer)
    x = trace.layers[1].input.astype(float)
    axis = 1 if isinstance(layer, layers.BatchNormalization) else 0
    normal = (x - x.mean(axis, keepdims=True)) / np.sqrt(x.var(axis, keepdims=True) + layer.epsilon)
    parts = trace.layers[1].sum_gradients * (normal if source == 0 else 1.0)
    for unit in range(6):
        card = backward.card(trace, Focus(1, 1, unit, source))
        one, total = card.formulas[-2:]
        assert one.expression
        assert one.evaluate() == pytest.approx(parts[unit, 1], rel=1e-6, abs=1e-9)
        assert total.agrees
        assert total.result == pytest.approx(parts[unit].sum(), rel=1e-4, abs=1e-7)


@pytest.mark.parametrize("kind", ["batch normalization", "layer normalization", "residual", "dropout"])
def test_a_sentence_says_what_is_special(kind: str) -> None:
    note = backward.card(with_list(LISTS[kind]), Focus(0, 0, 0, 0)).note
    assert note is not None
    assert "gradient" in note.text or "taken off" in note.text
