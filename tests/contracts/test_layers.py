"""Every layer of the registry: gradients against central differences, shapes, repetition, and what training may change.

A layer without a case here fails the first test; so a new layer brings its cases.
"""

import tracemalloc
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import BuildError, Network, layers, losses, optimizers
from playground.engine.layers import LAYERS
from playground.engine.program import Program, record_backward
from playground.engine.settings import check
from playground.engine.training_program import TrainingProgram

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
    """One layer, or several, on an input, with Σ c · y as loss; chance is dealt the same each time."""

    def __init__(self, *stack: Any, shape: tuple[int, ...], training: bool = True) -> None:
        rng = np.random.default_rng(3)
        self.network = Network(stack, shape, seed=1, dtype="float64")
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
    harness = Harness(layer, shape=shape)
    of_parameters, of_input = harness.gradients()
    assert_slopes(harness.network.flat, of_parameters, harness.loss)
    assert_slopes(harness.program.tensors[0].value, of_input, harness.loss)


@every_case
def test_shapes_are_what_the_layer_says(layer: Any, shape: tuple[int, ...]) -> None:
    network = Network([layer], shape, seed=1)
    x = np.random.default_rng(0).normal(size=(EXAMPLES, *shape))
    assert network.forward(x).shape == (EXAMPLES, *layer.output_shape(shape))
    assert network.forward(x).dtype == np.float32
    (output,) = network.bind(EXAMPLES).outputs
    channels_first = (*output.shape[1:3], output.shape[0]) if output.ndim == 4 else output.shape[:1]
    assert channels_first == layer.output_shape(shape)
    assert output.shape[-1] == EXAMPLES
    named = network.parameters()
    assert sum(array.size for array in named.values()) == network.size + network.moving.size
    assert set(named) == set(network.unpack()) | set(network.unpack_moving())


@every_case
def test_settings_survive_being_written_and_read(layer: Any, shape: tuple[int, ...]) -> None:
    assert msgspec.json.decode(msgspec.json.encode(layer), type=layers.AnyLayer) == layer
    assert check(layer) == layer


@every_case
def test_parameters_can_be_taken_out_and_put_in(layer: Any, shape: tuple[int, ...]) -> None:
    one, other = (Network([layer], shape, seed=seed, dtype="float64") for seed in (1, 2))
    one.moving += 0.5
    other.set_parameters(one.parameters())
    np.testing.assert_array_equal(one.flat, other.flat)
    np.testing.assert_array_equal(one.moving, other.moving)
    np.testing.assert_array_equal(one.pack(one.parameters()), one.flat)


@every_case
def test_inference_is_the_training_pass_where_nothing_differs(layer: Any, shape: tuple[int, ...]) -> None:
    trained, used = Harness(layer, shape=shape), Harness(layer, shape=shape, training=False)
    for harness in (trained, used):
        harness.loss()
    same = np.allclose(trained.program.output, used.program.output, atol=1e-13)
    assert same == (not layer.differs_in_training)


def trainable(
    layer: Any, shape: tuple[int, ...], dtype: str = "float32", seed: int = 0, **options: Any
) -> tuple[Network, TrainingProgram, Any]:
    """A network that ends with a Dense layer, its training on 7 examples in mini-batches of 3, and its generator."""
    rng = np.random.default_rng(1)
    body = [layer] if len(layer.output_shape(shape)) == 1 else [layer, layers.Flatten()]
    network = Network([*body, layers.Dense(2)], shape, seed=4, dtype=dtype)
    x, y, chance = rng.normal(size=(7, *shape)), rng.normal(size=(7, 2)), np.random.default_rng(seed)
    settings = {"loss": losses.get("mean_squared_error"), "optimizer": optimizers.get("adam"), "rng": chance, **options}
    return network, network.compile(x, y, batch_size=3, **settings), chance


@every_case
def test_the_same_seed_trains_bit_identically_and_an_export_continues(layer: Any, shape: tuple[int, ...]) -> None:
    (whole, run, _), (parted, begun, chance) = trainable(layer, shape), trainable(layer, shape)
    for _ in range(5):
        run.step()
        begun.step()
    np.testing.assert_array_equal(whole.flat, parted.flat)
    state, generator = begun.export_state(), chance.bit_generator.state
    again, continued, chance = trainable(layer, shape, seed=99)
    chance.bit_generator.state = generator
    again.flat[...], again.moving[...] = parted.flat, parted.moving
    continued.import_state(state)
    for _ in range(6):
        run.step()
        continued.step()
    np.testing.assert_array_equal(whole.flat, again.flat)
    np.testing.assert_array_equal(whole.moving, again.moving)
    assert run.epoch_loss() == continued.epoch_loss()


@every_case
def test_every_mini_batch_counts_also_the_last_smaller_one(layer: Any, shape: tuple[int, ...]) -> None:
    """Each step of gradient descent follows the gradient of its own examples; chance is dealt the same for both."""
    network, run, chance = trainable(
        layer, shape, "float64", shuffle=False, optimizer=optimizers.get("sgd", learning_rate=0.1)
    )
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(7, *shape)), rng.normal(size=(7, 2))
    for rows in (slice(0, 3), slice(3, 6), slice(6, 7)):
        _, gradients = network.loss_and_gradients(x[rows], y[rows], losses.get("mean_squared_error"))
        expected = network.flat - 0.1 * network.pack(gradients)
        chance.bit_generator.state = np.random.default_rng(0).bit_generator.state
        run.step()
        np.testing.assert_allclose(network.flat, expected, atol=1e-12)


@every_case
def test_single_precision_agrees_with_double(layer: Any, shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(0).normal(size=(EXAMPLES, *shape))
    single, double = (Network([layer], shape, seed=1, dtype=dtype).forward(x) for dtype in ("float32", "float64"))
    np.testing.assert_allclose(single, double, atol=1e-5)


@every_case
def test_training_allocates_nothing_lasting(layer: Any, shape: tuple[int, ...]) -> None:
    _, run, _ = trainable(layer, shape)
    for _ in range(20):
        run.run_epoch()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(300):
            run.run_epoch()
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert after - before < 5_000


WRONG: list[tuple[Any, tuple[int, ...], str]] = [
    (layers.Dense(2), IMAGE, r"Layer 1 \(Dense\).*5 × 4 × 2.*Flatten"),
    (layers.Conv2D(2), LIST, r"Layer 1 \(Conv2D\): .*image \(height, width, channels\).*\(6,\)"),
    (layers.Conv2D(2, 5), IMAGE, r"\(Conv2D\): .*5 × 5.*5 × 4.*same"),
    (layers.Conv2D(2, padding="full"), IMAGE, r"Padding is 'full'.*valid, same"),
    (layers.Conv2D(2, (3, 0)), IMAGE, r"Kernel size is \(3, 0\).*from 1 to 64 \(or two of them\)"),
    (layers.Conv2D(2, (1, 2, 3)), IMAGE, r"Kernel size"),
    (layers.DepthwiseConv2D(), LIST, "Depthwise"),
    (layers.MaxPooling2D(6), IMAGE, "6 × 6.*5 × 4"),
    (layers.AveragePooling2D(), (4,), r"\(Average pooling 2D\): Average pooling 2D needs an image .*\(4,\).*Reshape"),
    (layers.GlobalAveragePooling2D(), LIST, "image"),
    (layers.Reshape((7,)), LIST, r"6 numbers.*\(7,\) holds 7"),
    (layers.Reshape((2, 3)), LIST, "height, width and channels"),
    (layers.Dropout(1.0), LIST, "Rate is 1.0"),
    (layers.Residual([]), LIST, "at least one"),
    (layers.Residual([layers.Conv2D(2)]), LIST, r"Layer 1 \(Residual\): inside, layer 1 \(Conv2D\): .*image"),
    (layers.Residual([layers.Conv2D(2)]), (6, 6, 2), r"\(6, 6, 2\).*\(4, 4, 2\)"),
    (layers.Residual([layers.Flatten()]), IMAGE, "no projection"),
]


@pytest.mark.parametrize(("layer", "shape", "words"), WRONG)
def test_wrong_use_names_the_layer_what_it_got_and_what_it_needs(layer: Any, shape: Any, words: str) -> None:
    with pytest.raises(BuildError, match=words):
        Network([layer], shape)
