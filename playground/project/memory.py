"""How much memory training takes, told beforehand from the settings alone."""

import math
from collections.abc import Sequence

from playground.engine.layers import Layer
from playground.project.adapt import input_shape
from playground.project.model import Project

MOST_BYTES = 2 * 1024**3
"""A mini-batch on its way through the network and back may take so much."""

PER_NUMBER = 16
"""Bytes for each output of a layer: four float32 numbers, the output, its slope, its gradient and what lies between."""


def of_example(project: Project) -> int:
    """Bytes that each example of a mini-batch takes; the layers must fit together."""
    return PER_NUMBER * _numbers(project.network.layers, input_shape(project))


def of_batch(project: Project) -> int:
    """Bytes that a mini-batch takes, however few examples there are for it."""
    data = project.data
    most = data.source.most or data.points
    return of_example(project) * min(project.training.batch_size, data.points, most)


def _numbers(layers: Sequence[Layer], shape: tuple[int, ...]) -> int:
    """The outputs of all layers together, with the windows that convolutions lay out."""
    total = 0
    for layer in layers:
        after = layer.output_shape(shape)
        total += math.prod(after) + _numbers(getattr(layer, "inner", ()), shape)
        window = getattr(layer, "kernel_size", 0)
        if window and len(after) == 3:
            high, wide = window if isinstance(window, tuple) else (window, window)
            total += high * wide * shape[-1] * math.prod(after[:-1])
        shape = after
    return total
