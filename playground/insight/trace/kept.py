"""What is kept of a step while the engine makes it: copies of its arrays, taken at the marks of the recording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import Network, activations
from playground.engine.layers import Layer
from playground.engine.layers.base import Tensor
from playground.engine.recorder import Mark
from playground.engine.walk import Walk
from playground.training.records import frozen

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class LayerTrace:
    """One layer in one mini-batch. All arrays have the units (of images: the channels) first and the examples last.

    input → sums z → outputs a = f(z); of the loss L: ``output_gradients`` ∂L/∂a, ``slopes`` f′(z), ``sum_gradients``
    ∂L/∂z. None where the engine computes none: before the first layer that learns, and ∂L/∂a of an output layer whose
    activation is one with the loss. For layers without an activation, z and a are the same. moving: what the layer has
    gathered without a gradient, such as "moving_mean", after the step.
    """

    layer: Layer
    activation: str
    input: Array
    sums: Array
    outputs: Array
    output_gradients: Array | None = None
    slopes: Array | None = None
    sum_gradients: Array | None = None
    moving: Mapping[str, Array] = field(default_factory=dict)


class Kept:
    """Copies of all that a step goes through; ``look`` is to be called at every mark.

    sums, outputs: per layer. vectors: of all parameters, by the names of the marks.
    """

    def __init__(self, walk: Walk, network: Network) -> None:
        self.walk, self._network = walk, network
        count = len(network.layers)
        self.sums: list[Array] = [np.zeros(0)] * count
        self.outputs: list[Array] = [np.zeros(0)] * count
        self.vectors: dict[str, Array] = {}
        self._output_gradients: list[Array | None] = [None] * count
        self._slopes: list[Array | None] = [None] * count
        self._sum_gradients: list[Array | None] = [None] * count

    def look(self, mark: Mark) -> None:
        """Copy what is complete at this mark."""
        name, index = mark
        if name == "sums":
            self.sums[index] = self._value(index)
        elif name == "outputs":
            self.outputs[index] = self._value(index)
        elif name == "loss" and not self.walk.fused:
            self._output_gradients[-1] = self._gradient(len(self.outputs) - 1)
        elif name == "gradients":
            self._look_back(index)
        elif name in ("backward", "clipped"):
            self.vectors[name] = frozen(self._network.gradient)
        elif name == "stepped":
            self.vectors[name] = frozen(self._network.flat)

    def layers(self, inputs: Array) -> tuple[LayerTrace, ...]:
        """All layers; ``inputs``: the examples, (batch, *shape of one)."""
        network, found = self._network, list[LayerTrace]()
        before = frozen(np.moveaxis(inputs, (0, -1), (-1, 0)) if inputs.ndim == 4 else inputs.T)
        for index, layer in enumerate(network.layers):
            if not self.outputs[index].size:  # only seen in another shape, by the first layer that computes
                seen = self._tensor(index)
                self.sums[index] = self.outputs[index] = seen.natural(before.reshape(-1, before.shape[-1]))
            found.append(
                LayerTrace(
                    layer,
                    network.activation(index),
                    before,
                    self.sums[index],
                    self.outputs[index],
                    self._output_gradients[index],
                    self._slopes[index],
                    self._sum_gradients[index],
                    self._moving(index),
                )
            )
            before = self.outputs[index]
        return tuple(found)

    def _look_back(self, index: int) -> None:
        """Copy the gradients of a layer, and the one that it hands to the layer before."""
        activation = activations.get(self._network.activation(index))
        seeded = self.walk.fused and index == len(self.outputs) - 1
        self._sum_gradients[index] = self._gradient(index)
        tensor = self._tensor(index)
        if not seeded and tensor.slope is not None and activation.elementwise and not activation.linear:
            self._slopes[index] = frozen(tensor.natural(tensor.slope))
        if index > self.walk.first_trained:
            self._output_gradients[index - 1] = self._gradient(index - 1)

    def _moving(self, index: int) -> dict[str, Array]:
        mine = f"{index}."
        named = self._network.unpack_moving()
        return {name.removeprefix(mine): frozen(array) for name, array in named.items() if name.startswith(mine)}

    def _tensor(self, index: int) -> Tensor:
        return self.walk.program.tensors[index + 1]

    def _value(self, index: int) -> Array:
        tensor = self._tensor(index)
        return frozen(tensor.natural(tensor.value))

    def _gradient(self, index: int) -> Array:
        tensor = self._tensor(index)
        assert tensor.gradient is not None
        return frozen(tensor.natural(tensor.gradient))
