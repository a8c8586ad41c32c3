"""Terms in a running text become links."""

import re

import pytest

from playground.lessons import glossary, library
from playground.views.help import autolink
from playground.views.theme import Theme


@pytest.fixture
def theme(qapp):
    return Theme("light")


def links(text):
    return re.findall(r"<a href='(\w+)'[^>]*>([^<]*)</a>", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The learning rate is small.", [("learning_rate", "learning rate")]),
        ("Gradients vanish in a Sigmoid.", [("gradient", "Gradients"), ("sigmoid", "Sigmoid")]),
        (
            "Vanishing gradients are not gradients.",
            [("vanishing_gradient", "Vanishing gradients"), ("gradient", "gradients")],
        ),
        ("An epoch, another epoch.", [("epoch", "epoch")]),
        ("Madam, a batchwise thing and a lossless one.", []),
        ("Adam, momentum, dropout, softmax.", [("adam", "Adam"), ("momentum", "momentum"), ("dropout", "dropout")]),
    ],
)
def test_the_first_mention_of_a_term_is_a_link(theme, text, found):
    assert links(autolink.linked(text, theme)) == found


def test_everything_else_stays_as_it_was(theme):
    assert autolink.linked("a < b & c", theme) == "a &lt; b &amp; c"
    shown = autolink.linked("if x < 1, the ReLU's output is 0", theme)
    assert "x &lt; 1" in shown
    assert links(shown) == [("relu", "ReLU")]


def test_all_lessons_link_to_terms_that_there_are(theme):
    count = 0
    for name in (library.TOUR, *library.names()):
        for step in library.load(name).steps:
            found = links(autolink.linked(step.text, theme))
            assert all(id in glossary.bundled().terms for id, _ in found)
            assert len(found) <= autolink.MOST
            count += len(found)
    assert count > 40
