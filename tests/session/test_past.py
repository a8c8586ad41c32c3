"""Training as a step that can be undone, the list of moments, and marks of edits on the curves."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.project import edits
from playground.project.edits import EditError
from playground.session import Session
from playground.training import checkpoint
from playground.training.records import RunState, State
from tests.project.strategies import Step, steps

WAIT_MS = 20_000


def wait_for(qtbot: Any, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=WAIT_MS)


def state(session: Session) -> State:
    found = session.trainer.capture()
    assert found is not None
    return found


def train(session: Session, updates: int) -> State:
    for _ in range(updates):
        session.trainer.step()
    return state(session)


def rate(session: Session, value: float) -> None:
    session.document.apply(edits.set_value(session.document.project, "training.optimizer.learning_rate", value))


def same(one: State, other: State) -> bool:
    """Whether a run would go on from both in the same way."""
    assert one.step == other.step
    assert one.epoch == other.epoch
    assert one.rng == other.rng
    np.testing.assert_array_equal(one.parameters, other.parameters)
    assert set(one.program) == set(other.program)
    for name, array in one.program.items():
        np.testing.assert_array_equal(array, other.program[name])
    return True


def test_training_while_paused_is_a_step_by_name(session: Session, qtbot: Any) -> None:
    document = session.document
    first = state(session)
    assert not document.can_undo
    trained = train(session, 3)
    wait_for(qtbot, lambda: document.undo_label == "Train 3 updates")
    document.undo()
    assert same(state(session), first)
    assert not document.can_undo
    assert document.redo_label == "Train 3 updates"
    document.redo()
    assert same(state(session), trained)
    assert document.undo_label == "Train 3 updates"


def test_one_update_is_named_so(session: Session, qtbot: Any) -> None:
    train(session, 1)
    wait_for(qtbot, lambda: session.document.undo_label == "Train 1 update")


def test_after_undoing_training_it_goes_on_as_it_would_have_before(session: Session) -> None:
    train(session, 5)
    session.document.undo()
    again = train(session, 5)
    session.document.undo()
    assert not session.document.can_undo
    session.document.redo()
    assert same(state(session), again)


def test_training_anew_forgets_the_training_that_could_be_redone(session: Session) -> None:
    train(session, 2)
    session.document.undo()
    session.trainer.step()
    assert not session.document.can_redo


def test_training_between_edits_is_a_step_of_its_own(session: Session) -> None:
    document = session.document
    start, project = state(session), document.project
    trained = train(session, 4)
    rate(session, 0.1)
    train(session, 2)
    document.undo()
    assert document.undo_label == "Set learning rate to 0.1"
    assert state(session).step == 4
    document.undo()
    assert document.undo_label == "Train 4 updates"
    assert same(state(session), trained)
    document.undo()
    assert document.project == project
    assert same(state(session), start)
    assert not document.can_undo
    for _ in range(3):
        document.redo()
    assert state(session).step == 6
    assert document.project.training.optimizer.learning_rate == 0.1
    assert not document.can_redo


def test_while_training_undo_takes_back_the_last_edit(session: Session, qtbot: Any) -> None:
    document, trainer = session.document, session.trainer
    before = document.project
    trainer.train()
    wait_for(qtbot, lambda: document.undo_label == "" and trainer.state is RunState.RUNNING)
    rate(session, 0.05)
    rate_step = state(session).step
    assert document.undo_label == "Set learning rate to 0.05"
    wait_for(qtbot, lambda: trainer.latest.counters.step > rate_step + 100)
    document.undo()
    assert document.project == before
    assert state(session).step > rate_step
    assert trainer.running
    document.undo()
    assert trainer.running
    trainer.pause()
    wait_for(qtbot, lambda: document.undo_label.startswith("Train "))
    assert document.redo_label == "Set learning rate to 0.05"


def test_training_after_an_edit_returns_to_the_moment_of_the_edit(session: Session, qtbot: Any) -> None:
    document, trainer = session.document, session.trainer
    trainer.train()
    wait_for(qtbot, lambda: trainer.latest is not None and trainer.latest.counters.step > 50)
    rate(session, 0.05)
    wait_for(qtbot, lambda: trainer.latest.counters.step > 500)
    trainer.pause()
    document.undo()
    reached = state(session).step
    assert document.undo_label == "Set learning rate to 0.05"
    document.undo()
    assert state(session).step == reached
    document.undo()
    assert state(session).step == 0
    assert not document.can_undo


def test_undoing_a_view_setting_leaves_what_was_trained_alone(session: Session, qtbot: Any) -> None:
    document, trainer = session.document, session.trainer
    trained = train(session, 4)
    document.apply(edits.set_value(document.project, "view.discretize", True))
    document.undo()
    assert not document.project.view.discretize
    assert same(state(session), trained)
    assert document.undo_label == "Train 4 updates"
    trainer.train()
    wait_for(qtbot, lambda: trainer.latest is not None and trainer.latest.counters.step > 100)
    document.apply(edits.set_value(document.project, "view.discretize", True))
    document.undo()
    assert trainer.running
    assert not document.project.view.discretize
    trainer.pause()
    assert state(session).step > 100
    assert [item.label for item in document.history()][1].startswith("Train ")
    assert len(document.history()) == 3  # the view can be redone


def test_a_drag_while_training_is_one_step(session: Session, qtbot: Any) -> None:
    document, trainer = session.document, session.trainer
    trainer.train()
    wait_for(qtbot, lambda: trainer.state is RunState.RUNNING)
    for value in (0.04, 0.05, 0.06):
        rate(session, value)
    for value in (1.0, 2.0, 3.0):
        trainer.edit_weights(np.array([0]), np.array([value]), f"Set a weight to {value}", "drag")
    trainer.pause()
    labels = [item.label for item in document.history() if not item.is_training]
    assert labels == ["Beginning", "Set learning rate to 0.06", "Set a weight to 3.0"]
    trained = state(session)
    document.undo()
    assert state(session).parameters[0] == 3.0
    assert state(session).step <= trained.step


def test_a_gesture_does_not_reach_across_training(session: Session) -> None:
    document = session.document
    session.trainer.edit_weights(np.array([0]), np.array([1.0]), "Set a weight to 1", "field")
    session.trainer.edit_weights(np.array([0]), np.array([2.0]), "Set a weight to 2", "field")
    train(session, 3)
    session.trainer.edit_weights(np.array([0]), np.array([3.0]), "Set a weight to 3", "field")
    assert [item.label for item in document.history()] == [
        "Beginning",
        "Set a weight to 2",
        "Train 3 updates",
        "Set a weight to 3",
    ]


def test_every_moment_of_the_list_can_be_gone_to(session: Session) -> None:
    document = session.document
    moments = [(document.project, state(session))]
    for turn in range(2):
        moments.append((document.project, train(session, 2 + turn)))
        rate(session, 0.1 + turn)
        moments.append((document.project, state(session)))
        document.apply(edits.add_unit(document.project, 0))
        moments.append((document.project, state(session)))
    items = document.history()
    assert [item.index for item in items] == list(range(len(moments)))
    assert items[-1].is_present
    for index in (3, 0, 6, 2, 5, 1, 4, 0, 6):
        document.go_to(index)
        project, then = moments[index]
        assert document.project == project
        assert same(state(session), then)
        now = document.history()
        assert [item.label for item in now] == [item.label for item in items]
        assert [item.is_present for item in now] == [place == index for place in range(len(items))]
        assert [item.is_redo for item in now] == [place > index for place in range(len(items))]
    document.go_to(99)
    document.go_to(-1)
    assert document.project == moments[6][0]


def test_going_to_a_moment_pauses_a_run(session: Session, qtbot: Any) -> None:
    session.trainer.train()
    wait_for(qtbot, lambda: session.trainer.latest is not None and session.trainer.latest.counters.step > 50)
    session.document.go_to(0)
    assert not session.trainer.running
    assert state(session).step == 0
    assert session.document.redo_label.startswith("Train ")


@pytest.mark.parametrize("end", ["diverged", "finished"])
def test_undo_works_when_the_run_has_ended_by_itself(session: Session, qtbot: Any, end: str) -> None:
    document, trainer = session.document, session.trainer
    if end == "diverged":
        document.apply(edits.set_optimizer(document.project, "sgd"))
        rate(session, 1e6)
        document.apply(edits.set_loss(document.project, "mean_squared_error"))
        document.apply(edits.set_activation(document.project, 2, "linear"))
    else:
        document.apply(edits.set_value(document.project, "training.stop.max_epochs", 3))
    first = state(session)
    trainer.train()
    wait_for(qtbot, lambda: trainer.state is RunState(end))
    document.undo()
    assert same(state(session), first)
    wait_for(qtbot, lambda: trainer.latest is not None and trainer.state is not RunState(end))
    document.redo()
    assert state(session).step > 0


def test_undo_works_when_the_run_has_failed(session: Session, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    document, trainer = session.document, session.trainer
    train(session, 2)
    loop = trainer._worker._loop
    monkeypatch.setattr(loop, "single_step", lambda: 1 / 0)
    with qtbot.waitSignal(trainer.failed, timeout=WAIT_MS):
        trainer.step()
    assert trainer.state is RunState.FAILED
    document.undo()
    assert state(session).step == 0
    assert train(session, 2).step == 2


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=st.lists(steps | st.integers(1, 3), max_size=10))
def test_edits_and_training_undone_return_the_start_and_redone_the_end(qapp: Any, taken: list[Step | int]) -> None:
    session = Session()
    try:
        session.trainer.start()
        document = session.document
        begun = document.project, session.trainer.capture()
        for step in taken:
            if isinstance(step, int):
                for _ in range(step):
                    session.trainer.step()
                continue
            try:
                document.apply(step(document.project))
            except EditError:
                continue
        ended = document.project, session.trainer.capture()
        document.undo()  # the last updates may not have been told yet
        while document.can_undo:
            document.undo()
        assert document.project == begun[0]
        assert same(session.trainer.capture(), begun[1])
        while document.can_redo:
            document.redo()
        assert document.project == ended[0]
        now = session.trainer.capture()
        assert (now is None) == (ended[1] is None)
        if now is not None:
            np.testing.assert_array_equal(now.parameters, ended[1].parameters)
    finally:
        session.close()


# -- marks -------------------------------------------------------------------------------------------------------------


def labels(session: Session) -> list[str]:
    return [mark.label for mark in session.trainer.marks]


def test_edits_of_a_trained_network_mark_the_curves(session: Session, tmp_path: Path) -> None:
    document, trainer = session.document, session.trainer
    rate(session, 0.02)
    assert labels(session) == []
    steps_per_epoch = train(session, 40).step
    rate(session, 0.1)
    document.apply(edits.add_layer(document.project, 1))
    trainer.edit_weights(np.array([0]), np.array([1.0]), "Set a weight to 1")
    document.apply(edit := edits.set_source(document.project, "xor"))
    document.apply(edits.set_value(document.project, "view.discretize", True))
    assert labels(session) == ["Set learning rate to 0.1", "Add Dense layer", "Set a weight to 1", edit.label]
    assert {mark.step for mark in trainer.marks} == {steps_per_epoch}
    assert {mark.epoch for mark in trainer.marks} == {1}
    path = tmp_path / "marked.playground"
    checkpoint.save(path, document.project, trainer.capture())
    opened = checkpoint.open_file(path)
    assert opened.state.marks == trainer.marks


def test_marks_go_and_come_with_the_weights(session: Session) -> None:
    document = session.document
    train(session, 3)
    document.apply(edits.add_unit(document.project, 0))
    train(session, 1)
    rate(session, 0.2)
    assert len(labels(session)) == 2
    document.undo()
    assert labels(session) == ["Add a unit to layer 1"]  # nothing was trained with that rate
    document.undo()
    document.undo()
    assert labels(session) == []
    document.redo()
    document.redo()
    assert labels(session) == ["Add a unit to layer 1"]
    session.trainer.reset()
    assert labels(session) == []


def test_an_edit_that_was_trained_with_keeps_its_mark_when_it_is_taken_back(session: Session, qtbot: Any) -> None:
    trainer = session.trainer
    trainer.train()
    wait_for(qtbot, lambda: trainer.latest is not None and trainer.latest.counters.step > 10)
    rate(session, 0.1)
    reached = state(session).step
    wait_for(qtbot, lambda: trainer.latest.counters.step > reached + 50)
    session.document.undo()
    assert labels(session) == ["Set learning rate to 0.1", "Undo: Set learning rate to 0.1"]


def test_a_drag_has_one_mark(session: Session) -> None:
    train(session, 3)
    for value in (0.04, 0.05, 0.06):
        rate(session, value)
    for value in (1.0, 2.0):
        session.trainer.edit_weights(np.array([0]), np.array([value]), f"Set a weight to {value}", "drag")
    assert labels(session) == ["Set learning rate to 0.06", "Set a weight to 2.0"]


# -- what is told ------------------------------------------------------------------------------------------------------


def test_it_is_told_whether_the_predictions_stayed(session: Session) -> None:
    document = session.document
    told: list[str] = []
    session.trainer.noted.connect(told.append)
    document.apply(edits.add_unit(document.project, 0))
    assert told == []  # nothing was learned yet
    train(session, 5)
    document.apply(edits.add_unit(document.project, 0))
    assert told[-1].endswith("the predictions stayed as they were.")
    document.apply(edits.remove_unit(document.project, 0, 0))
    assert "the predictions moved by" in told[-1]
    count = len(told)
    rate(session, 0.1)
    document.apply(edits.set_value(document.project, "data.noise", 0.2))
    assert len(told) == count


def test_the_note_of_an_edit_is_told(session: Session) -> None:
    told: list[str] = []
    session.document.apply(edits.set_source(session.document.project, "digits"))
    session.trainer.noted.connect(told.append)
    edit = edits.add_layer(session.document.project, 0)
    assert edit.note
    session.document.apply(edit)
    assert told == [edit.note]


def test_optimizer_memory_survives_an_edit_of_the_structure(session: Session) -> None:
    before = train(session, 20)
    session.document.apply(edits.add_unit(session.document.project, 0))
    after = state(session)
    assert after.step == before.step
    assert after.program["steps"] == before.program["steps"]
    slots = [name for name in before.program if name.startswith("slot.")]
    assert slots
    for name in slots:
        kept = after.program[name]
        assert np.isin(before.program[name], kept).all()
        assert len(kept) > len(before.program[name])
