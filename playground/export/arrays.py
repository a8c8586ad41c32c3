"""The names and shapes of the arrays of a network, without building it: quick for any size."""

import numpy as np

from playground.project import build
from playground.project.model import Project

Shapes = dict[str, tuple[int, ...]]


def shapes(project: Project) -> Shapes:
    """The shapes of all weights and moving statistics by name ("0.kernel", "1.moving_mean" …), in Keras' shapes.

    Names are as in ``weights.weights``; bypassed layers are left out.
    """
    shape, found = build.input_shape(project), {}
    for number, layer in enumerate(project.network.layers):
        if layer.bypassed:
            continue
        for needed, named in (
            (layer.parameter_shape(shape), layer.named_parameters),
            (layer.moving_shape(shape), layer.named_moving),
        ):
            if needed:  # np.empty takes no memory until it is written
                views = named(np.empty(needed, np.float32), shape)
                found.update({f"{number}.{name}": view.shape for name, view in views.items()})
        shape = layer.output_shape(shape)
    return found
