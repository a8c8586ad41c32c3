"""The dialog that imports pictures: what was found is shown, and taken only when the user agrees."""

import pytest
from PySide6.QtCore import Qt

from playground.data.sources import Pictures
from playground.project import build
from playground.views.pictures.dialog import PicturesDialog
from playground.views.theme import Theme
from tests.data.pictures.files import mnist, pets


@pytest.fixture
def ask(session, qtbot):
    def ask(*paths):
        dialog = PicturesDialog(session, Theme("light"), None, paths)
        qtbot.addWidget(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.open()
        qtbot.waitUntil(lambda: not dialog.reading, timeout=10_000)
        return dialog

    return ask


def test_it_begins_with_an_invitation(ask):
    dialog = ask()
    assert "one sub-folder of pictures for each class" in dialog.form.words.text()
    assert not dialog.form.ok.isEnabled()
    dialog.reject()


def test_a_folder_is_shown_and_used(ask, session, tmp_path, qtbot):
    folder = pets(tmp_path / "pets", 6)
    (folder / "cat" / "bad.png").write_text("no")
    dialog = ask(folder)
    assert dialog.form.words.text().startswith("12 pictures of 2 classes, 32 × 32, in colour. One file was left out")
    assert dialog.form.preview.accessibleDescription() == "cat: 6, dog: 6"
    dialog.form.colour.setCurrentIndex(1)
    dialog.form.colour.activated.emit(1)
    dialog.form.side.setValue(16)
    qtbot.waitUntil(lambda: "16 × 16, grey" in dialog.form.words.text() and not dialog.reading)
    dialog.form.copies.setValue(2)
    assert dialog.form.shift.isEnabled()
    assert not dialog.grab().isNull()
    dialog.form.ok.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    source = session.document.project.data.source
    assert isinstance(source, Pictures)
    assert (source.name, source.class_names, source.input_shape) == ("pets", ("cat", "dog"), (16, 16, 1))
    assert source.copies == 2
    assert not build.problems(session.document.project)
    assert session.document.undo_label == "Import pictures pets"


def test_trouble_is_said_and_the_project_stays(ask, session, tmp_path, qtbot):
    before = session.document.project
    images = mnist(tmp_path)
    images.write_bytes(images.read_bytes()[:500])
    dialog = ask(images)
    assert "is cut off" in dialog.form.words.text()
    assert dialog.form.words.property("warning")
    assert not dialog.form.ok.isEnabled()
    (tmp_path / "good").mkdir()
    dialog.take([mnist(tmp_path / "good")])
    qtbot.waitUntil(lambda: not dialog.reading)
    assert "20 pictures of 10 classes, 28 × 28, grey." in dialog.form.words.text()
    assert not dialog.form.words.property("warning")
    dialog.reject()
    assert session.document.project == before


def test_reading_is_cancelled(session, qtbot, tmp_path):
    folder = pets(tmp_path / "pets", 300)
    dialog = PicturesDialog(session, Theme("light"), None, [folder])
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.open()
    assert dialog.form.cancel_reading.isVisible()
    dialog.form.cancel_reading.click()
    qtbot.waitUntil(lambda: not dialog.reading)
    assert "cancelled" in dialog.form.words.text()
    dialog.reject()
