"""Data that are wrong on purpose."""

import numpy as np

from playground.insight.grids import GridPainter
from playground.project import build, edits, presets
from playground.project.changes import Change, compare
from playground.project.preprocessing import Preprocessing
from playground.project.slices import slice_of


def faulty(name: str, preset: str = "circle"):
    return edits.set_value(presets.load(preset), "data.fault", name).project


def test_unscaled_inputs_are_a_hundred_times_larger_and_nothing_else_differs() -> None:
    right, wrong = build.samples(faulty("none")), build.samples(faulty("unscaled"))
    assert np.array_equal(wrong.x_train, right.x_train * np.float32(100))
    assert np.array_equal(wrong.y_train, right.y_train)
    assert compare(faulty("none"), faulty("unscaled")) == Change.DATA


def test_shuffled_labels_are_the_same_labels_at_other_examples() -> None:
    right, wrong = build.samples(faulty("none")).dataset, build.samples(faulty("shuffled")).dataset
    assert np.array_equal(np.sort(right.labels), np.sort(wrong.labels))
    assert 0.4 < (right.labels == wrong.labels).mean() < 0.6
    assert np.array_equal(wrong.targets[:, 0], wrong.labels)
    assert np.array_equal(right.inputs, wrong.inputs)
    again = build.samples(faulty("shuffled")).dataset
    assert np.array_equal(wrong.labels, again.labels)


def test_numbers_are_shuffled_too() -> None:
    right, wrong = (build.samples(faulty(name, "plane")).dataset for name in ("none", "shuffled"))
    assert wrong.labels is None
    assert not np.array_equal(right.targets, wrong.targets)
    assert np.array_equal(np.sort(right.targets[:, 0]), np.sort(wrong.targets[:, 0]))


def test_the_maps_show_what_the_network_makes_of_unscaled_inputs() -> None:
    project = faulty("unscaled")
    network = build.network(project)
    cut = slice_of(project, build.samples(project).dataset)
    assert cut is not None
    large = GridPainter(network, cut, Preprocessing(project.data.features, factor=100.0)).boundary()
    plain = GridPainter(network, cut, Preprocessing(project.data.features)).boundary()
    assert large is not None
    assert plain is not None
    assert np.ptp(large.values) > np.ptp(plain.values)
