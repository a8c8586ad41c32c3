"""Convolutions against their definition, written as plain loops over the places."""

from typing import Any

import numpy as np
import pytest

from playground.engine import Network, initializers, layers, regularizers
from playground.engine.layers.convolution import in_blocks

X = np.random.default_rng(0).normal(size=(3, 7, 6, 2))


def around(x: Any, kernel: tuple[int, int], strides: tuple[int, int]) -> Any:
    """X with the zeros that "same" puts around it: the odd one below and to the right."""
    pads = [(0, 0)]
    for side, length, step in zip(x.shape[1:3], kernel, strides, strict=True):
        missing = max(0, (-(-side // step) - 1) * step + length - side)
        pads.append((missing // 2, missing - missing // 2))
    return np.pad(x, [*pads, (0, 0)])


def places(x: Any, kernel: tuple[int, int], strides: tuple[int, int]) -> Any:
    """What stands in each window: (n, rows, columns, height, width, channels)."""
    (high, wide), (down, right) = kernel, strides
    rows, columns = range(0, x.shape[1] - high + 1, down), range(0, x.shape[2] - wide + 1, right)
    return np.array([[[image[i : i + high, j : j + wide] for j in columns] for i in rows] for image in x])


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(
    ("kernel", "strides"), [((3, 3), (1, 1)), ((2, 3), (2, 1)), ((4, 2), (3, 2)), ((1, 1), (1, 1))]
)
def test_conv2d_is_its_definition(kernel: tuple[int, int], strides: tuple[int, int], padding: str) -> None:
    network = Network([layers.Conv2D(4, kernel, strides, padding)], (7, 6, 2), seed=1, dtype="float64")
    network.unpack()["0.bias"][...] = [1, 2, 3, 4]
    named = network.parameters()
    assert named["0.kernel"].shape == (*kernel, 2, 4)
    windows = places(around(X, kernel, strides) if padding == "same" else X, kernel, strides)
    expected = np.einsum("nrchwi,hwio->nrco", windows, named["0.kernel"]) + named["0.bias"]
    np.testing.assert_allclose(network.forward(X), expected, atol=1e-13)


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_a_depthwise_convolution_looks_at_each_channel_by_itself(padding: str) -> None:
    layer = layers.DepthwiseConv2D((3, 2), strides=(1, 2), padding=padding, depth_multiplier=3)
    network = Network([layer], (7, 6, 2), seed=1, dtype="float64")
    network.unpack()["0.bias"][...] = range(6)
    named = network.parameters()
    assert named["0.kernel"].shape == (3, 2, 2, 3)
    windows = places(around(X, (3, 2), (1, 2)) if padding == "same" else X, (3, 2), (1, 2))
    expected = np.einsum("nrchwi,hwim->nrcim", windows, named["0.kernel"])
    expected = expected.reshape(*expected.shape[:3], 6) + named["0.bias"]
    np.testing.assert_allclose(network.forward(X), expected, atol=1e-13)


def test_a_convolution_by_hand() -> None:
    """The window 1 2 / 3 4 with the kernel 1 0 / 0 −1 and the bias 10: 1 − 4 + 10 = 7."""
    network = Network([layers.Conv2D(1, 2)], (2, 2, 1), dtype="float64")
    network.set_parameters({"0.kernel": np.reshape([1, 0, 0, -1], (2, 2, 1, 1)), "0.bias": [10]})
    assert network.forward(np.reshape([1, 2, 3, 4], (1, 2, 2, 1))).item() == 7


def test_the_window_may_be_one_number_or_two() -> None:
    shapes = [Network([layers.Conv2D(2, size)], (7, 6, 1)).output_shape for size in (3, (3, 3), (3, 2))]
    assert shapes == [(5, 4, 2), (5, 4, 2), (5, 5, 2)]


def test_initial_weights_follow_the_numbers_in_a_window() -> None:
    limit = np.sqrt(6 / (3 * 3 * 4 + 3 * 3 * 16))
    kernel = Network([layers.Conv2D(16)], (8, 8, 4)).parameters()["0.kernel"]
    assert 0.95 * limit < np.abs(kernel).max() <= limit
    same = Network([layers.DepthwiseConv2D(depthwise_initializer="ones")], (8, 8, 4)).parameters()["0.kernel"]
    assert (same == initializers.get("ones").draw(same.shape, np.random.default_rng())).all()


def test_penalties_and_constraints_are_for_the_kernel() -> None:
    rule = regularizers.get("l2", l2=0.5)
    for layer in (layers.Conv2D(2, kernel_regularizer=rule), layers.DepthwiseConv2D(depthwise_regularizer=rule)):
        network = Network([layer], (5, 5, 2), dtype="float64")
        network.unpack()["0.bias"][...] = 3
        expected = 0.5 * np.square(network.parameters()["0.kernel"]).sum()
        assert network.penalty(np.ones((1, 5, 5, 2))) == pytest.approx(expected)


@pytest.mark.parametrize(("columns", "blocks"), [(1024, 4), (1000, 2), (300, 1), (257 * 3, 3), (521, 1)])
def test_blocks_have_at_least_256_columns(columns: int, blocks: int) -> None:
    matrix = np.arange(2.0 * columns).reshape(2, columns)
    stack = in_blocks(matrix)
    assert len(stack) == blocks
    assert np.shares_memory(stack, matrix)
    np.testing.assert_array_equal(np.concatenate(list(stack), axis=1), matrix)
