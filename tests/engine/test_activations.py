"""Activations against their formulas, at large numbers too; the bell curve's area against the standard library."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from playground.engine import activations, normal
from playground.engine.activations import ACTIVATIONS
from playground.engine.recorder import Recorder

FORMULAS: dict[str, Callable[[float], float]] = {
    "linear": lambda z: z,
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0 else 0.2 * z,
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "selu": lambda z: 1.0507009873554805 * (z if z > 0 else 1.6732632423543772 * math.expm1(z)),
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "hard_sigmoid": lambda z: min(max(z / 6 + 0.5, 0.0), 1.0),
    "softsign": lambda z: z / (1 + abs(z)),
    "softplus": lambda z: math.log1p(math.exp(z)),
    "sine": math.sin,
    "silu": lambda z: z / (1 + math.exp(-z)),
    "gelu": lambda z: 0.5 * z * math.erfc(-z / math.sqrt(2)),
    "step": lambda z: float(z > 0),
}
Z = np.linspace(-20.0, 20.0, 82).reshape(2, 41)


def replay(ops: Recorder) -> None:
    for call in ops.calls:
        call()


def applied(name: str, z: Any) -> Any:
    ops, y = Recorder(z.dtype), z.copy()
    activations.get(name).forward(ops, y)
    replay(ops)
    return y


def test_every_activation_has_a_formula_here() -> None:
    assert {*FORMULAS, "softmax"} == set(ACTIVATIONS)


@pytest.mark.parametrize("name", list(FORMULAS))
def test_an_activation_is_its_formula(name: str) -> None:
    np.testing.assert_allclose(applied(name, Z), np.vectorize(FORMULAS[name])(Z), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_nothing_overflows_and_training_computes_the_same(name: str) -> None:
    z = np.array([[-1e4, -50.0, 0.0, 50.0, 1e4], [3.0, 2.0, 1.0, 0.0, -1.0]], np.float32)
    ops, y, slope, gradient = Recorder("float32"), z.copy(), np.zeros_like(z), np.ones_like(z)
    activation = activations.get(name)
    activation.train_forward(ops, y, slope)
    replay(ops)
    np.testing.assert_array_equal(y, applied(name, z))
    assert np.isfinite(y).all()
    ops = Recorder("float32")
    activation.backward(ops, y, gradient, slope)
    replay(ops)
    assert np.isfinite(gradient).all()


def test_softmax_gives_probabilities() -> None:
    y = applied("softmax", Z)
    np.testing.assert_allclose(y.sum(axis=0), 1.0)
    np.testing.assert_allclose(y[0] / y[1], np.exp(Z[0] - Z[1]))


@pytest.mark.parametrize(("dtype", "limit"), [("float64", 3e-15), ("float32", 2e-7)])
def test_the_area_of_the_bell_curve(dtype: str, limit: float) -> None:
    z = np.linspace(-40.0, 40.0, 20_001).astype(dtype)
    ops, area = Recorder(dtype), np.zeros_like(z)
    normal.area(ops, z, area)
    replay(ops)
    exact = [0.5 * math.erfc(-float(value) / math.sqrt(2)) for value in z]
    assert np.abs(area - exact).max() <= limit
