"""Presets: each opens, explains itself, and trains as well as it promises."""

import numpy as np
import pytest

from playground import project as package
from playground.data import SOURCES
from playground.project import Project, build, edits, presets
from playground.project.declarations import tag
from playground.project.fileformat import FileError

NAMES = presets.names()


def test_the_list_begins_with_the_simplest() -> None:
    assert NAMES[: len(presets.ORDER)] == presets.ORDER
    assert NAMES[:3] == ("circle", "xor", "gaussians")
    assert package.default() == presets.load("circle")


@pytest.mark.parametrize("name", NAMES)
def test_opens_and_explains_itself(name: str) -> None:
    project, info = presets.load(name), presets.info(name)
    source = tag(project.data.source)
    assert info.name == name
    assert name.startswith(source)
    assert (info.title == SOURCES[source]().title) == (name == source)
    assert info.description.endswith(".")
    assert build.problems(project) == ()


def test_an_unknown_preset_is_named_with_the_known_ones() -> None:
    with pytest.raises(FileError, match=r"There is no preset named “moon”. The presets are: circle, xor"):
        presets.load("moon")


def trained(project: Project, epochs: int) -> float:
    """Train as the project says; return accuracy on test data, R² for regression."""
    net, made, how = build.network(project), build.samples(project), project.training
    net.fit(
        made.x_train,
        made.y_train,
        loss=how.loss,
        optimizer=how.optimizer,
        batch_size=how.batch_size,
        epochs=epochs,
        shuffle=True,
    )
    predicted, wanted = net.forward(made.x_test), made.y_test
    if made.dataset.labels is None:
        return float(1 - np.square(predicted - wanted).sum() / np.square(wanted - wanted.mean()).sum())
    if wanted.shape[1] == 1:
        return float(((predicted > 0.5) == wanted).mean())
    return float((predicted.argmax(axis=1) == wanted.argmax(axis=1)).mean())


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("name", NAMES)
def test_trains_as_well_as_it_promises(name: str, seed: int) -> None:
    info, project = presets.info(name), edits.new_weights(presets.load(name), seed).project
    assert trained(project, info.epochs) >= info.test_metric


def test_the_default_project_learns_from_nine_of_ten_initial_weights() -> None:
    reached = [trained(edits.new_weights(package.default(), seed).project, 100) for seed in range(10)]
    assert sum(accuracy >= 0.95 for accuracy in reached) >= 9, reached
