"""Optimizers against their formulas, written plainly."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from playground.engine import optimizers
from playground.engine.optimizers import OPTIMIZERS
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


def adagrad(w: Any, gradients: Any, rate: float, initial_accumulator_value: float = 0.1) -> Any:
    a = np.full_like(w, initial_accumulator_value)
    for g in gradients:
        a = a + g**2
        w = w - rate * g / np.sqrt(a + 1e-7)
    return w


def adadelta(w: Any, gradients: Any, rate: float, rho: float = 0.95) -> Any:
    v, u = np.zeros_like(w), np.zeros_like(w)
    for g in gradients:
        v = rho * v + (1 - rho) * g**2
        d = np.sqrt(u + 1e-7) * g / np.sqrt(v + 1e-7)
        u = rho * u + (1 - rho) * d**2
        w = w - rate * d
    return w


def amsgrad(w: Any, gradients: Any, rate: float, amsgrad: bool = True) -> Any:
    m, v, largest = np.zeros_like(w), np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(gradients, start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        largest = np.maximum(largest, v)
        w = w - rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (np.sqrt(largest) + 1e-7)
    return w


def adamw(w: Any, gradients: Any, rate: float, weight_decay: float = 0.004) -> Any:
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(gradients, start=1):
        w = w - rate * weight_decay * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        w = w - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7 / np.sqrt(1 - 0.999**t))
    return w


def adamax(w: Any, gradients: Any, rate: float, beta_1: float = 0.9, beta_2: float = 0.999) -> Any:
    m, u = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(gradients, start=1):
        m, u = beta_1 * m + (1 - beta_1) * g, np.maximum(beta_2 * u, np.abs(g))
        w = w - rate / (1 - beta_1**t) * m / (u + 1e-7)
    return w


def nadam(w: Any, gradients: Any, rate: float, beta_1: float = 0.9, beta_2: float = 0.999) -> Any:
    m, v = np.zeros_like(w), np.zeros_like(w)
    mu = [beta_1 * (1 - 0.5 * 0.96**t) for t in range(STEPS + 2)]
    for t, g in enumerate(gradients, start=1):
        m, v = beta_1 * m + (1 - beta_1) * g, beta_2 * v + (1 - beta_2) * g**2
        now, ahead = np.prod(mu[1 : t + 1]), np.prod(mu[1 : t + 2])
        mean = mu[t + 1] * m / (1 - ahead) + (1 - mu[t]) * g / (1 - now)
        w = w - rate * mean / (np.sqrt(v / (1 - beta_2**t)) + 1e-7)
    return w


def lion(w: Any, gradients: Any, rate: float, beta_1: float = 0.9, beta_2: float = 0.99) -> Any:
    m = np.zeros_like(w)
    for g in gradients:
        w = w - rate * np.sign(beta_1 * m + (1 - beta_1) * g)
        m = beta_2 * m + (1 - beta_2) * g
    return w


def cases() -> Iterator[Any]:
    yield sgd, "sgd", {}
    yield sgd, "sgd", {"momentum": 0.9}
    yield sgd, "sgd", {"momentum": 0.9, "nesterov": True}
    yield adagrad, "adagrad", {}
    yield adagrad, "adagrad", {"initial_accumulator_value": 0.5}
    yield adadelta, "adadelta", {}
    yield adadelta, "adadelta", {"rho": 0.8}
    yield rmsprop, "rmsprop", {}
    yield rmsprop, "rmsprop", {"momentum": 0.5, "rho": 0.8}
    yield adam, "adam", {}
    yield adam, "adam", {"beta_1": 0.8, "beta_2": 0.9}
    yield amsgrad, "adam", {"amsgrad": True}
    yield adamw, "adamw", {}
    yield adamw, "adamw", {"weight_decay": 0.3}
    yield adamax, "adamax", {}
    yield adamax, "adamax", {"beta_1": 0.8, "beta_2": 0.9}
    yield nadam, "nadam", {}
    yield nadam, "nadam", {"beta_1": 0.8, "beta_2": 0.9}
    yield lion, "lion", {}
    yield lion, "lion", {"beta_1": 0.8, "beta_2": 0.9}


START, GRADIENTS = np.random.default_rng(3).normal(size=12), np.random.default_rng(4).normal(size=(STEPS, 12))


def run(name: str, parts: tuple[slice, ...] = (), schedule: Any = None, **settings: Any) -> Any:
    """The parameters after all gradients."""
    optimizer = optimizers.get(name, learning_rate=0.05, **settings)
    ops, p, g = Recorder("float64"), START.copy(), np.zeros(12)
    state = optimizer.start(12, "float64", tuple(g[part] for part in parts))
    state.schedule = schedule
    optimizer.record(ops, p, g, state)
    for gradient in GRADIENTS:
        g[:] = gradient
        for call in ops.calls:
            call()
    return p


@pytest.mark.parametrize(("formula", "name", "settings"), list(cases()))
def test_an_optimizer_is_its_formula(formula: Callable[..., Any], name: str, settings: dict[str, Any]) -> None:
    np.testing.assert_allclose(run(name, **settings), formula(START, GRADIENTS, 0.05, **settings), atol=1e-13)


def test_every_optimizer_has_a_formula_here() -> None:
    assert {name for _, name, _ in cases()} == set(OPTIMIZERS)


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_weight_decay_shrinks_the_weights_before_the_update(name: str) -> None:
    """With gradients of zero nothing else moves: w (1 − η λ)³⁰."""
    ops, p, g = Recorder("float64"), START.copy(), np.zeros(12)
    optimizer = optimizers.get(name, learning_rate=0.05, weight_decay=0.1)
    optimizer.record(ops, p, g, optimizer.start(12, "float64"))
    for _ in range(STEPS):
        for call in ops.calls:
            call()
    np.testing.assert_allclose(p, START * (1 - 0.05 * 0.1) ** STEPS, rtol=1e-12)


PARTS = (slice(0, 8), slice(8, 12))


def limited(gradient: Any, **settings: float) -> Any:
    """The gradient as it must arrive."""
    if "clipvalue" in settings:
        return np.clip(gradient, -settings["clipvalue"], settings["clipvalue"])
    if "global_clipnorm" in settings:
        return gradient * min(1.0, settings["global_clipnorm"] / np.linalg.norm(gradient))
    return np.concatenate([g * min(1.0, settings["clipnorm"] / np.linalg.norm(g)) for g in np.split(gradient, [8])])


@pytest.mark.parametrize("name", list(OPTIMIZERS))
@pytest.mark.parametrize("clip", ["clipvalue", "clipnorm", "global_clipnorm"])
def test_a_clipped_gradient_is_shortened_first(name: str, clip: str) -> None:
    formula, _, _ = next(case for case in cases() if case[1] == name)
    shortened = [limited(gradient, **{clip: 0.7}) for gradient in GRADIENTS]
    np.testing.assert_allclose(run(name, PARTS, **{clip: 0.7}), formula(START, shortened, 0.05), atol=1e-13)


def test_a_short_gradient_is_left_alone() -> None:
    np.testing.assert_array_equal(run("sgd", PARTS, clipnorm=100.0, global_clipnorm=100.0), run("sgd"))


def test_what_is_off_records_nothing() -> None:
    ops, p = Recorder("float64"), np.zeros(12)
    optimizer = optimizers.get("sgd")
    optimizer.record(ops, p, np.zeros(12), optimizer.start(12, "float64"))
    assert len(ops.calls) == 2  # the step, and the parameters less the step


class Halving:
    """η / 2 after every step."""

    def rate(self, step: int, learning_rate: float) -> float:
        return learning_rate * 0.5**step


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_a_schedule_sets_the_rate_of_every_step(name: str) -> None:
    optimizer = optimizers.get(name, learning_rate=0.05)
    ops, p, g = Recorder("float64"), START.copy(), GRADIENTS[0].copy()
    state = optimizer.start(12, "float64")
    state.schedule = Halving()
    optimizer.record(ops, p, g, state)
    for step in range(4):
        for call in ops.calls:
            call()
        assert float(state.rate) == 0.05 * 0.5**step
    assert state.steps == 4


def test_scheduled_descent_by_hand() -> None:
    expected = START - sum(0.05 * 0.5**step * gradient for step, gradient in enumerate(GRADIENTS))
    np.testing.assert_allclose(run("sgd", schedule=Halving()), expected, atol=1e-14)


def test_another_learning_rate_is_the_same_kind() -> None:
    assert optimizers.Adam().same_kind(optimizers.Adam(learning_rate=1.0))
    assert not optimizers.Adam().same_kind(optimizers.Adam(beta_1=0.5))
    assert not optimizers.Adam().same_kind(optimizers.SGD())
    assert not optimizers.Adam().same_kind(optimizers.AdamW())
