"""Texts of the core are plain English, and can be told in another language with the same values."""

import copy
import pickle

from playground.texts import Text, filled, named


def test_a_text_is_the_english_sentence() -> None:
    text = Text("Set %1 to %2", named("Learning rate"), 0.03)
    assert text == "Set learning rate to 0.03"
    assert isinstance(text, str)
    assert (text.template, text.values[1]) == ("Set %1 to %2", 0.03)
    assert Text("%1 %2 % of %3", "All:", 23, 0.123456) == "All: 23 % of 0.123"


def test_a_title_within_a_sentence_begins_small_but_remembers_how_it_is_written() -> None:
    assert named("Noise") == "noise"
    assert named("L2") == "L2"
    assert named("Noise").template == "Noise"


def test_values_are_not_taken_for_places() -> None:
    assert filled("%1 and %2, %3", ["%2", "b"]) == "%2 and b, %3"


def test_copies_remember_too() -> None:
    text = Text("%1 of layer %2", named("Units"), 3)
    for other in (copy.deepcopy(text), pickle.loads(pickle.dumps(text))):
        assert other == text
        assert (other.template, other.values) == (text.template, text.values)
        assert other.values[0].template == "Units"
