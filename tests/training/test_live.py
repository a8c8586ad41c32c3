"""What of a run can be kept when settings change."""

import numpy as np
import pytest

from playground.project import build, edits
from playground.training import live
from playground.training.loop import TrainingLoop
from tests.training.runs import make_loop, make_project


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("training.optimizer.learning_rate", 0.5),
        ("training.l2", 0.01),
        ("training.stop.max_epochs", 7),
        ("view.discretize", True),
    ],
)
def test_a_state_stays_as_it_is_where_the_program_stays(path: str, value: object) -> None:
    loop = make_loop()
    loop.single_step()
    state, new = loop.export_state(), edits.set_value(loop.project, path, value).project
    assert live.following(state, loop.project, new) is state


@pytest.mark.parametrize(
    ("path", "value", "remembers"),
    [
        ("training.batch_size", 25, True),
        ("data.points", 200, True),
        ("training.loss", "mean_squared_error", True),
        ("training.class_weight", "balanced", True),
        ("training.optimizer", "sgd", False),
    ],
)
def test_other_mini_batches_begin_a_new_epoch(path: str, value: object, remembers: bool) -> None:
    loop = make_loop()
    for _ in range(5):
        loop.single_step()
    new = edits.set_value(loop.project, path, value).project
    state = live.following(loop.export_state(), loop.project, new)
    assert state is not None
    assert (state.epoch, state.step) == (loop.epoch, loop.step)
    assert any(name.startswith("slot.") for name in state.program) is remembers
    again = TrainingLoop(new, build.samples(new), state=state)
    np.testing.assert_array_equal(again.network.flat, loop.network.flat)
    again.single_step()
    assert int(again.export_state().program["position"]) == 1


def test_another_network_has_another_state() -> None:
    project = make_project()
    state = make_loop(project).export_state()
    for edit in (edits.add_unit(project, 0), edits.new_weights(project, 3), edits.toggle_feature(project, "x1_x2")):
        assert live.following(state, project, edit.project) is None
    assert live.following(state, project, edits.set_source(project, "digits").project) is None
