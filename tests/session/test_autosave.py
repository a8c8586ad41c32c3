"""Work is kept by itself, comes back after a crash, and unnamed work after closing."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from playground.project import edits
from playground.project.fileformat import FileError
from playground.session import Session, autosave, journal
from playground.session.autosave import Autosave
from playground.session.claims import Lock, claims
from playground.training import checkpoint
from playground.training.records import RunState
from tests.session.test_claims import left_by_a_crash


@pytest.fixture
def keeper(session: Session, tmp_path: Path) -> Iterator[Autosave]:
    parent = QObject()
    keeper = Autosave(session, Lock(tmp_path / "recovery"), parent)
    yield keeper
    keeper.close(forget=True)
    parent.deleteLater()


def change(session: Session, seed: int = 5) -> None:
    session.document.apply(edits.set_value(session.document.project, "data.seed", seed))


def train(session: Session, qtbot: Any, epochs: int) -> None:
    session.trainer.train(until_epoch=epochs)
    qtbot.waitUntil(lambda: session.document.steps == epochs * 34, timeout=20_000)
    qtbot.waitUntil(lambda: session.trainer.state is RunState.PAUSED, timeout=20_000)


def saved(keeper: Autosave, qtbot: Any) -> checkpoint.Opened:
    keeper.save()
    qtbot.waitUntil(lambda: not keeper.busy)
    return checkpoint.open_file(keeper.path)


def crash(keeper: Autosave) -> Path:
    """What the folder of a program that was killed now holds, seen from another one."""
    folder = keeper.path.parent.with_name("after")
    shutil.copytree(keeper.path.parent, folder)
    for lock in folder.glob("*.lock"):
        lock.unlink()
        left_by_a_crash(folder, lock.stem)
    return folder


def test_nothing_is_written_before_there_is_work(keeper: Autosave) -> None:
    keeper.save()
    assert not keeper.busy
    assert not keeper.path.exists()


def test_what_was_learned_is_kept(session: Session, keeper: Autosave, qtbot: Any) -> None:
    train(session, qtbot, 3)
    opened = saved(keeper, qtbot)
    assert opened.state is not None
    assert opened.state.epoch == 3
    assert opened.project == session.document.project


def test_twenty_edits_are_kept_at_once(session: Session, keeper: Autosave, qtbot: Any) -> None:
    for seed in range(1, autosave.EDITS):
        change(session, seed)
    assert not keeper.busy
    change(session, 99)
    assert keeper.busy
    qtbot.waitUntil(lambda: not keeper.busy)
    assert checkpoint.open_file(keeper.path).project.data.seed == 99


def test_time_alone_keeps_work(session: Session, keeper: Autosave, qtbot: Any) -> None:
    change(session)
    keeper._timer.setInterval(1)
    qtbot.waitUntil(lambda: keeper.path.exists() and not keeper.busy)
    assert checkpoint.open_file(keeper.path).project.data.seed == 5


def test_work_comes_back_after_a_crash(session: Session, keeper: Autosave, qtbot: Any, tmp_path: Path) -> None:
    train(session, qtbot, 2)
    session.document.mark_saved(tmp_path / "mine.playground", state=session.trainer.capture())
    change(session)
    saved(keeper, qtbot)
    assert journal.crashed(keeper.path.parent) == []  # its window is still open
    folder = crash(keeper)
    (trace,) = journal.crashed(folder)
    assert (trace.name, trace.file) == ("mine.playground", tmp_path / "mine.playground")
    opened = journal.take(trace, "7-me")
    assert opened is not None
    assert opened.project.data.seed == 5
    assert opened.state is not None
    assert opened.state.epoch == 2
    assert opened.path == tmp_path / "mine.playground"
    assert sorted(path.name for path in folder.iterdir()) == ["7-me.playground"]


def test_of_two_windows_one_takes_the_work(session: Session, keeper: Autosave, qtbot: Any) -> None:
    change(session)
    saved(keeper, qtbot)
    (trace,) = journal.crashed(crash(keeper))
    assert journal.take(trace, "1-a") is not None
    with pytest.raises(FileError, match="There is no file"):
        journal.take(trace, "2-b")


def test_unnamed_work_is_there_at_the_next_start(session: Session, keeper: Autosave) -> None:
    change(session)
    keeper.close()
    (trace,) = journal.unnamed(keeper.path.parent)
    assert journal.crashed(keeper.path.parent) == []
    opened = journal.take(trace, "1-next")
    assert opened is not None
    assert (opened.project.data.seed, opened.path) == (5, None)


def test_an_untouched_window_leaves_nothing(keeper: Autosave) -> None:
    keeper.close()
    assert list(keeper.path.parent.iterdir()) == []


def test_a_named_file_leaves_nothing(session: Session, keeper: Autosave, qtbot: Any, tmp_path: Path) -> None:
    change(session)
    saved(keeper, qtbot)
    session.document.mark_saved(tmp_path / "mine.playground")
    assert keeper.lock.path.exists()
    keeper.close()
    assert list(keeper.path.parent.iterdir()) == []


def test_a_disk_that_cannot_be_written_is_told_once(session: Session, keeper: Autosave, qtbot: Any) -> None:
    told: list[str] = []
    keeper.failed.connect(told.append)
    folder = keeper.path.parent
    shutil.rmtree(folder)
    folder.touch()
    change(session)
    for _ in range(2):
        keeper.save()
        qtbot.waitUntil(lambda: not keeper.busy)
    assert len(told) == 1
    assert "cannot be" in told[0]
    folder.unlink()
    assert saved(keeper, qtbot).project.data.seed == 5


def test_any_other_failure_is_told_too(
    session: Session, keeper: Autosave, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    keeper.failed.connect(told.append)

    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(journal, "write", fail)
    change(session)
    keeper.save()
    qtbot.waitUntil(lambda: bool(told))
    assert "MemoryError" in told[0]


def test_old_leftovers_are_tidied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MOST_KEPT", 2)
    left_by_a_crash(tmp_path)
    (tmp_path / ".1-x.playground.abcd.part").touch()
    project = Session().document.project
    for number in range(4):
        journal.write(tmp_path / f"{number}-x.playground", project, None, "Circle", None, closed=True)
    (tmp_path / "odd.playground").write_bytes(b"no project")
    journal.tidy(tmp_path)
    assert claims(tmp_path) == []
    names = {path.name for path in tmp_path.iterdir()}
    assert len(names) == 3
    assert "odd.playground" in names
