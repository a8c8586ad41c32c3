"""File ▸ Export on the real window, and what the command line writes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QMenu

from playground import cli
from playground.export.kinds import EXPORTERS


def choose(driver: Any, name: str, path: Path) -> None:
    """Pick a kind in the menu and a name in the dialog."""
    menu = driver.window.findChild(QMenu, "file.export")
    menu.parent().aboutToShow.emit()
    next(action for action in menu.actions() if action.objectName() == f"file.export.{name}").trigger()
    (dialog,) = driver.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def told(driver: Any) -> str:
    message = driver.window.messages.message
    return message.text if message is not None else ""


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_every_kind_is_written_from_the_menu(driver: Any, tmp_path: Path, name: str) -> None:
    trainer = driver.window.session.trainer
    trainer.train(until_epoch=3)
    driver.wait(lambda: driver.epoch >= 3 and not trainer.running)
    path = tmp_path / f"out{EXPORTERS[name].suffix}"
    choose(driver, name, path)
    driver.wait(lambda: str(path) in told(driver))
    assert path.stat().st_size > 100


def test_the_weights_are_those_of_the_moment(driver: Any, tmp_path: Path) -> None:
    trainer = driver.window.session.trainer
    trainer.train(until_epoch=2)
    driver.wait(lambda: driver.epoch >= 2 and not trainer.running)
    choose(driver, "weights", tmp_path / "w.npz")
    driver.wait(lambda: "w.npz" in told(driver))
    with np.load(tmp_path / "w.npz") as archive:
        sizes = sum(archive[name].size for name in archive.files)
    assert sizes == trainer.capture().parameters.size


def test_what_cannot_be_written_is_told(driver: Any) -> None:
    choose(driver, "report", Path("/no/such/folder/report.html"))
    driver.wait(lambda: "Choose another folder" in told(driver))


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_every_kind_is_written_from_the_command_line(tmp_path: Path, name: str, capsys: Any) -> None:
    path = tmp_path / f"out{EXPORTERS[name].suffix}"
    assert cli.main(["export", "xor", "--to", name, "--epochs", "2", "-o", str(path)]) == 0
    assert path.stat().st_size > 100


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--to", "history", "-o", "h.csv"], "Train it first"),
        (["--to", "poem", "-o", "h.txt"], "poem"),
        (["--to", "weights", "-o", "no/such/w.npz"], "Choose another folder"),
        (["--to", "numpy", "-o", "."], "is a folder"),
    ],
)
def test_a_wrong_wish_is_one_sentence(
    words: list[str], sentence: str, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["export", "xor", *words]) == 2
    assert sentence in capsys.readouterr().err


def test_data_of_something_else_is_replaced_only_when_asked_for(tmp_path: Path, capsys: Any) -> None:
    words, data = ["export", "xor", "--to", "numpy", "-o", str(tmp_path / "net.py")], tmp_path / "net_data.npz"
    data.write_bytes(b"mine")
    assert cli.main([*words, "--epochs", "100000000"]) == 2  # before it trains
    assert "or add --replace" in capsys.readouterr().err
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"mine"]
    assert cli.main([*words, "--replace"]) == 0
    assert cli.main(words) == 0  # its own data now
    assert data.stat().st_size > 100


def test_a_notebook_without_more_is_that_of_numpy(tmp_path: Path) -> None:
    assert cli.main(["export", "xor", "--to", "notebook", "-o", str(tmp_path / "net.ipynb")]) == 0
    assert "plain NumPy" in (tmp_path / "net.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_pictures_can_be_exported_by_their_endings(kind: str, tmp_path: Path, capsys: Any) -> None:
    assert cli.main(["export", "xor", "--to", kind, "-o", str(tmp_path / "window")]) == 0
    assert (tmp_path / f"window.{kind}").stat().st_size > 1000
