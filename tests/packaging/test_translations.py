"""Every text is found, and every language has all of them."""

import sys
from pathlib import Path

import pytest

from playground.texts import LANGUAGES

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))

import translations

SOURCES = translations.collect()


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_language_has_every_text(language: str) -> None:
    have = translations.load(language)
    assert [text for text in SOURCES if text not in have] == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_places_tags_and_keys_agree(language: str) -> None:
    have = translations.load(language)
    assert {text: wrong for text, target in have.items() if (wrong := translations.fault(text, target))} == {}


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_file_is_sorted_as_the_tool_writes_it(language: str) -> None:
    assert list(translations.load(language)) == sorted(translations.load(language))


def test_the_languages_are_those_of_the_program() -> None:
    assert set(LANGUAGES) == {"en", *translations.LANGUAGES}


@pytest.mark.parametrize(
    "text",
    [
        "&File",  # a row of the table of actions
        "Set %1 to %2",  # a Text of the core
        "Learning rate",  # the title of a setting
        "How many units the layer has.",  # its help
        "binary cross-entropy",  # the title of a class
        "A wave from left to right.",  # an entry of a registry
        "Three blobs",  # a preset
        "A straight line, or not?",  # a lesson
        "The weights are no longer numbers: training has diverged.",  # an alias of translate()
    ],
)
def test_texts_of_every_kind_are_found(text: str) -> None:
    assert text in SOURCES


def test_what_is_no_text_is_left_alone() -> None:
    assert not {".py", "dense", "training.batch_size"} & set(SOURCES)


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("", "is empty"),
        ("%2 auf %2", "where the text has"),
        ("%1 auf &%2", "other “&”"),
        (" %1 auf %2", "blanks"),
        ("%2: %1", ""),
    ],
)
def test_a_wrong_translation_is_named(target: str, what: str) -> None:
    found = translations.fault("Set %1 to %2", target)
    assert what in found
    assert bool(found) == bool(what)


def test_translations_are_listed_and_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: object) -> None:
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    monkeypatch.setattr(translations, "collect", lambda: {"One %1": {"a.py"}, "Two": {"a.py"}})
    file = tmp_path / "answers"
    file.write_text('{"One %1": "Eins %1", "Two": "", "Three": "Drei"}', "utf-8")
    assert translations.main(["merge", "de", str(file)]) == 1
    assert translations.load("de") == {"One %1": "Eins %1"}
    capsys.readouterr()  # type: ignore[attr-defined]
    translations.main(["list", "de"])
    assert "Two" in capsys.readouterr().out  # type: ignore[attr-defined]
    assert translations.main([]) == 1
