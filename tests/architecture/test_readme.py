"""The README says what the program does: its keys, its commands, its picture."""

import re
from pathlib import Path

import pytest

from playground import cli
from playground.app.actions import ACTIONS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("spec", [spec for spec in ACTIONS if spec.keys], ids=lambda spec: spec.id)
def test_every_key_is_listed(spec: object) -> None:
    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("|")]
    listed = {key for row in rows for key in re.split(r"[ ,()]+", row) if key}
    assert set(spec.keys) <= listed  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_option_is_listed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help", "--output"}
    assert f"playground {command}" in README
    assert {option for option in options if option not in README} == set()


def test_its_files_exist_and_its_picture_is_small() -> None:
    for name in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / name).is_file(), name
    assert (ROOT / "docs" / "playground.png").stat().st_size < 400_000
