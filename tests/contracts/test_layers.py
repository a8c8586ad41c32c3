"""Every layer of the registry: gradients against central differences, shapes, repetition, and what training may change.

A layer without a case here fails the first test; so a new layer brings its cases.
"""

from typing import Any

import numpy as np
import pytest

from playground.engine import Network, layers
from playground.engine.layers import LAYERS
from playground.engine.program import Program, record_backward

STEP, EXAMPLES = 5e-4, 5
LIST, IMAGE, ONE_CHANNEL = (6,), (5, 4, 2), (6, 5, 1)

CASES: list[tuple[Any, tuple[int, ...]]] = [
    (layers.Dense(3, "tanh"), LIST),
    (layers.Activation("relu"), LIST),
    (layers.Activation("silu"), IMAGE),
    (layers.Activation("softmax"), IMAGE),
    (layers.Dropout(0.4), LIST),
    (layers.Dropout(0.3), IMAGE),
    (layers.GaussianNoise(0.5), LIST),
    (layers.GaussianNoise(0.2), IMAGE),
    (layers.BatchNormalization(), LIST),
    (layers.BatchNormalization(momentum=0.7, epsilon=0.1), IMAGE),
    (layers.LayerNormalization(), LIST),
    (layers.LayerNormalization(epsilon=0.1), IMAGE),
    (layers.Flatten(), LIST),
    (layers.Flatten(), IMAGE),
    (layers.Flatten(), ONE_CHANNEL),
    (layers.Reshape((3, 2, 1)), LIST),
    (layers.Reshape((3, 1, 2)), LIST),
    (layers.Reshape((40,)), IMAGE),
    (layers.Reshape((2, 5, 4)), IMAGE),
    (layers.Reshape((5, 8, 1)), IMAGE),
    (layers.Reshape((5, 3, 2)), ONE_CHANNEL),
    (layers.Conv2D(3), IMAGE),
    (layers.Conv2D(2, (2, 3), padding="same", activation="tanh"), IMAGE),
    (layers.Conv2D(2, 3, strides=2, padding="same"), ONE_CHANNEL),
    (layers.Conv2D(2, (1, 2), strides=(2, 1)), IMAGE),
    (layers.Conv2D(2, 1, strides=2), IMAGE),
    (layers.DepthwiseConv2D(), IMAGE),
    (layers.DepthwiseConv2D((3, 2), strides=(1, 2), padding="same", depth_multiplier=3), IMAGE),
    (layers.MaxPooling2D(), IMAGE),
    (layers.MaxPooling2D((3, 2), strides=1), IMAGE),
    (layers.MaxPooling2D(3, strides=2, padding="same"), IMAGE),
    (layers.MaxPooling2D(1, strides=2), ONE_CHANNEL),
    (layers.AveragePooling2D(), IMAGE),
    (layers.AveragePooling2D((2, 3), strides=(1, 2), padding="same"), IMAGE),
    (layers.AveragePooling2D(2, strides=3), ONE_CHANNEL),
    (layers.MaxPooling2D((5, 2)), IMAGE),
    (layers.GlobalAveragePooling2D(), IMAGE),
    (layers.Residual([layers.Dense(6, "tanh"), layers.Dense(6)]), LIST),
    (layers.Residual([layers.Dense(3, "tanh"), layers.BatchNormalization(), layers.Dropout(0.2)], "silu"), LIST),
    (layers.Residual([layers.Conv2D(3, 3, 2, "same", "tanh"), layers.BatchNormalization()]), IMAGE),
    (layers.Residual([layers.Residual([layers.Conv2D(2, 2, padding="same")]), layers.Activation("sine")]), IMAGE),
    (layers.Residual([layers.Flatten(), layers.Dense(30), layers.Reshape((6, 5, 1))]), ONE_CHANNEL),
]
PARAMETERS = [
    pytest.param(layer, shape, id=f"{layer.__struct_config__.tag}-{n}") for n, (layer, shape) in enumerate(CASES)
]
every_case = pytest.mark.parametrize(("layer", "shape"), PARAMETERS)


def test_every_layer_has_a_case() -> None:
    assert {type(layer) for layer, _ in CASES} == {cls for _, cls in LAYERS.items()}


class Harness:
    """One layer on an input, with Σ c · y as loss; chance is dealt the same each time."""

    def __init__(self, layer: Any, shape: tuple[int, ...], *, training: bool = True) -> None:
        rng = np.random.default_rng(3)
        self.network = Network([layer], shape, seed=1, dtype="float64")
        if self.network.size:
            self.network.flat += rng.normal(scale=0.3, size=self.network.size)
        self.chance = np.random.default_rng()
        self.program = Program(self.network, EXAMPLES, training=training, rng=self.chance)
        self.program.input[...] = rng.permutation(self.program.input.size).reshape(self.program.input.shape) * 0.07 - 3
        self.weights = rng.normal(size=self.program.tensors[-1].value.shape)
        self.backward = self.network.recorder()
        if training:
            record_backward(self.program, self.backward, 0, self.program.tensors[0], seeded=False)

    def loss(self) -> float:
        self.chance.bit_generator.state = np.random.default_rng(5).bit_generator.state
        self.program.run()
        return float(np.vdot(self.weights, self.program.tensors[-1].value))

    def gradients(self) -> tuple[Any, Any]:
        """Of the parameters and of the input."""
        self.loss()
        y = self.program.tensors[-1]
        assert y.gradient is not None
        y.gradient[...] = self.weights
        for call in self.backward.calls:
            call()
        return self.network.gradient.copy(), np.array(self.program.tensors[0].gradient)


def assert_slopes(numbers: Any, exact: Any, loss: Any) -> None:
    """|error| ≤ 1e-6 · max(|gradient|, 1e-3) for every number; differences over four places, exact to STEP⁴."""
    for place in np.ndindex(numbers.shape):
        middle, found = numbers[place], []
        for steps in (-2, -1, 1, 2):
            numbers[place] = middle + steps * STEP
            found.append(loss())
        numbers[place] = middle
        slope = (8 * (found[2] - found[1]) - (found[3] - found[0])) / (12 * STEP)
        assert abs(exact[place] - slope) <= 1e-6 * max(abs(slope), 1e-3), (place, exact[place], slope)


@every_case
def test_gradients_are_the_slopes_of_the_output(layer: Any, shape: tuple[int, ...]) -> None:
    harness = Harness(layer, shape)
    of_parameters, of_input = harness.gradients()
    assert_slopes(harness.network.flat, of_parameters, harness.loss)
    assert_slopes(harness.program.tensors[0].value, of_input, harness.loss)
