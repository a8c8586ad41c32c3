"""The way around a stack: its formula, its projection, its names, and rules for inner weights."""

import msgspec
import numpy as np
import pytest

from playground.engine import Network, constraints, layers, losses, optimizers, regularizers

X = np.random.default_rng(0).normal(size=(5, 4))


def test_the_input_is_added_to_what_the_stack_gives() -> None:
    network = Network([layers.Residual([layers.Dense(3, "tanh"), layers.Dense(4)], "relu")], (4,), dtype="float64")
    named = network.parameters()
    assert {name: array.shape for name, array in named.items()} == {
        "0.inner.0.kernel": (4, 3),
        "0.inner.0.bias": (3,),
        "0.inner.1.kernel": (3, 4),
        "0.inner.1.bias": (4,),
    }
    inner = np.tanh(X @ named["0.inner.0.kernel"]) @ named["0.inner.1.kernel"]
    np.testing.assert_allclose(network.forward(X), np.maximum(X + inner, 0), atol=1e-14)


def test_a_list_of_another_length_goes_through_a_projection() -> None:
    network = Network([layers.Residual([layers.Dense(3, "tanh")])], (4,), dtype="float64")
    network.unpack()["0.projection.bias"][...] = 2
    named = network.parameters()
    expected = np.tanh(X @ named["0.inner.0.kernel"]) + X @ named["0.projection.kernel"] + 2
    np.testing.assert_allclose(network.forward(X), expected, atol=1e-14)


def test_an_image_of_another_size_goes_through_a_projection() -> None:
    layer = layers.Residual([layers.Conv2D(3, 3, strides=2, padding="same")])
    network = Network([layer], (5, 4, 2), dtype="float64")
    assert network.output_shape == (3, 2, 3)
    for name, view in network.unpack().items():
        view[...] = 0 if "inner" in name else view
    x = np.random.default_rng(0).normal(size=(5, 5, 4, 2))
    kernel = network.parameters()["0.projection.kernel"]
    assert kernel.shape == (1, 1, 2, 3)
    np.testing.assert_allclose(network.forward(x), x[:, ::2, ::2] @ kernel[0, 0], atol=1e-14)


def test_inner_layers_keep_their_moving_statistics_and_their_names() -> None:
    deep = layers.Residual([layers.Residual([layers.Dense(4), layers.BatchNormalization()])])
    network = Network([layers.Dense(4), deep], (4,), dtype="float64")
    assert "1.inner.0.inner.1.moving_variance" in network.parameters()
    network.fit(X, X, loss=losses.get("mean_squared_error"), optimizer=optimizers.get("sgd"))
    assert (network.parameters()["1.inner.0.inner.1.moving_variance"] != 1).all()


def test_penalties_and_constraints_reach_inner_layers() -> None:
    rule, bound = regularizers.get("l2", l2=0.5), constraints.get("max_norm", max_value=0.1)
    inner = layers.Dense(4, "tanh", kernel_regularizer=rule, activity_regularizer=rule, kernel_constraint=bound)
    network = Network([layers.Residual([inner])], (4,), dtype="float64")
    hidden = network.forward(X) - X
    expected = 0.5 * (np.square(network.parameters()["0.inner.0.kernel"]).sum() + np.square(hidden).sum() / len(X))
    assert network.penalty(X) == pytest.approx(expected)
    network.fit(X, X, loss=losses.get("mean_squared_error"), optimizer=optimizers.get("sgd"))
    assert np.linalg.norm(network.parameters()["0.inner.0.kernel"], axis=0) == pytest.approx(0.1, rel=1e-5)


def test_inner_activity_penalties_are_in_the_gradient() -> None:
    rule = regularizers.get("l2", l2=0.3)
    stack = [layers.Residual([layers.Dense(4, "tanh", activity_regularizer=rule)])]
    network, mse, y = Network(stack, (4,), seed=1, dtype="float64"), losses.get("mean_squared_error"), np.zeros((5, 4))
    _, gradients = network.loss_and_gradients(X, y, mse)
    exact = network.pack(gradients)
    for place in range(network.size):
        middle, found = network.flat[place], []
        for sign in (1, -1):
            network.flat[place] = middle + sign * 1e-6
            found.append(network.evaluate(X, y, mse) + network.penalty(X))
        network.flat[place] = middle
        assert exact[place] == pytest.approx((found[0] - found[1]) / 2e-6, abs=1e-8)


def test_a_stack_is_written_and_read_with_all_that_is_inside() -> None:
    deep = layers.Residual([layers.Conv2D(2, (3, 2), padding="same"), layers.Residual([layers.Dropout(0.1)])], "relu")
    assert msgspec.json.decode(msgspec.json.encode(deep), type=layers.AnyLayer) == deep
    assert hash(deep) == hash(msgspec.json.decode(msgspec.json.encode(deep), type=layers.AnyLayer))
