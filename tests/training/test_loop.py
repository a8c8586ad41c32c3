"""The training loop, driven by hand."""

import math
from dataclasses import replace
from itertools import count
from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import losses, optimizers
from playground.project import build
from playground.project.model import Project, StopSettings
from playground.training.evaluation import FIRST_EPOCHS
from playground.training.loop import TrainingLoop
from playground.training.records import DivergenceReason, EpochRecord, RunState, State, WeightsEdit, frozen
from tests.training.runs import make_loop, make_project


def with_training(project: Project, **settings: Any) -> Project:
    return msgspec.structs.replace(project, training=msgspec.structs.replace(project.training, **settings))


def edit_all(loop: TrainingLoop, flat: Any) -> WeightsEdit:
    return loop.edit_parameters(np.arange(loop.network.size), flat)


def assert_same(one: State, other: State) -> None:
    np.testing.assert_array_equal(one.parameters, other.parameters)
    assert (one.epoch, one.step, one.rng) == (other.epoch, other.step, other.rng)
    assert set(one.program) == set(other.program)
    for name, array in one.program.items():
        np.testing.assert_array_equal(array, other.program[name], err_msg=name)


# -- slices -----------------------------------------------------------------------------------------------------------


def test_nothing_trains_before_it_is_asked_to() -> None:
    loop = make_loop()
    before = loop.network.flat.copy()
    loop.run(0.0)
    assert (loop.epoch, loop.step) == (0, 0)
    np.testing.assert_array_equal(loop.network.flat, before)
    assert loop.step_loss() is None


def test_a_slice_without_time_is_one_step() -> None:
    loop = make_loop()
    slices = loop.run(0.0)
    for step in range(1, 20):
        next(slices)
        assert loop.step == step


def test_a_slice_takes_whole_steps_until_its_time_is_up() -> None:
    ticks = count()
    loop = make_loop(clock=lambda: float(next(ticks)))
    next(loop.run(5.5))
    assert 2 <= loop.step <= 6


def test_a_slice_ends_after_the_step_in_which_it_is_interrupted() -> None:
    loop = make_loop()
    slices = loop.run(math.inf, interrupted=lambda: loop.step >= 3)
    next(slices)
    assert loop.step == 3
    next(slices)
    assert loop.step == 4


def test_steps_make_epochs() -> None:
    project = make_project(batch_size=7)
    loop = make_loop(project)
    n = len(loop.samples.x_train)
    steps = math.ceil(n / 7)
    loop.finish_epoch()
    assert (loop.epoch, loop.step) == (1, steps)
    loop.single_step()
    assert (loop.epoch, loop.step) == (1, steps + 1)
    loop.finish_epoch()
    assert (loop.epoch, loop.step) == (2, 2 * steps)
    assert [(r.epoch, r.step) for r in loop.take_records()] == [(1, steps), (2, 2 * steps)]
    assert loop.take_records() == []


def test_slices_single_steps_and_epochs_train_alike() -> None:
    by_slice, by_step, by_epoch = make_loop(), make_loop(), make_loop()
    slices = by_slice.run(0.0005, until_epoch=5)
    for _ in slices:
        pass
    while by_step.epoch < 5:
        by_step.single_step()
    for _ in range(5):
        by_epoch.finish_epoch()
    assert_same(by_slice.export_state(), by_step.export_state())
    assert_same(by_slice.export_state(), by_epoch.export_state())


def test_same_seed_same_run_other_seed_other_run() -> None:
    def trained(seed: int) -> State:
        loop = make_loop(make_project(seed=seed))
        loop.finish_epoch()
        return loop.export_state()

    assert_same(trained(1), trained(1))
    assert (trained(1).parameters != trained(2).parameters).any()


def test_until_epoch_is_exact_and_leaves_no_outcome() -> None:
    loop = make_loop()
    for _ in loop.run(0.1, until_epoch=7):
        pass
    assert loop.epoch == 7
    assert loop.outcome is None
    assert list(loop.run(0.1, until_epoch=7)) == []


# -- records and counters ---------------------------------------------------------------------------------------------


def test_every_epoch_is_recorded_with_its_training_loss() -> None:
    loop = make_loop(evaluation_interval=1e9)
    slices, records = loop.run(0.0), []
    while len(records) < 50:
        next(slices)
        records += loop.take_records()
    assert [record.epoch for record in records] == list(range(1, 51))
    assert all(math.isfinite(record.train_loss) for record in records)
    assert records[-1].train_loss < records[0].train_loss
    assert all(record.test_loss is None for record in records[FIRST_EPOCHS:])


def test_where_the_last_epoch_is_given_the_curves_do_not_depend_on_the_clock() -> None:
    loop = make_loop(evaluation_interval=1e9)
    for _ in loop.run(0.01, until_epoch=50):
        pass
    assert all(record.test_loss is not None for record in loop.take_records())


def test_with_time_enough_every_record_has_all_values() -> None:
    loop = make_loop()
    loop.finish_epoch()
    (record,) = loop.take_records()
    counters = loop.evaluate()
    assert (record.test_loss, record.test_metric) == (counters.test_loss, counters.test_metric)
    assert record.train_metric == counters.train_metric
    assert record.learning_rate == 0.03


def test_test_values_come_at_most_so_often() -> None:
    now = 0.0
    project = make_project()
    loop = TrainingLoop(project, build.samples(project), clock=lambda: now, evaluation_interval=1 / 30)
    slices = loop.run(0.0)  # one mini-batch each
    records: list[EpochRecord] = []
    while len(records) < 100 + FIRST_EPOCHS:
        next(slices)
        if found := loop.take_records():
            records += found
            now += 1 / 300
    assert all(record.test_loss is not None for record in records[:FIRST_EPOCHS])
    assert 9 <= sum(record.test_loss is not None for record in records[FIRST_EPOCHS:]) <= 11


def test_counters_hold_for_the_present_weights() -> None:
    loop = make_loop()
    loop.finish_epoch()
    counters = loop.evaluate()
    loss = loop.project.training.loss
    assert counters.train_loss == pytest.approx(loop.network.evaluate(loop.samples.x_train, loop.samples.y_train, loss))
    assert counters.test_loss == pytest.approx(loop.network.evaluate(loop.samples.x_test, loop.samples.y_test, loss))
    right = (loop.network.forward(loop.samples.x_test) > 0.5) == (loop.samples.y_test > 0.5)
    assert counters.test_metric == pytest.approx(right.mean())
    assert counters.metric_name == "accuracy"
    edit_all(loop, np.zeros_like(loop.network.flat))
    assert loop.evaluate().train_loss == pytest.approx(math.log(2))


def test_old_counters_are_good_enough_for_a_while() -> None:
    now = 0.0
    project = make_project()
    loop = TrainingLoop(project, build.samples(project), clock=lambda: now)
    before = loop.evaluate()
    loop.single_step()
    again = loop.evaluate(max_age=1.0)
    assert (again.train_loss, again.step) == (before.train_loss, 1)
    now = 2.0
    assert loop.evaluate(max_age=1.0).train_loss != before.train_loss


@pytest.mark.parametrize(
    ("source", "output", "loss", "metric"),
    [
        ("circle", "sigmoid", "binary_crossentropy", "accuracy"),
        ("blobs", "softmax", "categorical_crossentropy", "accuracy"),
        ("plane", "linear", "mean_squared_error", "r2"),
    ],
)
def test_each_task_has_its_metric(source: str, output: str, loss: str, metric: str) -> None:
    loop = make_loop(make_project(source, output=output, loss=loss))
    for _ in range(60):
        loop.finish_epoch()
    counters = loop.evaluate()
    assert counters.metric_name == metric
    assert counters.test_metric is not None
    assert counters.test_metric > 0.8


def test_step_loss_is_that_of_the_last_mini_batch() -> None:
    project = make_project(batch_size=1000)
    loop = make_loop(project)
    before = loop.evaluate().train_loss
    loop.single_step()
    assert loop.step_loss() == pytest.approx(before, rel=1e-5)


def test_the_version_follows_every_change() -> None:
    loop = make_loop()
    versions = [loop.version]
    loop.single_step()
    versions.append(loop.version)
    edit_all(loop, loop.network.flat + 1)
    versions.append(loop.version)
    loop.apply(with_training(loop.project, batch_size=20))
    versions.append(loop.version)
    assert len(set(versions)) == 4


# -- stop conditions --------------------------------------------------------------------------------------------------


def test_a_run_finishes_after_so_many_epochs_and_can_go_on() -> None:
    loop = make_loop(make_project(stop=StopSettings(max_epochs=4)))
    for _ in loop.run(0.1):
        pass
    assert (loop.epoch, loop.outcome) == (4, RunState.FINISHED)
    slices = loop.run(0.0)
    while loop.epoch < 6:
        next(slices)
    assert loop.outcome is None


def test_a_run_finishes_below_a_loss_and_can_go_on() -> None:
    loop = make_loop(make_project(stop=StopSettings(loss_below=0.3)))
    for _ in loop.run(0.1):
        pass
    records = loop.take_records()
    assert loop.outcome is RunState.FINISHED
    assert records[-1].train_loss < 0.3 <= min(record.train_loss for record in records[:-1])
    epoch, slices = loop.epoch, loop.run(0.0)
    while loop.epoch < epoch + 2:
        next(slices)
    assert loop.outcome is None


def test_single_steps_go_past_stop_conditions() -> None:
    loop = make_loop(make_project(batch_size=1000, stop=StopSettings(max_epochs=1)))
    loop.single_step()
    assert (loop.epoch, loop.outcome) == (1, None)


def test_a_stop_condition_set_meanwhile_counts() -> None:
    loop = make_loop()
    slices = loop.run(0.0)
    next(slices)
    loop.apply(with_training(loop.project, stop=StopSettings(max_epochs=3)))
    for _ in slices:
        pass
    assert (loop.epoch, loop.outcome) == (3, RunState.FINISHED)


# -- divergence -------------------------------------------------------------------------------------------------------


def run_out(loop: TrainingLoop, epochs: int) -> None:
    for _ in loop.run(0.1, until_epoch=epochs):
        pass


@pytest.mark.parametrize("rate", [1e7, 1e9])
def test_weights_that_are_not_finite(rate: float) -> None:
    loop = make_loop(
        make_project(
            "plane", activation="relu", output="linear", loss="mean_squared_error", optimizer="sgd", learning_rate=rate
        )
    )
    run_out(loop, 50)
    divergence = loop.take_divergence()
    assert loop.outcome is RunState.DIVERGED
    assert divergence is not None
    assert divergence.reason is DivergenceReason.NON_FINITE
    assert divergence.learning_rate == rate
    assert np.isfinite(divergence.last_good.parameters).all()
    assert loop.take_divergence() is None


def test_a_loss_that_explodes() -> None:
    loop = make_loop(
        make_project(
            "plane", units=(), output="linear", loss="mean_absolute_error", optimizer="sgd", learning_rate=20.0
        )
    )
    run_out(loop, 50)
    divergence = loop.take_divergence()
    assert divergence is not None
    assert divergence.reason is DivergenceReason.EXPLODED
    assert divergence.loss > 2 * divergence.initial_loss
    assert 0 < divergence.suggested_learning_rate <= divergence.learning_rate / 10
    assert divergence.last_good.step == 0


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "rmsprop"])
def test_a_bounded_loss_gets_stuck(optimizer: str) -> None:
    loop = make_loop(
        make_project(activation="sigmoid", loss="mean_squared_error", optimizer=optimizer, learning_rate=100.0)
    )
    run_out(loop, 300)
    divergence = loop.take_divergence()
    assert divergence is not None
    assert divergence.reason is DivergenceReason.STUCK
    assert np.isfinite(loop.network.flat).all()
    assert 20 <= divergence.epoch <= 200


@pytest.mark.parametrize(
    ("source", "output", "loss"),
    [
        ("circle", "sigmoid", "binary_crossentropy"),
        ("xor", "sigmoid", "mean_squared_error"),
        ("blobs", "softmax", "categorical_crossentropy"),
        ("plane", "linear", "mean_squared_error"),
    ],
)
@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("seed", range(3))
def test_healthy_runs_are_left_alone(source: str, output: str, loss: str, activation: str, seed: int) -> None:
    loop = make_loop(make_project(source, units=(6, 4), activation=activation, output=output, loss=loss, seed=seed))
    run_out(loop, 150)
    assert loop.outcome is None
    assert loop.epoch == 150


def test_a_single_step_can_diverge() -> None:
    loop = make_loop(
        make_project(
            "plane", activation="relu", output="linear", loss="mean_squared_error", optimizer="sgd", learning_rate=1e9
        )
    )
    for _ in range(20):
        loop.single_step()
        if loop.outcome is not None:
            break
    assert loop.outcome is RunState.DIVERGED


def test_the_last_good_state_can_be_trained_on_from() -> None:
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 0.05
        return now

    project = make_project(
        "plane", units=(4,), output="linear", loss="mean_squared_error", optimizer="sgd", learning_rate=0.02
    )
    loop = TrainingLoop(project, build.samples(project), clock=clock)
    run_out(loop, 30)
    good = loop.evaluate().train_loss
    loop.apply(with_training(project, optimizer=optimizers.get("sgd", learning_rate=1e6)))
    run_out(loop, 100)
    divergence = loop.take_divergence()
    assert divergence is not None
    assert 20 <= divergence.last_good.epoch <= 31
    again = make_loop(project, state=divergence.last_good)
    assert again.epoch == divergence.last_good.epoch
    assert again.evaluate().train_loss == pytest.approx(good, rel=0.2)
    run_out(again, again.epoch + 20)
    assert again.outcome is None


def with_weights(state: State, flat: np.ndarray) -> State:
    """The same moment with other weights; the optimizer and the permutation start anew."""
    return replace(state, parameters=frozen(flat), program={}, reference_loss=None)


def test_weights_taken_over_do_not_make_the_rule_strict() -> None:
    project = make_project()
    loop = make_loop(project)
    fresh = loop.evaluate().train_loss
    run_out(loop, 100)
    state = with_weights(loop.export_state(), loop.network.flat)
    assert loop.evaluate().train_loss < 0.3
    again = make_loop(project, state=state)
    assert again.export_state().reference_loss == pytest.approx(fresh)


# -- state ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "rmsprop"])
@pytest.mark.parametrize("steps", [0, 3, 8, 21])
def test_going_on_from_a_state_is_bit_identical(optimizer: str, steps: int) -> None:
    project = make_project(optimizer=optimizer, l2=0.001)
    loop = make_loop(project)
    for _ in range(steps):
        loop.single_step()
    state = loop.export_state()
    again = make_loop(project, state=state)
    for one in (loop, again):
        for _ in range(37):
            one.single_step()
    assert_same(loop.export_state(), again.export_state())
    ours, theirs = loop.take_records(), again.take_records()
    assert ours[len(ours) - len(theirs) :] == theirs


def test_a_state_does_not_change_when_training_goes_on() -> None:
    loop = make_loop()
    loop.single_step()
    state = loop.export_state()
    before, rng = state.parameters.copy(), repr(state.rng)
    loop.finish_epoch()
    loop.finish_epoch()
    np.testing.assert_array_equal(state.parameters, before)
    assert repr(state.rng) == rng
    with pytest.raises(ValueError, match="read-only"):
        state.parameters[0] = 0
    assert state.nbytes >= state.parameters.nbytes + sum(array.nbytes for array in state.program.values())


def test_a_state_can_be_gone_back_to() -> None:
    loop = make_loop()
    run_out(loop, 3)
    state = loop.export_state()
    run_out(loop, 6)
    loop.import_state(state)
    assert_same(loop.export_state(), state)


def test_other_weights_in_a_state_start_the_optimizer_anew() -> None:
    loop = make_loop()
    run_out(loop, 3)
    state = with_weights(loop.export_state(), np.zeros_like(loop.network.flat))
    again = make_loop(state=state)
    assert (again.epoch, again.step) == (loop.epoch, loop.step)
    assert not again.network.flat.any()
    run_out(again, 5)
    assert again.epoch == 5


def test_a_state_of_another_network_is_refused() -> None:
    state = make_loop(make_project(units=(3,))).export_state()
    with pytest.raises(ValueError, match="parameters"):
        make_loop(state=state)


# -- live changes -----------------------------------------------------------------------------------------------------


def test_single_weights_are_set_by_hand_and_nothing_else_of_the_run_changes() -> None:
    loop, other = make_loop(), make_loop()
    for one in (loop, other):
        one.single_step()
    before = loop.export_state()
    edit = loop.edit_parameters(np.array([3, 5]), np.array([0.25, -2.0]), "Set two weights", "drag")
    assert loop.last_edit is edit
    assert (edit.label, edit.gesture) == ("Set two weights", "drag")
    np.testing.assert_array_equal(edit.before, before.parameters)
    np.testing.assert_array_equal(np.flatnonzero(edit.before != edit.after), [3, 5])
    np.testing.assert_array_equal(edit.after[[3, 5]], np.float32([0.25, -2.0]))
    np.testing.assert_array_equal(loop.network.flat, edit.after)
    after = loop.export_state()
    assert_same(replace(after, parameters=before.parameters), before)
    with pytest.raises(IndexError):
        loop.edit_parameters(np.array([loop.network.size]), np.array([1.0]))


def test_the_change_between_two_moments_names_the_places_that_differ() -> None:
    edit = WeightsEdit.between(np.array([1.0, 2.0, 3.0]), np.array([1.0, 4.0, 3.0]))
    np.testing.assert_array_equal(edit.indices, [1])


def test_the_learning_rate_changes_at_once() -> None:
    loop, steady = make_loop(), make_loop()
    for one in (loop, steady):
        one.single_step()
    slower = optimizers.get("adam", learning_rate=1e-9)
    loop.apply(with_training(loop.project, optimizer=slower))
    before = loop.network.flat.copy()
    loop.single_step()
    np.testing.assert_allclose(loop.network.flat, before, atol=1e-6)
    assert loop.export_state().program.keys() == steady.export_state().program.keys()


def test_a_changed_learning_rate_keeps_the_place_in_the_epoch() -> None:
    loop = make_loop()
    for _ in range(3):
        loop.single_step()
    loop.apply(with_training(loop.project, optimizer=optimizers.get("adam", learning_rate=0.01), l1=0.01, l2=0.02))
    loop.finish_epoch()
    (record,) = loop.take_records()
    assert record.step == math.ceil(len(loop.samples.x_train) / 10)
    assert record.learning_rate == 0.01


@pytest.mark.parametrize(
    "changes",
    [
        {"batch_size": 3},
        {"batch_size": 5000},
        {"loss": losses.get("mean_squared_error")},
        {"optimizer": optimizers.get("sgd", learning_rate=0.1)},
        {"optimizer": optimizers.get("rmsprop", learning_rate=0.01)},
        {"l1": 0.001, "l2": 0.01},
    ],
)
def test_settings_change_while_training(changes: dict[str, Any]) -> None:
    loop = make_loop()
    run_out(loop, 3)
    loop.single_step()
    before, counters = loop.network.flat.copy(), (loop.epoch, loop.step)
    loop.apply(with_training(loop.project, **changes))
    np.testing.assert_array_equal(loop.network.flat, before)
    assert (loop.epoch, loop.step) == counters
    run_out(loop, 6)
    assert loop.epoch == 6
    assert loop.outcome is None
    assert (loop.network.flat != before).any()


def test_regularisation_pulls_at_once() -> None:
    loop = make_loop()
    run_out(loop, 20)
    norm = np.abs(loop.network.flat).sum()
    loop.apply(with_training(loop.project, l2=1.0))
    run_out(loop, 60)
    assert np.abs(loop.network.flat).sum() < 0.7 * norm


def test_another_batch_size_keeps_the_optimizers_memory() -> None:
    loop, steady = make_loop(), make_loop()
    for one in (loop, steady):
        run_out(one, 5)
    loop.apply(with_training(loop.project, batch_size=20))
    for one in (loop, steady):
        one.single_step()
    moved = [np.abs(one.network.flat - state).max() for one, state in ((loop, steady.export_state().parameters),)]
    assert moved[0] < 0.1  # a fresh Adam would take full steps again


def test_other_examples_of_the_same_shape() -> None:
    loop = make_loop()
    run_out(loop, 3)
    data = msgspec.structs.replace(loop.project.data, seed=5, points=200)
    project = msgspec.structs.replace(loop.project, data=data)
    samples = build.samples(project)
    loop.apply(project, samples)
    assert loop.samples is samples
    loss = loop.network.evaluate(samples.x_train, samples.y_train, project.training.loss)
    assert loop.evaluate().train_loss == pytest.approx(loss)
    run_out(loop, 6)
    assert loop.outcome is None


def test_other_shapes_are_refused() -> None:
    loop = make_loop()
    other = make_project(units=(5,))
    with pytest.raises(ValueError, match="layers"):
        loop.apply(other)
    data = msgspec.structs.replace(loop.project.data, features=("x1", "x2", "x1_x2"))
    wider = msgspec.structs.replace(loop.project, data=data)
    with pytest.raises(ValueError, match="shape"):
        loop.apply(wider, build.samples(wider))
