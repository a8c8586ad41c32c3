"""Dropout and noise: how much, only in training, and dealt anew at every step."""

import numpy as np
import pytest

from playground.engine import Network, layers


def outputs(layer: layers.Layer, runs: int = 2) -> list[np.ndarray]:
    program = Network([layer], (50,), dtype="float64").bind(200, training=True)
    program.input[...] = 3
    found = []
    for _ in range(runs):
        program.run()
        found.append(program.output.copy())
    return found


@pytest.mark.parametrize("rate", [0.0, 0.25, 0.8])
def test_dropout_leaves_out_its_share_and_keeps_the_mean(rate: float) -> None:
    (found,) = outputs(layers.Dropout(rate), 1)
    np.testing.assert_allclose(np.unique(found), np.unique([0, 3 / (1 - rate)]) if rate else [3])
    assert (found == 0).mean() == pytest.approx(rate, abs=0.02)
    assert found.mean() == pytest.approx(3, abs=0.15)


def test_noise_has_its_spread() -> None:
    (found,) = outputs(layers.GaussianNoise(0.5), 1)
    assert found.mean() == pytest.approx(3, abs=0.02)
    assert found.std() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("layer", [layers.Dropout(0.5), layers.GaussianNoise(0.5)])
def test_chance_is_dealt_anew_at_every_step_and_not_at_all_afterwards(layer: layers.Layer) -> None:
    first, second = outputs(layer)
    assert not np.array_equal(first, second)
    x = np.random.default_rng(0).normal(size=(5, 50))
    np.testing.assert_array_equal(Network([layer], (50,), dtype="float64").forward(x), x)
