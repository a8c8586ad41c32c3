"""Layers together: a deep stack's gradient, and one recording per mini-batch or one for all."""

from typing import Any

import numpy as np
import pytest

from playground.engine import Network, layers, losses, optimizers, regularizers
from playground.engine.training_program import TrainingProgram

X = np.random.default_rng(0).normal(size=(17, 3))
Y = X[:, :1] * X[:, 1:2]


def lists() -> list[Any]:
    return [
        layers.Dense(5, "tanh"),
        layers.BatchNormalization(),
        layers.Dropout(0.2),
        layers.Residual([layers.Dense(4, "relu"), layers.BatchNormalization()]),
        layers.LayerNormalization(),
        layers.Activation("silu"),
        layers.GaussianNoise(0.1),
        layers.Dense(1),
    ]


def program(stack: list[Any], dtype: str = "float32") -> tuple[Network, TrainingProgram]:
    network = Network(stack, (3,), seed=2, dtype=dtype)
    options: dict[str, Any] = {"optimizer": optimizers.get("adam", learning_rate=0.03), "batch_size": 5}
    return network, network.compile(
        X, Y, loss=losses.get("mean_squared_error"), rng=np.random.default_rng(3), **options
    )


def test_one_recording_for_all_mini_batches_is_the_same_as_one_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    (each, first), _ = program(lists()), monkeypatch.setattr("playground.engine.training_program.MOST_TAPES", 2)
    shared, second = program(lists())
    for _ in range(6):
        first.run_epoch()
        second.run_epoch()
        assert first.epoch_loss() == second.epoch_loss()
    np.testing.assert_array_equal(each.flat, shared.flat)
    np.testing.assert_array_equal(each.moving, shared.moving)


def test_penalties_changed_on_the_way_keep_the_chance_and_the_statistics() -> None:
    (one, first), (other, second) = program(lists()), program(lists())
    for run in (first, second):
        run.step()
        run.step()
    second.set_regularization(0.1, 0.1)
    second.set_regularization(0.0, 0.0)
    for run in (first, second):
        run.run_epoch()
    np.testing.assert_array_equal(one.flat, other.flat)
    np.testing.assert_array_equal(one.moving, other.moving)


def test_the_gradient_of_a_deep_image_network_with_penalties() -> None:
    rule = regularizers.get("l2", l2=0.02)
    stack = [
        layers.AveragePooling2D(2, 1),
        layers.Conv2D(3, 2, padding="same", activation="tanh", kernel_regularizer=rule, activity_regularizer=rule),
        layers.Conv2D(3, 2, activation="softmax", activity_regularizer=rule),
        layers.Residual([layers.Conv2D(2, 3, strides=2, padding="same"), layers.LayerNormalization()], "sine"),
        layers.Flatten(),
        layers.Dense(3, "softmax", activity_regularizer=rule),
    ]
    network, rng = Network(stack, (6, 5, 2), seed=1, dtype="float64"), np.random.default_rng(1)
    x, y, loss = rng.normal(size=(4, 6, 5, 2)), [0, 1, 2, 1], losses.get("categorical_crossentropy")
    _, gradients = network.loss_and_gradients(x, y, loss)
    exact, step = network.pack(gradients), 1e-3
    for place in range(network.size):
        middle, found = network.flat[place], []
        for steps in (-2, -1, 1, 2):
            network.flat[place] = middle + steps * step
            found.append(network.evaluate(x, y, loss) + network.penalty(x))
        network.flat[place] = middle
        slope = (8 * (found[2] - found[1]) - (found[3] - found[0])) / (12 * step)
        assert abs(exact[place] - slope) <= 1e-6 * max(abs(slope), 1e-3), place


def test_only_what_is_trained_costs_gradients() -> None:
    """Layers before the first one with weights have no part in the way back."""
    names = []
    for stack in ([layers.Dense(1)], [layers.Activation("tanh"), layers.Dropout(0.5), layers.Dense(1)]):
        _, run = program(stack)
        run.step()
        tape = run._by_size[5] if run._one_tape else run._tapes[0]
        names.append([getattr(call.func, "__name__", "") for call in tape])  # type: ignore[attr-defined]
    for name in ("dot", "subtract"):  # 1 − y² would be the slope of the tanh
        assert names[0].count(name) == names[1].count(name)
