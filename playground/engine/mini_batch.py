"""One mini-batch, recorded: forward, loss, backward."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from playground.engine.frozen import first_trained
from playground.engine.fusions import Fusions, can_write_in_place
from playground.engine.layers.base import Tensor
from playground.engine.losses import Loss
from playground.engine.program import Program, entry_of, record_backward
from playground.engine.recorder import Array, Recorder

if TYPE_CHECKING:
    from playground.engine.network import Network


class MiniBatch:
    """How the mini-batches of a training are recorded, whatever their size.

    entry: the first layer that computes. first_trained: the one at which the way back ends. fused: loss and output
    activation are one, so that their gradient is that of the weighted sums. weighted: the last row of the targets says
    how much each example counts. fault: the layer whose gradient gets the wrong sign, to see what that does.
    """

    def __init__(self, network: "Network", loss: Loss, fusions: Fusions, *, weighted: bool) -> None:
        self._network, self._loss, self._fusions, self.weighted = network, loss, fusions, weighted
        self.entry, self.first_trained = entry_of(network), first_trained(network)
        self.fault: int | None = None
        output, before_last = network.layers[-1], (network.input_shape, *network.shapes)[-2]
        self.fused = loss.fused_activation == network.activation(len(network.layers) - 1) != ""
        self._in_place = fusions.outputs_in_place and not self.fused and can_write_in_place(output, before_last)

    def record(self, program: Program, rows: Array, targets: Array, outputs: Array) -> Recorder:
        """The calls for examples in ``rows`` (batch, numbers + 1); what comes out is kept in ``outputs``."""
        ops = self._network.recorder()
        x = self._record_entry(ops, program, rows)
        if self._in_place:
            program.tensors[-1] = replace(program.tensors[-1], value=outputs)
        self._record_forward(ops, program, x, outputs)
        self._record_loss(ops, program.tensors[-1], targets)
        first = self.first_trained
        source = x if first == self.entry else program.tensors[first].without_gradient()
        share = self._fusions.shared_slopes
        record_backward(program, ops, first, source, seeded=self.fused, share_slopes=share, fault=self.fault)
        return ops

    def _record_entry(self, ops: Recorder, program: Program, rows: Array) -> Tensor:
        """The examples as the first layer reads them: where they stand, or turned first."""
        entry = program.tensors[self.entry]
        if self._network.layers[self.entry].reads_rows:
            return Tensor(entry.shape, rows.T[:-1], rows.T)
        x = entry.without_gradient()
        ops.call(np.copyto, x.value1, rows.T)
        return x

    def _record_forward(self, ops: Recorder, program: Program, x: Tensor, outputs: Array) -> None:
        """All layers; fused, the logits are kept, else the outputs."""
        y, last = program.tensors[-1], len(self._network.layers) - 1
        for index in range(self.entry, last + 1):
            program.record_layer(ops, index, x if index == self.entry else program.tensors[index])
            ops.mark("sums", index)
            if index == last and self.fused:
                ops.call(np.copyto, outputs, y.value)
            program.record_activation(ops, index)
            ops.mark("outputs", index)
        if not self.fused and not self._in_place:
            ops.call(np.copyto, outputs, y.value)

    def _record_loss(self, ops: Recorder, y: Tensor, targets: Array) -> None:
        """The gradient of the loss: of the outputs or, fused, of their weighted sums."""
        assert y.gradient is not None
        true = targets[:-1] if self.weighted else targets
        seed = self._loss.fused_seed if self.fused else self._loss.seed
        seed(ops, y.value, true, y.gradient)
        if self.weighted:
            ops.call(np.multiply, y.gradient, targets[-1], y.gradient)
        ops.mark("loss")
