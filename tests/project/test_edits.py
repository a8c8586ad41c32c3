"""Edits: what they change, what they are called, what they refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.dataset import Task
from playground.data.sources import SOURCES, Xor
from playground.engine.layers import Dense, Flatten
from playground.project import Project, edits, paths
from playground.project.build import problems
from playground.project.declarations import tag, validate
from playground.project.edits import EditError
from tests.project.strategies import Step, steps


def units(project: Project) -> list[object]:
    return [getattr(layer, "units", "flatten") for layer in project.network.layers]


@pytest.mark.parametrize(
    ("path", "value", "label"),
    [
        ("training.optimizer.learning_rate", 0.1, "Set learning rate to 0.1"),
        ("training.l2", 0.001, "Set L2 to 0.001"),
        ("network.layers.0.units", 8, "Set units of layer 1 to 8"),
        ("view.discretize", True, "Turn discretize on"),
        ("training.stop.max_epochs", 30, "Set stop after to 30"),
        ("training.loss", "mean_squared_error", "Set loss to mean squared error"),
        ("data.source", "xor", "Choose data set XOR"),
    ],
)
def test_labels_name_setting_and_value(path: str, value: object, label: str) -> None:
    edit = edits.set_value(Project(), path, value)
    assert edit.label.lower() == label.lower()
    assert edit.merge_key == path
    assert edit.origin is None or len(edit.origin) == len(edit.project.network.layers)


def test_clearing_is_named() -> None:
    project = paths.set(Project(), "training.stop.max_epochs", 3)
    assert edits.set_value(project, "training.stop.max_epochs", None).label == "Clear stop after"


def test_add_layer_stands_before_the_output() -> None:
    edit = edits.add_layer(Project(), 2)
    assert units(edit.project) == [4, 2, 4, 1]
    assert edit.project.network.layers[2] == Dense(units=4, activation="tanh")
    assert edit.origin == (0, 1, None, 2)
    assert edit.label == "Add Dense layer"


def test_remove_layer() -> None:
    edit = edits.remove_layer(Project(), 0)
    assert units(edit.project) == [2, 1]
    assert edit.origin == (1, 2)


def test_move_layer() -> None:
    edit = edits.move_layer(Project(), 0, 1)
    assert units(edit.project) == [2, 4, 1]
    assert edit.origin == (1, 0, 2)


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (lambda p: edits.remove_layer(p, 2), "The output layer cannot be removed"),
        (lambda p: edits.remove_layer(p, 7), "There is no layer 8; the network has 3."),
        (lambda p: edits.add_layer(p, 3), "cannot be added at place 3; choose a place from 0"),
        (lambda p: edits.move_layer(p, 0, 2), "The output layer stays last"),
        (lambda p: edits.move_layer(p, 2, 0), "The output layer stays last"),
        (lambda p: edits.set_units(p, 0, 0), "Units is 0; it must be a whole number from 1"),
        (lambda p: edits.set_units(p, 0, 10**9), "Units is 1000000000; it must be"),
        (
            lambda p: edits.set_units(p, 2, 3),
            "The output layer has 1 unit because Circle asks for 1 number per example",
        ),
        (lambda p: edits.set_activation(p, 0, "magic"), "Activation is 'magic'; it must be one of: "),
        (lambda p: edits.set_loss(p, "hope"), "There is no loss.* named 'hope'"),
        (lambda p: edits.set_optimizer(p, "luck"), "There is no optimizer named 'luck'"),
        (lambda p: edits.set_source(p, "stars"), "There is no data set named 'stars'"),
        (lambda p: edits.set_source(p, 7), "The data set is 7; it must be one of"),
        (lambda p: edits.toggle_feature(p, "x9"), "There is no feature named 'x9'"),
        (lambda p: edits.new_weights(p, -1), "Weight seed is -1; it must be"),
        (lambda p: edits.set_value(p, "data.noise", 0.9), "Noise is 0.9; it must be a number from 0 to 0.5"),
        (lambda p: edits.set_value(p, "no.such", 1), "There is no setting 'no.such'"),
    ],
)
def test_impossible_edits_say_why(step: Step, sentence: str) -> None:
    with pytest.raises(EditError, match=sentence):
        step(Project())


def test_the_last_feature_stays() -> None:
    one = edits.toggle_feature(Project(), "x2").project
    assert one.data.features == ("x1",)
    with pytest.raises(EditError, match="x₁ is the only input left; add another feature"):
        edits.toggle_feature(one, "x1")


def test_features_are_kept_in_their_order() -> None:
    project = edits.toggle_feature(Project(), "x1_x2").project
    edit = edits.toggle_feature(project, "x1_squared")
    assert edit.project.data.features == ("x1", "x2", "x1_squared", "x1_x2")
    assert edit.label == "Add feature x₁²"


def test_pictures_have_no_features() -> None:
    digits = edits.set_source(Project(), "digits").project
    with pytest.raises(EditError, match="has no features to choose"):
        edits.toggle_feature(digits, "x1")


def test_flatten_cannot_be_taken_from_pictures() -> None:
    digits = edits.set_source(Project(), "digits").project
    with pytest.raises(EditError, match="Layer 1"):
        edits.remove_layer(digits, 0)
    with pytest.raises(EditError, match="has no units"):
        edits.set_units(digits, 0, 3)
    with pytest.raises(EditError, match="has no activation"):
        edits.set_activation(digits, 0, "relu")


def test_an_optimizer_brings_its_usual_rate() -> None:
    project = edits.set_value(Project(), "training.optimizer.learning_rate", 7.0).project
    assert edits.set_optimizer(project, "sgd").project.training.optimizer.learning_rate == 0.1
    assert edits.set_optimizer(project, "adam").project == project


def test_picking_the_present_loss_changes_nothing() -> None:
    assert edits.set_loss(Project(), "binary_crossentropy").project == Project()


@pytest.mark.parametrize("start", SOURCES.names())
@pytest.mark.parametrize("name", SOURCES.names())
def test_every_change_of_data_set_can_train_at_once(start: str, name: str) -> None:
    first = edits.set_source(edits.set_value(Project(), "data.noise", 0.2).project, start).project
    edit = edits.set_source(first, name)
    assert problems(edit.project) == ()
    assert tag(edit.project.data.source) == name
    assert edit.project.data.noise == 0.2
    assert edit.project.network.layers[-1].units == SOURCES[name]().outputs
    assert isinstance(edit.project.network.layers[0], Flatten) == (SOURCES[name]().input_kind == "image")
    assert [layer for layer in edit.project.network.layers if layer != Flatten()][:2] == [*Project().network.layers[:2]]


def test_the_output_layer_and_loss_follow_the_task_and_stay_within_it() -> None:
    softened = edits.set_loss(Project(), "mean_squared_error").project
    same_task = edits.set_source(softened, Xor())
    assert same_task.origin == (0, 1, 2)
    assert tag(same_task.project.training.loss) == "mean_squared_error"
    other_task = edits.set_source(softened, "blobs")
    assert other_task.origin == (0, 1, None)
    assert tag(other_task.project.training.loss) == "categorical_crossentropy"
    assert SOURCES["blobs"]().task is Task.MULTICLASS
    more_classes = edits.set_source(other_task.project, "digits")
    assert more_classes.origin == (None, 0, 1, None)


def test_new_weights_and_loaded_projects_start_fresh() -> None:
    assert edits.new_weights(Project(), 9).origin == (None, None, None)
    assert edits.new_weights(Project(), 9).project.network.seed == 9
    loaded = edits.load_project(Project(), edits.set_source(Project(), "digits").project, "Open digits")
    assert loaded.label == "Open digits"
    assert loaded.origin == (None,) * 4


@given(st.lists(steps, max_size=12))
def test_edits_give_valid_projects_or_a_sentence(taken: list[Step]) -> None:
    project, refusals = Project(), []
    for step in taken:
        try:
            edit = step(project)
        except EditError as error:
            refusals.append(str(error))
            continue
        assert edit.label
        if edit.origin is not None:
            assert len(edit.origin) == len(edit.project.network.layers)
            stems = [stem for stem in edit.origin if stem is not None]
            assert len(set(stems)) == len(stems) or edit.label.startswith("Duplicate")
            assert all(0 <= stem < len(project.network.layers) for stem in stems)
        project = validate(edit.project)
    assert all(sentence.endswith(".") for sentence in refusals)
