"""Frozen layers: training leaves their weights alone, whatever optimizer, penalties and constraints do."""

from typing import TYPE_CHECKING

import numpy as np

from playground.engine.recorder import Recorder

if TYPE_CHECKING:
    from playground.engine.network import Network


class FrozenWeights:
    """The weights of layers that do not learn (``trainable=False`` or bypassed).

    An update is made for all weights at once; around it, those of frozen layers are kept and put back, and their
    gradient is 0, so that it neither counts in a norm nor gathers in the optimizer's memory. Without frozen layers
    nothing is recorded.
    """

    def __init__(self, network: "Network") -> None:
        self._kept = [
            (network.flat[part], network.gradient[part], np.empty_like(network.flat[part])) for part in network.frozen()
        ]

    def record_keep(self, ops: Recorder) -> None:
        """Record what stands before an update."""
        for weights, gradient, kept in self._kept:
            ops.call(gradient.fill, 0.0)
            ops.call(np.copyto, kept, weights)

    def record_restore(self, ops: Recorder) -> None:
        """Record what stands behind it."""
        for weights, _, kept in self._kept:
            ops.call(np.copyto, weights, kept)


def learns(network: "Network", index: int) -> bool:
    """Whether training changes weights of layer ``index``."""
    shape = (network.input_shape, *network.shapes)[index]
    still = sum(part.stop - part.start for part in network.layers[index].frozen(shape))
    return bool(network.layer_sizes[index] > still)


def first_trained(network: "Network") -> int:
    """The first layer that learns: nobody asks for gradients before it."""
    count = len(network.layers)
    return next((index for index in range(count) if learns(network, index)), count)
