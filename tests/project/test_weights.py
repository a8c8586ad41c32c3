"""Where the weights of a network stand."""

import numpy as np

from playground.engine.layers import Conv2D, Dense, Flatten
from playground.project import build, edits, presets, weights
from playground.project.model import NetworkSettings, Project


def test_every_weight_of_a_dense_layer_is_found() -> None:
    project = Project()
    network = build.network(project)
    network.flat[:] = np.arange(network.size)
    named = network.unpack()
    for layer, (inputs, units) in enumerate(((2, 4), (4, 2), (2, 1))):
        for unit in range(units):
            for source in range(inputs):
                place = weights.position(project, layer, source, unit)
                assert network.flat[place] == named[f"{layer}.kernel"][source, unit]
            assert network.flat[weights.position(project, layer, None, unit)] == named[f"{layer}.bias"][unit]


def test_there_is_no_place_for_what_is_no_weight() -> None:
    project = presets.load("digits")
    assert isinstance(project.network.layers[0], Flatten)
    assert weights.position(project, 0, 0, 0) is None
    assert weights.position(project, 1, 64, 0) is None
    assert weights.position(project, 1, -1, 0) is None
    assert weights.position(project, 1, None, 10_000) is None
    assert weights.of_layer(project, 0).size == 0


def test_a_kernel_of_a_convolution_is_no_matrix() -> None:
    digits = presets.load("digits")
    layers = (Conv2D(filters=2), Flatten(), Dense(units=10, activation="softmax"))
    project = edits.load_project(
        digits, Project(data=digits.data, network=NetworkSettings(layers=layers), training=digits.training)
    ).project
    assert weights.position(project, 0, 0, 0) is None
    assert weights.position(project, 0, None, 1) is not None
    assert weights.of_layer(project, 0).tolist() == list(range(3 * 3 * 2 + 2))


def test_other_initial_weights_of_one_layer() -> None:
    project = Project()
    values = weights.drawn(project, 1, seed=5)
    assert values.shape == weights.of_layer(project, 1).shape
    network = build.network(edits.new_weights(project, 5).project)
    np.testing.assert_array_equal(values, network.flat[weights.of_layer(project, 1)])
