"""Undo and redo: any sequence of edits undone returns an equal project."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.project import Project, edits
from playground.project.edits import EditError
from playground.project.history import ENTRY_LIMIT, Entry, History
from tests.project.strategies import Step, steps


@dataclass(frozen=True)
class State:
    """Stands for a training state; the history looks at its size only."""

    nbytes: int


def rated(rate: float) -> Project:
    return edits.set_value(Project(), "training.optimizer.learning_rate", rate).project


@given(st.lists(steps, max_size=15), st.booleans())
def test_all_edits_undone_return_the_start_and_redone_the_end(taken: list[Step], merge: bool) -> None:
    history, project = History(), Project()
    for step in taken:
        try:
            edit = step(project)
        except EditError:
            continue
        history.push(Entry(project, None, edit.label, edit.merge_key), merge=merge)
        project = edit.project
    end, count = project, len(history.labels())
    while history.next_undo:
        project = history.undo(project, None).project
    assert project == Project()
    assert history.labels() == ()
    assert len(history.redo_labels()) == count
    while history.next_redo:
        project = history.redo(project, None).project
    assert project == end
    assert len(history.labels()) == count


def test_a_slider_drag_is_one_step_with_the_last_name() -> None:
    history = History()
    for before, after in ((0.03, 0.1), (0.1, 0.2), (0.2, 0.3)):
        history.push(Entry(rated(before), None, f"Set learning rate to {after}", "rate"))
    assert history.labels() == ("Set learning rate to 0.3",)
    assert history.undo(rated(0.3), None).project == rated(0.03)


def test_drags_of_different_settings_or_without_merging_stay_apart() -> None:
    history = History()
    history.push(Entry(rated(1), None, "a", "rate"))
    history.push(Entry(rated(2), None, "b", "noise"))
    history.push(Entry(rated(3), None, "c", None))
    history.push(Entry(rated(4), None, "d", None))
    history.push(Entry(rated(5), None, "e", "rate"))
    history.push(Entry(rated(6), None, "f", "rate"), merge=False)
    assert history.labels() == ("a", "b", "c", "d", "e", "f")


def test_a_new_edit_forgets_what_could_be_redone() -> None:
    history = History()
    history.push(Entry(rated(1), None, "a"))
    history.undo(rated(2), None)
    assert history.redo_labels() == ("a",)
    history.push(Entry(rated(1), None, "b"))
    assert history.next_redo is None


def test_states_come_back_with_their_projects() -> None:
    history, before, after = History(), State(1), State(2)
    history.push(Entry(rated(1), before, "a"))
    assert history.undo(rated(2), after).state is before
    assert history.redo(rated(1), before).state is after


def test_empty_stacks_say_so() -> None:
    assert History().next_undo is None
    assert History().next_redo is None
    with pytest.raises(IndexError):
        History().undo(Project(), None)
    with pytest.raises(IndexError):
        History().redo(Project(), None)


def test_the_oldest_states_make_room_and_their_entries_tell() -> None:
    history = History(state_limit=100)
    for index in range(4):
        history.push(Entry(rated(index + 1), State(40), f"edit {index}"))
    entries = [history.undo(rated(9), None) for _ in range(4)]
    assert [entry.state is not None for entry in entries] == [True, True, False, False]
    assert [entry.state_dropped for entry in entries] == [False, False, True, True]
    assert [entry.label for entry in entries] == ["edit 3", "edit 2", "edit 1", "edit 0"]


def test_a_shared_state_counts_once() -> None:
    history, shared = History(state_limit=100), State(60)
    for index in range(5):
        history.push(Entry(rated(index + 1), shared, f"edit {index}"))
    assert all(history.undo(rated(9), None).state is shared for _ in range(5))


def test_the_number_of_steps_is_limited() -> None:
    history = History()
    for index in range(ENTRY_LIMIT + 10):
        history.push(Entry(Project(), None, str(index)))
    assert len(history.labels()) == ENTRY_LIMIT
    assert history.labels()[0] == "10"
