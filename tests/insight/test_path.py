"""The path of one example, against arithmetic of our own."""

import numpy as np

from playground.insight.examples import Activations
from playground.insight.path import path


def test_answers_strengths_and_lines() -> None:
    inputs, hidden, output = np.array([2.0, -1.0]), np.array([0.5, -0.25, 0.0]), np.array([0.8])
    first, second = np.array([[1.0, 0.0, 2.0], [4.0, 1.0, 0.0]]), np.array([[1.0], [2.0], [9.0]])
    found = path(Activations(3, inputs, (hidden, output)), [first, second])
    np.testing.assert_array_equal(found.answers[1], hidden)
    np.testing.assert_array_equal(found.units[0], [1.0, 0.5])
    np.testing.assert_array_equal(found.units[1], [1.0, 0.5, 0.0])
    np.testing.assert_array_equal(found.lines[0], np.array([[2.0, 0.0, 4.0], [4.0, 1.0, 0.0]]) / 4)
    np.testing.assert_array_equal(found.lines[1], [[1.0], [1.0], [0.0]])


def test_images_answer_by_channel_and_their_kernels_are_no_lines() -> None:
    image = np.stack([np.full((2, 2), -1.0), np.zeros((2, 2))], axis=-1)
    found = path(Activations(0, np.ones((4, 4, 1)), (image, image.ravel())), [np.ones((3, 3, 1, 2)), None])
    np.testing.assert_array_equal(found.units[1], [1.0, 0.0])
    assert found.answers[2].shape == (8,)
    assert not found.lines


def test_broken_numbers_and_silence_are_dark() -> None:
    found = path(Activations(0, np.array([np.nan, np.inf]), (np.zeros(3),)), [np.ones((2, 3))])
    assert not found.units[0].any()
    assert not found.units[1].any()
    assert not found.lines[0].any()
