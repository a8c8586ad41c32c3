"""Windows know of each other by lock files; one whose process is gone was left by a crash."""

import json
from pathlib import Path

import pytest

from playground.session.claims import Lock, claims


def left_by_a_crash(folder: Path, name: str = "999999999-dead") -> None:
    folder.mkdir(exist_ok=True)
    facts = {"pid": 999_999_999, "started": "long ago", "file": None}
    (folder / f"{name}.lock").write_text(json.dumps(facts))


def test_two_windows_on_one_file_know_of_each_other(tmp_path: Path) -> None:
    file = tmp_path / "a.playground"
    file.touch()
    (tmp_path / "link.playground").symlink_to(file)
    one, other = Lock(tmp_path / "locks"), Lock(tmp_path / "locks")
    assert not one.others(file)
    other.hold(tmp_path / "link.playground")
    assert one.others(file)
    assert not other.others(file)
    other.hold(None)
    assert not one.others(file)
    other.release()
    assert [claim.name for claim in claims(tmp_path / "locks")] == [one.name]
    one.release()


def test_a_crash_leaves_a_lock_that_is_not_live(tmp_path: Path) -> None:
    left_by_a_crash(tmp_path)
    lock = Lock(tmp_path)
    assert {claim.name: claim.live for claim in claims(tmp_path)} == {"999999999-dead": False, lock.name: True}


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"pid": "x", "started": 1, "file": null}'])
def test_a_lock_that_makes_no_sense_is_not_live(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.lock").write_bytes(content)
    assert [claim.live for claim in claims(tmp_path)] == [False]


def test_no_lock_where_the_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    lock = Lock(tmp_path / "file" / "locks")
    lock.hold(tmp_path / "a.playground")
    assert not lock.others(tmp_path / "a.playground")
    lock.release()
