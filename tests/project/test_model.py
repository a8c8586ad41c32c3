"""The declarations: every setting is explained, every default keeps its range."""

import msgspec
import pytest

from playground import project as package
from playground.engine.layers import Dense
from playground.engine.settings import SettingError
from playground.project import DataSettings, NetworkSettings, Project, TrainingSettings
from playground.project.declarations import validate, walk

PARTS = {"data", "network", "training", "view", "training.stop"}


def test_the_default_project_is_the_first_preset() -> None:
    assert package.default() == Project()


def test_every_setting_has_a_title_and_one_sentence_of_help() -> None:
    for path, info, _ in walk(Project()):
        if path in PARTS:
            continue
        assert info.title, path
        assert info.help.endswith("."), path


def test_defaults_are_valid() -> None:
    assert validate(Project()) == Project()


def test_projects_are_frozen_hashable_and_equal_by_value() -> None:
    assert hash(Project()) == hash(Project())
    with pytest.raises(AttributeError):
        Project().data = DataSettings()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("project", "sentence"),
    [
        (Project(data=DataSettings(points=3)), "Points is 3; it must be a whole number from 10 to"),
        (Project(data=DataSettings(features=())), r"Features is \(\); it must be at least one of: x1, .*cos_x2."),
        (Project(data=DataSettings(features=("x1", "x1"))), "each feature can be used once only"),
        (Project(data=DataSettings(features=("y",))), "There is no feature named 'y'; known features: x1"),
        (Project(training=TrainingSettings(l1=float("nan"))), "L1 is nan; it must be a number from 0 to 10."),
        (Project(network=NetworkSettings(layers=())), "The network has 0 layers; it must have from 1 to 64."),
        (Project(network=NetworkSettings(layers=(Dense(units=0),))), "Layer 1: Units is 0; it must be a whole number"),
        (Project(network=NetworkSettings(layers=(Dense(activation="x"),))), "Layer 1: Activation is 'x'; .* one of: "),
        (Project(data=DataSettings(seed=True)), "Data seed is True"),
    ],
)
def test_a_wrong_value_is_named_with_its_range(project: Project, sentence: str) -> None:
    with pytest.raises(SettingError, match=sentence):
        validate(project)


def test_survives_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(Project()), type=Project) == Project()
