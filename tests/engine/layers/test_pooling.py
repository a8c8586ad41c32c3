"""Pooling against plain loops; edges, ties and what lies outside."""

from typing import Any

import numpy as np
import pytest

from playground.engine import Network, layers
from playground.engine.program import Program, record_backward

X = np.random.default_rng(0).normal(size=(3, 7, 6, 2))


def pooled(x: Any, how: Any, size: tuple[int, int], strides: tuple[int, int], padding: str) -> Any:
    """The pool of every window; what lies outside is left out by being NaN."""
    pads = [(0, 0)]
    for side, length, step in zip(x.shape[1:3], size, strides, strict=True):
        missing = max(0, (-(-side // step) - 1) * step + length - side) if padding == "same" else 0
        pads.append((missing // 2, missing - missing // 2))
    x = np.pad(x, [*pads, (0, 0)], constant_values=np.nan)
    rows, columns = (range(0, x.shape[1 + k] - size[k] + 1, strides[k]) for k in (0, 1))
    return np.array(
        [[[how(image[i : i + size[0], j : j + size[1]], axis=(0, 1)) for j in columns] for i in rows] for image in x]
    )


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("size", "strides"), [((2, 2), None), ((3, 2), (1, 1)), ((3, 3), (2, 2)), ((1, 2), (3, 3))])
@pytest.mark.parametrize(("kind", "how"), [("max_pooling2d", np.nanmax), ("average_pooling2d", np.nanmean)])
def test_pooling_is_its_definition(
    kind: str, how: Any, size: tuple[int, int], strides: tuple[int, int] | None, padding: str
) -> None:
    layer = layers.LAYERS[kind](size, strides, padding)  # type: ignore[call-arg]
    expected = pooled(X, how, size, strides or size, padding)
    np.testing.assert_allclose(Network([layer], (7, 6, 2), dtype="float64").forward(X), expected, atol=1e-14)


def test_negative_images_are_not_raised_to_the_zeros_around_them() -> None:
    network = Network([layers.MaxPooling2D(3, strides=1, padding="same")], (4, 4, 1), dtype="float64")
    assert (network.forward(np.full((1, 4, 4, 1), -2.0)) == -2).all()


def test_the_global_mean_is_one_number_for_each_channel() -> None:
    found = Network([layers.GlobalAveragePooling2D()], (7, 6, 2), dtype="float64").forward(X)
    np.testing.assert_allclose(found, X.mean(axis=(1, 2)), atol=1e-14)


@pytest.mark.parametrize("strides", [None, 1])
def test_the_first_of_equal_numbers_gets_the_gradient(strides: int | None) -> None:
    network = Network([layers.MaxPooling2D(2, strides)], (2, 2, 1), dtype="float64")
    program, ops = Program(network, 1, training=True), network.recorder()
    record_backward(program, ops, 0, program.tensors[0], seeded=False)
    program.input[...] = np.reshape([1.0, 5.0, 5.0, 5.0], (1, 2, 2, 1))
    program.run()
    gradients = [tensor.gradient for tensor in program.tensors]
    assert gradients[0] is not None
    assert gradients[1] is not None
    gradients[1][...] = 3
    for call in ops.calls:
        call()
    assert gradients[0].ravel().tolist() == [0, 3, 0, 0]


def test_what_no_window_sees_gets_no_gradient() -> None:
    network = Network([layers.MaxPooling2D(2)], (3, 3, 1), dtype="float64")
    program, ops = Program(network, 1, training=True), network.recorder()
    record_backward(program, ops, 0, program.tensors[0], seeded=False)
    program.input[...] = np.arange(9.0).reshape(1, 3, 3, 1)
    program.run()
    for call in ops.calls:
        call()
    gradient = program.tensors[0].gradient
    assert gradient is not None
    assert np.flatnonzero(gradient).tolist() == [4]
