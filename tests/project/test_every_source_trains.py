"""Whatever data set is chosen: the network that follows from the default project takes it and learns something."""

import numpy as np
import pytest

from playground.data import SOURCES, Source
from playground.data.sources import Blobs, Checkerboard, Curve, Formula, Hills, Rings, Spiral
from playground.project import Project, build, edits

OTHERS = (
    *(Blobs(2), Blobs(10), Spiral(3), Spiral(6), Rings(2), Rings(6), Checkerboard(2), Curve("line"), Hills(1)),
    *(Formula(), Formula("r < 3"), Formula("sin(x) * cos(y)"), Formula("x * y")),
)


def learned(project: Project, epochs: int = 10) -> tuple[float, float]:
    """The loss on the training data before and after some epochs."""
    assert build.problems(project) == ()
    net, made, how = build.network(project), build.samples(project), project.training
    before, _ = net.loss_and_gradients(made.x_train, made.y_train, how.loss)
    net.fit(
        *(made.x_train, made.y_train),
        loss=how.loss,
        optimizer=how.optimizer,
        batch_size=how.batch_size,
        epochs=epochs,
        shuffle=True,
    )
    after, _ = net.loss_and_gradients(made.x_train, made.y_train, how.loss)
    return before, after


@pytest.mark.parametrize("source", [*(SOURCES[name]() for name in SOURCES), *OTHERS], ids=repr)
def test_it_trains(source: Source) -> None:
    before, after = learned(edits.set_source(Project(), source).project)
    assert np.isfinite(after)
    assert after < before


@pytest.mark.parametrize(("setting", "value"), [("data.balance", 0.9), ("data.label_noise", 0.3)])
def test_unequal_classes_and_wrong_labels_train_too(setting: str, value: float) -> None:
    before, after = learned(edits.set_value(Project(), setting, value).project)
    assert after < before


def test_a_setting_of_the_source_takes_the_network_along() -> None:
    project = edits.set_source(Project(), "spiral").project
    more = edits.set_value(project, "data.source.arms", 4)
    assert more.label == "Set arms to 4"
    assert more.merge_key == "data.source.arms"
    assert more.project.network.layers[-1].units == 4  # type: ignore[union-attr]
    assert more.project.network.layers[:-1] == project.network.layers[:-1]
    back = edits.set_value(more.project, "data.source.arms", 2).project
    assert back == project


@pytest.mark.parametrize(
    ("name", "setting", "value", "words"),
    [
        ("spiral", "arms", 7, "Arms is 7; it must be a whole number from 2 to 6"),
        ("curve", "shape", "circle", "Border is 'circle'; it must be one of: line, parabola, wave, step"),
    ],
)
def test_a_setting_out_of_range_is_refused(name: str, setting: str, value: object, words: str) -> None:
    project = edits.set_source(Project(), name).project
    with pytest.raises(edits.EditError, match=words):
        edits.set_value(project, f"data.source.{setting}", value)


def test_a_formula_that_makes_no_data_is_refused() -> None:
    project = edits.set_source(Project(), Formula()).project
    with pytest.raises(edits.EditError, match="The formula ends at character 3"):
        edits.set_value(project, "data.source.expression", "y > ")
