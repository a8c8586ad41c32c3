"""Normalization: its formula in training and afterwards, and the moving statistics."""

import numpy as np
import pytest

from playground.engine import Network, layers, losses, optimizers

RNG = np.random.default_rng(0)
LISTS, IMAGES = RNG.normal(2, 3, size=(8, 4)), RNG.normal(2, 3, size=(8, 5, 3, 2))


def after_one_step(x: np.ndarray, **settings: float) -> Network:
    """A network with batch normalization that saw all of x once; its weights stayed as they were."""
    network = Network([layers.BatchNormalization(**settings)], x.shape[1:], dtype="float64")
    network.compile(
        x,
        np.zeros_like(x),
        loss=losses.get("mean_squared_error"),
        optimizer=optimizers.get("sgd", learning_rate=1e-300),
        batch_size=len(x),
    ).step()
    return network


@pytest.mark.parametrize("x", [LISTS, IMAGES], ids=["lists", "images"])
def test_batches_are_brought_to_mean_0_and_variance_1_in_training(x: np.ndarray) -> None:
    network = Network([layers.BatchNormalization()], x.shape[1:], dtype="float64")
    network.unpack()["0.gamma"][...], network.unpack()["0.beta"][...] = 2, 5
    program, axes = network.bind(len(x), training=True), tuple(range(x.ndim - 1))
    program.input[...] = x.transpose(3, 1, 2, 0) if x.ndim == 4 else x.T
    program.run()
    found = program.output.transpose(3, 1, 2, 0) if x.ndim == 4 else program.output.T
    expected = 2 * (x - x.mean(axes)) / np.sqrt(x.var(axes) + 1e-3) + 5
    np.testing.assert_allclose(found, expected, atol=1e-12)


@pytest.mark.parametrize("x", [LISTS, IMAGES], ids=["lists", "images"])
def test_moving_statistics_follow_and_are_used_afterwards(x: np.ndarray) -> None:
    network, axes = after_one_step(x, momentum=0.9), tuple(range(x.ndim - 1))
    named = network.parameters()
    mean, variance = 0.1 * x.mean(axes), 0.9 + 0.1 * x.var(axes)
    np.testing.assert_allclose(named["0.moving_mean"], mean, atol=1e-12)
    np.testing.assert_allclose(named["0.moving_variance"], variance, atol=1e-12)
    np.testing.assert_allclose(network.forward(x), (x - mean) / np.sqrt(variance + 1e-3), atol=1e-12)


def test_moving_statistics_are_parameters_without_a_gradient() -> None:
    network = Network([layers.Dense(3), layers.BatchNormalization(), layers.Dense(1)], (4,), dtype="float64")
    assert list(network.parameters()) == [
        *("0.kernel", "0.bias", "1.gamma", "1.beta", "1.moving_mean", "1.moving_variance", "2.kernel", "2.bias")
    ]
    before = network.parameters()
    _, gradients = network.loss_and_gradients(LISTS, LISTS[:, :1], losses.get("mean_squared_error"))
    assert "1.moving_mean" not in gradients
    for name, array in network.parameters().items():
        np.testing.assert_array_equal(array, before[name])


def test_a_mini_batch_of_one_example_is_all_mean() -> None:
    network = Network([layers.BatchNormalization()], (4,), dtype="float64")
    network.unpack()["0.beta"][...] = 7
    program = network.bind(1, training=True)
    program.input[...] = 3
    program.run()
    np.testing.assert_array_equal(program.output, 7)


@pytest.mark.parametrize("x", [LISTS, IMAGES], ids=["lists", "images"])
def test_layer_normalization_goes_over_the_last_axis_of_each_example(x: np.ndarray) -> None:
    network = Network([layers.LayerNormalization(epsilon=0.01)], x.shape[1:], dtype="float64")
    network.unpack()["0.gamma"][...], network.unpack()["0.beta"][...] = 2, 5
    mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    np.testing.assert_allclose(network.forward(x), 2 * (x - mean) / np.sqrt(variance + 0.01) + 5, atol=1e-12)
