"""Resources are found in each form in which the program is delivered."""

import sys
from pathlib import Path

import pytest

from playground import resources


def test_found_in_the_source_tree() -> None:
    assert resources.path("data", "digits.npz").is_file()


def test_found_in_a_packaged_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "x.txt").write_text("x")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.path("x.txt") == tmp_path / "resources" / "x.txt"


def test_found_inside_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_resources").mkdir()
    (tmp_path / "_resources" / "x.txt").write_text("x")
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert resources.path("x.txt").read_text() == "x"


def test_missing_resource_says_where_it_looked() -> None:
    with pytest.raises(FileNotFoundError, match=r"'nothing/here.txt' is missing; looked for: .*resources"):
        resources.path("nothing", "here.txt")
