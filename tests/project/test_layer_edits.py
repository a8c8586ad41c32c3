"""Edits of layers and of their units, one by one."""

import pytest

from playground.engine.layers import Conv2D, Dense, Flatten, MaxPooling2D
from playground.project import build, edits, presets
from playground.project.edits import EditError
from playground.project.model import Project

PROJECT = Project()  # Dense 4 tanh, Dense 2 tanh, Dense 1 sigmoid


def units(project: Project) -> list[int]:
    return [getattr(layer, "units", 0) for layer in project.network.layers]


# -- layers ------------------------------------------------------------------------------------------------------------


def test_a_layer_is_doubled_with_its_weights() -> None:
    edit = edits.duplicate_layer(PROJECT, 0)
    assert units(edit.project) == [4, 4, 2, 1]
    assert (edit.label, edit.origin) == ("Duplicate Dense layer", (0, 0, 1, 2))
    with pytest.raises(EditError, match="output layer cannot be duplicated"):
        edits.duplicate_layer(PROJECT, 2)


def test_several_layers_go_in_one_step() -> None:
    edit = edits.remove_layers(PROJECT, {0, 1})
    assert units(edit.project) == [1]
    assert (edit.label, edit.origin) == ("Remove 2 layers", (2,))
    with pytest.raises(EditError, match="output layer cannot be removed"):
        edits.remove_layers(PROJECT, {0, 2})
    with pytest.raises(EditError, match="select one first"):
        edits.remove_layers(PROJECT, ())


def test_layers_are_pasted_in_order() -> None:
    edit = edits.paste_layers(PROJECT, 1, (Dense(7), Dense(8)))
    assert units(edit.project) == [4, 7, 8, 2, 1]
    assert (edit.label, edit.origin) == ("Paste 2 layers", (0, None, None, 1, 2))
    with pytest.raises(EditError, match="no layer to paste"):
        edits.paste_layers(PROJECT, 1, ())
    with pytest.raises(EditError, match="64 is the most"):
        edits.paste_layers(PROJECT, 0, (Dense(1),) * 62)


def test_a_layer_that_needs_a_list_brings_its_flatten_layer() -> None:
    digits = presets.load("digits")
    edit = edits.add_layer(digits, 0, Dense(5, "relu"), identity=True)
    assert [type(layer) for layer in edit.project.network.layers[:3]] == [Flatten, Dense, Flatten]
    assert edit.note == "A Flatten layer was added, too: Dense needs a list of numbers."
    assert edit.identity == {1}
    assert edit.origin == (None, None, *range(len(digits.network.layers)))
    assert not build.problems(edit.project)
    assert edits.add_layer(digits, 0, Conv2D(3)).note == ""


def test_a_bypassed_layer_is_left_out_and_comes_back() -> None:
    edit = edits.bypass_layer(PROJECT, 0, True)
    assert edit.project.network.layers[0].bypassed
    assert edit.label == "Bypass Dense layer"
    assert not build.problems(edit.project)
    back = edits.bypass_layer(edit.project, 0, False)
    assert (back.project, back.label) == (PROJECT, "Use Dense layer again")
    with pytest.raises(EditError, match="output layer cannot be bypassed"):
        edits.bypass_layer(PROJECT, 2, True)


def test_what_others_need_cannot_be_bypassed() -> None:
    with pytest.raises(EditError, match="put a Flatten layer before it"):
        edits.bypass_layer(presets.load("digits"), 0, True)


def test_weights_are_frozen_and_thawed() -> None:
    edit = edits.set_trainable(PROJECT, 1, False)
    assert (edit.project.network.layers[1].trainable, edit.label) == (False, "Freeze layer 2")
    assert edits.set_trainable(edit.project, 1, True).project == PROJECT
    with pytest.raises(EditError, match="no weights that could be frozen"):
        edits.set_trainable(presets.load("digits"), 0, False)


def test_one_setting_of_several_layers() -> None:
    edit = edits.set_values(PROJECT, ["network.layers.0.activation", "network.layers.1.activation"], "relu")
    assert [layer.activation for layer in edit.project.network.layers] == ["relu", "relu", "sigmoid"]
    assert edit.label == "Set activation to relu in 2 layers"
    with pytest.raises(EditError, match="asks for 1 number"):
        edits.set_values(PROJECT, ["network.layers.0.units", "network.layers.2.units"], 3)
    with pytest.raises(EditError, match="select a layer first"):
        edits.set_values(PROJECT, [], 3)


# -- units -------------------------------------------------------------------------------------------------------------


def test_any_unit_is_removed_and_the_others_stay() -> None:
    edit = edits.remove_unit(edits.mute_units(PROJECT, 0, (1, 3), True).project, 0, 1)
    assert units(edit.project) == [3, 2, 1]
    assert (edit.label, edit.units) == ("Remove unit 2 of layer 1", {0: (0, 2, 3)})
    assert edit.project.network.layers[0].muted == (2,)
    with pytest.raises(EditError, match="no unit 9"):
        edits.remove_unit(PROJECT, 0, 8)
    with pytest.raises(EditError, match="asks for 3 numbers"):
        edits.remove_unit(edits.set_source(PROJECT, "blobs").project, 2, 0)
    with pytest.raises(EditError, match="asks for 1 number"):
        edits.add_unit(PROJECT, 2)


def test_the_only_unit_stays() -> None:
    with pytest.raises(EditError, match="remove the whole layer instead"):
        edits.remove_unit(edits.set_units(PROJECT, 1, 1).project, 1, 0)


def test_a_unit_is_added_where_it_is_wanted() -> None:
    edit = edits.add_unit(edits.mute_unit(PROJECT, 0, 2, True).project, 0, after=1)
    assert units(edit.project) == [5, 2, 1]
    assert edit.units == {0: (0, 1, None, 2, 3)}
    assert edit.project.network.layers[0].muted == (3,)
    assert edits.add_unit(PROJECT, 0).units == {0: (0, 1, 2, 3, None)}


def test_filters_are_units_too() -> None:
    digits = edits.add_layer(presets.load("digits"), 0, Conv2D(3)).project
    assert edits.add_unit(digits, 0).project.network.layers[0].filters == 4
    assert edits.set_value(digits, "network.layers.0.filters", 6).label == "Set filters of layer 1 to 6"
    assert edits.mute_unit(digits, 0, 2, True).project.network.layers[0].muted == (2,)
    pooled = edits.add_layer(digits, 1, MaxPooling2D()).project
    with pytest.raises(EditError, match="has no units of its own"):
        edits.add_unit(pooled, 1)


def test_units_are_muted_and_speak_again() -> None:
    edit = edits.mute_unit(PROJECT, 0, 1, True)
    assert (edit.project.network.layers[0].muted, edit.label) == ((1,), "Mute unit 2 of layer 1")
    assert edits.mute_unit(edit.project, 0, 1, False).project == PROJECT
    both = edits.mute_units(PROJECT, 0, (0, 3), True)
    assert (both.project.network.layers[0].muted, both.label) == ((0, 3), "Mute units 1, 4 of layer 1")
    assert edits.set_units(both.project, 0, 2).project.network.layers[0].muted == (0,)


@pytest.mark.parametrize(
    ("project", "layer", "sentence"),
    [
        (PROJECT, 2, "output layer cannot be muted"),
        (edits.set_activation(PROJECT, 0, "softmax").project, 0, "Softmax shares 1 out among all units"),
        (presets.load("digits"), 0, "only passes numbers on"),
    ],
)
def test_some_units_cannot_be_muted(project: Project, layer: int, sentence: str) -> None:
    with pytest.raises(EditError, match=sentence):
        edits.mute_unit(project, layer, 0, True)


def test_softmax_takes_all_units() -> None:
    muted = edits.mute_unit(Project(), 0, 3, True).project
    edit = edits.set_activation(muted, 0, "softmax")
    assert edit.project.network.layers[0].muted == ()
    assert "layer 1" in edit.note
    assert edits.set_activation(muted, 0, "relu").project.network.layers[0].muted == (3,)
    build.network(edit.project)
