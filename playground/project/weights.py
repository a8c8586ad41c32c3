"""Where each weight of a project's network stands in the flat vector of all parameters."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from playground.engine import Network
from playground.engine.layers import Layer
from playground.project.adapt import input_shape
from playground.project.model import Project

Positions = NDArray[np.intp]


def positions(project: Project) -> dict[str, Positions]:
    """The places of all parameters by name ("0.kernel", "0.bias"), in Keras' shapes.

    Raises:
        BuildError: when the layers do not fit.
    """
    return _positions(project.network.layers, input_shape(project))


def position(project: Project, layer: int, source: int | None, unit: int) -> int | None:
    """The place of the weight from ``source`` to ``unit`` of a layer with a matrix of weights; its bias for None.

    None where there is no such weight.
    """
    found = positions(project).get(f"{layer}.{'bias' if source is None else 'kernel'}")
    place = (unit,) if source is None else (source, unit)
    if found is None or found.ndim != len(place):
        return None
    if not all(0 <= at < size for at, size in zip(place, found.shape, strict=True)):
        return None
    return int(found[place])


def of_layer(project: Project, layer: int) -> Positions:
    """The places of all parameters of one layer, in order; empty where it has none."""
    parts = [found.ravel() for name, found in positions(project).items() if name.startswith(f"{layer}.")]
    return np.sort(np.concatenate(parts)) if parts else np.empty(0, np.intp)


def drawn(project: Project, layer: int, seed: int) -> NDArray[np.float32]:
    """Other initial values for the parameters of one layer, in the order of ``of_layer``."""
    network = Network(list(project.network.layers), input_shape(project), seed=seed)
    return network.flat[of_layer(project, layer)]


@lru_cache(maxsize=8)
def _positions(layers: tuple[Layer, ...], shape: tuple[int, ...]) -> dict[str, Positions]:
    network = Network(list(layers), shape)
    numbered = network.unpack(np.arange(network.size, dtype=np.float64))
    return {name: places.astype(np.intp) for name, places in numbered.items()}
