"""A lesson is recorded in the real window, tested, saved, dropped on the window and played to its end."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from playground.app import application
from playground.lessons import reader
from playground.lessons.recording.rings import RINGS
from playground.project import edits
from tests.app.test_dropping import drop
from tests.app.test_lesson_played import press, type_rate

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def recording(driver: Any) -> Any:
    """The verbs of recording, with a recording begun in the menu."""
    driver.wait(lambda: driver.window.session.trainer.latest is not None)
    driver.trigger("learn.record")
    return driver.window.verbs.recording


def write(driver: Any, name: str, text: str) -> None:
    """Type a text into a field of the recorder."""
    field = driver.find(QWidget, name)
    assert isinstance(field, QPlainTextEdit | QLineEdit)
    field.setFocus()
    field.clear()
    driver.qtbot.keyClicks(field, text)


def add_step(driver: Any, about: str, do: str) -> None:
    press(driver, "recorder.add")
    write(driver, "recorder.text", about)
    write(driver, "recorder.do", do)


def record_two_steps(driver: Any, panel: Any) -> None:
    type_rate(driver, "0.1")
    add_step(driver, "The rate is the length of a step.", "Set the learning rate to 0.1.")
    train_for(driver, 15)
    add_step(driver, "Now it learns.", "Press Train.")
    panel.choose(-1)
    write(driver, "recorder.title", "My rates")
    write(driver, "recorder.goal", "See what the rate does.")
    write(driver, "recorder.learned", "Too long steps miss.")


def train_for(driver: Any, epochs: int) -> None:
    """Press Train, and Pause after so many epochs."""
    trainer, first = driver.window.session.trainer, driver.epoch
    press(driver, "button.run.train")
    driver.wait(lambda: driver.epoch >= first + epochs)
    press(driver, "button.run.train")
    driver.wait(lambda: not trainer.running)


def test_a_lesson_is_recorded_tested_saved_dropped_and_played(
    driver: Any, recording: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, panel = driver.window, recording.panel
    assert panel.isVisible()
    assert panel.empty.isVisible()
    record_two_steps(driver, panel)
    assert "Ready" in panel.lacking.text()
    project = window.session.document.project
    press(driver, "recorder.test")
    guide = window.session.guide
    assert not panel.isVisible()
    assert guide.lesson.title == "My rates"
    assert window.session.document.project.training.optimizer.learning_rate == pytest.approx(0.03)
    press(driver, "lesson.leave")
    assert panel.isVisible()
    assert window.session.document.project == project
    path = tmp_path / "own.dllesson"
    monkeypatch.setattr(window.verbs.dialogs, "save_lesson", lambda suggestion, chosen: chosen(path))
    press(driver, "recorder.save")
    assert "own.dllesson" in window.messages.message.text
    assert len(reader.load(path).steps) == 2
    press(driver, "recorder.leave")
    assert not panel.isVisible()
    assert drop(window, path)
    assert guide.lesson.title == "My rates"
    type_rate(driver, "0.1")
    driver.wait(lambda: guide.ticked)
    press(driver, "lesson.next")
    press(driver, "button.run.train")
    driver.wait(lambda: guide.finished)
    press(driver, "button.run.train")
    assert window.session.recorder.draft is None


def test_who_records_after_training_is_told_that_the_lesson_begins_untrained(driver: Any) -> None:
    train_for(driver, 2)
    driver.trigger("learn.record")
    assert "begins untrained" in driver.window.messages.message.text


def test_what_lacks_is_told_and_nothing_is_saved(driver: Any, recording: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(driver.window.verbs.dialogs, "save_lesson", lambda suggestion, chosen: asked.append(suggestion))
    press(driver, "recorder.save")
    assert driver.window.messages.message.text == "The lesson has no title."
    press(driver, "recorder.add")
    assert "Nothing has changed since the last step" in driver.window.messages.message.text
    type_rate(driver, "0.1")
    press(driver, "recorder.add")
    write(driver, "recorder.text", "About.")
    write(driver, "recorder.do", "Act.")
    for row in recording.panel.step.rows:
        if row.box.isChecked():
            driver.qtbot.mouseClick(row, LEFT)
    recording.panel.choose(-1)
    write(driver, "recorder.title", "T")
    write(driver, "recorder.goal", "G")
    assert recording.panel.lacking.text() == "Step 1 waits for nothing: tick at least one condition."
    assert asked == []


def test_a_file_that_cannot_be_written_is_told(driver: Any, recording: Any, tmp_path: Path) -> None:
    record_two_steps(driver, recording.panel)
    recording.save_to(tmp_path / "missing" / "own.dllesson")
    assert "cannot be written" in driver.window.messages.message.text
    assert not driver.window.session.recorder.draft.saved


def test_steps_are_moved_by_keys_deleted_and_brought_back(driver: Any, recording: Any) -> None:
    panel, recorder = recording.panel, driver.window.session.recorder
    for rate, words in (("0.1", "First"), ("0.2", "Second")):
        type_rate(driver, rate)
        add_step(driver, words, words)
    driver.qtbot.keyClick(panel.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [step.do for step in recorder.draft.steps] == ["Second", "First"]
    assert panel.list.currentRow() == 1
    assert not panel.up.isEnabled()
    press(driver, "recorder.down")
    assert [step.do for step in recorder.draft.steps] == ["First", "Second"]
    press(driver, "recorder.delete")
    assert [step.do for step in recorder.draft.steps] == ["First"]
    press(driver, "recorder.undo")
    assert [step.do for step in recorder.draft.steps] == ["First", "Second"]


def test_what_is_ringed_is_pointed_at(driver: Any, recording: Any) -> None:
    type_rate(driver, "0.1")
    press(driver, "recorder.add")
    press(driver, "recorder.point")
    target = driver.find(QAbstractButton, "button.run.reset")
    place = target.mapTo(driver.window, QPoint(5, 5))
    driver.qtbot.mouseMove(recording.pointer.pointing, place)
    driver.qtbot.mouseClick(recording.pointer.pointing, LEFT, pos=place)
    assert recording.pointer.pointing is None
    assert driver.window.session.recorder.draft.steps[0].control == "button.run.reset"
    assert driver.find(QComboBox, "recorder.ring").currentText() == "Reset"


def test_a_control_that_is_not_on_the_list_is_called_as_on_screen(driver: Any, recording: Any) -> None:
    document = driver.window.session.document
    document.apply(edits.set_source(document.project, "xor"))
    press(driver, "recorder.add")
    assert driver.window.session.recorder.draft.steps[0].control == "data.source.xor"
    assert "XOR" in driver.find(QComboBox, "recorder.ring").currentText()


def test_a_lesson_file_is_edited(driver: Any, recording: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.lessons.test_reader import lesson

    path = tmp_path / "own.dllesson"
    path.write_bytes(lesson())
    monkeypatch.setattr(driver.window.verbs.dialogs, "open_lesson", lambda folder, chosen: chosen(path))
    press(driver, "recorder.open")
    assert driver.window.session.recorder.draft.title == "Small"
    assert recording.panel.list.count() == 2
    path.write_bytes(b"{")
    press(driver, "recorder.open")
    assert "“own.dllesson”" in driver.window.messages.message.text
    assert driver.window.session.recorder.draft.title == "Small"


def test_a_hostile_lesson_file_is_shown_like_any_other(driver: Any, recording: Any, tmp_path: Path) -> None:
    from tests.lessons.test_reader import lesson, step

    until = [
        {"type": "updates_at_least", "value": 10**30},
        {"type": "learning_rate_between"},
        {"type": "activation_is", "layer": -(10**25), "activation": "<i>x" * 50},
    ]
    path = tmp_path / "own.dllesson"
    path.write_bytes(lesson(steps=step(until=until, do="<b>\n" * 200, control="no\u0000thing")))
    recording.edit_file(path)
    recording.panel.choose(0)
    assert [row.box.isChecked() for row in recording.panel.step.rows] == [True] * 3
    recording.test()
    driver.window.session.recorder.end_test()
    assert recording.panel.isVisible()


def test_a_lesson_that_begins_ends_the_recording_and_keeps_it(driver: Any, recording: Any) -> None:
    write(driver, "recorder.title", "Mine")
    driver.window.verbs.lessons.begin("learning_rate")
    assert not recording.panel.isVisible()
    driver.trigger("learn.record")
    assert driver.find(QLineEdit, "recorder.title").text() == "Mine"
    assert driver.window.session.guide.lesson is None


def test_a_draft_that_was_left_is_offered_at_the_next_start(qtbot: Any) -> None:
    for first in (True, False):
        _, window = application.create(["playground"])
        window.show()
        qtbot.waitExposed(window)
        if first:
            window.verbs.recording.record()
            document = window.session.document
            document.apply(edits.set_value(document.project, "training.batch_size", 1))
            window.session.recorder.add_step()
        else:
            qtbot.waitUntil(lambda window=window: window.messages.message is not None)
            (remedy,) = window.messages.message.remedies
            assert remedy.text == "Go on recording"
            remedy.act()
            assert window.verbs.recording.panel.isVisible()
            assert len(window.session.recorder.draft.steps) == 1
            assert window.session.document.project.training.batch_size == 1
        window.close()
        window.deleteLater()


def test_every_control_of_the_list_is_there(driver: Any) -> None:
    assert [name for name, _ in RINGS if driver.window.findChild(QWidget, name) is None] == []


def test_the_reference_is_shown(driver: Any) -> None:
    driver.trigger("learn.authors")
    page = driver.find(QWidget, "authors.page")
    assert "learning_rate_between" in page.toPlainText()
    driver.window.verbs.set_theme("dark")
    assert not page.grab().isNull()


def test_the_theme_is_followed(driver: Any, recording: Any) -> None:
    for mode in ("dark", "light"):
        driver.window.verbs.set_theme(mode)
        assert not recording.panel.grab().isNull()
