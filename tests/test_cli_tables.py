"""Tables on the command line: trained with a network that suits them, or refused with a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from playground import cli
from playground.training import checkpoint


def run(capsys: Any, *words: str) -> tuple[int, str, str]:
    code = cli.main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    path = tmp_path / "flowers.csv"
    rows = [f"{n % 10};{n % 7},5;{'big' if n % 10 > 4 else 'small'};{n % 3}" for n in range(80)]
    path.write_text("length;width;size;leaves\n" + "\n".join(rows))
    return path


def test_a_table_is_trained_with_a_network_that_suits_it(capsys: Any, flowers: Path, tmp_path: Path) -> None:
    out = tmp_path / "flowers.playground"
    words = ("--target", "size", "--epochs", "60", "--json", "--save", str(out))
    code, told, _ = run(capsys, "train", str(flowers), *words)
    facts = json.loads(told)
    assert code == 0
    assert facts["metric"] == "accuracy"
    assert facts["test_metric"] >= 0.9
    assert checkpoint.open_file(out).project.data.source.inputs == ("length", "width", "leaves")


def test_the_options_of_a_table_are_used(capsys: Any, flowers: Path) -> None:
    words = ("--target", "length", "--inputs", "size, width", "--predict", "numbers", "--scaling", "min-max")
    code, told, _ = run(capsys, "train", str(flowers), *words, "--gaps", "fill", "--epochs", "3", "--json")
    assert code == 0
    assert json.loads(told)["metric"] not in ("", "accuracy")
    assert run(capsys, "inspect", str(flowers), "--target", "length")[0] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--target", "colour"), "There is no column “colour”. The columns are: length, width, size, leaves."),
        (("--inputs", "weight"), "There is no column “weight”. The columns are: length, width, size, leaves."),
        (("--target", "size", "--predict", "numbers"), "“size” holds texts, not numbers; predict classes instead."),
    ],
)
def test_what_makes_no_sense_is_told(capsys: Any, flowers: Path, words: tuple[str, ...], sentence: str) -> None:
    code, out, err = run(capsys, "train", str(flowers), *words)
    assert (code, out, err.strip()) == (2, "", sentence)


def test_options_of_tables_are_refused_with_a_preset(capsys: Any) -> None:
    code, _, err = run(capsys, "train", "circle", "--target", "x")
    assert code == 2
    assert err.startswith("--target is for tables")


def test_a_file_that_is_no_table_is_told(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    code, _, err = run(capsys, "train", str(path))
    assert code == 2
    assert "picture.csv” is not a text file but a picture" in err
    assert run(capsys, "train", str(tmp_path / "none.csv"))[0] == 2
