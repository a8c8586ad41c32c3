"""What a network learned goes where its units go."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.engine import Network
from playground.engine.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    Residual,
)
from playground.engine.layers.base import activation_of
from playground.project import build, edits, lineage
from playground.project.arrangement import shapes
from playground.project.carry import FRESH, ZERO, Transfer
from playground.project.edits import Edit, EditError
from playground.project.model import NetworkSettings, Project
from tests.project.strategies import Step, steps
from tests.project.strategies import after as all_done


def project_of(*layers: Layer, source: str = "circle") -> Project:
    base = edits.set_source(Project(), source).project
    end = base.network.layers[-1]
    return Project(data=base.data, network=NetworkSettings(layers=(*layers, end)), training=base.training)


def trained(project: Project) -> Network:
    """A network with weights as training could leave them."""
    network = build.network(project)
    rng = np.random.default_rng(7)
    network.flat[...] = rng.normal(size=network.size)
    network.moving[...] = rng.uniform(0.5, 2, network.moving.size)
    return network


def after(project: Project, network: Network, edit: Edit) -> Network:
    transfer = Transfer(project, edit.project, edit.origin, edit.units, edit.identity)
    new = build.network(edit.project)
    new.flat[...], new.moving[...] = transfer.parameters(network.flat), transfer.moving(network.moving)
    return new


def jump(project: Project, edit: Edit) -> float:
    """How far the predictions move by an edit."""
    network = trained(project)
    inputs = build.samples(project).inputs[:40]
    new = after(project, network, edit)
    return float(np.abs(network.forward(inputs) - new.forward(build.samples(edit.project).inputs[:40])).max())


PLANE = project_of(Dense(4, "tanh"), Dense(3, "relu"))
IMAGES = project_of(Conv2D(3, activation="relu"), MaxPooling2D(), Flatten(), Dense(6, "tanh"), source="digits")


# -- nothing jumps -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("project", "edit"),
    [
        (PLANE, edits.add_unit(PLANE, 0)),
        (PLANE, edits.add_unit(PLANE, 0, after=1)),
        (PLANE, edits.set_units(PLANE, 1, 9)),
        (PLANE, edits.toggle_feature(PLANE, "x1_x2")),
        (PLANE, edits.add_layer(PLANE, 2, Dense(3, "relu"), identity=True)),
        (PLANE, edits.add_layer(PLANE, 1, Dense(4, "linear"), identity=True)),
        (PLANE, edits.add_layer(PLANE, 1, Residual([Dense(5, "relu"), Dense(4, "tanh")]), identity=True)),
        (PLANE, edits.add_layer(PLANE, 1, Dropout(0.5))),
        (PLANE, edits.add_layer(PLANE, 2, Activation("relu"))),
        (IMAGES, edits.add_unit(IMAGES, 0, after=0)),
        (IMAGES, edits.add_unit(IMAGES, 3)),
        (IMAGES, edits.add_layer(IMAGES, 3, Activation("relu"))),
    ],
)
def test_the_predictions_stay(project: Project, edit: Edit) -> None:
    assert jump(project, edit) < 1e-5


@given(st.lists(steps, max_size=8), st.integers(0, 6), st.integers(0, 12), st.booleans())
@settings(max_examples=80, deadline=None)
def test_new_units_and_identities_never_move_a_prediction(taken: list[Step], at: int, unit: int, layer: bool) -> None:
    """In whatever network: a unit more, or a layer that can begin as identity. (Softmax shares with a new unit.)"""
    project = all_done(Project(), taken)
    if build.problems(project) or any(activation_of(layer) == "softmax" for layer in project.network.layers[:-1]):
        return
    try:
        edit = edits.add_layer(project, at, identity=True) if layer else edits.add_unit(project, at, after=unit)
    except EditError:
        return
    reached = shapes(edit.project)
    certain = not edit.identity or all(lineage.can_pass(edit.project, new, reached[new]) for new in edit.identity)
    if certain and not build.problems(edit.project):
        assert jump(project, edit) < 1e-4


@pytest.mark.parametrize(
    ("layers", "at", "stays"),
    [
        ((Dense(4, "sigmoid"), Dropout(0.5)), 2, True),
        ((Dense(4, "tanh"), Dense(4, "relu", bypassed=True)), 2, False),
        ((Dense(4, "relu"), Dense(4, "tanh", bypassed=True)), 2, True),
        ((Dense(4, "relu"), BatchNormalization()), 2, False),
    ],
)
def test_relu_is_an_identity_behind_what_is_never_negative(layers: tuple[Layer, ...], at: int, stays: bool) -> None:
    project = project_of(*layers)
    edit = edits.add_layer(project, at, Dense(4, "relu"), identity=True)
    assert lineage.can_pass(edit.project, at, (4,)) == stays
    assert (jump(project, edit) < 1e-5) == stays


def test_a_block_of_convolutions_can_begin_as_identity() -> None:
    block = Residual((Conv2D(4, 3, padding="same", activation="relu"), Conv2D(3, 3, padding="same")))
    assert jump(IMAGES, edits.add_layer(IMAGES, 1, block, identity=True)) < 1e-5


@pytest.mark.parametrize("activation", lineage.SLOPE_ONE)
@pytest.mark.parametrize("units", [4, 6])
def test_what_hands_on_small_numbers_begins_near_the_identity(activation: str, units: int) -> None:
    edit = edits.add_layer(PLANE, 1, Dense(units, activation), identity=True)
    random = edits.add_layer(PLANE, 1, Dense(units, activation))
    assert jump(PLANE, edit) < 0.5 * jump(PLANE, random)


def test_they_jump_where_no_identity_is_possible() -> None:
    assert jump(PLANE, edits.add_layer(PLANE, 1, Dense(4, "tanh"), identity=True)) > 1e-3
    assert jump(PLANE, edits.add_layer(PLANE, 1, Dense(4, "relu"), identity=True)) > 1e-3  # tanh may be negative


def test_a_muted_unit_can_be_removed_without_a_jump() -> None:
    muted = edits.mute_unit(PLANE, 0, 1, True).project
    assert jump(muted, edits.remove_unit(muted, 0, 1)) < 1e-6


# -- places ------------------------------------------------------------------------------------------------------------


def test_only_the_removed_unit_goes() -> None:
    network = trained(PLANE)
    new = after(PLANE, network, edits.remove_unit(PLANE, 0, 1))
    before, now, rest = network.unpack(), new.unpack(), [0, 2, 3]
    np.testing.assert_array_equal(now["0.kernel"], before["0.kernel"][:, rest])
    np.testing.assert_array_equal(now["0.bias"], before["0.bias"][rest])
    np.testing.assert_array_equal(now["1.kernel"], before["1.kernel"][rest])


def test_channels_are_followed_through_flatten() -> None:
    network = trained(IMAGES)
    new = after(IMAGES, network, edits.remove_unit(IMAGES, 0, 1))
    before, now = network.unpack(), new.unpack()
    rows = np.arange(before["3.kernel"].shape[0]).reshape(-1, 3)[:, [0, 2]].ravel()
    np.testing.assert_array_equal(now["3.kernel"], before["3.kernel"][rows])


def test_normalisation_follows_the_units_that_it_normalises() -> None:
    project = project_of(Dense(4, "tanh"), BatchNormalization())
    network = trained(project)
    new = after(project, network, edits.remove_unit(project, 0, 0))
    for name, array in new.unpack().items():
        if name.startswith("1."):
            np.testing.assert_array_equal(array, network.unpack()[name][1:])
    for name, array in new.unpack_moving().items():
        np.testing.assert_array_equal(array, network.unpack_moving()[name][1:])
    grown = after(project, network, edits.add_unit(project, 0))
    assert grown.unpack_moving()["1.moving_variance"][4] == 1


def test_depthwise_kernels_follow_their_channel() -> None:
    project = project_of(Conv2D(3), DepthwiseConv2D(2), Flatten(), source="digits")
    network = trained(project)
    new = after(project, network, edits.remove_unit(project, 0, 0))
    np.testing.assert_array_equal(new.unpack()["1.kernel"], network.unpack()["1.kernel"][:, :, 1:])
    np.testing.assert_array_equal(new.unpack()["1.bias"], network.unpack()["1.bias"][1:])


def test_what_the_optimizer_remembers_goes_with_its_weight() -> None:
    edit = edits.add_unit(PLANE, 0, after=0)
    transfer = Transfer(PLANE, edit.project, edit.origin, edit.units)
    memory = np.arange(1.0, build.network(PLANE).size + 1)
    slot = transfer.slot(memory, fill=0.25)
    kept = transfer.index >= 0
    np.testing.assert_array_equal(slot[kept], memory[transfer.index[kept]])
    assert set(np.unique(slot[~kept])) == {0.25}
    assert {FRESH, ZERO} <= set(transfer.index)
    assert sorted(transfer.index[kept]) == list(range(len(memory)))


def test_a_bypassed_layer_keeps_its_weights_and_the_rest_what_fits() -> None:
    network = trained(PLANE)
    new = after(PLANE, network, edits.bypass_layer(PLANE, 1, True))
    np.testing.assert_array_equal(new.unpack()["1.kernel"], network.unpack()["1.kernel"])


@given(st.lists(steps, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_whatever_is_edited_each_old_weight_lands_once_at_most(taken: list[Step]) -> None:
    project = Project()
    for step in taken:
        try:
            edit = step(project)
        except EditError:
            continue
        old, project = project, edit.project
        if build.problems(old) or build.problems(project):
            continue
        transfer = Transfer(old, project, edit.origin, edit.units, edit.identity)
        assert transfer.index.shape == (build.network(project).size,)
        assert transfer.index.max(initial=FRESH) < build.network(old).size
        if not edit.label.startswith("Duplicate"):
            kept = transfer.index[transfer.index >= 0]
            assert len(set(kept)) == len(kept)
