"""Regularizers by hand, penalties beside the loss, constraints after updates."""

from typing import Any

import numpy as np
import pytest

from playground.engine import Network, constraints, layers, losses, optimizers, regularizers
from playground.engine.constraints import CONSTRAINTS
from playground.engine.recorder import Recorder
from playground.engine.training_program import TrainingProgram

X = np.random.default_rng(0).normal(size=(12, 2))
Y = X[:, :1] - X[:, 1:]


@pytest.mark.parametrize(
    ("name", "settings", "expected"),
    [("l1", {"l1": 0.5}, 3.0), ("l2", {"l2": 0.5}, 7.0), ("l1_l2", {"l1": 0.5, "l2": 0.5}, 10.0), ("l1_l2", {}, 0.0)],
)
def test_a_penalty_by_hand(name: str, settings: dict[str, float], expected: float) -> None:
    """Σ |w| = 6 and Σ w² = 14."""
    assert regularizers.get(name, **settings).penalty(np.array([1.0, -2.0, 3.0])) == pytest.approx(expected)


def program(*stack: Any, **settings: Any) -> tuple[Network, TrainingProgram]:
    net = Network(list(stack), (2,), seed=1, dtype="float64")
    options = {"optimizer": optimizers.get("sgd", learning_rate=0.1), "batch_size": 4, **settings}
    return net, net.compile(X, Y, loss=losses.get("mean_squared_error"), **options)


def test_a_layers_own_penalty_pulls_like_the_one_for_all_kernels() -> None:
    rule = regularizers.get("l1_l2", l1=0.02, l2=0.3)
    one, own = program(
        layers.Dense(3, "tanh", kernel_regularizer=rule), layers.Dense(1, kernel_regularizer=rule), shuffle=False
    )
    other, general = program(layers.Dense(3, "tanh"), layers.Dense(1), shuffle=False, l1=0.02, l2=0.3)
    for _ in range(5):
        own.run_epoch()
        general.run_epoch()
        np.testing.assert_allclose(one.flat, other.flat, atol=1e-14)
        assert own.epoch_loss() == pytest.approx(general.epoch_loss())
        assert own.penalty() == pytest.approx(general.penalty())
    assert own.penalty() == pytest.approx(one.penalty(X))


def test_the_penalty_is_told_beside_the_loss() -> None:
    rule = regularizers.get("l2", l2=0.5)
    net, run = program(layers.Dense(1, kernel_regularizer=rule), optimizer=optimizers.get("sgd", learning_rate=1e-12))
    run.run_epoch()
    assert run.penalty() == pytest.approx(0.5 * np.square(net.parameters()["0.kernel"]).sum())
    assert run.epoch_loss() == pytest.approx(net.evaluate(X, Y, losses.get("mean_squared_error")))


def test_an_activity_penalty_is_a_mean_over_the_examples() -> None:
    rule = regularizers.get("l1", l1=0.25)
    net, run = program(layers.Dense(3, activity_regularizer=rule), layers.Dense(1), batch_size=12)
    hidden = X @ net.parameters()["0.kernel"] + net.parameters()["0.bias"]
    expected = 0.25 * np.abs(hidden).sum() / len(X)
    assert net.penalty(X) == pytest.approx(expected)
    run.set_learning_rate(1e-12)
    run.step()
    assert run.penalty() == pytest.approx(expected)


def test_activity_penalties_make_outputs_small() -> None:
    sizes = []
    for rule in (None, regularizers.get("l1", l1=0.1)):
        net, run = program(layers.Dense(8, "relu", activity_regularizer=rule), layers.Dense(1))
        for _ in range(50):
            run.run_epoch()
        weights = net.parameters()
        sizes.append(np.maximum(X @ weights["0.kernel"] + weights["0.bias"], 0).mean())
    assert sizes[1] < 0.5 * sizes[0]


def constrained(name: str, w: Any, **settings: float) -> Any:
    ops, w = Recorder("float64"), np.array(w, np.float64)
    constraints.get(name, **settings).record(ops, w)
    for call in ops.calls:
        call()
    return w


def test_not_negative() -> None:
    assert constrained("non_neg", [[1.0, -2.0], [0.0, 3.0]]).tolist() == [[1, 0], [0, 3]]


def test_maximum_norm_is_for_the_incoming_weights_of_each_unit() -> None:
    bounded = constrained("max_norm", [[3.0, 0.3], [4.0, 0.4]], max_value=2.0)  # norms 5 and 0.5
    np.testing.assert_allclose(bounded, [[1.2, 0.3], [1.6, 0.4]], rtol=1e-6)
    kernel = np.random.default_rng(0).normal(size=(3, 3, 2, 4))
    assert np.sqrt(np.square(constrained("max_norm", kernel, max_value=1.0)).sum(axis=(0, 1, 2))) == pytest.approx(1.0)
    assert not constrained("max_norm", np.zeros((2, 2))).any()


@pytest.mark.parametrize("name", list(CONSTRAINTS))
def test_training_keeps_to_a_constraint(name: str) -> None:
    settings = {"max_value": 0.5} if name == "max_norm" else {}
    rule = constraints.get(name, **settings)
    net, run = program(layers.Dense(4, "tanh", kernel_constraint=rule), layers.Dense(1))
    free, free_run = program(layers.Dense(4, "tanh"), layers.Dense(1))
    for _ in range(10):
        run.run_epoch()
        free_run.run_epoch()
        kernel = net.parameters()["0.kernel"]
        np.testing.assert_allclose(constrained(name, kernel, **settings), kernel, atol=1e-6)
    assert not np.allclose(kernel, free.parameters()["0.kernel"])
