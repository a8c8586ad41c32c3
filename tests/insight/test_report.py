"""Purity and gradients as lists for scripts."""

import numpy as np
import pytest

from playground.insight.pictures import PURITY, compute
from playground.insight.report import gradient_norm_by_stage, purity_by_stage, stage_names
from playground.project import presets
from playground.training.run import train


def test_stages_go_from_the_input_to_the_prediction() -> None:
    assert stage_names(3) == ("input", "layer 1", "layer 2", "prediction")
    assert stage_names(1) == ("input", "prediction")


def test_purity_is_that_of_the_pictures() -> None:
    loop = train(presets.load("circle"), epochs=5).loop
    found = purity_by_stage(loop)
    assert [entry["stage"] for entry in found] == ["input", "layer 1", "layer 2", "prediction"]
    assert tuple(entry["value"] for entry in found) == compute(loop, frozenset({PURITY}))[PURITY].stages


@pytest.mark.parametrize("preset", ["circle", "digits"])
def test_gradients_are_those_of_the_last_mini_batch(preset: str) -> None:
    network = train(presets.load(preset), epochs=2).loop.network
    found = gradient_norm_by_stage(network)
    assert [entry["stage"] for entry in found] == list(stage_names(len(network.layers))[1:])
    views = network.unpack(network.gradient)
    for index, entry in enumerate(found):
        own = [view.ravel() for name, view in views.items() if name.startswith(f"{index}.")]
        expected = np.sqrt(sum(float((view.astype(float) ** 2).sum()) for view in own)) if own else 0.0
        assert entry["value"] == pytest.approx(expected)
    total = sum(entry["value"] ** 2 for entry in found)
    assert total == pytest.approx(float((network.gradient.astype(float) ** 2).sum()))
    assert total > 0


def test_what_is_no_number_is_none() -> None:
    network = train(presets.load("circle"), epochs=1).loop.network
    network.gradient[:] = np.nan
    assert {entry["value"] for entry in gradient_norm_by_stage(network)} == {None}
