"""The tab Code on the real window."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from playground.app.main_window import MainWindow
from playground.engine.layers import Conv2D, Dense, Flatten, Residual
from playground.project import build, edits
from playground.project.edit import Edit
from playground.project.model import NetworkSettings
from playground.views.panels.code import CodePanel
from playground.views.panels.code.panel import LANGUAGES, _setting


@pytest.fixture
def panel(window: MainWindow, qtbot: Any) -> CodePanel:
    window.show()
    qtbot.waitExposed(window)
    window.tabs.open("code")
    made: CodePanel = window.panels["code"]  # type: ignore[assignment]
    qtbot.waitUntil(lambda: bool(made.view.toPlainText()))
    return made


def choose(panel: CodePanel, place: int) -> None:
    panel._languages.button(place).click()


@pytest.mark.parametrize("place", range(len(LANGUAGES)))
def test_every_script_is_shown_and_compiles(panel: CodePanel, place: int) -> None:
    choose(panel, place)
    source = panel.view.toPlainText()
    compile(source, "net.py", "exec")
    assert LANGUAGES[place][1].split()[0].lower() in source.lower()


def test_it_follows_the_project_and_marks_what_changed(window: MainWindow, panel: CodePanel, qtbot: Any) -> None:
    document = window.session.document
    document.apply(edits.set_value(document.project, "training.batch_size", 25))
    qtbot.waitUntil(lambda: "BATCH_SIZE = 25" in panel.view.toPlainText())
    marked = [mark.cursor.block().text() for mark in panel.view.extraSelections()]
    assert marked == ["BATCH_SIZE = 25"]
    qtbot.waitUntil(lambda: not panel.view.extraSelections())
    document.undo()
    qtbot.waitUntil(lambda: "BATCH_SIZE = 10" in panel.view.toPlainText())


def test_a_control_lights_its_lines(window: MainWindow, panel: CodePanel, qtbot: Any) -> None:
    field = window.findChild(object, "training.optimizer.learning_rate")
    assert _setting(field) == "training.optimizer.learning_rate"
    panel.point_at(_setting(field))
    lines = panel.view.toPlainText().splitlines()
    assert any("LEARNING_RATE = " in lines[line] for line in panel.lit)
    panel.point_at("")
    assert not panel.lit
    assert _setting(None) == _setting(panel) == ""


def test_what_it_has_no_words_for_is_said_and_comes_back(window: MainWindow, panel: CodePanel, qtbot: Any) -> None:
    document = window.session.document
    document.apply(edits.add_layer(document.project, 1, Residual()))
    qtbot.waitUntil(lambda: "no words for layer 2" in panel._words.text())
    assert panel.view.toPlainText() == ""
    assert not panel.copy_button.isEnabled()
    document.undo()
    qtbot.waitUntil(panel.copy_button.isEnabled)
    assert panel._words.text() == ""


def test_a_network_that_does_not_fit_is_said(window: MainWindow, panel: CodePanel, qtbot: Any) -> None:
    document = window.session.document
    document.apply(edits.set_source(document.project, "digits"))
    layers = (Conv2D(4, 30), Flatten(), Dense(10, "softmax"))
    document.apply(Edit("Layers", msgspec.structs.replace(document.project, network=NetworkSettings(layers))))
    qtbot.waitUntil(lambda: "larger than the image" in panel._words.text())
    assert panel.view.toPlainText() == ""


def test_the_script_is_copied_and_saved(window: MainWindow, panel: CodePanel, tmp_path: Path, qtbot: Any) -> None:
    panel.copy_button.click()
    assert QGuiApplication.clipboard().text() == panel.view.toPlainText()
    assert "clipboard" in window.messages.message.text
    panel.save_to(tmp_path / "net.py")
    qtbot.waitUntil(lambda: not panel._writer._job.running)
    assert "Written" in window.messages.message.text
    assert (tmp_path / "net.py").read_text(encoding="utf-8").startswith('"""')
    assert (tmp_path / "net_data.npz").is_file()
    panel.save_to(Path("/no/such/folder/net.py"))
    qtbot.waitUntil(lambda: "Choose another folder" in window.messages.message.text)


def test_it_says_when_something_is_learned_and_when_no_longer(
    window: MainWindow, panel: CodePanel, tmp_path: Path, qtbot: Any
) -> None:
    trainer = window.session.trainer
    trainer.train(until_epoch=2)
    qtbot.waitUntil(lambda: "TRAINED = True" in panel.view.toPlainText())
    qtbot.waitUntil(lambda: not trainer.running)
    panel.save_to(tmp_path / "network.py")
    qtbot.waitUntil((tmp_path / "network.py").exists)
    panel.copy_button.click()
    assert QGuiApplication.clipboard().text() == (tmp_path / "network.py").read_text(encoding="utf-8")
    trainer.reset()
    qtbot.waitUntil(lambda: "TRAINED" not in panel.view.toPlainText())


@pytest.mark.parametrize("answer", ["Replace", "Cancel"])
def test_before_other_files_are_replaced_it_asks_once(
    window: MainWindow, panel: CodePanel, tmp_path: Path, qtbot: Any, answer: str
) -> None:
    (tmp_path / "net_data.npz").write_bytes(b"mine")
    panel.save_to(tmp_path / "net.py")
    (box,) = panel.findChildren(QMessageBox)
    assert "net_data.npz" in box.text()
    next(button for button in box.buttons() if button.text() == answer).click()
    if answer == "Cancel":
        assert [file.name for file in tmp_path.iterdir()] == ["net_data.npz"]
        return
    qtbot.waitUntil(lambda: not panel._writer._job.running)
    assert "Written" in window.messages.message.text
    qtbot.waitUntil(lambda: not panel.findChildren(QMessageBox))
    panel.save_to(tmp_path / "net.py")
    assert not panel.findChildren(QMessageBox)
    qtbot.waitUntil(lambda: not panel._writer._job.running)


@pytest.mark.parametrize("place", range(len(LANGUAGES)))
def test_large_networks_are_written_without_being_built(
    panel: CodePanel, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("the script needs neither the network nor the data nor the state")

    for name in ("network", "samples"):
        monkeypatch.setattr(build, name, never)
    monkeypatch.setattr(type(panel._session.trainer), "capture", never)
    choose(panel, place)
    panel.point_at("training.batch_size")
    assert panel.lit


def test_hidden_it_rests(window: MainWindow, panel: CodePanel) -> None:
    assert panel._look.isActive()
    window.tabs.open("loss")
    assert not panel._look.isActive()
    before = panel.view.toPlainText()
    document = window.session.document
    document.apply(edits.set_value(document.project, "training.batch_size", 25))
    assert not panel._later.isActive()
    assert panel.view.toPlainText() == before
