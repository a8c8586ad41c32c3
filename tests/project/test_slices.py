"""Cuts through the inputs of a table, against independent computations."""

import msgspec
import numpy as np
import pytest

from playground.data.dataset import DOMAIN
from playground.data.sources import Table
from playground.data.tables import store
from playground.data.tables.table import Column, Kind
from playground.project import build, edits, slices
from playground.project.changes import Change, Effect, compare, effect
from playground.project.model import Project, SliceSettings
from playground.project.slices import Slice, slice_of
from playground.project.tables import with_table


def project(name: str = "iris", **settings: object) -> Project:
    made = edits.set_source(Project(), name).project
    view = msgspec.structs.replace(made.view, slice=SliceSettings(**settings))  # type: ignore[arg-type]
    return msgspec.structs.replace(made, view=view)


def cut(made: Project) -> Slice:
    found = slice_of(made, build.samples(made).dataset)
    assert found is not None
    return found


def test_points_of_the_plane_are_shown_as_they_are() -> None:
    made = Project()
    points = build.samples(made).dataset.inputs
    assert np.array_equal(cut(made).places(points), points)
    assert np.array_equal(cut(made).rows(points), points)
    assert cut(made).names == ("x₁", "x₂")


def test_images_have_no_slice() -> None:
    made = edits.set_source(Project(), "digits").project
    assert slice_of(made, build.samples(made).dataset) is None


def test_the_two_inputs_that_tell_most_are_shown_first() -> None:
    found = cut(project())
    assert set(found.names) == {"petal length", "petal width"}  # Fisher's own finding


def test_chosen_inputs_are_the_axes_and_the_others_stand_at_their_medians() -> None:
    made = project(across="sepal width", up="sepal length")
    rows = build.samples(made).dataset.inputs
    found = cut(made)
    assert (found.axes, found.names) == ((1, 0), ("sepal width", "sepal length"))
    corner = found.rows(np.array([[-DOMAIN, DOMAIN]]))[0]
    assert corner[2:] == pytest.approx(np.median(rows, axis=0)[2:])
    assert corner[:2] == pytest.approx([found.ends[1][1], found.ends[0][0]])
    assert found.ends[0][0] < rows[:, 1].min() < rows[:, 1].max() < found.ends[0][1]


def test_an_input_that_is_not_there_gives_way() -> None:
    assert cut(project(across="no such input", up="petal length")).names == ("petal width", "petal length")
    assert cut(project(across="petal width", up="petal width")).names[0] == "petal width"
    assert len(set(cut(project(across="petal width", up="petal width")).names)) == 2


def test_other_inputs_can_be_held_elsewhere() -> None:
    made = project(across="petal length", up="petal width", held=(0.0, 1.0, 0.5, -1.0))
    rows = build.samples(made).dataset.inputs
    row = cut(made).rows(np.zeros((1, 2)))[0]
    assert row[:2] == pytest.approx([rows[:, 0].min(), rows[:, 1].max()])


@pytest.mark.parametrize("principal", [False, True])
@pytest.mark.parametrize("name", ["iris", "wine", "penguins"])
def test_places_and_rows_undo_each_other(name: str, principal: bool) -> None:
    made = project(name, principal=principal)
    places = np.random.default_rng(0).uniform(-5.9, 5.9, (50, 2))
    found = cut(made)
    assert found.places(found.rows(places)) == pytest.approx(places, abs=2e-3)
    dots = found.places(build.samples(made).dataset.inputs)
    assert np.abs(dots).max() < DOMAIN


def test_the_principal_plane_is_that_of_the_eigenvectors() -> None:
    made = project("wine", principal=True)
    rows = build.samples(made).dataset.inputs.astype(np.float64)
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    values, vectors = np.linalg.eigh(np.cov(scaled.T))
    wanted = scaled @ vectors[:, ::-1][:, :2]
    found = cut(made)
    got = found.places(rows)
    for axis in range(2):
        assert abs(np.corrcoef(wanted[:, axis], got[:, axis])[0, 1]) == pytest.approx(1.0, abs=1e-5)
        assert f"{values[::-1][axis] / values.sum():.0%}" in found.names[axis]
        edge = found.ends[axis][1]
        assert edge == pytest.approx(slices.ROOM * np.abs(wanted[:, axis]).max(), rel=1e-3)


def test_another_slice_is_a_change_that_training_hears_of_but_never_feels() -> None:
    change = compare(project(), project(principal=True))
    assert change == Change.SLICE
    assert effect(change) is Effect.LIVE


def test_numbers_tell_by_their_correlation() -> None:
    made = edits.set_source(Project(), "plane").project
    dataset = build.samples(made).dataset
    told = [
        abs(np.corrcoef(dataset.inputs[dataset.train, axis], dataset.targets[dataset.train, 0])[0, 1])
        for axis in range(2)
    ]
    assert slices.most_telling(dataset)[0] == int(np.argmax(told))


def test_one_input_runs_to_the_right_and_points_lie_on_the_middle_line() -> None:
    values = np.linspace(0, 10, 20, dtype=np.float32)
    classes = Column("kind", Kind.CATEGORY, (values > 5).astype(np.int32), ("a", "b"))
    source = Table(store.pack((Column("x", Kind.NUMBER, values), classes)), "kind", ("x",))
    made = with_table(Project(), source).project
    found = cut(made)
    places = found.places(build.samples(made).dataset.inputs)
    assert found.names == ("x", "")
    assert not places[:, 1].any()
    assert (np.diff(places[:, 0]) > 0).all()
    np.testing.assert_allclose(found.rows(places)[:, 0], values, atol=1e-5)
