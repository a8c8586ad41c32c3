"""The network: shapes, weights by name, prediction, and sentences for wrong use."""

import numpy as np
import pytest

from playground.engine import BuildError, Network, layers, losses, optimizers


def small(seed: int = 0) -> Network:
    return Network(
        [layers.Dense(4, activation="tanh"), layers.Dense(1, activation="sigmoid")], (2,), seed=seed, dtype="float64"
    )


def test_shapes_and_sizes() -> None:
    network = small()
    assert network.shapes == ((4,), (1,))
    assert network.output_shape == (1,)
    assert network.layer_sizes == (12, 5)
    assert network.size == 17


def test_parameters_have_keras_names_and_shapes() -> None:
    shapes = {name: array.shape for name, array in small().parameters().items()}
    assert shapes == {"0.kernel": (2, 4), "0.bias": (4,), "1.kernel": (4, 1), "1.bias": (1,)}


def test_unpacked_parameters_are_views_and_parameters_are_copies() -> None:
    network = small()
    network.unpack()["0.bias"][:] = 7
    copies = network.parameters()
    assert (copies["0.bias"] == 7).all()
    copies["0.bias"][:] = 0
    assert (network.unpack()["0.bias"] == 7).all()


def test_packing_and_unpacking_is_the_identity() -> None:
    network = small(3)
    np.testing.assert_array_equal(network.pack(network.parameters()), network.flat)


def test_forward_is_the_formula() -> None:
    network = small(1)
    x = np.random.default_rng(0).normal(size=(9, 2))
    p = network.parameters()
    hidden = np.tanh(x @ p["0.kernel"] + p["0.bias"])
    expected = 1 / (1 + np.exp(-(hidden @ p["1.kernel"] + p["1.bias"])))
    np.testing.assert_allclose(network.forward(x), expected, atol=1e-14)


def test_the_same_seed_draws_the_same_weights() -> None:
    np.testing.assert_array_equal(small(5).flat, small(5).flat)
    assert not np.array_equal(small(5).flat, small(6).flat)


def test_glorot_weights_lie_within_their_limit_and_biases_are_zero() -> None:
    network = Network([layers.Dense(64)], (32,))
    kernel, bias = network.unpack()["0.kernel"], network.unpack()["0.bias"]
    limit = np.sqrt(6 / 96)
    assert np.abs(kernel).max() <= limit
    assert np.abs(kernel).max() > 0.95 * limit
    assert not bias.any()


def test_pictures_are_flattened_in_keras_order() -> None:
    network = Network([layers.Flatten(), layers.Dense(3)], (2, 2, 1), dtype="float64")
    x = np.arange(8.0).reshape(2, 2, 2, 1)
    p = network.parameters()
    np.testing.assert_allclose(network.forward(x), x.reshape(2, 4) @ p["1.kernel"] + p["1.bias"])


def test_fit_learns() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 2))
    y = (x[:, :1] * x[:, 1:] > 0).astype(float)
    network = Network([layers.Dense(8, activation="tanh"), layers.Dense(1, activation="sigmoid")], (2,))
    history = network.fit(
        x, y, loss=losses.get("binary_crossentropy"), optimizer=optimizers.get("adam", learning_rate=0.03), epochs=60
    )
    assert len(history["loss"]) == 60
    assert history["loss"][-1] < 0.3 * history["loss"][0]


def test_a_program_computes_every_layer_and_follows_the_weights() -> None:
    network = small(2)
    program = network.bind(5)
    x = np.random.default_rng(1).normal(size=(5, 2))
    program.input[...] = x.T
    program.run()
    np.testing.assert_allclose(program.output, network.forward(x).T)
    assert [output.shape for output in program.outputs] == [(4, 5), (1, 5)]
    network.flat[:] = 0
    program.run()
    np.testing.assert_array_equal(program.output, 0.5)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Network([], (2,)), "no layers"),
        (lambda: Network([layers.Dense(2)], (8, 8, 1)), "Flatten"),
        (lambda: small().forward(np.zeros((3, 5))), r"\(n, 2\)"),
        (lambda: small().forward(np.full((3, 2), np.nan)), "finite"),
        (lambda: small().evaluate(np.zeros((3, 2)), np.zeros((3, 2)), losses.get("mean_squared_error")), "targets"),
        (lambda: small().set_parameters({"0.kernel": np.zeros((2, 4))}), "missing"),
        (lambda: small().set_parameters({**small().parameters(), "0.bias": np.zeros(3)}), "shape"),
    ],
)
def test_wrong_use_is_a_sentence(make: object, words: str) -> None:
    with pytest.raises(BuildError, match=words):
        make()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("loss", "activation", "units"),
    [
        ("binary_crossentropy", "tanh", 1),
        ("categorical_crossentropy", "softmax", 1),
        ("categorical_crossentropy", "sigmoid", 3),
    ],
)
def test_losses_refuse_outputs_that_are_no_probabilities(loss: str, activation: str, units: int) -> None:
    network = Network([layers.Dense(units, activation=activation)], (2,))
    with pytest.raises(BuildError):
        network.compile(np.zeros((4, 2)), np.zeros((4, units)), loss=losses.get(loss), optimizer=optimizers.get("sgd"))
