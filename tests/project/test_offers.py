"""Which layers can stand at a place, with which settings, and why the others cannot."""

import pytest

from playground.engine.layers import LAYERS, Activation, Conv2D, Dense, Flatten, Reshape
from playground.project import Project, build, edits, presets
from playground.project.offers import GROUPS, Offer, offers
from playground.project.problems import problems


def by_kind(project: Project, index: int) -> dict[str, Offer]:
    return {offer.kind: offer for offer in offers(project, index)}


@pytest.mark.parametrize("preset", ["circle", "digits"])
def test_every_kind_is_offered_at_every_place_and_an_offer_keeps_its_word(preset: str) -> None:
    project = presets.load(preset)
    for index in range(len(project.network.layers)):
        found = offers(project, index)
        assert sorted(offer.kind for offer in found) == sorted(LAYERS.names())
        for offer in (offer for offer in found if not offer.problem):
            changed = edits.add_layer(project, index, offer.layer).project
            assert offer.layer in changed.network.layers
            assert not problems(changed)
            build.network(changed)


def test_every_kind_can_stand_somewhere() -> None:
    projects = presets.load("circle"), presets.load("digits")
    possible = {
        offer.kind
        for project in projects
        for index in range(len(project.network.layers))
        for offer in offers(project, index)
        if not offer.problem
    }
    assert possible == set(LAYERS.names())


def test_what_cannot_stand_says_why_in_its_own_words() -> None:
    circle = by_kind(presets.load("circle"), 1)
    assert circle["conv2d"].problem.startswith("Conv2D needs an image")
    assert "would change nothing" in circle["flatten"].problem
    assert "add" in by_kind(presets.load("circle"), 3)["dense"].problem


def test_settings_suit_the_place() -> None:
    circle, digits = presets.load("circle"), presets.load("digits")
    assert by_kind(circle, 1)["dense"].layer == Dense(4, "tanh")
    assert by_kind(digits, 1)["dense"].layer == Dense(16, "relu")
    convolution = by_kind(digits, 0)["conv2d"].layer
    assert isinstance(convolution, Conv2D)
    assert convolution.padding == "same"
    assert by_kind(digits, 1)["reshape"].layer == Reshape((8, 8, 1))
    assert by_kind(digits, 0)["reshape"].layer == Reshape((64,))
    relu = edits.set_activation(edits.set_activation(circle, 0, "relu").project, 1, "relu").project
    assert by_kind(relu, 0)["dense"].layer == Dense(4, "relu")


def test_flatten_comes_before_a_layer_that_needs_a_list() -> None:
    offer = by_kind(presets.load("digits"), 0)["dense"]
    assert not offer.problem
    assert "Flatten" in offer.note


def test_flatten_comes_behind_a_layer_that_makes_an_image() -> None:
    circle = presets.load("circle")
    offer = by_kind(circle, 1)["reshape"]
    assert not offer.problem
    assert "Dense needs a list" in offer.note
    layers = edits.add_layer(circle, 1, offer.layer).project.network.layers
    assert [type(layer) for layer in layers] == [Dense, Reshape, Flatten, Dense, Dense]
    images = edits.add_layer(edits.add_layer(circle, 1, offer.layer).project, 2, Conv2D(2, padding="same")).project
    assert not problems(images)


def test_flatten_does_not_come_where_it_does_not_help() -> None:
    digits = presets.load("digits")
    assert edits.add_layer(digits, 0, Activation()).note == ""
    with pytest.raises(edits.EditError):
        edits.add_layer(digits, 0, Reshape((7, 7, 1)))


def test_groups_name_kinds_that_exist() -> None:
    assert set(GROUPS) <= set(LAYERS.names())
