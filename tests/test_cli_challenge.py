"""``playground challenge``: the list, codes judged again, and what is no code."""

import io
import json

import pytest

from playground import cli
from playground.lessons.challenges import code, library, score
from tests.lessons.challenges import references

NAME = "three_lines"
CODE = code.encode(NAME, references.project(NAME), references.REFERENCES[NAME].epochs)
BROKEN = code.encode(NAME, references.project("few_points"), 10)

Capture = pytest.CaptureFixture[str]


def test_the_list(capsys: Capture) -> None:
    assert cli.main(["challenge"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(library.names())
    assert cli.main(["challenge", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["name"] for one in found] == list(library.names())
    assert found[0]["parameters_at_most"] == library.load(NAME).rules.parameters_at_most


def test_a_code_is_trained_again_and_gives_the_same_score(capsys: Capture) -> None:
    project, epochs = references.project(NAME), references.REFERENCES[NAME].epochs
    verdict = score.judge(library.load(NAME), library.start(NAME), project, epochs)
    assert cli.main(["challenge", CODE]) == 0
    assert capsys.readouterr().out == f"★★★ {NAME}: test accuracy 100.0 %, 13 parameters, {epochs} epochs\n"
    assert cli.main(["challenge", "--json", CODE]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["score"], found["stars"], found["parameters"]) == (verdict.score, 3, 13)
    assert found["broken"] == []


def test_a_broken_rule_is_named(capsys: Capture) -> None:
    assert cli.main(["challenge", BROKEN]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"☆☆☆ {NAME}: no score, a rule is broken.\n")
    assert "at most 13 are allowed." in out


def test_a_class_hands_in_by_standard_input(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"Handed in:\nAnna: {CODE}\n\nBen: {CODE[:-2]}\n"))
    assert cli.main(["challenge", "-", "--json"]) == 2
    printed = capsys.readouterr()
    assert json.loads(printed.out)["from"] == "Anna"
    assert "damaged" in printed.err


@pytest.mark.parametrize(("words", "sentence"), [(["DLC1-x"], "damaged"), (["hello"], "begins with “DLC1-”")])
def test_what_is_no_code_is_a_sentence(words: list[str], sentence: str, capsys: Capture) -> None:
    assert cli.main(["challenge", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert sentence in printed.err
    assert printed.err.count("\n") == 1


def test_a_code_is_no_project(capsys: Capture) -> None:
    assert cli.main([CODE]) == 2
    assert "playground challenge CODE" in capsys.readouterr().err


def test_standard_input_without_a_code(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("nothing\n"))
    assert cli.main(["challenge", "-"]) == 2
    assert "There is no code" in capsys.readouterr().err
