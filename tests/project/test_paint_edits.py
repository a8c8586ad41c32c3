"""Painted points as values: whatever is done to them, they stay whole, and so does the split."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.dataset import DOMAIN
from playground.data.sources import Points
from playground.data.sources.points import MOST_CLASSES
from playground.project import build, edits, paint_edits
from playground.project.edits import EditError
from playground.project.model import Project
from playground.project.paint_edits import Canvas, paint

spots = st.tuples(st.floats(-7, 7), st.floats(-7, 7))


def canvas(project: Project) -> Canvas:
    return Canvas.of(project, build.samples(project).dataset)


def painted(project: Project, change: Canvas) -> Project:
    return paint(project, change, "Paint", 1).project


@pytest.mark.parametrize("name", ["circle", "blobs", "plane"])
def test_the_points_of_any_set_on_the_plane_can_be_painted_on(name: str) -> None:
    project = edits.set_source(Project(), name).project
    before, after = build.samples(project).dataset, build.samples(painted(project, canvas(project))).dataset
    assert np.array_equal(before.inputs, after.inputs)
    assert np.array_equal(before.targets, after.targets)
    assert np.array_equal(before.train, after.train)  # no point changes sides
    assert before.class_names == after.class_names


@pytest.mark.parametrize("name", ["digits", "iris"])
def test_other_data_give_an_empty_plane(name: str) -> None:
    assert len(canvas(edits.set_source(Project(), name).project).x) == 0


def test_painting_more_moves_no_other_point_to_the_other_side() -> None:
    first = painted(Project(), canvas(Project()))
    second = painted(first, canvas(first).added(np.zeros((30, 2)), 1))
    before, after = (build.samples(project).dataset for project in (first, second))
    assert np.array_equal(before.train, after.train[after.train < before.n])
    new = after.train[after.train >= before.n]
    assert 10 <= len(new) <= 29  # and the new ones are dealt as the share says


def test_what_is_outside_the_plane_is_left_out() -> None:
    empty = Canvas.empty(("a", "b"))
    assert len(empty.added(np.array([[0.0, 0.0], [6.5, 0.0], [0.0, -7.0]]), 0).x) == 1


def test_the_eraser_takes_what_it_touches() -> None:
    points = Canvas.empty(("a", "b")).added(np.array([[0.0, 0.0], [1.0, 0.0], [3.0, 0.0]]), 1)
    assert points.erased(np.array([0.2, 0.0]), 1.0).x.tolist() == [[3.0, 0.0]]


def test_the_lasso_catches_what_is_inside_and_moves_it_within_the_plane() -> None:
    points = Canvas.empty(("a", "b")).added(np.array([[0.0, 0.0], [1.0, 1.0], [-3.0, 0.0]]), 1)
    caught = points.inside(np.array([[-1, -1], [2, -1], [2, 2], [-1, 2]]))
    assert caught.tolist() == [True, True, False]
    assert points.moved(caught, np.array([5.5, 0.0])).x.tolist() == [[5.5, 0.0], [6.0, 1.0], [-3.0, 0.0]]
    assert not points.inside(np.array([[0, 0], [1, 1]])).any()


def test_a_class_more_needs_an_output_more() -> None:
    points = paint_edits.add_class(canvas(Project()))
    project = painted(Project(), points)
    assert project.network.layers[-1].units == 3
    for _ in range(MOST_CLASSES - 3):
        points = paint_edits.add_class(points)
    with pytest.raises(EditError, match="that is the most"):
        paint_edits.add_class(points)
    with pytest.raises(EditError, match="numbers"):
        paint_edits.add_class(Canvas.empty(()))


def test_there_is_a_limit() -> None:
    many = Canvas.empty(("a", "b")).added(np.zeros((paint_edits.MOST_POINTS + 5, 2)), 0)
    assert len(many.x) == paint_edits.MOST_POINTS
    assert len(many.added(np.zeros((5, 2)), 0).x) == paint_edits.MOST_POINTS


@pytest.mark.parametrize("count", [0, 1, 3])
def test_too_few_points_are_a_problem_not_an_error(count: int) -> None:
    project = painted(Project(), Canvas.empty(("a", "b")).added(np.zeros((count, 2)), 0))
    (problem,) = build.problems(project)
    assert "Add some more" in problem.sentence
    assert build.samples(project).dataset.n == count


@given(st.lists(st.tuples(st.sampled_from(["add", "erase", "move", "class"]), spots), max_size=12))
def test_whatever_is_painted_is_a_sound_data_set(strokes: list[tuple[str, tuple[float, float]]]) -> None:
    points = Canvas.empty(("a", "b"))
    for kind, spot in strokes:
        if kind == "add":
            points = points.added(np.array([spot, (0.0, 0.0)]), 1)
        elif kind == "erase":
            points = points.erased(np.array(spot), 1.5)
        elif kind == "move":
            points = points.moved(np.ones(len(points.x), np.bool_), np.array(spot))
        elif len(points.class_names) < MOST_CLASSES:
            points = paint_edits.add_class(points)
    source = points.source()
    assert isinstance(source, Points)
    assert source.sound()
    dataset = build.samples(painted(Project(), points)).dataset
    assert np.abs(dataset.inputs).max(initial=0) <= DOMAIN
    assert sorted([*dataset.train, *dataset.test]) == list(range(dataset.n))
