"""Optimizers against their formulas, written plainly."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from playground.engine import optimizers
from playground.engine.optimizers import OptimizerState
from playground.engine.recorder import Recorder

STEPS = 30


def sgd(w: Any, gradients: Any, rate: float, momentum: float = 0.0, nesterov: bool = False) -> Any:
    v = np.zeros_like(w)
    for g in gradients:
        v = momentum * v - rate * g
        w = w + momentum * v - rate * g if nesterov else w + v
    return w


def rmsprop(w: Any, gradients: Any, rate: float, rho: float = 0.9, momentum: float = 0.0) -> Any:
    v, m = np.zeros_like(w), np.zeros_like(w)
    for g in gradients:
        v = rho * v + (1 - rho) * g**2
        m = momentum * m + rate * g / np.sqrt(v + 1e-7)
        w = w - m
    return w


def adam(w: Any, gradients: Any, rate: float, beta_1: float = 0.9, beta_2: float = 0.999) -> Any:
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(gradients, start=1):
        m, v = beta_1 * m + (1 - beta_1) * g, beta_2 * v + (1 - beta_2) * g**2
        w = w - rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t) * m / (np.sqrt(v) + 1e-7)
    return w


def cases() -> Iterator[Any]:
    yield sgd, "sgd", {}
    yield sgd, "sgd", {"momentum": 0.9}
    yield sgd, "sgd", {"momentum": 0.9, "nesterov": True}
    yield rmsprop, "rmsprop", {}
    yield rmsprop, "rmsprop", {"momentum": 0.5, "rho": 0.8}
    yield adam, "adam", {}
    yield adam, "adam", {"beta_1": 0.8, "beta_2": 0.9}


@pytest.mark.parametrize(("formula", "name", "settings"), list(cases()))
def test_an_optimizer_is_its_formula(formula: Callable[..., Any], name: str, settings: dict[str, Any]) -> None:
    rng = np.random.default_rng(3)
    start, gradients = rng.normal(size=12), rng.normal(size=(STEPS, 12))
    optimizer = optimizers.get(name, learning_rate=0.05, **settings)
    ops, p, g = Recorder("float64"), start.copy(), np.zeros(12)
    state = OptimizerState(np.array(0.05), {slot: np.zeros(12) for slot in optimizer.slots})
    optimizer.record(ops, p, g, state)
    for gradient in gradients:
        g[:] = gradient
        for call in ops.calls:
            call()
    np.testing.assert_allclose(p, formula(start, gradients, 0.05, **settings), atol=1e-13)


def test_another_learning_rate_is_the_same_kind() -> None:
    assert optimizers.Adam().same_kind(optimizers.Adam(learning_rate=1.0))
    assert not optimizers.Adam().same_kind(optimizers.Adam(beta_1=0.5))
    assert not optimizers.Adam().same_kind(optimizers.SGD())
