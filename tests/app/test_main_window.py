"""The main job on the real window: build, train, change while training, recover, close."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMessageBox, QPushButton

from playground.app.actions import ACTIONS
from playground.app.application import create
from playground.app.main_window import MainWindow
from playground.project import edits
from playground.training import checkpoint
from playground.training.records import RunState


def layer_units(window: MainWindow) -> list[int]:
    return [layer.units for layer in window.session.document.project.network.layers]


def test_every_action_of_the_table_is_there_under_its_id(window: MainWindow) -> None:
    for spec in ACTIONS:
        action = window.actions_by_id[spec.id]
        assert action.objectName() == spec.id
        assert action.toolTip()
    assert window.actions_by_id["run.train"].isCheckable()


def test_the_default_project_trains_to_95_percent(driver: Any) -> None:
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch > 20 and driver.counters.test_metric >= 0.95)
    driver.trigger("run.train")
    driver.wait(lambda: driver.window.session.trainer.state is RunState.PAUSED)
    assert not driver.window.actions_by_id["run.train"].isChecked()


def test_space_trains_and_pauses(driver: Any) -> None:
    window = driver.window
    driver.qtbot.keyClick(window, Qt.Key.Key_Space)
    driver.wait(lambda: window.session.trainer.state is RunState.RUNNING)
    assert window.actions_by_id["run.train"].isChecked()
    driver.qtbot.keyClick(window, Qt.Key.Key_Space)
    driver.wait(lambda: window.session.trainer.state is RunState.PAUSED)


def test_layers_are_added_and_removed_while_training(driver: Any) -> None:
    window = driver.window
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch >= 3)
    driver.trigger("network.add_layer")
    assert layer_units(window) == [4, 2, 4, 1]
    reached = driver.epoch
    driver.wait(lambda: driver.epoch > reached + 3)
    driver.trigger("network.remove_layer")
    driver.trigger("network.remove_layer")
    assert layer_units(window) == [4, 1]
    reached = driver.epoch
    driver.wait(lambda: driver.epoch > reached + 3)
    for _ in range(3):
        driver.trigger("edit.undo")
    assert layer_units(window) == [4, 2, 1]


def test_removing_more_layers_than_there_are_only_tells_so(driver: Any) -> None:
    for _ in range(4):
        driver.trigger("network.remove_layer")
    assert layer_units(driver.window) == [1]
    assert driver.window.messages.message is not None


def test_the_data_set_can_be_changed_while_training(driver: Any) -> None:
    window = driver.window
    driver.trigger("run.train")
    for name in ("xor", "spiral", "blobs", "plane", "digits", "gaussians"):
        window.session.document.apply(edits.set_source(window.session.document.project, name))
        assert window.session.trainer.problems == ()
        reached = driver.epoch
        driver.wait(lambda reached=reached: driver.epoch > reached + 2)
        driver.wait(lambda: window.session.trainer.state is RunState.RUNNING)


def test_the_loss_and_the_optimizer_are_picked_on_the_canvas(driver: Any) -> None:
    project = lambda: driver.window.session.document.project  # noqa: E731
    loss = driver.find(QComboBox, "training.loss")
    loss.setCurrentIndex(loss.findData("mean_squared_error"))
    loss.activated.emit(loss.currentIndex())
    assert type(project().training.loss).__struct_config__.tag == "mean_squared_error"
    optimizer = driver.find(QComboBox, "training.optimizer")
    optimizer.setCurrentIndex(optimizer.findData("sgd"))
    optimizer.activated.emit(optimizer.currentIndex())
    assert type(project().training.optimizer).__struct_config__.tag == "sgd"


@pytest.mark.parametrize(("source", "loss"), [("plane", "mean_squared_error"), ("circle", "binary_crossentropy")])
def test_a_diverging_run_explains_itself_and_recovers(driver: Any, source: str, loss: str) -> None:
    window = driver.window
    document, trainer = window.session.document, window.session.trainer
    document.apply(edits.set_source(document.project, source))
    document.apply(edits.set_loss(document.project, loss))
    document.apply(edits.set_optimizer(document.project, "sgd"))
    trainer.train(until_epoch=5)
    driver.wait(lambda: driver.epoch == 5 and trainer.state is RunState.PAUSED)
    document.apply(edits.set_value(document.project, "training.optimizer.learning_rate", 1e9))
    with driver.qtbot.waitSignal(trainer.diverged, timeout=60_000):
        driver.trigger("run.train")
    assert window.messages.message is not None
    remedy = driver.find(QPushButton, "message.remedy.0")
    driver.qtbot.mouseClick(remedy, Qt.MouseButton.LeftButton)
    assert document.project.training.optimizer.learning_rate < 1e9
    driver.wait(lambda: driver.epoch > 8)
    assert np.isfinite(trainer.capture().parameters).all()


def test_an_exception_in_the_worker_is_told_and_the_app_goes_on(driver: Any, monkeypatch: Any) -> None:
    window = driver.window
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch >= 2)

    def break_down(*_arguments: object) -> None:
        raise RuntimeError("the picture maker broke")

    monkeypatch.setattr("playground.insight.pictures.PictureMaker.__call__", break_down)
    driver.wait(lambda: window.session.trainer.state is RunState.FAILED)
    assert window.messages.message is not None
    monkeypatch.undo()
    driver.trigger("run.reset")
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch >= 5)


def test_closing_while_training_ends_cleanly(driver: Any) -> None:
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch >= 2)
    assert driver.window.close()
    assert driver.window.session.trainer.capture() is None


def test_a_minimised_window_trains_on(driver: Any) -> None:
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch >= 2)
    driver.window.showMinimized()
    reached = driver.epoch
    driver.wait(lambda: driver.epoch > reached + 3)


def test_a_project_is_saved_and_opened_with_its_training(driver: Any, tmp_path: Path) -> None:
    window = driver.window
    window.session.trainer.train(until_epoch=12)
    driver.wait(lambda: driver.epoch == 12 and window.session.trainer.state is RunState.PAUSED)
    trained = window.session.trainer.capture()
    path = tmp_path / "mine.playground"
    assert window.verbs.files.save_to(path)
    driver.trigger("run.reset")
    window.verbs.files.show(checkpoint.open_file(path))
    again = window.session.trainer.capture()
    np.testing.assert_array_equal(again.parameters, trained.parameters)
    assert (again.epoch, again.step) == (trained.epoch, trained.step)
    assert path.name in window.windowTitle()


def test_a_file_that_cannot_be_read_is_told_and_changes_nothing(driver: Any, tmp_path: Path) -> None:
    window = driver.window
    before = window.session.document.project
    path = tmp_path / "broken.playground"
    path.write_bytes(b"this is no project")
    window.verbs.files.open_named(str(path))
    assert window.session.document.project is before
    assert window.messages.message is not None


def test_saving_to_a_folder_that_is_not_there_is_told(driver: Any, tmp_path: Path) -> None:
    assert not driver.window.verbs.files.save_to(tmp_path / "nowhere" / "mine.playground")
    assert driver.window.messages.message is not None


def test_changes_of_a_named_file_are_asked_about_on_close(driver: Any, tmp_path: Path, monkeypatch: Any) -> None:
    window = driver.window
    window.verbs.files.save_to(tmp_path / "mine.playground")
    window.session.document.apply(edits.set_value(window.session.document.project, "data.noise", 0.33))
    asked: list[Any] = []
    monkeypatch.setattr(window.verbs.dialogs, "ask_to_save", lambda *asking: asked.append(asking))
    assert not window.close()
    [(name, save, _discard)] = asked
    assert name == "mine.playground"
    save()
    assert not window.isVisible()
    assert checkpoint.open_file(tmp_path / "mine.playground").project.data.noise == 0.33


def test_panels_can_be_hidden_and_the_layout_put_back(driver: Any) -> None:
    window = driver.window
    for dock in window.docks:
        dock.hide()
    window.docks[0].setFloating(True)
    driver.trigger("view.reset_layout")
    assert all(dock.isVisible() and not dock.isFloating() for dock in window.docks)


def test_the_theme_changes_and_is_remembered(driver: Any) -> None:
    driver.trigger("view.theme_dark")
    assert driver.window.theme.dark
    assert driver.window.session.settings.text("theme") == "dark"
    driver.trigger("view.theme_light")
    assert not driver.window.theme.dark


def test_a_wrong_name_opens_the_default_project_and_says_why(qtbot: Any) -> None:
    _, window = create(["playground", "nonsense"])
    window.show()
    assert window.messages.message is not None
    assert window.session.document.project.data.source.__struct_config__.tag == "circle"
    window.close()
    window.deleteLater()


def test_everything_fits_the_smallest_screen(driver: Any) -> None:
    assert driver.window.minimumSizeHint().width() <= 1366
    assert driver.window.minimumSizeHint().height() <= 768


def test_all_settings_can_be_reset(driver: Any, tmp_path: Path) -> None:
    window = driver.window
    settings, path = window.session.settings, tmp_path / "a.playground"
    window.verbs.files.save_to(path)
    driver.trigger("view.theme_dark")
    window.docks[0].hide()
    driver.trigger("edit.reset_settings")
    box = window.findChild(QMessageBox)
    assert "Your projects stay as they are" in box.informativeText()
    next(button for button in box.buttons() if button.text() == "Cancel").click()
    assert settings.text("theme") == "dark"
    driver.qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None)
    driver.trigger("edit.reset_settings")
    box = window.findChild(QMessageBox)
    next(button for button in box.buttons() if button.text() == "Reset all settings").click()
    assert (settings.text("theme"), window.verbs.files.recent.paths()) == ("", ())
    assert window.theme.mode == "system"
    assert window.actions_by_id["view.theme_system"].isChecked()
    assert window.docks[0].isVisible()
    assert path.exists()
