"""A network bound to one batch size: its arrays, and its recorded forward and backward calls."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from playground.engine import activations
from playground.engine.layers.base import Shape, Tensor, size
from playground.engine.layers.reshape import Flatten
from playground.engine.penalties import record_activity_penalty
from playground.engine.recorder import Array, Recorder

if TYPE_CHECKING:
    from playground.engine.network import Network


class Arenas:
    """Values, gradients and slopes of all tensors, each kind in one array: (all rows, batch)."""

    def __init__(self, rows: int, batch: int, recorder: Recorder, *, training: bool, slopes: bool) -> None:
        self.values: Array = np.ones((rows, batch), recorder.dtype)
        self.gradients: Array | None = np.ones_like(self.values) if training else None
        self.slopes: Array | None = np.ones_like(self.values) if training or slopes else None

    def tensor(self, shape: Shape, row: int) -> Tensor:
        """The tensor whose rows begin at ``row``; its last row, of ones, belongs to the bias of the next layer."""
        end = row + size(shape)
        tensor = Tensor(shape, self.values[row:end], self.values[row : end + 1])
        if self.gradients is not None:
            tensor.gradient, tensor.gradient1 = self.gradients[row:end], self.gradients[row : end + 1]
        if self.slopes is not None:
            tensor.slope = self.slopes[row:end]
        return tensor


class Program:
    """The forward pass over one batch, recorded.

    Fill ``input`` (numbers per example …, batch), call ``run()``, read ``outputs`` (one array per layer, after its
    activation) or ``output``. ``run()`` allocates nothing. The weights are the network's own: what changes there
    shows in the next run. With ``logits`` the output layer's activation is left out. With ``slopes`` (and in training)
    the tensors have room for the slopes of the activations.
    """

    def __init__(
        self, network: "Network", batch: int, *, training: bool = False, logits: bool = False, slopes: bool = False
    ) -> None:
        self.network, self.batch, self.training, self.logits = network, batch, training, logits
        self.tensors = self._make_tensors(slopes)
        self.memories = network.memories()
        self.output = self.tensors[-1].value
        self._forward = network.recorder()
        for index in range(len(network.layers)):
            self.record_layer(self._forward, index, self.tensors[index])
            if not (logits and index == len(network.layers) - 1):
                self.record_activation(self._forward, index)
        shape = network.input_shape
        image = (shape[2], shape[0], shape[1]) if len(shape) == 3 else shape
        self.input = self.tensors[0].value.reshape(*image, batch)
        self.outputs = tuple(tensor.value for tensor in self.tensors[1:])

    def run(self) -> None:
        """Compute all outputs from the input."""
        for call in self._forward.calls:
            call()

    def record_layer(self, ops: Recorder, index: int, x: Tensor) -> None:
        """Record layer ``index`` on the input ``x``, without its activation."""
        self.network.layers[index].forward(ops, x, self.tensors[index + 1], self.memories[index])

    def record_activation(self, ops: Recorder, index: int) -> None:
        """Record the activation of layer ``index``, in place."""
        activation, y = activations.get(self.network.activation(index)), self.tensors[index + 1]
        if y.slope is None:
            activation.forward(ops, y.value)
        else:
            activation.train_forward(ops, y.value, y.slope)

    def _make_tensors(self, slopes: bool) -> list[Tensor]:
        shapes: Sequence[Shape] = (self.network.input_shape, *self.network.shapes)
        rows, starts = 0, list[int]()
        for index, shape in enumerate(shapes):
            shared = index > 0 and isinstance(self.network.layers[index - 1], Flatten)
            starts.append(starts[-1] if shared else rows)
            rows = max(rows, starts[-1] + size(shape) + 1)
        arenas = Arenas(rows, self.batch, self.network.recorder(), training=self.training, slopes=slopes)
        tensors = [arenas.tensor(shape, start) for shape, start in zip(shapes, starts, strict=True)]
        self.arenas = arenas
        return tensors


def record_backward(program: Program, ops: Recorder, first: int, x: Tensor, *, seeded: bool) -> None:
    """Record the gradients of all layers from the last down to ``first``, whose input is ``x``.

    seeded: the gradient in the last tensor is already the one of its weighted sum (loss and activation in one).
    """
    network, last = program.network, len(program.network.layers) - 1
    for index in range(last, first - 1, -1):
        y, through = program.tensors[index + 1], seeded and index == last
        record_activity_penalty(ops, network, index, y, seeded=through)
        if not through:
            assert y.gradient is not None
            assert y.slope is not None
            activations.get(network.activation(index)).backward(ops, y.value, y.gradient, y.slope)
        source = x if index == first else program.tensors[index]
        network.layers[index].backward(ops, source, y, program.memories[index])
