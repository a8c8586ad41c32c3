"""The training thread: commands, news, errors, speed, and a clean end."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import optimizers
from playground.insight.pictures import BOUNDARY, NAMES, UNIT_MAPS, PictureMaker
from playground.project.model import StopSettings
from playground.training.gate import SWITCH_INTERVAL
from playground.training.loop import TrainingLoop
from playground.training.mailbox import Batch
from playground.training.records import DivergenceReason, EpochRecord, RunState, Snapshot
from playground.training.worker import FrameGate, Worker
from tests.training.runs import make_loop, make_project

PATIENCE = 10.0
Pictures = Callable[[TrainingLoop, frozenset[str]], Mapping[str, Any]]


def no_pictures(loop: TrainingLoop, names: frozenset[str]) -> Mapping[str, Any]:
    return dict.fromkeys(names, loop.step)


class Run:
    """A worker and all that it has told."""

    def __init__(self, loop: TrainingLoop, pictures: Pictures, run_id: int) -> None:
        self.loop, self.gate = loop, FrameGate()
        self.worker = Worker(run_id, loop, pictures=pictures, gate=self.gate)
        self.batches: list[Batch] = []
        self.epochs: list[EpochRecord] = []
        self.snapshots: list[Snapshot] = []

    def take(self) -> Batch:
        batch = self.worker.take()
        self.batches.append(batch)
        self.epochs += batch.epochs
        if batch.snapshot:
            self.snapshots.append(batch.snapshot)
        return batch

    def until(self, condition: Callable[[Batch], object]) -> Batch:
        """Take until a batch meets the condition."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            batch = self.take()
            if condition(batch):
                return batch
            threading.Event().wait(0.002)
        raise AssertionError(f"It never happened; last: {batch}")

    def until_state(self, state: RunState) -> Batch:
        return self.until(lambda batch: batch.state is state)

    def until_step(self, step: int) -> Batch:
        return self.until(lambda batch: batch.snapshot and batch.snapshot.counters.step >= step)


@pytest.fixture
def start() -> Iterator[Callable[..., Run]]:
    """Starts workers and closes them."""
    runs: list[Run] = []

    def start(loop: TrainingLoop | None = None, pictures: Pictures = no_pictures) -> Run:
        run = Run(loop or make_loop(), pictures, len(runs) + 1)
        runs.append(run)
        run.worker.start()
        return run

    yield start
    for run in runs:
        assert run.worker.close()


class SlowSteps:
    """Lets the steps of a loop through one by one, as a network would whose steps take long."""

    def __init__(self, loop: TrainingLoop, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered, self.allowed = threading.Semaphore(0), threading.Semaphore(0)
        step = loop._program.step

        def slow() -> None:
            self.entered.release()
            assert self.allowed.acquire(timeout=PATIENCE)
            step()

        class Program:
            def __getattr__(self, name: str) -> Any:
                return getattr(program, name)

        program, slowed = loop._program, Program()
        slowed.step = slow  # type: ignore[attr-defined]
        monkeypatch.setattr(loop, "_program", slowed)

    def wait_until_inside(self) -> None:
        assert self.entered.acquire(timeout=PATIENCE)


# -- commands ---------------------------------------------------------------------------------------------------------


def test_a_snapshot_comes_before_anything_trains(start: Callable[..., Run]) -> None:
    run = start()
    batch = run.until(lambda batch: batch.snapshot)
    assert batch.state is RunState.IDLE
    assert batch.snapshot is not None
    assert batch.snapshot.counters.step == 0
    assert batch.snapshot.counters.train_loss is not None
    assert batch.snapshot.step_loss is None
    assert batch.run_id == batch.snapshot.run_id == 1


def test_play_and_pause(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.play()
    run.until_step(100)
    run.worker.pause()
    run.until_state(RunState.PAUSED)
    step = run.loop.step
    assert run.worker.state().step == step
    assert run.take().epochs == ()
    assert run.loop.step == step


def test_pausing_takes_effect_within_one_step(start: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    loop = make_loop()
    slow = SlowSteps(loop, monkeypatch)
    run = start(loop)
    run.worker.play()
    slow.wait_until_inside()
    run.worker.pause()
    slow.allowed.release()
    batch = run.until_state(RunState.PAUSED)
    assert loop.step == 1
    assert batch.snapshot is not None
    assert batch.snapshot.counters.step == 1


def test_stepping_takes_effect_within_one_step_also_while_running(
    start: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = make_loop()
    slow = SlowSteps(loop, monkeypatch)
    run = start(loop)
    run.worker.play()
    slow.wait_until_inside()
    run.worker.step()
    slow.allowed.release(2)
    run.until_state(RunState.PAUSED)
    assert loop.step == 2


def test_closing_takes_effect_within_one_step(start: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    loop = make_loop()
    slow = SlowSteps(loop, monkeypatch)
    run = start(loop)
    run.worker.play()
    slow.wait_until_inside()
    assert not run.worker.close(timeout=0.01)
    slow.allowed.release()
    assert run.worker.close()
    assert loop.step == 1


def test_a_question_asked_while_closing_is_answered(start: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    loop = make_loop()
    slow = SlowSteps(loop, monkeypatch)
    run = start(loop)
    run.worker.play()
    slow.wait_until_inside()
    steps: list[int] = []
    asking = threading.Thread(target=lambda: steps.append(run.worker.state().step))
    asking.start()
    while not run.worker._inbox.called():
        threading.Event().wait(0.001)
    run.worker.close(timeout=0.0)
    slow.allowed.release()
    asking.join(PATIENCE)
    assert steps == [1]


def test_each_step_while_paused_is_shown_at_once(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.request(frozenset({"maps"}))
    for step in range(1, 8):
        run.worker.step()
        batch = run.until_step(step)
        assert batch.state is RunState.PAUSED
        assert batch.snapshot is not None
        assert batch.snapshot.counters.step == step
        assert batch.snapshot.step_loss == run.loop.step_loss()
        assert batch.snapshot.pictures == {"maps": step}
        np.testing.assert_array_equal(batch.snapshot.parameters, run.loop.network.flat)


def test_epochs_end_at_their_last_step_and_add_up(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.step()
    run.worker.epoch()
    batch = run.until(lambda batch: batch.state is RunState.PAUSED and run.loop.epoch == 1)
    assert batch.state is RunState.PAUSED
    assert run.worker.state().epoch == 1
    run.worker.epoch()
    run.worker.epoch()
    run.until(lambda batch: batch.snapshot and batch.snapshot.counters.epoch == 3 and batch.state is RunState.PAUSED)
    steps = run.loop.step // 3
    assert [(record.epoch, record.step) for record in run.epochs] == [(i, i * steps) for i in (1, 2, 3)]


def test_play_until_an_epoch_pauses_there(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.play(until_epoch=25)
    batch = run.until(lambda batch: batch.state is RunState.PAUSED and batch.snapshot)
    assert batch.snapshot is not None
    assert batch.snapshot.counters.epoch == run.loop.epoch == 25
    run.worker.play(until_epoch=25)
    run.worker.state()
    run.until_state(RunState.PAUSED)
    assert run.loop.epoch == 25


def test_commands_keep_their_order(start: Callable[..., Run]) -> None:
    run = start()
    size = run.loop.network.size
    run.worker.edit_weights(np.arange(size), np.ones(size))
    run.worker.step()
    before, edit = run.worker.edit_weights(np.arange(size), np.zeros(size), "Set all to 0")
    assert (before.step, edit.label) == (1, "Set all to 0")
    np.testing.assert_array_equal(before.parameters, edit.before)
    assert not run.worker.state().parameters.any()


def test_a_weight_is_set_between_two_mini_batches_of_a_running_run(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.play()
    run.until_step(20)
    before, edit = run.worker.edit_weights(np.array([0]), np.array([7.0]))
    assert edit.after[0] == 7.0
    assert before.step >= 20
    run.until_step(before.step + 20)
    assert run.take().state is RunState.RUNNING


def test_what_goes_wrong_with_an_edit_is_raised_where_it_was_asked_for(start: Callable[..., Run]) -> None:
    run = start()
    with pytest.raises(IndexError):
        run.worker.edit_weights(np.array([10_000]), np.array([7.0]))
    run.worker.step()
    assert run.worker.state().step == 1


def test_a_weight_set_at_full_speed_changes_nothing_else_of_the_run(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.play()
    run.until(lambda batch: batch.snapshot and batch.snapshot.counters.step > 200)
    before, _ = run.worker.edit_weights(np.array([2]), np.array([1.5]))
    run.until_step(before.step + 200)
    run.worker.pause()
    after = run.worker.state()
    again = make_loop()
    while again.step < after.step:
        if again.step == before.step:
            again.edit_parameters(np.array([2]), np.array([1.5]))
        again.single_step()
    np.testing.assert_array_equal(again.network.flat, after.parameters)
    for name, array in again.export_state().program.items():
        np.testing.assert_array_equal(array, after.program[name])
    assert again.export_state().rng == after.rng


def test_a_state_comes_with_the_epochs_that_led_to_it(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.play()
    seen = 0
    for _ in range(20):
        state = run.worker.state()
        seen += len(run.worker.take_epochs())
        assert seen == state.epoch
        assert run.worker.progress[1] >= state.step


def test_commands_before_the_start_are_kept() -> None:
    run = Run(make_loop(), no_pictures, 1)
    run.worker.request(frozenset({"maps"}))
    run.worker.play(until_epoch=2)
    assert run.worker.state().step == 0
    run.worker.start()
    batch = run.until(lambda batch: batch.state is RunState.PAUSED and batch.snapshot)
    assert run.loop.epoch == 2
    assert batch.snapshot is not None
    assert set(batch.snapshot.pictures) == {"maps"}
    assert run.worker.close()


def test_live_settings(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.play()
    run.until_step(50)
    project = run.loop.project
    training = msgspec.structs.replace(
        project.training, optimizer=optimizers.get("sgd", learning_rate=0.5), batch_size=4
    )
    run.worker.apply(msgspec.structs.replace(project, training=training))
    run.until(lambda batch: batch.epochs and batch.epochs[-1].learning_rate == 0.5)
    assert run.take().state is RunState.RUNNING


def test_weights_set_while_paused_show_at_once(start: Callable[..., Run]) -> None:
    run = start(pictures=PictureMaker())
    run.worker.request(frozenset({BOUNDARY}))
    run.until(lambda batch: batch.snapshot and batch.snapshot.pictures)
    size = run.loop.network.size
    run.worker.edit_weights(np.arange(size), np.zeros(size))
    batch = run.until(lambda batch: batch.snapshot)
    assert batch.snapshot is not None
    assert batch.snapshot.counters.train_loss == pytest.approx(np.log(2))
    assert (batch.snapshot.pictures[BOUNDARY].values == 0.5).all()


def test_the_state_goes_on_bit_identically_elsewhere(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.play()
    run.until_step(137)
    state = run.worker.state()
    run.worker.pause()
    target = state.epoch + 400
    run.worker.play(until_epoch=target)
    run.until(lambda batch: batch.state is RunState.PAUSED and run.loop.epoch == target)
    other = make_loop(state=state)
    for _ in other.run(1.0, until_epoch=target):
        pass
    np.testing.assert_array_equal(other.network.flat, run.worker.state().parameters)


# -- stop conditions, divergence, errors ------------------------------------------------------------------------------


def test_a_run_finishes_and_goes_on(start: Callable[..., Run]) -> None:
    run = start(make_loop(make_project(stop=StopSettings(max_epochs=5))))
    run.worker.play()
    batch = run.until_state(RunState.FINISHED)
    assert run.loop.epoch == 5
    assert batch.snapshot is not None
    assert batch.snapshot.counters.epoch == 5
    run.worker.play()
    run.until(lambda batch: batch.snapshot and batch.snapshot.counters.epoch == 10)
    run.until_state(RunState.FINISHED)


def test_a_diverged_run_stops_and_says_why(start: Callable[..., Run]) -> None:
    project = make_project(
        "plane", activation="relu", output="linear", loss="mean_squared_error", optimizer="sgd", learning_rate=1e9
    )
    run = start(make_loop(project))
    run.worker.request(frozenset({"maps"}))
    run.worker.play()
    batch = run.until_state(RunState.DIVERGED)
    assert batch.divergence is not None
    assert batch.divergence.reason is DivergenceReason.NON_FINITE
    assert batch.snapshot is not None
    assert batch.snapshot.state is RunState.DIVERGED
    assert run.take().divergence is None
    again = start(
        make_loop(make_project("plane", output="linear", loss="mean_squared_error"), state=batch.divergence.last_good)
    )
    again.worker.play()
    again.until(lambda batch: batch.snapshot and batch.snapshot.counters.epoch > 5)
    assert again.take().state is RunState.RUNNING


def test_failing_pictures_end_the_run_with_a_sentence(start: Callable[..., Run]) -> None:
    def fail(loop: TrainingLoop, names: frozenset[str]) -> Mapping[str, Any]:
        raise RuntimeError("The brush broke.")

    run = start(pictures=fail)
    run.until(lambda batch: batch.snapshot)
    run.worker.request(frozenset({"maps"}))
    batch = run.until_state(RunState.FAILED)
    assert batch.error is not None
    assert batch.error.message == "The brush broke."
    assert "fail" in batch.error.traceback
    assert batch.error.step == 1
    run.worker.request(frozenset())
    run.worker.play()
    run.until_step(10)
    assert run.take().state is RunState.RUNNING


def test_a_failing_step_ends_the_run_with_a_sentence(
    start: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = make_loop()

    def fail() -> None:
        raise MemoryError

    run = start(loop)
    run.worker.play()
    run.until_step(20)
    with monkeypatch.context() as patch:
        patch.setattr(loop, "_end_epoch", fail)
        batch = run.until_state(RunState.FAILED)
    assert batch.error is not None
    assert batch.error.message == "MemoryError"
    assert batch.error.step == loop.step + 1
    assert run.worker.state().step == loop.step
    run.worker.step()
    run.until_state(RunState.PAUSED)


def test_a_bad_setting_fails_and_the_next_one_works(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.apply(make_project(units=(7, 7)))
    assert run.until_state(RunState.FAILED).error is not None
    run.worker.step()
    assert run.until_step(1).state is RunState.PAUSED


def test_a_question_that_fails_is_the_askers_business(
    start: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start()
    with monkeypatch.context() as patch:
        patch.setattr(run.loop, "export_state", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run.worker.state()
    assert run.worker.state().step == 0
    assert run.take().state is RunState.IDLE


# -- speed ------------------------------------------------------------------------------------------------------------


def test_a_given_speed_is_kept(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.set_speed(100)
    began = time.monotonic()
    run.worker.play()
    run.until_step(50)
    assert 0.4 < time.monotonic() - began < 2.0
    run.worker.set_speed(None)
    run.until_step(2_000)


def test_slow_speed_shows_every_value_and_each_steps_loss(start: Callable[..., Run]) -> None:
    run = start(make_loop(make_project(batch_size=1000), evaluation_interval=1 / 30))
    run.worker.set_speed(20)
    run.worker.play()
    run.until_step(6)
    playing = [snapshot for snapshot in run.snapshots if snapshot.counters.step]
    assert all(snapshot.step_loss is not None for snapshot in playing)
    assert len({snapshot.counters.step for snapshot in playing}) >= 5
    assert all(record.test_loss is not None for record in run.epochs)


def test_waiting_for_the_next_step_never_holds_up_a_command(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.set_speed(0.01)
    run.worker.play()
    run.until_step(1)
    began = time.monotonic()
    run.worker.pause()
    run.until_state(RunState.PAUSED)
    run.worker.play()
    assert run.worker.close()
    assert time.monotonic() - began < 2
    assert run.loop.step <= 2


@pytest.mark.parametrize("speed", [0, -1, float("nan")])
def test_a_speed_that_makes_no_sense_is_refused(speed: float, start: Callable[..., Run]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        start().worker.set_speed(speed)


def test_the_speed_reached_is_told_while_running_only(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.play()
    run.until(lambda batch: batch.snapshot and batch.snapshot.counters.steps_per_second)
    run.worker.pause()
    snapshot = run.until_state(RunState.PAUSED).snapshot
    assert snapshot is not None
    assert snapshot.counters.steps_per_second is None


# -- news -------------------------------------------------------------------------------------------------------------


def test_no_epoch_is_lost(start: Callable[..., Run]) -> None:
    run = start(make_loop(evaluation_interval=1 / 30))
    run.worker.play(until_epoch=1500)
    run.until(lambda batch: batch.state is RunState.PAUSED and run.loop.epoch == 1500)
    run.take()
    assert [record.epoch for record in run.epochs] == list(range(1, 1501))


def test_all_real_pictures_come_while_training(start: Callable[..., Run]) -> None:
    run = start(pictures=PictureMaker())
    run.worker.request(frozenset(NAMES))
    run.worker.play()
    batch = run.until(lambda batch: batch.snapshot and set(batch.snapshot.pictures) == set(NAMES))
    first = batch.snapshot
    assert first is not None
    maps = first.pictures[UNIT_MAPS].layers[0]
    assert run.until(lambda batch: batch.snapshot and batch.snapshot.pictures[UNIT_MAPS].layers[0] is not maps)
    with pytest.raises(ValueError, match="read-only"):
        first.parameters[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        first.pictures[BOUNDARY].values[0] = 0


def test_what_was_sent_does_not_change_any_more(start: Callable[..., Run]) -> None:
    run = start(pictures=PictureMaker())
    run.worker.request(frozenset(NAMES))
    run.worker.play()
    snapshot = run.until(lambda batch: batch.snapshot and UNIT_MAPS in batch.snapshot.pictures).snapshot
    assert snapshot is not None
    maps = snapshot.pictures[UNIT_MAPS].layers[0].copy()
    parameters = snapshot.parameters.copy()
    run.until_step(snapshot.counters.step + 1000)
    np.testing.assert_array_equal(snapshot.pictures[UNIT_MAPS].layers[0], maps)
    np.testing.assert_array_equal(snapshot.parameters, parameters)


def test_slow_pictures_are_brought_up_to_date_after_pausing(start: Callable[..., Run]) -> None:
    def slow(loop: TrainingLoop, names: frozenset[str]) -> Mapping[str, Any]:
        threading.Event().wait(0.02)
        return dict.fromkeys(names, loop.step)

    run = start(pictures=slow)
    run.worker.request(frozenset({"landscape"}))
    run.worker.play()
    run.until_step(50)
    run.worker.pause()
    run.until_state(RunState.PAUSED)
    step = run.loop.step
    if run.snapshots[-1].pictures["landscape"] != step:
        assert not run.snapshots[-1].complete
        run.until(lambda batch: batch.snapshot and batch.snapshot.pictures["landscape"] == step)
    assert run.snapshots[-1].complete


def test_a_held_gate_slows_training_down_but_does_not_stop_it(start: Callable[..., Run]) -> None:
    run = start()
    run.gate.hold()
    run.worker.play()
    run.until_step(10)
    run.gate.release()


# -- the end ----------------------------------------------------------------------------------------------------------


def test_closing_while_running_leaves_nothing_behind(start: Callable[..., Run]) -> None:
    before, interval = threading.active_count(), sys.getswitchinterval()
    run = start(pictures=PictureMaker())
    run.worker.request(frozenset(NAMES))
    run.worker.play()
    run.until_step(100)
    assert sys.getswitchinterval() == pytest.approx(SWITCH_INTERVAL)
    assert run.worker.close()
    assert run.worker.close()
    assert threading.active_count() == before
    assert sys.getswitchinterval() == interval
    assert run.take().state is RunState.PAUSED


def test_a_worker_that_never_started_can_be_closed() -> None:
    assert Worker(1, make_loop(), pictures=no_pictures, gate=FrameGate()).close()


def test_a_closed_worker_is_silent_but_still_has_its_state(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.play()
    run.until_step(30)
    run.worker.close()
    run.take()
    run.worker.play()
    run.worker.step()
    batch = run.take()
    assert (batch.snapshot, batch.epochs) == (None, ())
    assert run.worker.state().step == run.loop.step


def test_old_runs_are_told_apart(start: Callable[..., Run]) -> None:
    old, new = start(), start()
    for run in (old, new):
        run.worker.play()
        run.until_step(10)
    assert {snapshot.run_id for snapshot in old.snapshots} == {1}
    assert {snapshot.run_id for snapshot in new.snapshots} == {2}


def test_many_workers_one_after_the_other(start: Callable[..., Run]) -> None:
    before = threading.active_count()
    for _ in range(20):
        run = start()
        run.worker.play()
        run.until_step(1)
        assert run.worker.close()
    assert threading.active_count() == before


def test_questions_from_many_threads_at_once(start: Callable[..., Run]) -> None:
    run = start()
    run.worker.play()
    states: list[int] = []

    def ask() -> None:
        for _ in range(20):
            states.append(run.worker.state().step)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(states) == 80
