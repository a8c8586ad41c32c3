"""Rearranging: always in the public order, free where that is the order in memory."""

import numpy as np
import pytest

from playground.engine import Network, layers


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (layers.Flatten(), (4, 3, 2)),
        (layers.Flatten(), (4, 3, 1)),
        (layers.Flatten(), (5,)),
        (layers.Reshape((2, 3, 4)), (24,)),
        (layers.Reshape((24,)), (2, 3, 4)),
        (layers.Reshape((4, 3, 2)), (2, 3, 4)),
        (layers.Reshape((4, 6, 1)), (2, 3, 4)),
        (layers.Reshape((2, 3, 4)), (4, 6, 1)),
    ],
)
def test_the_order_is_numpys(layer: layers.Layer, shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(0).normal(size=(3, *shape))
    found = Network([layer], shape, dtype="float64").forward(x)
    np.testing.assert_array_equal(found, x.reshape(3, *layer.output_shape(shape)))


def test_one_channel_is_flattened_without_a_copy() -> None:
    program = Network([layers.Flatten(), layers.Reshape((3, 4, 1))], (4, 3, 1)).bind(2)
    assert np.shares_memory(program.input, program.outputs[0])
    assert np.shares_memory(program.input, program.outputs[1])


def test_a_kernel_behind_flatten_is_in_keras_order() -> None:
    network = Network([layers.Flatten(), layers.Dense(3)], (4, 3, 2), dtype="float64")
    x, named = np.random.default_rng(0).normal(size=(5, 4, 3, 2)), network.parameters()
    np.testing.assert_allclose(network.forward(x), x.reshape(5, 24) @ named["1.kernel"] + named["1.bias"], atol=1e-14)
