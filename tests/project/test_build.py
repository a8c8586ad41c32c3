"""Samples, networks, problems, and which weights survive an edit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import data
from playground.engine.layers import Conv2D, Dense, Layer, Residual
from playground.project import DataSettings, NetworkSettings, Project, build, edits, paths
from playground.project.build import Problem, carry_over, problems
from playground.project.edits import EditError
from tests.project.strategies import Step, projects, steps


def dense(*units: int, end: str = "sigmoid") -> NetworkSettings:
    hidden = [Dense(units=count, activation="tanh") for count in units[:-1]]
    return NetworkSettings(layers=(*hidden, Dense(units=units[-1], activation=end)))


def test_samples_are_features_of_the_points() -> None:
    made = build.samples(Project(data=DataSettings(features=("x2", "x1_x2"))))
    assert made.inputs.shape == (500, 2)
    assert made.inputs.dtype == made.x_train.dtype == made.y_test.dtype == np.float32
    np.testing.assert_array_equal(made.inputs, data.expand(made.dataset.inputs, ("x2", "x1_x2")))
    np.testing.assert_array_equal(made.x_test, made.inputs[made.dataset.test])
    np.testing.assert_array_equal(made.y_train, made.dataset.targets[made.dataset.train])
    assert len(made.x_train) == 335
    assert not made.x_train.flags.writeable


def test_samples_of_pictures_are_the_pictures() -> None:
    made = build.samples(edits.set_source(Project(), "digits").project)
    assert made.x_train.shape == (335, 8, 8, 1)
    assert made.y_train.shape == (335, 10)


@pytest.mark.parametrize("name", data.SOURCES.names())
def test_network_takes_the_samples_of_every_data_set(name: str) -> None:
    project = edits.set_source(Project(), name).project
    net, made = build.network(project), build.samples(project)
    assert tuple(net.input_shape) == made.x_train.shape[1:]
    assert tuple(net.output_shape) == made.y_train.shape[1:]


def test_the_seed_fixes_the_initial_weights() -> None:
    first, again = build.network(Project()), build.network(Project())
    other = build.network(edits.new_weights(Project(), 1).project)
    np.testing.assert_array_equal(first.flat, again.flat)
    assert not np.array_equal(first.flat, other.flat)


def test_the_default_project_has_no_problems() -> None:
    assert problems(Project()) == ()


def digits() -> Project:
    return edits.set_source(Project(), "digits").project


@pytest.mark.parametrize(
    ("project", "path", "words"),
    [
        (Project(network=dense(4, 1, end="softmax")), "network.layers.1.activation", "softmax.*1 unit.*to sigmoid"),
        (Project(network=dense(4, 3)), "network.layers.1.units", "gives 3 per example, but Circle asks for 1.*1 unit"),
        (paths.set(Project(), "training.loss", "categorical_crossentropy"), "training.loss", "to binary cross-entropy"),
        (paths.set(digits(), "network.layers.3.activation", "sigmoid"), "training.loss", "(?i)softmax"),
        (paths.set(Project(), "network.layers.2.activation", "tanh"), "training.loss", "(?i)sigmoid"),
        (
            paths.set(edits.set_source(Project(), "plane").project, "training.loss", "binary_crossentropy"),
            "training.loss",
            "targets of Plane are numbers. Set the loss to mean squared error",
        ),
        (
            paths.set(edits.set_source(Project(), "plane").project, "network.layers.2.activation", "softmax"),
            "network.layers.2.activation",
            "to linear",
        ),
        (Project(network=NetworkSettings(layers=digits().network.layers[:1])), "network.layers.0", "Circle asks for 1"),
        (
            paths.set(digits(), "network.layers", digits().network.layers[1:]),
            "network.layers.0",
            "Layer 1",
        ),
        (Project(network=dense(*[1024] * 12, 1)), "network.layers.1.units", "parameters; the most is 10,000,000"),
    ],
)
def test_problems_name_what_is_wrong_and_the_remedy(project: Project, path: str, words: str) -> None:
    found = problems(project)
    assert [problem.path for problem in found] == [path]
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(found[0].sentence.replace("Softmax", "softmax"))
    assert found[0].sentence.endswith(".")


@pytest.mark.parametrize(
    ("layer", "setting", "remedy"),
    [
        (Conv2D(1024, 64, padding="same"), ".filters", "Give layer 2 or its neighbours fewer filters."),
        (Residual([Conv2D(1024, 64, padding="same")]), "", "Make layer 2 smaller, or what it gets."),
    ],
)
def test_too_many_parameters_lead_to_a_setting_that_the_layer_has(layer: Layer, setting: str, remedy: str) -> None:
    layers = (Conv2D(8), layer, *digits().network.layers)
    project = paths.set(digits(), "network.layers", layers)
    (problem,) = problems(project)
    assert problem.sentence.endswith(remedy)
    assert problem.path == f"network.layers.1{setting}"
    assert paths.info(project, problem.path)


@given(projects)
@settings(max_examples=40)
def test_a_project_without_problems_can_be_built(project: Project) -> None:
    found = problems(project)
    assert all(isinstance(problem, Problem) and paths.info(project, problem.path) for problem in found)
    if not found:
        assert build.network(project).size > 0


def carried(
    old: Project, edit: edits.Edit
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Old parameters (all 1000 + their index), new ones after the edit, and the fresh ones they mix with."""
    net, new = build.network(old), build.network(edit.project)
    flat = np.arange(1000, 1000 + net.size, dtype=np.float32)
    return net.unpack(flat), new.unpack(carry_over(old, flat, edit.project, edit.origin)), new.unpack(new.flat)


def test_adding_a_unit_keeps_all_weights_of_the_others() -> None:
    before, after, fresh = carried(Project(), edits.set_units(Project(), 0, 5))
    np.testing.assert_array_equal(after["0.kernel"][:, :4], before["0.kernel"])
    np.testing.assert_array_equal(after["0.kernel"][:, 4], fresh["0.kernel"][:, 4])
    np.testing.assert_array_equal(after["1.kernel"][:4], before["1.kernel"])
    np.testing.assert_array_equal(after["1.kernel"][4], 0)  # so that the prediction does not jump
    np.testing.assert_array_equal(after["2.kernel"], before["2.kernel"])


def test_removing_a_unit_keeps_the_rest() -> None:
    before, after, _ = carried(Project(), edits.set_units(Project(), 0, 3))
    np.testing.assert_array_equal(after["0.kernel"], before["0.kernel"][:, :3])
    np.testing.assert_array_equal(after["0.bias"], before["0.bias"][:3])
    np.testing.assert_array_equal(after["1.kernel"], before["1.kernel"][:3])


def test_an_added_layer_is_fresh_and_the_others_move() -> None:
    before, after, fresh = carried(Project(), edits.add_layer(Project(), 1))
    np.testing.assert_array_equal(after["0.kernel"], before["0.kernel"])
    np.testing.assert_array_equal(after["1.kernel"], fresh["1.kernel"])
    np.testing.assert_array_equal(after["2.kernel"], before["1.kernel"])
    np.testing.assert_array_equal(after["3.bias"], before["2.bias"])


def test_a_removed_layer_leaves_what_overlaps() -> None:
    before, after, fresh = carried(Project(), edits.remove_layer(Project(), 1))
    np.testing.assert_array_equal(after["0.kernel"], before["0.kernel"])
    np.testing.assert_array_equal(after["1.kernel"][:2], before["2.kernel"])
    np.testing.assert_array_equal(after["1.kernel"][2:], fresh["1.kernel"][2:])


def test_activations_keep_every_weight() -> None:
    before, after, _ = carried(Project(), edits.set_activation(Project(), 0, "relu"))
    for key, values in before.items():
        np.testing.assert_array_equal(after[key], values)


def test_weights_follow_their_feature() -> None:
    three = edits.toggle_feature(Project(), "x1_x2").project
    before, after, _ = carried(three, edits.toggle_feature(three, "x1"))
    np.testing.assert_array_equal(after["0.kernel"], before["0.kernel"][1:])
    before, after, _ = carried(three, edits.toggle_feature(three, "x1_squared"))
    np.testing.assert_array_equal(after["0.kernel"][[0, 1, 3]], before["0.kernel"])
    np.testing.assert_array_equal(after["0.kernel"][2], 0)


def test_inputs_of_another_kind_are_a_new_beginning() -> None:
    _, after, fresh = carried(Project(), edits.set_source(Project(), "digits"))
    for name, array in after.items():
        np.testing.assert_array_equal(array, fresh[name], err_msg=name)


def test_new_weights_keep_nothing_and_other_points_keep_all() -> None:
    _, after, fresh = carried(Project(), edits.new_weights(Project(), 3))
    np.testing.assert_array_equal(after["1.kernel"], fresh["1.kernel"])
    before, after, _ = carried(Project(), edits.set_value(Project(), "data.points", 50))
    np.testing.assert_array_equal(after["1.kernel"], before["1.kernel"])


@given(projects, steps)
@settings(max_examples=40)
def test_any_edit_gives_finite_weights_of_the_right_size(project: Project, step: Step) -> None:
    try:
        edit = step(project)
    except EditError:
        return
    if problems(project) or problems(edit.project):
        return
    net = build.network(project)
    for origin in (edit.origin, None):
        flat = carry_over(project, net.flat, edit.project, origin)
        assert flat.shape == (build.network(edit.project).size,)
        assert np.isfinite(flat).all()


@given(st.integers(0, 3))
def test_undoing_without_a_stored_state_still_fits(index: int) -> None:
    longer = edits.add_layer(Project(), min(index, 2)).project
    flat = build.network(longer).flat
    assert carry_over(longer, flat, Project()).shape == (build.network(Project()).size,)
