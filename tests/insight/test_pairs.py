"""Two chosen units of a stage."""

import numpy as np
import pytest

from playground.insight.pairs import choosable, with_pairs
from playground.insight.pictures import DISTILLATION, compute
from playground.insight.representations import Kind
from tests.training.runs import make_loop, make_project


@pytest.fixture
def loop():
    loop = make_loop(make_project(units=(5, 2)))
    loop.finish_epoch()
    return loop


def picture_of(loop):
    return compute(loop, frozenset({DISTILLATION}))[DISTILLATION]


def test_the_points_are_the_outputs_of_the_chosen_units(loop):
    picture = picture_of(loop)
    stage = with_pairs(picture, {1: (3, 0)}).stages[1]
    named, inputs = loop.network.unpack(), loop.samples.inputs[picture.rows]
    expected = np.tanh(inputs @ named["0.kernel"] + named["0.bias"])[:, [3, 0]]
    assert stage.kind is Kind.PAIR
    assert np.allclose(stage.points, expected, atol=1e-5)
    assert stage.grid is not None
    assert stage.grid.shape[-1] == 2
    assert stage.window.low[0] <= -1
    assert stage.window.high[0] >= 1


def test_other_stages_and_units_that_do_not_exist_stay_as_they_are(loop):
    picture = picture_of(loop)
    changed = with_pairs(picture, {1: (0, 9), 2: (0, 1), 7: (0, 1)})
    assert changed.stages == picture.stages
    assert changed.rows is picture.rows


def test_only_stages_of_more_than_two_units_offer_a_choice(loop):
    assert [choosable(stage) for stage in picture_of(loop).stages] == [0, 5, 0, 0]
