"""Losses by hand, their targets and weights, and sentences for wrong pairs."""

import math
from typing import Any

import numpy as np
import pytest

from playground.engine import BuildError, Network, layers, losses, optimizers


def value(name: str, p: list[list[float]], t: list[list[float]], **settings: Any) -> float:
    """The mean loss of one batch; p, t: (examples, outputs)."""
    return float(losses.get(name, **settings).values(np.array(p).T[None], np.array(t).T[None])[0])


@pytest.mark.parametrize(
    ("name", "p", "t", "expected"),
    [
        ("mean_squared_error", [[1.0], [4.0]], [[0.0], [2.0]], (1 + 4) / 2),
        ("mean_absolute_error", [[1.0], [4.0]], [[0.0], [2.0]], (1 + 2) / 2),
        ("huber", [[0.5], [4.0]], [[0.0], [2.0]], (0.5 * 0.25 + (2 - 0.5)) / 2),
        ("log_cosh", [[0.5], [4.0]], [[0.0], [2.0]], (math.log(math.cosh(0.5)) + math.log(math.cosh(2))) / 2),
        ("binary_crossentropy", [[0.8], [0.4]], [[1.0], [0.0]], -(math.log(0.8) + math.log(0.6)) / 2),
        ("categorical_crossentropy", [[0.7, 0.3], [0.4, 0.6]], [[1, 0], [1, 0]], -(math.log(0.7) + math.log(0.4)) / 2),
        ("hinge", [[0.4], [-3.0], [0.5]], [[1.0], [0.0], [0.0]], (0.6 + 0 + 1.5) / 3),
        ("hinge", [[0.4], [-3.0], [0.5]], [[1.0], [-1.0], [-1.0]], (0.6 + 0 + 1.5) / 3),
        ("squared_hinge", [[0.4], [-3.0], [0.5]], [[1.0], [0.0], [0.0]], (0.36 + 0 + 2.25) / 3),
        ("kl_divergence", [[0.5, 0.5]], [[0.25, 0.75]], 0.25 * math.log(0.5) + 0.75 * math.log(1.5)),
        ("poisson", [[2.0], [0.5]], [[3.0], [0.0]], (2 - 3 * math.log(2.0 + 1e-7) + 0.5) / 2),
    ],
)
def test_a_loss_by_hand(name: str, p: list[list[float]], t: list[list[float]], expected: float) -> None:
    assert value(name, p, t) == pytest.approx(expected, rel=1e-12)


def test_delta_is_where_huber_becomes_straight() -> None:
    assert value("huber", [[3.0]], [[0.0]], delta=2.0) == pytest.approx(2 * 3 - 0.5 * 4)


def classifier(outputs: int = 3, activation: str = "softmax") -> Network:
    return Network([layers.Dense(outputs, activation=activation)], (2,), seed=1, dtype="float64")


X = np.random.default_rng(0).normal(size=(6, 2))


@pytest.mark.parametrize("shape", [(6,), (6, 1)])
def test_class_numbers_are_the_same_as_one_hot_targets(shape: tuple[int, ...]) -> None:
    classes, net, loss = np.array([0, 2, 1, 1, 0, 2]), classifier(), losses.get("categorical_crossentropy")
    by_number = net.loss_and_gradients(X, classes.reshape(shape), loss)
    one_hot = net.loss_and_gradients(X, np.eye(3)[classes], loss)
    assert by_number[0] == one_hot[0]
    np.testing.assert_array_equal(net.pack(by_number[1]), net.pack(one_hot[1]))
    assert net.evaluate(X, classes, loss) == pytest.approx(one_hot[0])


def test_weights_scale_each_example_and_the_sum_is_divided_by_the_batch() -> None:
    net, loss = classifier(1, "linear"), losses.get("mean_squared_error")
    y, weights = np.arange(6.0).reshape(6, 1), np.array([0.0, 1.0, 2.0, 0.5, 0.0, 3.0])
    squares = np.square(net.forward(X) - y)[:, 0]
    assert net.evaluate(X, y, loss, sample_weight=weights) == pytest.approx((weights * squares).sum() / 6)


def test_class_weights_are_the_weights_of_their_examples() -> None:
    net, loss, classes = classifier(), losses.get("categorical_crossentropy"), np.array([0, 2, 1, 1, 0, 2])
    by_class = net.loss_and_gradients(X, classes, loss, class_weight={0: 2.0, 2: 0.5})
    by_example = net.loss_and_gradients(X, classes, loss, sample_weight=[2.0, 0.5, 1.0, 1.0, 2.0, 0.5])
    assert by_class[0] == by_example[0]
    np.testing.assert_array_equal(net.pack(by_class[1]), net.pack(by_example[1]))
    both = net.evaluate(X, classes, loss, class_weight={1: 3.0}, sample_weight=np.full(6, 2.0))
    assert both == pytest.approx(net.evaluate(X, classes, loss, sample_weight=[2.0, 2.0, 6.0, 6.0, 2.0, 2.0]))


def test_weights_follow_their_examples_through_epochs_in_any_order() -> None:
    """Two examples of weight 0 change nothing, whatever the batches and however the loss is recorded."""
    weights, y = np.array([1.0, 0.0, 2.0, 1.0, 0.0, 1.0]), np.arange(6.0).reshape(6, 1)
    changed = y.copy()
    changed[weights == 0] = 1000.0
    flats = []
    for truth in (y, changed):
        net = classifier(1, "linear")
        net.fit(
            X,
            truth,
            loss=losses.get("huber"),
            optimizer=optimizers.get("sgd"),
            batch_size=4,
            epochs=5,
            sample_weight=weights,
        )
        flats.append(net.flat)
    np.testing.assert_array_equal(*flats)


@pytest.mark.parametrize(
    ("loss", "activation", "y", "words"),
    [
        ("categorical_crossentropy", "softmax", [0, 1, 2, 3, 0, 0], "class 3, but 3 outputs"),
        ("categorical_crossentropy", "softmax", [0, 1, 2, -1, 0, 0], "class -1"),
        ("categorical_crossentropy", "softmax", [0, 1, 0.5, 1, 0, 0], "class 0.5"),
        ("categorical_crossentropy", "softmax", np.full((6, 3), 2.0), "from 0 to 1"),
        ("binary_crossentropy", "sigmoid", np.full((6, 3), -0.5), "from 0 to 1"),
        ("hinge", "tanh", np.full((6, 3), 0.5), "0 and 1"),
        ("squared_hinge", "linear", np.full((6, 3), 2.0), "squared hinge loss needs targets"),
        ("poisson", "softplus", np.full((6, 3), -1.0), "counts"),
        ("kl_divergence", "softmax", np.full((6, 3), 1.5), "from 0 to 1"),
        ("hinge", "sigmoid", np.ones((6, 3)), "both sides of 0"),
        ("poisson", "tanh", np.ones((6, 3)), "never negative"),
        ("kl_divergence", "sigmoid", np.ones((6, 3)), "softmax"),
    ],
)
def test_what_a_loss_cannot_take_is_told(loss: str, activation: str, y: Any, words: str) -> None:
    with pytest.raises(BuildError, match=words):
        classifier(3, activation).loss_and_gradients(X, y, losses.get(loss))


@pytest.mark.parametrize(
    ("weights", "words"), [([1.0], "one per example"), ([-1.0] * 6, "0 or more"), ([np.nan] * 6, "finite")]
)
def test_wrong_weights_are_told(weights: list[float], words: str) -> None:
    with pytest.raises(BuildError, match=words):
        classifier().evaluate(X, np.eye(3)[[0] * 6], losses.get("mean_squared_error"), sample_weight=weights)


def test_the_decision_of_a_hinge_network_lies_at_zero() -> None:
    assert losses.get("hinge").threshold == 0.0
    assert losses.get("binary_crossentropy").threshold == 0.5
