"""A run goes on whatever is done to its network: with its weights, optimizer memory and counters."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.project import Project, build, edits
from playground.project.carry import Transfer
from playground.project.edits import EditError
from playground.training.loop import TrainingLoop
from tests.project.strategies import Step, steps
from tests.training.runs import make_loop, make_project


@given(st.lists(steps, min_size=1, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_training_goes_on_after_any_edits(taken: list[Step]) -> None:
    project, done = Project(), 0
    loop = TrainingLoop(project, build.samples(project))
    for step in taken:
        try:
            edit = step(project)
        except EditError:
            continue
        if build.problems(edit.project):
            continue
        for _ in range(3):
            loop.single_step()
            done += 1
        before, old, new = loop.export_state(), project, edit.project
        transfer = Transfer(old, new, edit.origin, edit.units, edit.identity)
        after = before.carried(transfer, new.training.optimizer.joining)
        project, loop = new, TrainingLoop(new, build.samples(new), state=after)
        assert loop.step == done
        np.testing.assert_array_equal(loop.network.flat, after.parameters)
        kept = transfer.index >= 0
        if new.training.optimizer.same_kind(old.training.optimizer):
            for name, slot in loop.export_state().program.items():
                if name.startswith("slot."):
                    np.testing.assert_array_equal(slot[kept], before.program[name][transfer.index[kept]])


@pytest.mark.parametrize("name", ["adam", "adamw", "nadam"])
def test_a_late_weight_makes_no_larger_steps_than_the_others(name: str) -> None:
    """Adam corrects its means by the steps counted so far; a v of 0 would make the first steps three times too long."""
    project = make_project(optimizer=name, learning_rate=0.01)
    loop = make_loop(project)
    for _ in range(60):
        loop.finish_epoch()
    before, edit = loop.export_state(), edits.add_unit(project, 0)
    transfer = Transfer(project, edit.project, edit.origin, edit.units)
    state = before.carried(transfer, project.training.optimizer.joining)
    late, kept = transfer.index < 0, transfer.index[transfer.index >= 0]
    np.testing.assert_allclose(state.program["slot.v"][late], before.program["slot.v"][kept].mean(), rtol=1e-5)
    assert not state.program["slot.m"][late].any()
    after = make_loop(edit.project, state=state)
    old = after.network.flat.copy()
    after.single_step()
    steps = np.abs(after.network.flat - old)
    assert steps[late].max() <= 2 * 0.01


def test_the_optimizer_begins_anew_where_no_weight_is_kept() -> None:
    project = Project()
    loop = TrainingLoop(project, build.samples(project))
    loop.finish_epoch()
    state = loop.export_state()
    for source, fresh in (("xor", False), ("digits", True)):
        edit = edits.set_source(project, source)
        transfer = Transfer(project, edit.project, edit.origin)
        carried = state.carried(transfer, project.training.optimizer.joining)
        assert (not carried.program) == fresh
        assert carried.step == state.step
