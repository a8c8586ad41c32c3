"""A text file becomes a data set and a project that learns it; own data travel in the project file."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.data import Task
from playground.data.scaling import SCALINGS
from playground.data.sources.bundled import Iris, load
from playground.data.sources.table import GAPS
from playground.data.tables.table import TableError
from playground.project import build, tables
from playground.training import checkpoint, run


@pytest.fixture
def iris(tmp_path: Path) -> Path:
    """Iris as a German spreadsheet writes it."""
    rows, labels = load("iris")
    lines = [";".join([*Iris.input_names, "species"])]
    lines += [
        ";".join([*(f"{value:.1f}".replace(".", ",") for value in row), Iris.class_names[label]])
        for row, label in zip(rows, labels, strict=True)
    ]
    path = tmp_path / "flowers.csv"
    path.write_text("\r\n".join(lines), encoding="utf-16")
    return path


def test_iris_with_semicolons_and_decimal_commas_is_the_bundled_set(iris: Path) -> None:
    source, notes = tables.load(iris)
    assert notes == ()
    assert (source.name, source.target, source.predict) == ("flowers", "species", "classes")
    assert (source.input_names, source.class_names) == (Iris.input_names, Iris.class_names)
    dataset = build.samples(tables.project_for(source)).dataset
    rows, labels = load("iris")
    np.testing.assert_array_equal(dataset.inputs, rows)
    np.testing.assert_array_equal(dataset.labels, labels)


def test_the_project_that_suits_learns_it_and_goes_on_from_its_file(iris: Path, tmp_path: Path) -> None:
    project = tables.project_for(tables.load(iris)[0])
    result = run.train(project, epochs=60)
    assert result.counters.test_metric >= 0.9
    path = tmp_path / "mine.playground"
    checkpoint.save(path, result.project, result.state)
    opened = checkpoint.open_file(path)
    assert opened.warnings == ()
    assert opened.project == project
    on = run.train(opened.project, state=opened.state, epochs=5)
    assert on.counters.epoch == 65
    assert on.counters.test_metric >= 0.9
    np.testing.assert_array_equal(build.samples(opened.project).inputs, build.samples(project).inputs)


def test_a_number_is_predicted_as_a_number(iris: Path) -> None:
    source, _ = tables.load(iris, target="petal width")
    assert (source.task, source.predict) == (Task.REGRESSION, "numbers")
    assert len(source.input_names) == 6  # three numbers, three species
    result = run.train(tables.project_for(source), epochs=60)
    assert result.counters.test_metric > 0.85


def test_an_unknown_target_lists_the_columns(iris: Path) -> None:
    with pytest.raises(TableError, match=r"no column “colour”\. The columns are: sepal length, .*species\."):
        tables.load(iris, target="colour")


def test_what_was_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    lines = [f"{2 * row},{row * 1.5},{'ab'[row % 2]}" for row in range(40)]
    lines[4], lines[9], lines[20] = "4,oops,a", "9", "?,3,b"
    path = tmp_path / "data.csv"
    path.write_text("x,y,kind\n" + "\n".join(lines))
    source, notes = tables.load(path)
    assert notes == (
        "Rows of another length left out: 1 (row 11).",
        "Cells that are no finite number, taken as missing: 1 (row 6 “y”: oops).",
        "Missing values: 1 (“x” 1).",
        "Rows left out because of missing values: 2 of 39.",
    )
    assert source.most == 37


def test_samples_can_be_made_ahead(iris: Path) -> None:
    project = tables.project_for(tables.load(iris)[0])
    build.prepare(project)
    ahead = build.samples(project)
    again = build.samples(project)
    assert again is not ahead  # they are taken once
    np.testing.assert_array_equal(again.inputs, ahead.inputs)
    build.prepare(project)
    build.forget_prepared()
    assert build.samples(project) is not ahead


CELLS = st.sampled_from(
    ["1", "2.5", "-3", "0", "1e30", "3e38", "1e-40", "a", "b", "c c", "", "NA", "?", "nan", "inf", "x,y"]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=25),
    target=st.sampled_from([None, "p", "q", "r"]),
    predict=st.sampled_from([None, "classes", "numbers"]),
    scaling=st.sampled_from(SCALINGS),
    gaps=st.sampled_from(GAPS),
)
def test_any_table_gives_finite_examples_or_a_sentence(
    tmp_path: Path, rows: list[list[str]], target: str | None, predict: str | None, scaling: str, gaps: str
) -> None:
    path = tmp_path / "any.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["p", "q", "r"], *rows])
    try:
        source, _ = tables.load(path, target=target, predict=predict, scaling=scaling, gaps=gaps)
    except TableError:
        return
    project = tables.project_for(source)
    samples = build.samples(project)
    assert np.isfinite(samples.inputs).all()
    assert np.isfinite(samples.dataset.targets).all()
    assert samples.dataset.n == source.most
    assert samples.inputs.shape[1] == len(source.input_names) == project.data.source.input_shape[0]
    assert "\n" not in source.description
