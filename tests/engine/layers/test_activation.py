"""The activation as a layer of its own: the same as within a layer."""

import numpy as np
import pytest

from playground.engine import Network, layers, losses
from playground.engine.activations import ACTIVATIONS


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_an_activation_of_its_own_is_that_of_the_layer(name: str) -> None:
    x, y = np.random.default_rng(0).normal(size=(6, 4)), np.random.default_rng(1).normal(size=(6, 2))
    within = Network([layers.Dense(3, name), layers.Dense(2)], (4,), seed=1, dtype="float64")
    apart = Network([layers.Dense(3), layers.Activation(name), layers.Dense(2)], (4,), seed=1, dtype="float64")
    np.testing.assert_array_equal(within.flat, apart.flat)
    np.testing.assert_allclose(within.forward(x), apart.forward(x), atol=1e-15)
    for network in (within, apart):
        network.loss_and_gradients(x, y, losses.get("mean_squared_error"))
    np.testing.assert_allclose(within.gradient, apart.gradient, atol=1e-15)


def test_softmax_goes_over_the_channels_of_each_pixel() -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 4, 5))
    found = Network([layers.Activation("softmax")], (3, 4, 5), dtype="float64").forward(x)
    np.testing.assert_allclose(found, np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True), atol=1e-15)


def test_at_the_end_it_meets_its_loss() -> None:
    stack = [layers.Dense(3), layers.Activation("softmax")]
    apart = Network(stack, (4,), seed=1, dtype="float64")
    within = Network([layers.Dense(3, "softmax")], (4,), seed=1, dtype="float64")
    x, y, loss = (
        np.random.default_rng(0).normal(size=(6, 4)),
        [0, 1, 2, 0, 1, 2],
        losses.get("categorical_crossentropy"),
    )
    (one, one_gradients), (other, other_gradients) = (n.loss_and_gradients(x, y, loss) for n in (apart, within))
    assert one == pytest.approx(other, abs=1e-14)
    np.testing.assert_allclose(apart.pack(one_gradients), within.pack(other_gradients), atol=1e-15)
    assert one == pytest.approx(apart.evaluate(x, y, loss), abs=1e-14)
