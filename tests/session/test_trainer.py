"""The trainer: what a run does when the document changes under it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from playground.engine.layers import Dense
from playground.insight.examples import PRESENTED
from playground.insight.pictures import ACTIVATIONS
from playground.project import edits, presets
from playground.project.weights import of_layer
from playground.session import Session
from playground.training.records import RunState, WeightsEdit

WAIT_MS = 20_000


@pytest.fixture
def running(session: Session, qtbot: Any) -> Session:
    """A session that has trained for some epochs and still does."""
    session.trainer.start()
    session.trainer.train()
    qtbot.waitUntil(lambda: epoch(session) >= 5, timeout=WAIT_MS)
    return session


def epoch(session: Session) -> int:
    return session.trainer.latest.counters.epoch if session.trainer.latest else 0


def wait_for(qtbot: Any, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=WAIT_MS)


def apply(session: Session, edit: edits.Edit) -> None:
    session.document.apply(edit)


def test_training_lowers_the_loss_and_pausing_stops(running: Session, qtbot: Any) -> None:
    trainer = running.trainer
    wait_for(qtbot, lambda: epoch(running) >= 60)
    trainer.pause()
    wait_for(qtbot, lambda: trainer.state is RunState.PAUSED)
    values = trainer.curves.arrays()
    assert values
    paused_at = trainer.capture()
    assert paused_at is not None
    trainer.refresh()
    with qtbot.waitSignal(trainer.snapshot, timeout=WAIT_MS):
        pass
    again = trainer.capture()
    assert again is not None
    assert again.step == paused_at.step


def test_a_step_is_one_update_and_an_epoch_ends_at_its_end(session: Session, qtbot: Any) -> None:
    trainer = session.trainer
    trainer.start()
    trainer.step()
    wait_for(qtbot, lambda: bool(trainer.latest) and trainer.latest.counters.step == 1)
    trainer.epoch()
    wait_for(qtbot, lambda: epoch(session) == 1)
    assert trainer.capture().step == int(np.ceil(len(session.document.samples.x_train) / 10))


def test_training_until_an_epoch_stops_exactly_there(session: Session, qtbot: Any) -> None:
    session.trainer.start()
    session.trainer.train(until_epoch=25)
    wait_for(qtbot, lambda: epoch(session) == 25 and session.trainer.state is RunState.PAUSED)


def test_reset_goes_back_to_the_same_weights_and_can_be_undone(running: Session, qtbot: Any) -> None:
    trainer = running.trainer
    trainer.pause()
    wait_for(qtbot, lambda: trainer.state is RunState.PAUSED)
    trained = trainer.capture()
    trainer.reset()
    first = trainer.capture()
    trainer.train(until_epoch=3)
    wait_for(qtbot, lambda: epoch(running) == 3)
    trainer.reset()
    second = trainer.capture()
    assert first.step == second.step == 0
    np.testing.assert_array_equal(first.parameters, second.parameters)
    for _ in range(3):  # the second reset, the three epochs, the first reset
        running.document.undo()
    np.testing.assert_array_equal(trainer.capture().parameters, trained.parameters)
    assert trainer.capture().epoch == trained.epoch


def test_new_weights_are_others_and_undo_brings_the_trained_ones_back(running: Session, qtbot: Any) -> None:
    trainer = running.trainer
    trainer.pause()
    wait_for(qtbot, lambda: trainer.state is RunState.PAUSED)
    trained = trainer.capture()
    trainer.new_weights()
    assert trainer.capture().step == 0
    assert not np.array_equal(trainer.capture().parameters, trained.parameters)
    running.document.undo()
    np.testing.assert_array_equal(trainer.capture().parameters, trained.parameters)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("training.optimizer.learning_rate", 0.001),
        ("training.batch_size", 25),
        ("training.l2", 0.01),
        ("training.optimizer", "sgd"),
        ("training.loss", "mean_squared_error"),
        ("data.noise", 0.2),
        ("data.points", 300),
    ],
)
def test_settings_apply_while_training_without_losing_the_run(
    running: Session, qtbot: Any, path: str, value: object
) -> None:
    reached = epoch(running)
    apply(running, edits.set_value(running.document.project, path, value))
    wait_for(qtbot, lambda: epoch(running) > reached + 3)
    assert running.trainer.state is RunState.RUNNING


@pytest.mark.parametrize(
    "edit",
    [
        lambda project: edits.add_layer(project, 1, Dense(4), identity=True),
        lambda project: edits.remove_layer(project, 1),
        lambda project: edits.set_units(project, 0, 6),
        lambda project: edits.set_activation(project, 0, "relu"),
        lambda project: edits.toggle_feature(project, "x1_x2"),
        lambda project: edits.set_source(project, "blobs"),
    ],
)
def test_changes_of_structure_go_on_training(running: Session, qtbot: Any, edit: Callable[[Any], edits.Edit]) -> None:
    reached = epoch(running)
    apply(running, edit(running.document.project))
    assert running.trainer.problems == ()
    wait_for(qtbot, lambda: epoch(running) > reached + 3)
    assert running.trainer.state is RunState.RUNNING


def test_a_change_right_after_train_does_not_stop_the_run(session: Session, qtbot: Any) -> None:
    session.trainer.start()
    session.trainer.train()
    apply(session, edits.set_source(session.document.project, "xor"))
    wait_for(qtbot, lambda: session.trainer.state is RunState.RUNNING and epoch(session) > 3)


def test_adding_a_unit_keeps_the_weights_that_have_a_place(running: Session, qtbot: Any) -> None:
    trainer = running.trainer
    trainer.pause()
    wait_for(qtbot, lambda: trainer.state is RunState.PAUSED)
    before = weights(running)
    apply(running, edits.set_units(running.document.project, 0, 5))
    after = weights(running)
    np.testing.assert_array_equal(after["0.kernel"][:, :4], before["0.kernel"])
    np.testing.assert_array_equal(after["1.kernel"][:4], before["1.kernel"])
    running.document.undo()
    np.testing.assert_array_equal(weights(running)["0.kernel"], before["0.kernel"])


def weights(session: Session) -> dict[str, Any]:
    from playground.project import build

    return build.network(session.document.project).unpack(session.trainer.capture().parameters)


def test_a_project_that_cannot_train_says_why_and_its_repair_brings_the_weights_back(
    running: Session, qtbot: Any
) -> None:
    trainer = running.trainer
    trainer.pause()
    wait_for(qtbot, lambda: trainer.state is RunState.PAUSED)
    before = trainer.capture()
    apply(running, edits.set_loss(running.document.project, "categorical_crossentropy"))
    assert trainer.problems
    assert trainer.state is RunState.IDLE
    trainer.train()
    trainer.step()
    apply(running, edits.set_loss(running.document.project, "mean_squared_error"))
    assert trainer.problems == ()
    np.testing.assert_array_equal(trainer.capture().parameters, before.parameters)
    assert trainer.capture().epoch == before.epoch


def test_a_diverged_run_stops_and_recovers_with_a_smaller_rate(session: Session, qtbot: Any) -> None:
    document, trainer = session.document, session.trainer
    trainer.start()
    apply(session, edits.set_source(document.project, "plane"))
    apply(session, edits.set_optimizer(document.project, "sgd"))
    trainer.train(until_epoch=5)
    wait_for(qtbot, lambda: epoch(session) == 5)
    with qtbot.waitSignal(trainer.diverged, timeout=WAIT_MS) as signal:
        apply(session, edits.set_value(document.project, "training.optimizer.learning_rate", 1e6))
        trainer.train()
    assert trainer.state is RunState.DIVERGED
    trainer.recover(signal.args[0], 0.01)
    assert document.project.training.optimizer.learning_rate == 0.01
    wait_for(qtbot, lambda: trainer.state is RunState.RUNNING and epoch(session) > 10)
    assert np.isfinite(trainer.capture().parameters).all()


def test_a_hidden_window_trains_on(running: Session, qtbot: Any) -> None:
    running.trainer.set_drawing(False)
    reached = epoch(running)
    wait_for(qtbot, lambda: epoch(running) > reached + 5)


def test_shutting_down_while_training_ends_the_thread(running: Session) -> None:
    running.trainer.shutdown()


# -- weights changed by hand -------------------------------------------------------------------------------------------


def flat(session: Session) -> np.ndarray:
    state = session.trainer.capture()
    assert state is not None
    return state.parameters


def test_a_weight_changed_while_paused_can_be_undone_and_redone(session: Session, qtbot: Any) -> None:
    trainer, document = session.trainer, session.document
    trainer.start()
    before = flat(session)
    told: list[WeightsEdit] = []
    trainer.weights_edited.connect(told.append)
    with qtbot.waitSignal(trainer.snapshot, timeout=WAIT_MS, check_params_cb=lambda news: news.parameters[3] == 2.5):
        trainer.edit_weights(np.array([3]), np.array([2.5]), "Set a weight to 2.5")
    assert document.undo_label == "Set a weight to 2.5"
    document.undo()
    np.testing.assert_array_equal(flat(session), before)
    document.redo()
    assert flat(session)[3] == 2.5
    assert [edit.after[3] for edit in told] == [2.5, before[3], 2.5]
    assert all(edit.indices.tolist() == [3] for edit in told)
    assert document.redo_label == ""


def test_a_drag_is_one_step(session: Session) -> None:
    trainer, document = session.trainer, session.document
    trainer.start()
    before = flat(session)
    for value in (0.1, 0.2, 0.3):
        trainer.edit_weights(np.array([0]), np.array([value]), f"Set a weight to {value}", "drag 1")
    trainer.edit_weights(np.array([0]), np.array([0.4]), "Set a weight to 0.4", "drag 2")
    document.undo()
    assert flat(session)[0] == np.float32(0.3)
    document.undo()
    np.testing.assert_array_equal(flat(session), before)
    assert not document.can_undo


def test_a_weight_changed_while_training_is_taken_over_and_training_goes_on(running: Session, qtbot: Any) -> None:
    trainer = running.trainer
    memory = trainer.capture()
    assert memory is not None
    with qtbot.waitSignal(trainer.weights_edited, timeout=WAIT_MS) as told:
        trainer.edit_weights(np.array([1]), np.array([3.0]), "Set a weight to 3")
    assert told.args[0].after[1] == 3.0
    at = epoch(running)
    wait_for(qtbot, lambda: epoch(running) > at + 5)
    assert trainer.state is RunState.RUNNING
    running.document.undo()
    state = trainer.capture()
    assert state is not None
    assert state.step >= memory.step
    wait_for(qtbot, lambda: trainer.state is RunState.RUNNING)


def test_one_layer_gets_other_weights(session: Session) -> None:
    trainer = session.trainer
    trainer.start()
    before = flat(session)
    places = of_layer(session.document.project, 1)
    trainer.reinitialize_layer(1)
    once = flat(session)
    assert set(np.flatnonzero(before != once)) <= set(places)
    assert (before != once).any()
    trainer.reinitialize_layer(1)
    assert (once != flat(session)).any()
    session.document.undo()
    session.document.undo()
    np.testing.assert_array_equal(flat(session), before)


def test_a_selected_example_is_told_and_forgotten_with_its_data(session: Session, qtbot: Any) -> None:
    trainer = session.trainer
    trainer.start()
    told: list[object] = []
    trainer.example_selected.connect(told.append)
    trainer.select_example(7)
    trainer.select_example(7)
    assert trainer.example == 7
    session.document.apply(edits.set_source(session.document.project, "xor"))
    assert told == [7, None]


def test_inputs_that_are_no_example_are_presented(qtbot: Any) -> None:
    session = Session(presets.load("digits"))
    trainer = session.trainer
    trainer.start()
    trainer.show(ACTIVATIONS)
    drawn = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8, 1)
    with qtbot.waitSignal(trainer.presented_changed):
        trainer.present(drawn)
    assert trainer.presented

    def shown() -> Any:
        return trainer.latest and trainer.latest.pictures.get(ACTIVATIONS)

    qtbot.waitUntil(lambda: shown() is not None and shown().example == PRESENTED)
    np.testing.assert_array_equal(shown().input, drawn)
    trainer.present(np.zeros((3, 3, 1), np.float32))  # of another shape: an example is shown
    qtbot.waitUntil(lambda: shown().example >= 0)
    trainer.present(None)
    assert not trainer.presented
    session.close()


def test_a_run_with_a_goal_keeps_it_when_it_begins_anew(session: Session, qtbot: Any) -> None:
    trainer = session.trainer
    trainer.set_speed(200)
    trainer.train(until_epoch=2)
    qtbot.waitUntil(lambda: trainer.state is RunState.RUNNING and trainer.latest.counters.step > 10)
    trainer.new_weights()
    assert trainer.running
    trainer.set_speed(None)
    qtbot.waitUntil(lambda: trainer.latest is not None and trainer.state is RunState.PAUSED)
    assert trainer.latest.counters.epoch == 2
    trainer.set_speed(200)
    trainer.epoch()
    qtbot.waitUntil(lambda: trainer.state is RunState.RUNNING)
    trainer.new_weights()
    trainer.set_speed(None)
    qtbot.waitUntil(lambda: trainer.latest is not None and trainer.state is RunState.PAUSED)
    assert trainer.latest.counters.epoch == 1
