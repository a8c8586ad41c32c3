"""Files that are dropped on the window go where they belong."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from playground.data.pictures import write
from playground.project import Project, drawing_edits, fileformat
from playground.views.pictures.dialog import PicturesDialog
from playground.views.tables.dialog import TableDialog
from tests.data.pictures.files import mnist, pets


def drop(window, *paths):
    """What the system sends when files are dragged over the window and let go; tells whether they are wanted."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, copy, left = QPointF(300, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(place.toPoint(), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(place, copy, data, left, Qt.KeyboardModifier.NoModifier))
    return enter.isAccepted()


def drawings_file(path, seed, count=4):
    rng = np.random.default_rng(seed)
    write(path, rng.integers(0, 256, (count, 28, 28, 1)).astype(np.uint8), np.arange(count) % 2, ("cat", "dog"))
    return path


def test_a_project_is_opened(driver, tmp_path):
    project = drawing_edits.add_class(Project(), "bird").project
    fileformat.save(tmp_path / "a.playground", project)
    assert drop(driver.window, tmp_path / "a.playground")
    driver.wait(lambda: driver.window.session.document.project == project)


@pytest.mark.parametrize("make", [mnist, pets], ids=["IDX", "folder"])
def test_pictures_are_imported_through_the_dialog(driver, tmp_path, make):
    path = make(tmp_path)
    drop(driver.window, path)
    dialog = driver.window.findChild(PicturesDialog)
    driver.wait(lambda: not dialog.reading)
    assert dialog.form.ok.isEnabled()
    dialog.form.ok.click()
    document = driver.window.session.document
    driver.wait(lambda: document.project.data.source.input_kind == "image")
    assert not driver.window.session.trainer.problems
    driver.trigger("run.epoch")
    driver.wait(lambda: driver.epoch == 1)
    assert document.undo_label != ""


def test_a_table_is_imported(driver, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "".join(f"{n},{'x' if n % 2 else 'y'}\n" for n in range(30)))
    drop(driver.window, path)
    dialog = driver.window.findChild(TableDialog)
    assert dialog is not None
    dialog.reject()


def test_drawings_of_several_machines_are_joined(driver, tmp_path):
    files = [drawings_file(tmp_path / f"{seed}.npz", seed) for seed in range(2)]
    project = drawing_edits.merge(Project(), [(np.ones((1, 28, 28, 1), np.uint8), np.zeros(1, int), ("bird",))])[
        0
    ].project
    fileformat.save(tmp_path / "c.playground", project)
    drop(driver.window, *files, tmp_path / "c.playground")
    pictures = driver.window.verbs.data.pictures
    driver.wait(lambda: pictures.booth is not None)
    found = driver.window.session.document.project.drawings
    assert found.class_names == ("cat", "dog", "bird")
    assert found.counts == (4, 4, 1)
    assert "Files: 3, drawings added: 9." in pictures.booth.parts.words.text()
    drop(pictures.booth, files[0])
    driver.wait(lambda: "There already and left out: 4." in pictures.booth.parts.words.text())
    driver.trigger("edit.undo")


def test_what_cannot_be_used_is_said_and_changes_nothing(driver, tmp_path):
    before = driver.window.session.document.project
    (tmp_path / "letter.pdf").write_text("Dear Sir")
    fileformat.save(tmp_path / "a.playground", Project())
    fileformat.save(tmp_path / "b.playground", Project())
    for paths, words in (
        ((tmp_path / "letter.pdf",), "letter.pdf cannot be opened here."),
        ((tmp_path / "a.playground", tmp_path / "b.playground"), "a.playground holds no drawings"),
    ):
        drop(driver.window, *paths)
        driver.wait(lambda words=words: words in driver.window.messages.message.text)
    assert driver.window.session.document.project == before


def test_text_is_not_taken(driver):
    data = QMimeData()
    data.setText("hello")
    enter = QDragEnterEvent(
        QPointF(9, 9).toPoint(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(driver.window, enter)
    assert not enter.isAccepted()
