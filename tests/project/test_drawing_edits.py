"""Drawings are collected, changed and learned from by edits of the project."""

import msgspec
import numpy as np
import pytest

from playground.data.block import Block
from playground.data.sources import Circle, Pictures
from playground.engine.layers import Conv2D, Dense, Flatten
from playground.project import Project, build, drawing_edits, edits, fileformat, presets, share
from playground.project.changes import Change, Effect, compare, effect
from playground.project.edits import EditError
from playground.training import checkpoint
from tests.data.pictures.files import pets

rng = np.random.default_rng(0)


def image(side: int = 28) -> np.ndarray:
    return rng.integers(0, 256, (side, side)).astype(np.uint8)


def drawn(*labels: int) -> Project:
    project = Project()
    for label in labels:
        project = drawing_edits.add(project, image(), label).project
    return project


def test_collecting_is_undoable_and_leaves_the_training_alone():
    project = drawn(0, 1, 1)
    assert project.drawings.counts == (1, 2)
    edit = drawing_edits.add(project, image(), 0)
    assert edit.label == "Draw cat"
    change = compare(project, edit.project)
    assert change == Change.DRAWINGS
    assert effect(change) is Effect.NOTHING


def test_deleting_renaming_adding_and_removing_classes():
    project = drawn(0, 1, 1)
    project = drawing_edits.add_class(project, "  bird ").project
    project = drawing_edits.rename_class(project, 0, "lion").project
    assert project.drawings.class_names == ("lion", "dog", "bird")
    project = drawing_edits.add(project, image(), 2).project
    project = drawing_edits.remove_class(project, 1).project
    assert project.drawings.class_names == ("lion", "bird")
    assert project.drawings.counts == (1, 1)
    project = drawing_edits.remove(project, [0]).project
    assert project.drawings.counts == (0, 1)
    for name, sentence in (("", "needs a name"), ("bird", "a class named bird already")):
        with pytest.raises(EditError, match=sentence):
            drawing_edits.rename_class(project, 0, name)
    for number in range(8):
        project = drawing_edits.add_class(project, f"n{number}").project
    with pytest.raises(EditError, match="There are 10 classes, which is the most"):
        drawing_edits.add_class(project, "more")


def test_learning_makes_a_data_set_with_a_fitting_network():
    project = drawn(0, 1, 1)
    for few, name in ((project, "cat"), (Project(), "each of two classes")):
        with pytest.raises(EditError, match=name):
            drawing_edits.learn(few)
    project = drawn(*[0, 1] * 5)
    project = drawing_edits.add_class(project, "never drawn").project
    learned = drawing_edits.learn(project).project
    assert not build.problems(learned)
    assert learned.data.source.class_names == ("cat", "dog")
    assert [type(layer) for layer in learned.network.layers] == [Flatten, Dense, Dense]
    made = build.samples(learned).dataset
    assert made.n > 200
    assert set(made.labels[made.test].tolist()) == {0, 1}
    assert drawing_edits.is_drawn(learned)
    assert not drawing_edits.is_drawn(project)


def test_the_data_set_follows_what_is_drawn_next_with_its_own_settings():
    project = drawing_edits.learn(drawn(*[0, 1] * 5)).project
    project = edits.set_value(project, "data.source.copies", 2).project
    more = drawing_edits.add(project, image(), 0).project
    assert more.data.source.most == 11
    assert more.data.source.copies == 2
    assert more.data.points == 11
    third = drawing_edits.add_class(more, "bird").project
    for _ in range(3):
        third = drawing_edits.add(third, image(), 2).project
    assert drawing_edits.learn(third).project.data.source.class_names == ("cat", "dog", "bird")
    renamed = drawing_edits.rename_class(more, 0, "lion").project
    assert renamed.data.source.class_names == ("lion", "dog")


def test_a_network_for_pictures_is_kept():
    project = msgspec.structs.replace(presets.load("digits_cnn"), drawings=drawn(*[0, 1] * 4).drawings)
    learned = drawing_edits.learn(project).project
    assert any(isinstance(layer, Conv2D) for layer in learned.network.layers)
    assert not build.problems(learned)


def test_another_size_keeps_all_drawings():
    project = drawing_edits.set_side(drawn(0, 1), 16).project
    assert project.drawings.side == 16
    assert project.drawings.counts == (1, 1)


def test_collections_of_others_are_added_without_doubles():
    project = drawn(0, 1)
    own = project.drawings.block
    other = np.stack([image()[..., None], own["images"][1]])
    edit, added, doubles = drawing_edits.merge(project, [(other, np.array([0, 1]), ("bird", "dog"))])
    assert (added, doubles) == (1, 1)
    assert edit.project.drawings.class_names == ("cat", "dog", "bird")
    assert edit.project.drawings.counts == (1, 1, 1)
    edit, added, doubles = drawing_edits.merge(Project(), [(other, np.array([0, 1]), ("bird", "dog"))])
    assert edit.project.drawings.class_names == ("bird", "dog")
    names = tuple(f"n{number}" for number in range(11))
    with pytest.raises(EditError, match="11 classes; the most is 10"):
        drawing_edits.merge(Project(), [(np.zeros((11, 28, 28, 1), np.uint8), np.arange(11), names)])


def test_drawings_travel_in_the_file_but_not_in_a_code(tmp_path):
    project = drawing_edits.learn(drawn(*[0, 1] * 5)).project
    fileformat.save(tmp_path / "a.playground", project)
    assert fileformat.load(tmp_path / "a.playground").project == project
    only = drawn(0)
    assert share.read(share.encode(only))[0] == Project()


def test_damaged_drawings_are_left_out_with_a_warning(tmp_path):
    bad = Block({"images": np.zeros((1, 28, 28, 1), np.uint8), "labels": np.array([7])})
    project = msgspec.structs.replace(Project(), drawings=msgspec.structs.replace(drawn(0).drawings, block=bad))
    fileformat.save(tmp_path / "a.playground", project)
    loaded = fileformat.load(tmp_path / "a.playground")
    assert loaded.project == Project()
    assert "The drawings of the drawing booth are missing or damaged; they were left out." in loaded.warnings


def test_a_source_that_was_damaged_gives_way(tmp_path):
    bad = Block({"images": np.zeros((2, 28, 28, 1), np.uint8), "labels": np.array([0, 7])})
    source = Pictures(bad, ("a", "b"))
    project = msgspec.structs.replace(Project(), data=msgspec.structs.replace(Project().data, source=source))
    fileformat.save(tmp_path / "a.playground", project)
    assert fileformat.load(tmp_path / "a.playground").project.data.source == Circle()


def test_pictures_are_opened_by_name_as_a_project_of_their_own(tmp_path):
    opened = checkpoint.open_named(str(pets(tmp_path / "pets")))
    assert opened.name == "pets"
    assert opened.project.data.source.class_names == ("cat", "dog")
    assert not build.problems(opened.project)
    (tmp_path / "empty").mkdir()
    with pytest.raises(fileformat.FileError, match="no sub-folders with pictures"):
        checkpoint.open_named(str(tmp_path / "empty"))
    with pytest.raises(fileformat.FileError, match=r"There is no file gone\.npz"):
        checkpoint.open_named("gone.npz")
