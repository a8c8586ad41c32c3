"""Every activation, loss and setting of a layer that may meet: recorded gradients against central differences, float64.

A derivative exists only away from kinks, so every case draws numbers until all stand at least ``MARGIN`` away.
"""

from typing import Any

import numpy as np
import pytest

from playground.engine import BuildError, Network, layers, losses, regularizers
from playground.engine.activations import ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.program import Program
from playground.engine.regularizers import REGULARIZERS

STEP, MARGIN = 1e-6, 1e-3
EXAMPLES, INPUTS, UNITS = 7, 4, 3
KINKS = {"relu": (0.0,), "leaky_relu": (0.0,), "selu": (0.0,), "step": (0.0,), "hard_sigmoid": (-3.0, 3.0)}
"""Weighted sums at which an activation has a corner."""


def targets(loss: str, rng: np.random.Generator) -> Any:
    """What the loss asks for: one class of several, yes or no, shares, counts, or numbers."""
    if loss == "categorical_crossentropy":
        return np.eye(UNITS)[rng.integers(0, UNITS, EXAMPLES)]
    if loss in {"binary_crossentropy", "hinge", "squared_hinge"}:
        return rng.integers(0, 2, (EXAMPLES, UNITS)).astype(float)
    if loss == "kl_divergence":
        return rng.dirichlet(np.ones(UNITS), EXAMPLES)
    if loss == "poisson":
        return rng.poisson(1.0, (EXAMPLES, UNITS)).astype(float)
    return rng.normal(size=(EXAMPLES, UNITS))


def corners(loss: str, p: Any, t: Any) -> Any:
    """The distance of each prediction from the loss function's corners."""
    if loss == "mean_absolute_error":
        return np.abs(p - t)
    if loss == "huber":
        return np.abs(np.abs(p - t) - 1)
    if loss == "hinge":
        return np.abs(1 - (2 * t - 1) * p)
    if loss == "poisson":
        return np.where(p == 0, 1.0, p - 5e-3)  # just above 0 its logarithm is too steep for differences
    return np.ones_like(p)


def away_from_kinks(network: Network, x: Any, y: Any, loss: str) -> bool:
    """Whether all weighted sums and predictions keep their distance."""
    value = x
    for index in range(len(network.layers)):
        weights = network.unpack()
        z = value @ weights[f"{index}.kernel"] + weights[f"{index}.bias"]
        kinks = KINKS.get(network.activation(index), ())
        if any(np.abs(z - kink).min() < MARGIN for kink in kinks):
            return False
        ops, value = network.recorder(), z.T.copy()
        ACTIVATIONS[network.activation(index)].forward(ops, value)
        for call in ops.calls:
            call()
        value = value.T
    return bool(corners(loss, value, y).min() >= MARGIN)


def case(stack: list[Any], loss: str) -> tuple[Network, Any, Any]:
    """A network and examples away from all kinks."""
    for seed in range(2000):
        rng = np.random.default_rng(seed)
        network = Network(stack, (INPUTS,), seed=seed, dtype="float64")
        for name, bias in network.unpack().items():
            if name.endswith("bias"):
                bias[...] = rng.normal(scale=0.3, size=bias.shape)
        x, y = rng.normal(size=(EXAMPLES, INPUTS)), targets(loss, rng)
        if away_from_kinks(network, x, y, loss):
            return network, x, y
    raise AssertionError("no case away from the kinks was found")


class Measure:
    """The loss for the network's present weights, from one program bound once."""

    def __init__(self, network: Network, x: Any, y: Any, loss: Any) -> None:
        logits = loss.fused_activation == network.activation(len(network.layers) - 1)
        self.program, self.truth = Program(network, len(x), logits=logits), y.T[None]
        self.program.input[...] = x.T
        self.values = loss.values_from_logits if logits else loss.values
        self.weights: Any = None

    def __call__(self) -> float:
        self.program.run()
        return float(self.values(self.program.output[None], self.truth, self.weights)[0])


def assert_slopes(network: Network, exact: Any, measure: Any) -> None:
    """|error| ≤ 1e-6 · max(|gradient|, 1e-3) for every parameter."""
    for place in range(network.size):
        middle = network.flat[place]
        network.flat[place] = middle + STEP
        above = measure()
        network.flat[place] = middle - STEP
        below = measure()
        network.flat[place] = middle
        slope = (above - below) / (2 * STEP)
        assert abs(exact[place] - slope) <= 1e-6 * max(abs(slope), 1e-3), f"parameter {place}"


USUAL_OUTPUT = {
    "binary_crossentropy": "sigmoid",
    "categorical_crossentropy": "softmax",
    "kl_divergence": "softmax",
    "poisson": "softplus",
}
"""Output activations of the losses that do not take a linear one."""


@pytest.mark.parametrize("loss", list(LOSSES))
def test_weighted_examples_have_weighted_gradients(loss: str) -> None:
    stack = [layers.Dense(5, activation="tanh"), layers.Dense(UNITS, activation=USUAL_OUTPUT.get(loss, "linear"))]
    network, x, y = case(stack, loss)
    weights, measure = np.random.default_rng(8).uniform(0, 3, EXAMPLES), losses.get(loss)
    value, gradients = network.loss_and_gradients(x, y, measure, sample_weight=weights)
    now = Measure(network, x, y, measure)
    now.weights = weights[None]
    assert value == pytest.approx(now(), abs=1e-12)
    assert value == pytest.approx(network.evaluate(x, y, measure, batch=3, sample_weight=weights), abs=1e-12)
    assert_slopes(network, network.pack(gradients), now)


def pairs() -> list[tuple[str, str]]:
    """(output activation, loss) for all that the losses accept."""
    found = []
    for loss in LOSSES:
        for output in ACTIVATIONS:
            try:
                losses.get(loss).check(output, (UNITS,))
            except BuildError:
                continue
            found.append((output, loss))
    return found


@pytest.mark.parametrize(("output", "loss"), pairs())
def test_the_gradient_is_the_slope_of_the_loss(output: str, loss: str) -> None:
    """For every hidden activation; the first layer's gradient went through the second layer's input gradient."""
    measure = losses.get(loss)
    for hidden in ACTIVATIONS:
        network, x, y = case([layers.Dense(5, activation=hidden), layers.Dense(UNITS, activation=output)], loss)
        value, gradients = network.loss_and_gradients(x, y, measure)
        now = Measure(network, x, y, measure)
        assert value == pytest.approx(network.evaluate(x, y, measure), abs=1e-12)
        assert value == pytest.approx(now(), abs=1e-12)
        assert_slopes(network, network.pack(gradients), now)


@pytest.mark.parametrize("name", list(REGULARIZERS))
@pytest.mark.parametrize(
    ("output", "loss"), [("linear", "mean_squared_error"), ("softmax", "categorical_crossentropy")]
)
def test_penalties_on_weights_and_outputs_are_in_the_gradient(name: str, output: str, loss: str) -> None:
    """In a hidden layer, and in the output layer where activation and loss are one."""
    rule = regularizers.get(name, **dict.fromkeys(REGULARIZERS[name].__struct_fields__, 0.03))
    stack = [
        layers.Dense(5, activation="tanh", kernel_regularizer=rule, activity_regularizer=rule),
        layers.Dense(UNITS, activation=output, activity_regularizer=rule),
    ]
    network, x, y = case(stack, loss)
    measure = losses.get(loss)
    value, gradients = network.loss_and_gradients(x, y, measure)
    data = Measure(network, x, y, measure)
    assert value == pytest.approx(data(), abs=1e-12)
    assert_slopes(network, network.pack(gradients), lambda: data() + network.penalty(x))


def test_a_step_passes_no_gradient() -> None:
    network, x, y = case([layers.Dense(5, activation="step"), layers.Dense(UNITS)], "mean_squared_error")
    _, gradients = network.loss_and_gradients(x, y, losses.get("mean_squared_error"))
    assert not gradients["0.kernel"].any()
    assert gradients["1.kernel"].any()
