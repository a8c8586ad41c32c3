"""Every layer, activation and loss that may meet: the recorded gradient against central differences, in float64."""

from typing import Any

import numpy as np
import pytest

from playground.engine import BuildError, Network, layers, losses
from playground.engine.activations import ACTIVATIONS
from playground.engine.losses import LOSSES

STEP = 1e-6
EXAMPLES = 7


def targets(loss: str, units: int, rng: np.random.Generator) -> Any:
    """Classes for the cross-entropies, numbers else."""
    if loss == "categorical_crossentropy":
        return np.eye(units)[rng.integers(0, units, EXAMPLES)]
    if loss == "binary_crossentropy":
        return rng.integers(0, 2, (EXAMPLES, units)).astype(float)
    return rng.normal(size=(EXAMPLES, units))


def pairs() -> list[tuple[str, str, str]]:
    """(hidden activation, output activation, loss) for all that the losses accept."""
    found = []
    for loss in LOSSES:
        for output in ACTIVATIONS:
            try:
                losses.get(loss).check(output, (3,))
            except BuildError:
                continue
            found += [(hidden, output, loss) for hidden in ACTIVATIONS]
    return found


@pytest.mark.parametrize(("hidden", "output", "loss"), pairs())
def test_the_gradient_is_the_slope_of_the_loss(hidden: str, output: str, loss: str) -> None:
    rng = np.random.default_rng(5)
    network = Network(
        [layers.Dense(5, activation=hidden), layers.Dense(3, activation=output)], (4,), seed=1, dtype="float64"
    )
    x, y, measure = rng.normal(size=(EXAMPLES, 4)), targets(loss, 3, rng), losses.get(loss)
    value, gradients = network.loss_and_gradients(x, y, measure)
    assert value == pytest.approx(network.evaluate(x, y, measure), abs=1e-12)
    exact = network.pack(gradients)
    for place in range(network.size):
        middle = network.flat[place]
        network.flat[place] = middle + STEP
        above = network.evaluate(x, y, measure)
        network.flat[place] = middle - STEP
        below = network.evaluate(x, y, measure)
        network.flat[place] = middle
        slope = (above - below) / (2 * STEP)
        assert abs(exact[place] - slope) <= 1e-6 * max(abs(slope), 1e-3), f"parameter {place}"
