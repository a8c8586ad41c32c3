"""A table is imported through the dialog, changed in every way it offers, and learned."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from playground.data.sources import Circle, Table
from playground.data.sources.bundled import Iris, load
from playground.session import Session
from playground.views.tables import reading
from playground.views.tables.ask import ask, ask_columns, ask_file
from playground.views.tables.dialog import TableDialog

Opened = Callable[[Path], TableDialog]


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    """Iris as a German spreadsheet writes it, with a number for each row, two gaps and a mistake."""
    rows, labels = load("iris")
    lines = [";".join(["nr", *Iris.input_names, "species"])]
    for place, (row, label) in enumerate(zip(rows, labels, strict=True)):
        cells = [str(place + 1), *(f"{value:.1f}".replace(".", ",") for value in row), Iris.class_names[label]]
        if place == 10:
            cells[1] = "oops"
        if place in (20, 30):
            cells[2] = "NA"
        lines.append(";".join(cells))
    path = tmp_path / "flowers.csv"
    path.write_text("\r\n".join(lines), encoding="utf-16")
    return path


@pytest.fixture
def home(qtbot: Any) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def opened(qtbot: Any, session: Session, home: QWidget) -> Opened:
    """Open the dialog and wait until the table is read and tried."""

    def open_it(path: Path) -> TableDialog:
        dialog = ask(home, session, path)
        qtbot.waitUntil(lambda: not dialog.busy)
        return dialog

    return open_it


def choose(combo: Any, value: Any) -> None:
    """Choose an entry as the user does."""
    place = combo.findData(value) if combo.findData(value) >= 0 else combo.findText(value)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def test_what_was_found_is_shown(opened: Opened, flowers: Path) -> None:
    dialog = opened(flowers)
    found = dialog.writing.dialect()
    assert (found.delimiter, found.decimal_comma, found.encoding, found.header) == (";", True, "utf-16", True)
    model = dialog.preview.model()
    assert (model.rowCount(), model.columnCount()) == (50, 6)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "sepal length"
    assert model.data(model.index(0, 1)) == "5,1"
    assert dialog.columns.ticked() == Iris.input_names
    assert dialog.choices.chosen().target == "species"
    assert not dialog.choices.predict.isEnabled()
    assert "row 12 “sepal length”: oops" in dialog.findings.toPlainText()
    assert "Missing values: 2" in dialog.findings.toPlainText()
    assert dialog.words.text().startswith(
        "147 rows · 4 inputs → 3 classes (setosa, versicolor, virginica) · 3 rows left"
    )
    dialog.reject()


def test_iris_with_semicolons_and_decimal_commas_is_imported_and_learned(
    qtbot: Any, session: Session, opened: Opened, flowers: Path
) -> None:
    dialog = opened(flowers)
    dialog.choices.suited.click()
    choose(dialog.choices.gaps, "fill")
    qtbot.waitUntil(lambda: not dialog.busy)
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    source = session.document.project.data.source
    assert isinstance(source, Table)
    assert (source.name, source.target, source.inputs, source.gaps) == ("flowers", "species", Iris.input_names, "fill")
    assert session.document.samples.dataset.n == 150
    assert session.document.project.data.noise == 0
    session.trainer.train(until_epoch=60)
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.epoch == 60)
    assert session.trainer.latest.counters.train_metric >= 0.95
    assert session.trainer.latest.counters.test_metric >= 0.9
    session.document.undo()
    session.document.undo()
    assert session.document.project.data.source == Circle()


def test_the_present_network_stays_unless_another_is_asked_for(session: Session, opened: Opened, flowers: Path) -> None:
    hidden = session.document.project.network.layers[:-1]
    dialog = opened(flowers)
    dialog.accept_button.click()
    assert session.document.project.network.layers[:-1] == hidden
    assert session.document.project.data.source.outputs == 3


def test_another_target_is_no_input_and_a_number(qtbot: Any, opened: Opened, flowers: Path) -> None:
    dialog = opened(flowers)
    choose(dialog.choices.target, "petal width")
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.columns.ticked() == (*Iris.input_names[:3], "species")
    assert dialog.choices.chosen().predict == "numbers"
    assert "6 inputs → the number petal width" in dialog.words.text()
    choose(dialog.choices.predict, "classes")
    qtbot.waitUntil(lambda: not dialog.busy)
    assert "22 classes" in dialog.words.text()
    dialog.reject()


def test_columns_are_ticked_by_keyboard_and_none_is_refused(qtbot: Any, opened: Opened, flowers: Path) -> None:
    dialog = opened(flowers)
    for row in range(1, 5):
        dialog.columns.setCurrentCell(row, 0)
        qtbot.keyClick(dialog.columns, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.columns.ticked() == ()
    assert dialog.words.text() == "No inputs are chosen; choose at least one column to predict from."
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_a_wrong_delimiter_is_told_and_mended(qtbot: Any, session: Session, opened: Opened, flowers: Path) -> None:
    before = session.document.project
    dialog = opened(flowers)
    choose(dialog.writing.delimiter, "|")
    qtbot.waitUntil(lambda: not dialog.busy)
    assert "only one column" in dialog.words.text()
    assert not dialog.accept_button.isEnabled()
    choose(dialog.writing.delimiter, ";")
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.accept_button.isEnabled()
    dialog.writing.header.click()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.preview.model().headerData(0, Qt.Orientation.Horizontal) == "column 1"
    dialog.reject()
    assert session.document.project == before


def test_what_is_no_table_is_told_and_the_project_stays(session: Session, opened: Opened, tmp_path: Path) -> None:
    before = session.document.project
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    dialog = opened(path)
    assert "is not a text file but a picture" in dialog.words.text()
    assert not dialog.accept_button.isEnabled()
    dialog.reject()
    assert session.document.project is before


def test_closing_ends_the_reading_of_a_large_table(
    qtbot: Any, session: Session, home: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.csv"
    path.write_text("a,b\n" + "1,2\n3,4\n" * 300_000)
    shares: list[float] = []
    original = reading.whole

    def watched(path: Path, dialect: Any, progress: Any) -> Any:
        told = progress.report
        progress.report = lambda share: (shares.append(share), told(share))
        return original(path, dialect, progress)

    monkeypatch.setattr("playground.views.tables.dialog.whole", watched)
    dialog = ask(home, session, path)
    qtbot.waitUntil(lambda: len(shares) > 2)
    assert dialog.bar.isVisibleTo(dialog)
    dialog.reject()
    assert shares[-1] < 1
    assert not dialog.busy


def test_the_file_dialog_leads_to_the_import(qtbot: Any, session: Session, home: QWidget, flowers: Path) -> None:
    files = ask_file(home, session)
    files.fileSelected.emit(str(flowers))
    files.close()
    dialog = home.findChild(TableDialog)
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.accept_button.isEnabled()
    dialog.reject()
    assert session.settings.text("folders/table") == str(flowers.parent)


def test_other_columns_of_the_imported_table_are_chosen(
    qtbot: Any, session: Session, home: QWidget, opened: Opened, flowers: Path
) -> None:
    assert ask_columns(home, session) is None
    opened(flowers).accept_button.click()
    flowers.unlink()
    dialog = ask_columns(home, session)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.busy)
    assert not dialog.writing.isVisibleTo(dialog)
    assert dialog.columns.ticked() == Iris.input_names
    assert dialog.choices.chosen().target == "species"
    model = dialog.preview.model()
    assert [model.data(model.index(10, place)) for place in range(6)] == ["11", "", "3.7", "1.5", "0.2", "setosa"]
    choose(dialog.choices.target, "petal width")
    choose(dialog.choices.gaps, "fill")
    qtbot.waitUntil(lambda: not dialog.busy)
    dialog.accept_button.click()
    source = session.document.project.data.source
    assert isinstance(source, Table)
    assert (source.name, source.target, source.predict, source.gaps) == ("flowers", "petal width", "numbers", "fill")
    assert source.inputs == (*Iris.input_names[:3], "species")
    again = ask_columns(home, session)
    assert again is not None
    qtbot.waitUntil(lambda: not again.busy)
    assert again.choices.chosen().target == "petal width"
    assert again.columns.ticked() == source.inputs
    again.reject()
