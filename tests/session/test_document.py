"""The document: edits, undo, redo, names, files."""

from pathlib import Path
from typing import Any

import pytest

from playground.project import edits
from playground.project.changes import Change
from playground.session import Session
from playground.session.document import Document


@pytest.fixture
def document(session: Session) -> Document:
    return session.document


def test_an_edit_replaces_the_project_and_says_what_changed(document: Document) -> None:
    seen: list[Change] = []
    document.changed.connect(seen.append)
    document.apply(edits.set_value(document.project, "data.noise", 0.3))
    assert document.project.data.noise == 0.3
    assert seen == [Change.DATA]


def test_an_edit_that_changes_nothing_is_not_remembered(document: Document) -> None:
    document.apply(edits.set_value(document.project, "data.noise", document.project.data.noise))
    assert not document.can_undo


def test_undo_and_redo_go_back_and_forth_by_name(document: Document) -> None:
    first = document.project
    document.apply(edits.add_layer(first, 1))
    second = document.project
    assert "layer" in document.undo_label
    document.undo()
    assert document.project == first
    assert not document.can_undo
    assert "layer" in document.redo_label
    document.redo()
    assert document.project == second
    assert not document.can_redo


def test_a_slider_drag_is_one_step_but_other_settings_are_steps_of_their_own(document: Document) -> None:
    first = document.project
    for noise in (0.15, 0.2, 0.25):
        document.apply(edits.set_value(document.project, "data.noise", noise))
    document.apply(edits.set_value(document.project, "data.points", 300))
    document.undo()
    assert document.project.data.noise == 0.25
    document.undo()
    assert document.project == first


def test_an_edit_after_undo_forgets_what_could_be_redone(document: Document) -> None:
    document.apply(edits.set_value(document.project, "data.noise", 0.3))
    document.undo()
    document.apply(edits.set_value(document.project, "data.points", 100))
    assert not document.can_redo


def test_the_samples_follow_the_data(document: Document) -> None:
    before = document.samples
    document.apply(edits.set_value(document.project, "training.batch_size", 5))
    assert document.samples is before
    document.apply(edits.set_value(document.project, "data.points", 100))
    assert document.samples.dataset.n == 100


def test_opening_another_project_can_be_undone(document: Document) -> None:
    first = document.project
    other = edits.set_source(first, "xor").project
    document.open(other, name="XOR")
    assert document.project == other
    assert document.name == "XOR"
    document.undo()
    assert document.project == first


def test_the_modified_mark_follows_edits_and_saving(document: Document, tmp_path: Path) -> None:
    assert not document.modified
    document.apply(edits.set_value(document.project, "data.noise", 0.3))
    assert document.modified
    document.mark_saved(tmp_path / "mine.playground")
    assert not document.modified
    assert document.name == "mine.playground"


def test_training_changes_a_file_too(session: Session, qtbot: Any, tmp_path: Path) -> None:
    document, told = session.document, []
    document.mark_saved(tmp_path / "a.playground", state=session.trainer.capture())
    document.file_changed.connect(lambda: told.append(document.modified))
    assert not document.modified
    session.trainer.step()
    qtbot.waitUntil(lambda: document.steps == 1)
    assert document.modified
    assert told == [True]
    document.undo()
    qtbot.waitUntil(lambda: document.steps == 0)
    assert not document.modified


def test_work_that_was_rescued_is_newer_than_its_file(session: Session, tmp_path: Path) -> None:
    document = session.document
    document.open(document.project, path=tmp_path / "a.playground", unsaved=True)
    assert document.modified
    document.mark_saved(tmp_path / "a.playground")
    assert not document.modified
