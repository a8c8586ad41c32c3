"""Opening and saving in the real window: recent files, two windows on one file, work that comes back."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QPushButton

from playground import cli
from playground.app import application, commands, file_verbs, platform_check, rescue
from playground.app.application import settings_folder
from playground.app.main_window import MainWindow
from playground.project import edits, fileformat, presets
from playground.project.archive import pack
from playground.session import AppSettings, journal
from playground.training import checkpoint, run
from playground.training.records import RunState
from playground.views.messages import Severity
from playground.views.presets.gallery import PresetGallery

ROOT = Path(__file__).resolve().parents[2]


def end(window: MainWindow) -> None:
    """Close a window for good, whatever it asks."""
    window._closing = True
    window.close()
    window.deleteLater()


@pytest.fixture
def another(qapp: Any) -> Iterator[Callable[..., MainWindow]]:
    """Opens one more window, as another start of the program does."""
    windows: list[MainWindow] = []

    def start(*words: str) -> MainWindow:
        _, window = application.create(["playground", *words])
        windows.append(window)
        return window

    yield start
    for window in windows:
        end(window)


def change(window: MainWindow, noise: float = 0.33) -> None:
    document = window.session.document
    document.apply(edits.set_value(document.project, "data.noise", noise))


def train(driver: Any, epochs: int) -> None:
    trainer = driver.window.session.trainer
    trainer.train(until_epoch=epochs)
    driver.wait(lambda: driver.epoch == epochs and trainer.state is RunState.PAUSED)


def press(window: MainWindow, text: str) -> None:
    """Press a button of the message line."""
    [button] = [button for button in window.messages.findChildren(QPushButton) if button.text() == text]
    button.click()


def recent(window: MainWindow) -> QMenu:
    menu = window.findChild(QMenu, "file.recent")
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return menu


def crashed(folder: Path, name: str) -> None:
    """Let the window of that name be one whose process is gone."""
    facts = {"pid": 999_999_999, "started": "long ago", "file": None}
    (folder / f"{name}.lock").write_text(json.dumps(facts))


# -- recent files ------------------------------------------------------------------------------------------------------


def test_recent_files_are_listed_with_their_pictures(driver: Any, tmp_path: Path) -> None:
    window = driver.window
    assert [action.text() for action in recent(window).actions() if action.text()] == ["No files yet"]
    for name in ("a", "b & c", "gone"):
        assert window.verbs.files.save_to(tmp_path / f"{name}.playground")
    (tmp_path / "gone.playground").unlink()
    gone, second, first, _, clear = recent(window).actions()
    assert gone.text() == "gone.playground (not found)"
    assert not gone.isEnabled()
    assert second.text() == "&2  b && c.playground"
    assert second.toolTip() == str(tmp_path / "b & c.playground")
    assert not second.icon().isNull()
    first.trigger()
    assert window.session.document.path == tmp_path / "a.playground"
    clear.trigger()
    assert window.verbs.files.recent.paths() == ()


def test_a_file_holds_a_picture_of_the_window(driver: Any, tmp_path: Path) -> None:
    driver.window.verbs.files.save_to(tmp_path / "a.playground")
    thumb = fileformat.part(tmp_path / "a.playground", fileformat.THUMB)
    assert thumb is not None
    assert thumb.startswith(b"\x89PNG")
    assert len(thumb) < 200_000


def test_a_list_of_files_that_makes_no_sense_is_empty(window: MainWindow) -> None:
    for text in ("[", "3", "[1, null]"):
        window.session.settings.put("files/recent", text)
        assert window.verbs.files.recent.paths() == ()


# -- several windows, and trouble with the disk ------------------------------------------------------------------------


def test_two_windows_on_one_file_are_told(driver: Any, another: Callable[..., MainWindow], tmp_path: Path) -> None:
    path = tmp_path / "a.playground"
    driver.window.verbs.files.save_to(path)
    second = another(str(path))
    assert second.messages.message is not None
    assert "is open in another window" in second.messages.message.text
    assert [remedy.text for remedy in second.messages.message.remedies] == ["Save as…"]


def test_a_file_that_was_changed_elsewhere_is_not_replaced_without_asking(driver: Any, tmp_path: Path) -> None:
    window, path = driver.window, tmp_path / "a.playground"
    window.verbs.files.save_to(path)
    fileformat.save(path, edits.set_source(window.session.document.project, "xor").project)
    os.utime(path, (1, 1))
    change(window)
    driver.trigger("file.save")
    box = window.findChild(QMessageBox)
    assert "was changed by another window or program" in box.text()
    assert {button.text() for button in box.buttons()} == {"Save as…", "Replace it", "Cancel"}
    assert checkpoint.open_file(path).project.data.source.title == "XOR"
    next(button for button in box.buttons() if button.text() == "Replace it").click()
    assert checkpoint.open_file(path).project.data.noise == 0.33
    assert not window.session.document.modified


def test_a_disk_that_is_gone_leaves_the_work_in_memory(driver: Any, tmp_path: Path) -> None:
    window, folder = driver.window, tmp_path / "stick"
    folder.mkdir()
    window.verbs.files.save_to(folder / "a.playground")
    change(window)
    (folder / "a.playground").unlink()
    folder.rmdir()
    driver.trigger("file.save")
    message = window.messages.message
    assert message.severity is Severity.ERROR
    assert "cannot be written: no such file or directory" in message.text
    assert [remedy.text for remedy in message.remedies] == ["Save as…"]
    assert window.session.document.project.data.noise == 0.33
    assert window.session.document.modified


def test_large_files_are_written_and_read_beside_the_window(
    driver: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_verbs, "LARGE", 10)
    window, path = driver.window, tmp_path / "a.playground"
    change(window)
    assert window.verbs.files.save_to(path)
    assert not window.verbs.files.save_to(path)  # one at a time
    assert "try again in a moment" in window.messages.message.text
    driver.wait(lambda: window.session.document.path == path)
    assert not window.session.document.modified
    window.verbs.files.open_named("xor")
    window.verbs.files.open_named(str(path))
    driver.wait(lambda: window.session.document.project.data.noise == 0.33)
    path.write_bytes(b"this is no project")
    window.verbs.files.open_named(str(path))
    driver.wait(lambda: "is damaged" in window.messages.message.text)
    window.verbs.files.save_to(tmp_path / "nowhere" / "a.playground")
    driver.wait(lambda: "cannot be written" in window.messages.message.text)


def test_training_alone_is_asked_about_on_close(driver: Any, tmp_path: Path) -> None:
    window = driver.window
    window.verbs.files.save_to(tmp_path / "a.playground")
    train(driver, 3)
    assert not window.close()
    box = window.findChild(QMessageBox)
    assert "Save the changes to “a.playground”" in box.text()
    next(button for button in box.buttons() if button.text() == "Save").click()
    assert not window.isVisible()
    opened = checkpoint.open_file(tmp_path / "a.playground")
    assert opened.state is not None
    assert opened.state.epoch == 3


def test_changes_of_a_named_file_are_asked_about_before_another_is_opened(driver: Any, tmp_path: Path) -> None:
    window, path = driver.window, tmp_path / "a.playground"
    window.verbs.files.save_to(path)
    for answer in ("Cancel", "Save", "Close without saving"):
        change(window, 0.2 if answer == "Save" else 0.3)
        window.verbs.files.open_named("xor")
        box = window.findChild(QMessageBox)
        next(button for button in box.buttons() if button.text() == answer).click()
        driver.wait(lambda: window.findChild(QMessageBox) is None)
        assert (window.session.document.path == path) is (answer == "Cancel")
        if answer == "Save":
            assert checkpoint.open_file(path).project.data.noise == 0.2
            window.verbs.files.open_named(str(path))
    assert window.session.document.project.data.source.title == "XOR"
    assert checkpoint.open_file(path).project.data.noise == 0.2


def test_saving_before_closing_does_not_replace_what_was_written_elsewhere(driver: Any, tmp_path: Path) -> None:
    window, path = driver.window, tmp_path / "a.playground"
    window.verbs.files.save_to(path)
    fileformat.save(path, edits.set_source(window.session.document.project, "xor").project)
    os.utime(path, (1, 1))
    change(window)
    assert not window.close()
    first = window.findChild(QMessageBox)
    next(button for button in first.buttons() if button.text() == "Save").click()
    second = next(box for box in window.findChildren(QMessageBox) if "another window" in box.text())
    next(button for button in second.buttons() if button.text() == "Cancel").click()
    assert window.isVisible()
    assert checkpoint.open_file(path).project.data.source.title == "XOR"


def test_saving_while_training_marks_what_stands_in_the_file(driver: Any, tmp_path: Path) -> None:
    window, path = driver.window, tmp_path / "a.playground"
    driver.trigger("run.train")
    driver.wait(lambda: driver.epoch > 2)
    assert window.verbs.files.save_to(path)
    driver.wait(lambda: window.session.document.modified)
    window.session.trainer.pause()
    assert checkpoint.open_file(path).state is not None


# -- work that comes back ----------------------------------------------------------------------------------------------


def test_unnamed_work_reopens_at_the_next_start(driver: Any, another: Callable[..., MainWindow]) -> None:
    window = driver.window
    train(driver, 4)
    trained = window.session.trainer.capture()
    assert window.close()
    again = another()
    state = again.session.trainer.capture()
    np.testing.assert_array_equal(state.parameters, trained.parameters)
    assert state.epoch == 4
    assert again.session.document.path is None
    assert again.session.document.name == window.session.document.name
    again.close()
    assert another().session.trainer.capture().epoch == 4  # and once more


def test_a_file_that_is_asked_for_comes_before_unnamed_work(driver: Any, another: Callable[..., MainWindow]) -> None:
    change(driver.window)
    driver.window.close()
    assert another("xor").session.document.project.data.source.title == "XOR"
    assert another().session.document.project.data.noise == 0.33


def test_an_untouched_window_leaves_nothing_behind(window: MainWindow, another: Callable[..., MainWindow]) -> None:
    folder = window.verbs.files.keeper.lock.folder
    window.close()
    assert list(folder.iterdir()) == []
    assert not another().session.document.modified


@pytest.mark.parametrize("named", [False, True])
def test_a_crash_is_followed_by_an_offer(
    driver: Any, another: Callable[..., MainWindow], tmp_path: Path, named: bool
) -> None:
    window, path = driver.window, tmp_path / "mine.playground"
    if named:
        window.verbs.files.save_to(path)
    train(driver, 3)
    change(window)
    keeper = window.verbs.files.keeper
    keeper.save()
    driver.wait(lambda: not keeper.busy)
    crashed(keeper.lock.folder, keeper.lock.name)
    again = another()
    message = again.messages.message
    assert "ended unexpectedly" in message.text
    assert [remedy.text for remedy in message.remedies] == ["Restore", "Discard"]
    assert again.session.document.project.data.noise == 0.1  # nothing before it is wanted
    change(again, 0.22)  # this is not lost either
    press(again, "Restore")
    document = again.session.document
    assert document.project.data.noise == 0.33
    assert again.session.trainer.capture().epoch == 3
    assert document.path == (path if named else None)
    assert document.modified
    assert journal.crashed(keeper.lock.folder) == []
    if named:
        assert checkpoint.open_file(path).project.data.noise == 0.1
    assert another().session.document.project.data.noise == 0.22


def test_unnamed_work_that_cannot_be_opened_does_not_keep_the_program_from_starting(
    driver: Any, another: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    change(driver.window)
    driver.window.close()

    def fail(*_: object) -> None:
        raise RuntimeError("a screw is loose")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "take", fail)
        assert not another().session.document.modified
    assert "a screw is loose" in caplog.text
    assert another().session.document.project.data.noise == 0.33  # it is still there


def test_what_is_discarded_is_gone(driver: Any, another: Callable[..., MainWindow]) -> None:
    keeper = driver.window.verbs.files.keeper
    for name in ("1-a", "1-b"):
        journal.write(
            keeper.lock.folder / f"{name}.playground",
            driver.window.session.document.project,
            None,
            name,
            None,
            closed=False,
        )
    second = another()
    for _ in range(2):
        assert second.messages.message is not None
        press(second, "Discard")
    assert second.messages.message is None
    assert journal.crashed(keeper.lock.folder) == []


def test_a_journal_that_cannot_be_read_is_told(driver: Any, another: Callable[..., MainWindow]) -> None:
    folder = driver.window.verbs.files.keeper.lock.folder
    about = b'{"name": "a", "file": null, "closed": false}'
    (folder / "1-a.playground").write_bytes(pack({"project.json": b"{}", "session.json": about}))
    second = another()
    press(second, "Restore")
    assert "1-a.playground" in second.messages.message.text
    assert (folder / "1-a.playground").exists()


def test_a_folder_that_cannot_be_written_is_told(driver: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    window = driver.window

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    change(window)
    window.verbs.files.keeper.save()
    driver.wait(lambda: window.messages.message is not None)
    assert "Work in progress cannot be kept for emergencies" in window.messages.message.text
    assert rescue.FOLDER in window.messages.message.text


KILLED = """
import os, signal
from PySide6.QtCore import QTimer
from playground.app import application
from playground.session import autosave

autosave.EVERY_MS = 20
app, window = application.create(["playground", "xor"])
window.show()
window.session.trainer.train()
keeper = window.verbs.files.keeper

def look():
    if keeper.path.exists() and window.session.document.steps > 100:
        os.kill(os.getpid(), signal.SIGKILL)

timer = QTimer(window, interval=20)
timer.timeout.connect(look)
timer.start()
app.exec()
"""


def test_a_program_that_was_killed_is_restored(
    window: MainWindow, another: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window.close()
    folder = tmp_path / "settings"
    environment = {**os.environ, "PLAYGROUND_SETTINGS_DIR": str(folder)}
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=environment, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    [trace] = journal.crashed(folder / rescue.FOLDER)
    opened = journal.take(trace, "1-me")
    assert opened is not None
    assert opened.project.data.source.title == "XOR"
    assert opened.state is not None
    assert opened.state.step > 0
    journal.tidy(folder / rescue.FOLDER)
    assert [path.name for path in (folder / rescue.FOLDER).iterdir()] == ["1-me.playground"]


def test_the_settings_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: Any) -> None:
    seen: list[Path] = []
    monkeypatch.setenv("PLAYGROUND_SETTINGS_DIR", "")  # put back at the end
    monkeypatch.setattr(commands, "open_window", lambda _words: seen.append(AppSettings(settings_folder()).folder) or 0)
    monkeypatch.setattr(platform_check, "check", lambda _screen: None)
    assert cli.main(["--settings-dir", str(tmp_path / "mine")]) == 0
    assert seen == [tmp_path / "mine"]


def test_dialogs_begin_in_the_folder_used_last(driver: Any, tmp_path: Path) -> None:
    window = driver.window
    window.verbs.files.save_to(tmp_path / "a.playground")
    driver.trigger("file.open")
    dialog = window.findChild(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == tmp_path
    dialog.fileSelected.emit(str(tmp_path / "a.playground"))
    dialog.close()
    assert not window.session.document.modified
    driver.wait(lambda: window.findChild(QFileDialog) is None)
    window.verbs.files.open_named("xor")
    driver.trigger("file.save")  # it has no name yet
    dialog = window.findChild(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == tmp_path
    dialog.fileSelected.emit(str(tmp_path / "b.playground"))
    dialog.close()
    assert checkpoint.open_file(tmp_path / "b.playground").project.data.source.title == "XOR"
    driver.wait(lambda: window.findChild(QFileDialog) is None)


@pytest.mark.parametrize("preset", ["circle", "spiral", "digits"])
def test_a_run_that_is_saved_and_opened_in_another_window_goes_on_bit_for_bit(
    driver: Any, another: Callable[..., MainWindow], tmp_path: Path, preset: str
) -> None:
    window, path = driver.window, tmp_path / "a.playground"
    window.verbs.files.open_named(preset)
    train(driver, 3)
    window.verbs.files.save_to(path)
    again = another(str(path))
    trainer = again.session.trainer
    trainer.train(until_epoch=6)
    driver.wait(lambda: trainer.latest and trainer.latest.counters.epoch == 6 and trainer.state is RunState.PAUSED)
    whole = run.train(presets.load(preset), epochs=6).state
    state = trainer.capture()
    assert state.parameters.tobytes() == whole.parameters.tobytes()
    assert state.rng == whole.rng
    assert all(state.program[name].tobytes() == whole.program[name].tobytes() for name in whole.program)
    np.testing.assert_array_equal(state.curves["train_loss"], whole.curves["train_loss"])


def test_a_project_to_begin_with_is_chosen_from_the_gallery(driver: Any) -> None:
    driver.trigger("file.new")
    gallery = driver.window.findChild(PresetGallery)
    gallery.field.setText("XOR")
    gallery.open_button.click()
    driver.wait(lambda: driver.window.session.document.name == "XOR")


def test_the_menu_lists_the_presets_by_level(driver: Any) -> None:
    menu = next(action.menu() for action in driver.window.menuBar().actions() if "File" in action.text())
    menu.aboutToShow.emit()
    new = menu.actions()[0].menu()
    assert menu.actions()[1].objectName() == "file.new"
    sections = [action.text() for action in new.actions() if action.isSeparator()]
    assert sections == ["first steps", "intermediate", "advanced"]
    names = [action.objectName() for action in new.actions() if action.objectName().startswith("file.new.")]
    assert names == [f"file.new.{info.name}" for info in presets.by_level()]
    assert all(action.toolTip().endswith(".") for action in new.actions() if action.objectName() in names)
