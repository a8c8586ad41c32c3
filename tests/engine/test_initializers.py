"""Initializers: spread, limits, right angles; the same seed draws the same weights as ever."""

import numpy as np
import pytest

from playground.engine import Network, initializers, layers
from playground.engine.initializers import INITIALIZERS, names_for_bias
from playground.engine.settings import describe

SHAPE = (80, 120)


def drawn(name: str, shape: tuple[int, ...] = SHAPE, **settings: float) -> np.ndarray:
    return initializers.get(name, **settings).draw(shape, np.random.default_rng(0))


@pytest.mark.parametrize("name", list(INITIALIZERS))
def test_the_same_seed_draws_the_same_numbers(name: str) -> None:
    np.testing.assert_array_equal(drawn(name), drawn(name))
    assert drawn(name, (3, 3, 2, 5)).shape == (3, 3, 2, 5)


def test_fixed_numbers() -> None:
    assert (drawn("zeros") == 0).all()
    assert (drawn("ones") == 1).all()
    assert (drawn("constant", value=0.3) == 0.3).all()


@pytest.mark.parametrize(
    ("name", "variance"),
    [
        ("random_uniform", 0.1**2 / 12),
        ("random_normal", 0.05**2),
        ("truncated_normal", (0.05 * 0.8796) ** 2),
        ("glorot_uniform", 2 / 200),
        ("glorot_normal", 2 / 200),
        ("he_uniform", 2 / 80),
        ("he_normal", 2 / 80),
        ("lecun_uniform", 1 / 80),
        ("lecun_normal", 1 / 80),
    ],
)
def test_random_numbers_have_mean_zero_and_the_declared_variance(name: str, variance: float) -> None:
    values = drawn(name)
    assert values.var() == pytest.approx(variance, rel=0.06)
    assert abs(values.mean()) < 0.05 * variance**0.5


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("glorot_uniform", (6 / 200) ** 0.5),
        ("he_uniform", (6 / 80) ** 0.5),
        ("lecun_uniform", (3 / 80) ** 0.5),
        ("truncated_normal", 0.1),
        ("he_normal", 2 * (2 / 80) ** 0.5 / 0.87962566),
    ],
)
def test_limits(name: str, limit: float) -> None:
    assert 0.95 * limit < np.abs(drawn(name)).max() <= limit


def test_a_convolution_counts_its_whole_field() -> None:
    assert initializers.fans((3, 5, 2, 7)) == (30, 105)
    assert initializers.fans((7,)) == (7, 7)


@pytest.mark.parametrize("shape", [(20, 8), (8, 20), (3, 3, 2, 10)])
def test_orthogonal_weights_stand_at_right_angles(shape: tuple[int, ...]) -> None:
    matrix = drawn("orthogonal", shape, gain=2.0).reshape(-1, shape[-1])
    product = matrix.T @ matrix if matrix.shape[0] >= matrix.shape[1] else matrix @ matrix.T
    np.testing.assert_allclose(product, 4 * np.eye(len(product)), atol=1e-12)


def test_a_default_layer_draws_what_glorot_says_in_the_order_of_layers() -> None:
    """Weights of saved seeds must stay what they are: one uniform draw per kernel, none for the bias."""
    net = Network([layers.Dense(3), layers.Dense(2)], (4,), seed=7, dtype="float64")
    rng = np.random.default_rng(7)
    for index, (inputs, units) in enumerate([(4, 3), (3, 2)]):
        limit = np.sqrt(6 / (inputs + units))
        expected = rng.uniform(-limit, limit, (inputs, units))
        np.testing.assert_array_equal(net.parameters()[f"{index}.kernel"], expected)
        assert not net.parameters()[f"{index}.bias"].any()


@pytest.mark.parametrize("name", list(INITIALIZERS))
def test_a_layer_starts_as_its_settings_say(name: str) -> None:
    bias = name if name in names_for_bias() else "ones"
    layer = layers.Dense(3, kernel_initializer=name, bias_initializer=bias)
    weights = Network([layer], (4,), seed=7, dtype="float64").parameters()
    rng = np.random.default_rng(7)
    np.testing.assert_array_equal(weights["0.kernel"], INITIALIZERS[name]().draw((4, 3), rng))
    np.testing.assert_array_equal(weights["0.bias"], INITIALIZERS[bias]().draw((3,), rng))


def test_forms_offer_what_a_bias_can_have() -> None:
    choices = {info.name: info.choices for info in describe(layers.Dense)}
    assert choices["kernel_initializer"] == INITIALIZERS.names()
    assert set(INITIALIZERS) - set(choices["bias_initializer"]) == {"orthogonal"}
