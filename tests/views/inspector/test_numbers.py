"""Which numbers a unit has."""

import numpy as np
import pytest

from playground.engine.layers import BatchNormalization, Conv2D, DepthwiseConv2D, Layer, Residual
from playground.project import build, edits
from playground.project.model import Project
from playground.views.inspector.numbers import numbers


def names(project: Project, layer: int, unit: int) -> list[str]:
    return [number.name for number in numbers(project, layer, unit)]


def test_a_dense_unit_reads_features_then_units() -> None:
    project = Project()
    assert names(project, 0, 3) == ["bias", "x₁", "x₂"]
    assert names(project, 1, 0) == ["bias", "1", "2", "3", "4"]
    assert names(project, 1, 2) == []


def test_a_normalized_unit_has_scale_and_shift() -> None:
    project = edits.add_layer(Project(), 1, BatchNormalization()).project
    assert names(project, 1, 3) == ["gamma", "beta"]


def test_what_stands_inside_a_block_is_left_out() -> None:
    project = Project()
    inner = project.network.layers[1].__class__(4)
    assert names(edits.add_layer(project, 1, Residual((inner,))).project, 1, 0) == []


@pytest.mark.parametrize(("first", "unit"), [(Conv2D(3), 2), (DepthwiseConv2D(), 1)])
def test_a_filter_has_its_own_column_of_the_kernel(first: Layer, unit: int) -> None:
    project = edits.set_source(Project(), "digits").project
    if isinstance(first, DepthwiseConv2D):
        project = edits.add_layer(project, 0, Conv2D(2)).project
    layer = int(isinstance(first, DepthwiseConv2D))
    project = edits.add_layer(project, layer, first).project
    network = build.network(project)
    network.flat[:] = np.arange(network.size)
    kernel = network.unpack()[f"{layer}.kernel"]
    expected = kernel[:, :, unit, 0] if layer else kernel[:, :, 0, unit]
    bias, *found = numbers(project, layer, unit)
    assert bias.name == "bias"
    assert [number.name for number in found][:4] == ["1, 1", "1, 2", "1, 3", "2, 1"]
    np.testing.assert_array_equal([network.flat[number.place] for number in found], expected.ravel())


def test_channels_are_named_where_there_are_several() -> None:
    project = edits.set_source(Project(), "digits").project
    for _ in range(2):
        project = edits.add_layer(project, 0, Conv2D(2)).project
    assert names(project, 1, 0)[1:4] == ["1, 1 · 1", "1, 1 · 2", "1, 2 · 1"]
