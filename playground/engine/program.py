"""A network bound to one batch size: its arrays, and its recorded forward and backward calls."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from playground.engine.fusions import record_shared_slopes
from playground.engine.layers.base import Layer, Tensor
from playground.engine.layers.passes import record_activation, record_layer_backward
from playground.engine.recorder import Recorder
from playground.engine.tensors import make_tensors

if TYPE_CHECKING:
    from playground.engine.network import Network


class Program:
    """The forward pass over one batch, recorded.

    Fill ``input`` (numbers per example …, batch), call ``run()``, read ``outputs`` (one array per layer, after its
    activation) or ``output``; images are (channels, height, width, batch). ``run()`` allocates nothing. The weights are
    the network's own: what changes there shows in the next run. With ``logits`` the output layer's activation is left
    out. With ``slopes`` (and in training) the tensors have room for the slopes of the activations. In training, layers
    such as dropout do what they do in training, and draw from ``rng``.
    """

    def __init__(
        self,
        network: "Network",
        batch: int,
        *,
        training: bool = False,
        logits: bool = False,
        slopes: bool = False,
        rng: np.random.Generator | None = None,
    ) -> None:
        self.network, self.batch, self.training, self.logits = network, batch, training, logits
        self.tensors = self._make_tensors(slopes)
        self.memories = network.memories(training, rng)
        self._forward = network.recorder()
        for index in range(len(network.layers)):
            self.record_layer(self._forward, index, self.tensors[index])
            if not (logits and index == len(network.layers) - 1):
                self.record_activation(self._forward, index)
        self.input, *outputs = (tensor.natural(tensor.value) for tensor in self.tensors)
        self.outputs = tuple(outputs)
        self.output = self.outputs[-1]

    def run(self) -> None:
        """Compute all outputs from the input."""
        for call in self._forward.calls:
            call()

    def record_layer(self, ops: Recorder, index: int, x: Tensor) -> None:
        """Record layer ``index`` on the input ``x``, without its activation."""
        self.network.layers[index].forward(ops, x, self.tensors[index + 1], self.memories[index])

    def record_activation(self, ops: Recorder, index: int) -> None:
        """Record the activation of layer ``index``, in place."""
        record_activation(ops, self.network.layers[index], self.tensors[index + 1])

    def outcomes(self) -> Iterator[tuple[Layer, Tensor]]:
        """Every layer with its output, also those within other layers."""
        for layer, tensor, memory in zip(self.network.layers, self.tensors[1:], self.memories, strict=True):
            yield layer, tensor
            yield from layer.inside(memory)

    def _make_tensors(self, slopes: bool) -> list[Tensor]:
        network = self.network
        shapes = (network.input_shape, *network.shapes)
        shared = [False, *(layer.shares(shape) for layer, shape in zip(network.layers, shapes, strict=False))]
        return make_tensors(shapes, shared, self.batch, network.dtype, training=self.training, slopes=slopes)


def record_backward(
    program: Program,
    ops: Recorder,
    first: int,
    x: Tensor,
    *,
    seeded: bool,
    share_slopes: bool = True,
    fault: int | None = None,
) -> None:
    """Record the gradients of all layers from the last down to ``first``, whose input is ``x``.

    seeded: the gradient in the last tensor is already the one of its weighted sum (loss and activation in one).
    share_slopes: the fusion of that name. fault: the layer whose gradient gets the wrong sign, to see what happens.
    """
    layers, last = program.network.layers, len(program.network.layers) - 1
    sloped = record_shared_slopes(program, ops, range(first, last)) if share_slopes else frozenset()
    for index in range(last, first - 1, -1):
        source, y = x if index == first else program.tensors[index], program.tensors[index + 1]
        record_layer_backward(
            ops,
            layers[index],
            source,
            y,
            program.memories[index],
            seeded=seeded and index == last,
            sloped=index in sloped,
        )
        if index == fault:
            weights = program.memories[index].gradient
            ops.call(np.negative, weights, weights)
        ops.mark("gradients", index)


def entry_of(network: "Network") -> int:
    """The first layer that does more than to see the examples in another shape."""
    shapes = (network.input_shape, *network.shapes)
    steps = enumerate(zip(network.layers, shapes, strict=False))
    return next((index for index, (layer, shape) in steps if layer.muted or not layer.shares(shape)), 0)
