"""Settings by path: reading, writing, declarations, refusals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.sources import Xor
from playground.engine.layers import Dense
from playground.engine.regularizers import L2
from playground.engine.settings import SettingError
from playground.project import Project, paths
from playground.project.declarations import validate, walk
from playground.project.paths import PathError

PATHS = [path for path, _, _ in walk(Project())]


@pytest.mark.parametrize("path", PATHS)
def test_every_setting_can_be_read_described_and_written_back(path: str) -> None:
    project = Project()
    assert paths.info(project, path).name == path.rpartition(".")[2]
    assert paths.set(project, path, paths.get(project, path)) == project


@pytest.mark.parametrize("path", [path for path in PATHS if path not in ("network.layers",)])
def test_what_a_form_shows_can_be_written_back(path: str) -> None:
    project, shown = Project(), paths.plain(Project(), path)
    assert paths.plain(paths.set(project, path, shown), path) == shown


def test_reads_numbers_parts_and_items() -> None:
    project = Project()
    assert paths.get(project, "training.optimizer.learning_rate") == 0.03
    assert paths.get(project, "network.layers.0.units") == 4
    assert paths.get(project, "network.layers.2") == Dense(units=1, activation="sigmoid")
    assert paths.plain(project, "training.optimizer") == "adam"


def test_writing_changes_that_setting_only() -> None:
    changed = paths.set(Project(), "network.layers.1.units", 7)
    assert [layer.units for layer in changed.network.layers] == [4, 7, 1]
    assert (changed.data, changed.training, changed.view) == (Project().data, Project().training, Project().view)
    assert paths.set(changed, "network.layers.1.units", 2) == Project()


def test_parts_can_be_given_by_name() -> None:
    assert paths.set(Project(), "data.source", "xor").data.source == Xor()
    assert paths.set(Project(), "data.source", Xor()).data.source == Xor()
    assert (
        paths.plain(paths.set(Project(), "training.loss", "mean_squared_error"), "training.loss")
        == "mean_squared_error"
    )


def test_whole_numbers_are_taken_for_fractional_settings() -> None:
    rate = paths.get(paths.set(Project(), "training.optimizer.learning_rate", 1), "training.optimizer.learning_rate")
    assert rate == 1.0
    assert isinstance(rate, float)


def test_an_optional_setting_can_be_cleared() -> None:
    stopped = paths.set(Project(), "training.stop.max_epochs", 20)
    assert paths.set(stopped, "training.stop.max_epochs", None) == Project()


def test_an_optional_part_is_given_by_name_and_taken_away() -> None:
    path = "network.layers.0.kernel_regularizer"
    assert paths.plain(Project(), path) is None
    assert paths.info(Project(), path).choices == ("l1", "l2", "l1_l2")
    project = paths.set(Project(), path, "l2")
    assert paths.plain(project, path) == "l2"
    project = paths.set(project, f"{path}.l2", 0.5)
    assert project.network.layers[0] == Dense(units=4, activation="tanh", kernel_regularizer=L2(0.5))
    assert paths.set(project, path, None) == Project()
    with pytest.raises(SettingError, match="one of: l1, l2, l1_l2, or nothing"):
        paths.set(project, path, "l3")


def test_features_keep_their_order() -> None:
    assert paths.set(Project(), "data.features", ["x1_x2", "x1"]).data.features == ("x1", "x1_x2")


def test_a_part_is_described_as_a_choice() -> None:
    info = paths.info(Project(), "training.optimizer")
    assert info.kind == "choice"
    assert {"sgd", "rmsprop", "adam"} <= {*info.choices}
    assert "circle" in paths.info(Project(), "data.source").choices
    assert "dense" in paths.info(Project(), "network.layers.1").choices
    assert paths.info(Project(), "data.features").choices[0] == "x1"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("network.layers.0.units", 0, "Units is 0; it must be a whole number from 1 to"),
        ("network.layers.0.units", 2.5, "Units is 2.5; it must be a whole number"),
        ("training.optimizer.learning_rate", 0, "Learning rate is 0; it must be a number above 0"),
        ("training.optimizer.learning_rate", float("inf"), "Learning rate is inf"),
        ("data.noise", "much", "Noise is 'much'; it must be a number from 0 to 0.5."),
        ("data.noise", None, "Noise is None"),
        ("view.show_test", 1, r"it must be yes or no \(true or false\)"),
        ("training.stop.max_epochs", 0, "or nothing"),
        ("training.loss", "hope", "Loss function is 'hope'; it must be one of: mean_squared_error"),
        ("data.source", None, "Data set is None; it must be one of: circle"),
        ("data.features", [], "at least one of"),
        ("network.layers", [1], "must be a list of layers"),
        ("training", "fast", "must be TrainingSettings"),
        ("data.seed", 10**400, "more than 20 digits"),
    ],
)
def test_refusals_name_value_and_range(path: str, value: object, sentence: str) -> None:
    with pytest.raises(SettingError, match=sentence):
        paths.set(Project(), path, value)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("data.colour", "There is no setting 'data.colour': 'colour' is unknown; known here: source, points"),
        ("network.layers.9.units", "'9' is not an index from 0 to 2"),
        ("network.layers.-1", "not an index"),
        ("data.noise.more", "there is nothing below it"),
        ("", "is unknown"),
    ],
)
def test_unknown_paths_say_what_there_is(path: str, sentence: str) -> None:
    with pytest.raises(PathError, match=sentence):
        paths.get(Project(), path)


def test_items_of_plain_lists_have_no_declaration() -> None:
    with pytest.raises(PathError, match="has no declaration of its own"):
        paths.info(Project(), "data.features.0")


anything = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.lists(st.integers())


@given(st.sampled_from(PATHS), anything)
def test_whatever_is_written_the_project_stays_valid(path: str, value: object) -> None:
    sentence = "It fits."
    try:
        validate(paths.set(Project(), path, value))
    except SettingError as error:
        sentence = str(error)
    assert sentence.endswith(".")
