"""Classes without a name of their own are told in the user's language."""

import pytest

from playground.session import languages
from playground.views.class_names import shown_name, shown_names


@pytest.fixture
def spanish(qapp):
    languages.speak("es")
    yield
    languages.speak("en")


def test_english_names_stay(qapp):
    assert shown_names(("class 0", "cat")) == ("class 0", "cat")


def test_unnamed_classes_are_translated_and_given_names_are_not(spanish):
    assert shown_name("class 12") == "clase 12"
    assert shown_names(("class 0", "a class 1", "class")) == ("clase 0", "a class 1", "class")
