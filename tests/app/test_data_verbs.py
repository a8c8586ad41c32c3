"""The actions of the data menu, on the real window."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from playground.app.main_window import MainWindow
from playground.project import edits
from playground.project.model import MAX_SEED


def test_other_examples_are_drawn_and_undone(window: MainWindow) -> None:
    document = window.session.document
    before = document.samples.inputs
    window.actions_by_id["data.redraw"].trigger()
    assert document.project.data.seed == 1
    assert (document.samples.inputs != before).any()
    window.actions_by_id["edit.undo"].trigger()
    assert (document.samples.inputs == before).all()


def test_after_the_last_seed_a_sentence_says_so(window: MainWindow) -> None:
    document = window.session.document
    document.apply(edits.set_value(document.project, "data.seed", MAX_SEED))
    window.actions_by_id["data.redraw"].trigger()
    assert document.project.data.seed == MAX_SEED
    assert window.messages.message is not None
    assert str(MAX_SEED + 1) in window.messages.message.text


def test_the_examples_are_saved_and_where_is_told(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    window.show()
    window.actions_by_id["data.save"].trigger()
    (question,) = window.findChildren(QFileDialog)
    question.fileSelected.emit(str(tmp_path / "circle.csv"))
    question.reject()
    qtbot.waitUntil(lambda: window.messages.message is not None and "500 examples" in window.messages.message.text)
    assert len((tmp_path / "circle.csv").read_text().splitlines()) == 501


def test_a_data_set_that_cannot_be_written_is_told(window: MainWindow, qtbot: Any) -> None:
    window.show()
    window.verbs.data.save_to(Path("/no/such/folder/circle.csv"))
    qtbot.waitUntil(lambda: window.messages.message is not None and "Choose another" in window.messages.message.text)
