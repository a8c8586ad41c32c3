"""Pictures and films through the menu of the real window."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from playground.views.capture.picture_dialog import PictureDialog


@pytest.fixture
def dialog(driver: Any) -> PictureDialog:
    driver.trigger("file.picture")
    (found,) = driver.window.findChildren(PictureDialog)
    return found


def pick(dialog: PictureDialog, name: str) -> None:
    dialog.subject.setCurrentIndex(dialog.subject.findText(name))


def test_the_window_and_every_panel_in_sight_can_be_chosen(driver: Any, dialog: PictureDialog) -> None:
    names = [dialog.subject.itemText(row) for row in range(dialog.subject.count())]
    assert names[0] == "The whole window"
    assert {"Data", "Output", "Network", "Loss"} <= set(names)
    assert dialog.chosen() is driver.window
    dialog.reject()


def test_a_picture_of_a_panel_is_saved_at_the_chosen_size(driver: Any, dialog: PictureDialog, tmp_path: Path) -> None:
    pick(dialog, "Output")
    dialog.width_field.setValue(500)
    dialog.save_to(tmp_path / "output.png")
    assert QImage(str(tmp_path / "output.png")).width() == 500
    assert str(tmp_path / "output.png") in driver.window.messages.message.text
    assert driver.window.session.settings.text("folders/picture") == str(tmp_path)


def test_a_picture_that_cannot_be_written_keeps_the_dialog_open(driver: Any, dialog: PictureDialog) -> None:
    dialog.save_to(Path("/no/such/folder/output.png"))
    assert dialog.isVisible()
    dialog.reject()


def test_the_picture_goes_to_the_clipboard(driver: Any, dialog: PictureDialog) -> None:
    pick(dialog, "Network")
    dialog.width_field.setValue(400)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().image().width() == 400
    dialog.reject()


def test_a_film_of_the_training_is_written(driver: Any, dialog: PictureDialog, tmp_path: Path) -> None:
    stop = driver.window.actions_by_id["file.stop_recording"]
    assert not stop.isEnabled()
    pick(dialog, "Output")
    dialog.width_field.setValue(200)
    dialog.record_button.click()
    assert stop.isEnabled()
    driver.trigger("run.train")
    driver.wait(lambda: len(driver.window.verbs.capture._recorder.frames) >= 3)
    driver.trigger("run.train")
    stop.trigger()
    (question,) = driver.window.findChildren(QFileDialog)
    question.fileSelected.emit(str(tmp_path / "run.gif"))
    question.reject()
    driver.wait(lambda: str(tmp_path / "run.gif") in driver.window.messages.message.text)
    with Image.open(tmp_path / "run.gif") as film:
        assert film.n_frames >= 2  # equal pictures are one in a GIF
        assert film.width == 200
    assert not stop.isEnabled()


def test_a_film_that_cannot_be_written_says_so(driver: Any, dialog: PictureDialog) -> None:
    dialog.record_button.click()
    driver.trigger("file.stop_recording")
    (question,) = driver.window.findChildren(QFileDialog)
    question.fileSelected.emit("/no/such/folder/run.gif")
    question.reject()
    driver.wait(lambda: "Choose another folder" in driver.window.messages.message.text)
