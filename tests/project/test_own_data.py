"""The user's own data travel in the project file."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from playground.data.block import Block
from playground.data.sources import Points
from playground.project import build, edits, fileformat
from playground.project.changes import Change, compare
from playground.project.decode import decode, document
from playground.project.model import Project


def points(count: int = 40, classes: tuple[str, ...] = ("cat", "dog")) -> Points:
    rng = np.random.default_rng(count)
    inputs = rng.uniform(-5, 5, (count, 2)).astype(np.float32)
    labels = np.arange(count) % max(len(classes), 1)
    lot = rng.random(count, np.float32)
    return Points(Block({"x": inputs, "y": labels if classes else labels.astype(np.float32), "lot": lot}), classes)


def with_points(**settings: object) -> Project:
    return edits.set_source(Project(), points(**settings)).project  # type: ignore[arg-type]


@pytest.mark.parametrize("classes", [("cat", "dog"), ("a", "b", "c"), ()])
def test_own_points_are_taken_whole_and_the_network_follows(classes: tuple[str, ...]) -> None:
    project = with_points(count=60, classes=classes)
    assert build.problems(project) == ()
    samples = build.samples(project)
    assert samples.dataset.n == 60 == project.data.points
    assert samples.dataset.class_names == classes
    assert samples.y_train.shape[1] == max(len(classes), 1) if len(classes) != 2 else 1


def test_a_file_holds_own_data(tmp_path: Path) -> None:
    project = with_points()
    fileformat.save(tmp_path / "a.playground", project, {"weights": {"flat": np.zeros(3)}})
    loaded = fileformat.load(tmp_path / "a.playground")
    assert loaded.project == project
    assert loaded.warnings == ()
    assert set(loaded.arrays) == {"weights"}
    assert np.array_equal(build.samples(loaded.project).inputs, build.samples(project).inputs)


def test_without_its_data_a_project_gets_the_default_set_and_says_so() -> None:
    project = with_points(classes=("a", "b", "c"))
    loaded, _, warnings = decode(msgspec.json.encode(document(project)))
    assert warnings == ("The data of the data set are missing or damaged; Circle took its place.",)
    assert build.problems(loaded) == ()
    assert loaded.data.source == Project().data.source
    assert loaded.network.layers[:-1] == project.network.layers[:-1]


def test_other_points_are_a_change_of_the_data() -> None:
    assert compare(with_points(count=40), with_points(count=41)) & Change.DATA
    assert compare(with_points(), with_points()) is Change.NOTHING


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"name": "x" * 2000}, "at most 1000 characters"),
        ({"class_names": ("a",) * 2000}, "the most is 1,000"),
        ({"class_names": ("a", 3)}, "a list of texts"),
    ],
)
def test_texts_have_limits(settings: dict[str, object], sentence: str) -> None:
    source = msgspec.structs.replace(points(), **settings)
    with pytest.raises(edits.EditError, match=sentence):
        edits.set_source(Project(), source)
