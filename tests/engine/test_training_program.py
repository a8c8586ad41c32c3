"""Recorded training: every example counts, state continues bit for bit, settings apply live."""

import tracemalloc
from typing import Any

import numpy as np
import pytest

from playground.engine import Network, layers, losses, optimizers
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.training_program import TrainingProgram

RNG = np.random.default_rng(0)
X = RNG.normal(size=(23, 2))
Y = (X[:, :1] > 0).astype(float)


def network(dtype: str = "float64") -> Network:
    return Network(
        [layers.Dense(4, activation="tanh"), layers.Dense(1, activation="sigmoid")], (2,), seed=1, dtype=dtype
    )


def program(net: Network, optimizer: str = "sgd", **settings: Any) -> TrainingProgram:
    options = {"batch_size": 5, "rng": np.random.default_rng(7), **settings}
    return net.compile(
        X, Y, loss=losses.get("binary_crossentropy"), optimizer=optimizers.get(optimizer, learning_rate=0.1), **options
    )


def test_a_step_of_gradient_descent_by_hand() -> None:
    """One unit, one example: z = 2·3 + 1 = 7, p = 7, loss (7 − 5)² = 4, ∂/∂w = 2·2·3 = 12, ∂/∂b = 4, η = 0.01."""
    net = Network([layers.Dense(1)], (1,), dtype="float64")
    net.set_parameters({"0.kernel": [[2.0]], "0.bias": [1.0]})
    run = net.compile(
        [[3.0]],
        [[5.0]],
        loss=losses.get("mean_squared_error"),
        optimizer=optimizers.get("sgd", learning_rate=0.01),
    )
    run.step()
    assert run.step_loss() == pytest.approx(4.0)
    assert net.parameters()["0.kernel"][0, 0] == pytest.approx(2.0 - 0.01 * 12)
    assert net.parameters()["0.bias"][0] == pytest.approx(1.0 - 0.01 * 4)


def test_the_last_smaller_mini_batch_counts() -> None:
    net = network()
    run = program(net, shuffle=False)
    assert run.steps_per_epoch == 5
    losses_seen = []
    for start in range(0, 23, 5):
        measure = losses.get("binary_crossentropy")
        losses_seen.append(net.evaluate(X[start : start + 5], Y[start : start + 5], measure))
        _, gradients = net.loss_and_gradients(X[start : start + 5], Y[start : start + 5], measure)
        expected = net.flat - 0.1 * net.pack(gradients)
        run.step()
        assert run.step_loss() == pytest.approx(losses_seen[-1])
        np.testing.assert_allclose(net.flat, expected, atol=1e-14)
    assert run.epoch_loss() == pytest.approx(np.average(losses_seen, weights=[5, 5, 5, 5, 3]))


def test_every_epoch_sees_every_example_once_in_another_order() -> None:
    run = program(network())
    orders = []
    for _ in range(2):
        run.run_epoch()
        orders.append(run.export_state()["order"])
        assert sorted(orders[-1]) == list(range(23))
    assert not np.array_equal(*orders)


def test_a_single_mini_batch_is_not_shuffled() -> None:
    """Its gradient is a sum over all examples, in whatever order."""
    run = program(network(), batch_size=23)
    for _ in range(2):
        run.run_epoch()
        assert run.export_state()["order"].tolist() == list(range(23))


def test_large_mini_batches_are_gathered_one_by_one_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = network(), network()
    first = program(small, "adam")
    monkeypatch.setattr("playground.engine.training_program.LARGE_BATCH", 10)
    second = program(large, "adam")
    for _ in range(3):
        first.run_epoch()
        second.run_epoch()
        assert first.epoch_loss() == second.epoch_loss()
    np.testing.assert_array_equal(small.flat, large.flat)


def test_many_mini_batches_share_one_recording_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    one, many = network(), network()
    first = program(one, "adam")
    monkeypatch.setattr("playground.engine.training_program.MOST_TAPES", 2)
    second = program(many, "adam")
    for _ in range(3):
        first.run_epoch()
        second.run_epoch()
        assert first.epoch_loss() == second.epoch_loss()
    np.testing.assert_array_equal(one.flat, many.flat)


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_an_exported_state_continues_bit_for_bit(optimizer: str) -> None:
    whole, parted = network("float32"), network("float32")
    run, rng = program(whole, optimizer), np.random.default_rng(7)
    begun = program(parted, optimizer, rng=rng)
    for _ in range(8):
        run.step()
        begun.step()
    state, weights, generator = begun.export_state(), parted.flat.copy(), rng.bit_generator.state
    again, rng = network("float32"), np.random.default_rng(0)
    rng.bit_generator.state = generator
    again.flat[:] = weights
    continued = program(again, optimizer, rng=rng)
    continued.import_state(state)
    for _ in range(13):
        run.step()
        continued.step()
    np.testing.assert_array_equal(whole.flat, again.flat)
    assert run.epoch_loss() == continued.epoch_loss()


def test_the_learning_rate_applies_at_once() -> None:
    net = network()
    run = program(net, batch_size=23)
    run.set_learning_rate(1e-12)
    before = net.flat.copy()
    run.step()
    np.testing.assert_allclose(net.flat, before, atol=1e-10)


@pytest.mark.parametrize(("l1", "l2"), [(0.3, 0.0), (0.0, 0.3), (0.1, 0.2)])
def test_penalties_pull_the_kernels_but_not_the_biases(l1: float, l2: float) -> None:
    plain, pulled = network(), network()
    kernels = plain.parameters()
    program(plain, batch_size=23, shuffle=False).step()
    run = program(pulled, batch_size=23, shuffle=False)
    run.set_regularization(l1, l2)
    run.step()
    for name, before in kernels.items():
        pull = 0.1 * (l1 * np.sign(before) + 2 * l2 * before) if name.endswith("kernel") else 0.0
        np.testing.assert_allclose(pulled.parameters()[name], plain.parameters()[name] - pull, atol=1e-14)


def test_the_same_seed_trains_bit_identically() -> None:
    results = []
    for _ in range(2):
        net = network("float32")
        run = program(net, "adam")
        for _ in range(10):
            run.run_epoch()
        results.append(net.flat.copy())
    np.testing.assert_array_equal(*results)


def test_training_allocates_nothing_lasting() -> None:
    run = program(network("float32"), "adam")
    for _ in range(20):
        run.run_epoch()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(2000):
            run.run_epoch()
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert after - before < 20_000
