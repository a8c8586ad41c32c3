"""Training without a window."""

import msgspec
import numpy as np
import pytest

from playground.project import presets
from playground.project.model import StopSettings
from playground.training.curves import Curves
from playground.training.records import RunState
from playground.training.run import DEFAULT_EPOCHS, CannotTrainError, train
from tests.training.runs import make_project


def test_so_many_epochs() -> None:
    result = train(make_project(), epochs=7)
    assert result.run_state is RunState.FINISHED
    assert result.counters.epoch == result.state.epoch == 7
    assert result.counters.step == result.loop.step
    assert result.parameters == 2 * 4 + 4 + 4 * 2 + 2 + 2 + 1
    assert result.seconds > 0
    assert result.message == ""
    assert Curves.from_arrays(result.state.curves).arrays()["epoch"].tolist() == list(range(1, 8))


def test_without_a_number_it_ends_all_the_same() -> None:
    assert train(make_project()).counters.epoch == DEFAULT_EPOCHS


def test_the_projects_stop_conditions_hold_unless_epochs_are_given() -> None:
    project = make_project(stop=StopSettings(max_epochs=3))
    assert train(project).counters.epoch == 3
    longer = train(project, epochs=5)
    assert longer.counters.epoch == 5
    assert longer.project == project
    below = train(make_project(stop=StopSettings(loss_below=0.4)))
    assert below.run_state is RunState.FINISHED
    assert below.counters.epoch < DEFAULT_EPOCHS


def test_until_a_test_loss() -> None:
    result = train(make_project(), until_test_loss=0.45)
    assert result.run_state is RunState.FINISHED
    assert result.counters.test_loss is not None
    assert result.counters.test_loss <= 0.45
    before = train(make_project(), epochs=result.counters.epoch - 1)
    assert before.counters.test_loss is not None
    assert before.counters.test_loss > 0.45


def test_a_test_loss_that_is_not_reached() -> None:
    result = train(make_project(), until_test_loss=1e-9, epochs=3)
    assert result.run_state is RunState.PAUSED
    assert result.counters.epoch == 3
    assert "1e-09" in result.message


def test_the_seed_draws_other_weights_and_the_same_seed_the_same() -> None:
    results = [train(make_project(), epochs=3, seed=seed) for seed in (1, 1, 2)]
    assert results[0].project.network.seed == 1
    np.testing.assert_array_equal(results[0].state.parameters, results[1].state.parameters)
    assert (results[0].state.parameters != results[2].state.parameters).any()


def test_progress_is_told() -> None:
    told: list[tuple[int, float]] = []
    train(make_project(), epochs=20, progress=lambda epoch, loss: told.append((epoch, loss)))
    assert told[-1][0] == 20
    assert sorted(told) == told


def test_going_on_from_a_state() -> None:
    half = train(make_project(), epochs=4)
    rest = train(make_project(), epochs=4, state=half.state)
    whole = train(make_project(), epochs=8)
    np.testing.assert_array_equal(rest.state.parameters, whole.state.parameters)
    assert Curves.from_arrays(rest.state.curves).arrays()["epoch"].tolist() == list(range(1, 9))


def test_a_run_at_its_limit_goes_on_for_as_many_epochs() -> None:
    project = make_project(stop=StopSettings(max_epochs=5))
    done = train(project)
    assert train(project, state=done.state).counters.epoch == 5 + 5


def test_a_run_that_diverges() -> None:
    project = make_project("plane", output="linear", loss="mean_squared_error", optimizer="sgd", learning_rate=1e9)
    result = train(project, epochs=50)
    assert result.run_state is RunState.DIVERGED
    assert result.divergence is not None
    assert "learning rate" in result.message


def test_a_project_that_cannot_train_is_refused_with_its_sentence() -> None:
    project = make_project()
    layers = project.network.layers[:-1]  # two outputs for one target
    broken = msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=layers))
    with pytest.raises(CannotTrainError, match=r"\w+ .*\."):
        train(broken, epochs=1)


def test_digits_are_learned() -> None:
    result = train(presets.load("digits"), epochs=30)
    assert result.counters.test_metric is not None
    assert result.counters.test_metric >= 0.95
    assert result.counters.metric_name == "accuracy"
