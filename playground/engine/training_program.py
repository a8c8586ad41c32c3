"""Training, recorded: each mini-batch of an epoch is one flat list of calls."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.layers.base import Tensor
from playground.engine.losses import Loss
from playground.engine.optimizers import Optimizer
from playground.engine.penalties import (
    activity_penalty,
    record_constraints,
    record_weight_penalties,
    weight_penalty,
)
from playground.engine.program import Program, record_backward
from playground.engine.recorder import Array, Call
from playground.engine.schedules import Schedule

if TYPE_CHECKING:
    from playground.engine.network import Network

MOST_TAPES = 256
"""With more mini-batches in an epoch, all use one recording and copy their examples into its input first."""


class TrainingProgram:
    """Stochastic gradient descent on fixed examples.

    An epoch draws one permutation, gathers the examples once in that order, and replays one tape per mini-batch:
    forward, loss, backward, update. The last mini-batch is smaller where the examples do not divide evenly; it counts
    as any other. ``position`` is the number of mini-batches of the present epoch that are done. ``weights`` (n,): how
    much each example counts; they travel as one more column of the targets.
    """

    def __init__(
        self,
        network: "Network",
        x: Array,
        y: Array,
        loss: Loss,
        optimizer: Optimizer,
        *,
        batch_size: int,
        rng: np.random.Generator,
        shuffle: bool,
        l1: float,
        l2: float,
        weights: Array | None = None,
        schedule: Schedule | None = None,
    ) -> None:
        self.network, self.loss, self.optimizer = network, loss, optimizer
        self._rng, self._shuffle, self._l1, self._l2 = rng, shuffle, l1, l2
        n = len(x)
        self._starts = list(range(0, n, batch_size))
        self._starts_array = np.array(self._starts)
        self._sizes = np.array([min(batch_size, n - start) for start in self._starts])
        self.steps_per_epoch = len(self._starts)
        self.position = self.steps_per_epoch
        self._entry, self._first_trained = _entry(network), _first_trained(network)
        self._one_tape = self.steps_per_epoch > MOST_TAPES or not _reads_rows(network, self._entry)
        self._x = np.ones((n, x.shape[1] + 1), network.dtype)  # the last column of ones meets the bias
        self._x[:, :-1] = x
        self._y = np.ascontiguousarray(y if weights is None else np.c_[y, weights], network.dtype)
        self._weighted = weights is not None
        self._order = np.arange(n)
        self._inputs, self._targets = self._x.copy(), self._y.copy()
        self._outputs = np.zeros_like(y)  # the outputs (or logits) of this epoch, example by example
        self._known = np.zeros(0)  # losses of mini-batches done before the state was imported
        self._fused = loss.fused_activation == network.activation(len(network.layers) - 1) != ""
        self.state = optimizer.start(network.size, network.dtype, tuple(network.unpack(network.gradient).values()))
        self.state.schedule = schedule
        self._programs = {int(size): Program(network, int(size), training=True, rng=rng) for size in set(self._sizes)}
        self._tapes: list[list[Call]] = []
        self._record()

    # -- running ---------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Train on one mini-batch; begins a new epoch when the last one is done."""
        if self.position >= self.steps_per_epoch:
            self._begin_epoch()
        tape = self._fill(self.position) if self._one_tape else self._tapes[self.position]
        for call in tape:
            call()
        if self._one_tape:
            self._keep(self.position)
        self.position += 1

    def run_epoch(self) -> None:
        """Train to the end of the epoch."""
        with np.errstate(all="ignore"):
            self.step()
            while self.position < self.steps_per_epoch:
                self.step()

    def step_loss(self) -> float:
        """The mean loss of the last mini-batch, before its update."""
        return float(self._losses(max(0, self.position - 1), self.position)[-1]) if self.position else float("nan")

    def epoch_loss(self) -> float:
        """The mean loss over the examples of the present epoch so far, each before its update."""
        if self.position == 0:
            return float("nan")
        known = len(self._known)
        losses = np.concatenate([self._known, self._losses(known, self.position)])
        sizes = self._sizes[: self.position]
        return float(np.dot(losses, sizes) / sizes.sum())

    def penalty(self) -> float:
        """The penalties on the present weights and on the outputs of the last mini-batch; no part of the loss."""
        program = self._programs[int(self._sizes[max(0, self.position - 1)])]
        return weight_penalty(self.network, self._l1, self._l2) + activity_penalty(program)

    # -- live settings ---------------------------------------------------------------------------------------------

    @property
    def learning_rate(self) -> float:
        """The learning rate of the last step, or of the next one where it has been set since."""
        return float(self.state.rate)

    def set_schedule(self, schedule: Schedule | None) -> None:
        """Let the learning rate follow another schedule, or none, from the next step on."""
        if schedule != self.state.schedule:
            self.state.schedule = schedule
            self.state.rate[()] = self.state.base_rate
            self._record()

    def set_learning_rate(self, value: float) -> None:
        """Use another learning rate from the next step on; a schedule goes on from it."""
        self.state.rate[()] = self.state.base_rate = value

    def set_regularization(self, l1: float, l2: float) -> None:
        """Use other penalties l1 · Σ|w| + l2 · Σ w² on the kernels from the next step on."""
        if (l1, l2) != (self._l1, self._l2):
            self._l1, self._l2 = l1, l2
            self._record()

    # -- state -----------------------------------------------------------------------------------------------------

    def export_state(self) -> dict[str, NDArray[Any]]:
        """All that, with the weights and the generator's state, continues training bit for bit."""
        known = len(self._known)
        losses = np.concatenate([self._known, self._losses(known, self.position)]) if self.position else np.zeros(0)
        return {
            **{f"slot.{name}": slot.copy() for name, slot in self.state.slots.items()},
            "steps": np.array(self.state.steps),
            "order": self._order.copy(),
            "position": np.array(self.position),
            "losses": losses,
        }

    def import_state(self, state: dict[str, NDArray[Any]]) -> None:
        """Continue from ``export_state``; the weights and the generator are set by the caller."""
        for name, slot in self.state.slots.items():
            if (given := state.get(f"slot.{name}")) is not None and given.shape == slot.shape:
                slot[...] = given
        self.state.steps = int(state["steps"])
        if state["order"].shape == self._order.shape:
            self._order[...] = state["order"]
            self.position = int(state["position"])
            self._known = np.array(state["losses"], np.float64)
            self._gather()

    # -- recording -------------------------------------------------------------------------------------------------

    def _record(self) -> None:
        """Write the tapes: one per mini-batch, or one per size of mini-batch."""
        update = self.network.recorder()
        record_weight_penalties(update, self.network, self._l1, self._l2)
        self.optimizer.record(update, self.network.flat, self.network.gradient, self.state)
        record_constraints(update, self.network)
        if self._one_tape:
            self._buffers = {size: self._buffer(size) for size in self._programs}
            self._by_size = {
                size: self._tape(self._programs[size], *buffer) + update.calls for size, buffer in self._buffers.items()
            }
            return
        self._tapes = []
        for start, size in zip(self._starts, self._sizes, strict=True):
            rows = slice(start, start + int(size))
            tape = self._tape(
                self._programs[int(size)], self._inputs[rows], self._targets[rows].T, self._outputs[rows].T
            )
            self._tapes.append(tape + update.calls)

    def _buffer(self, size: int) -> tuple[Array, Array, Array]:
        reads_rows = _reads_rows(self.network, self._entry)
        return (
            np.ones((size, self._x.shape[1]), self.network.dtype)
            if reads_rows
            else self._programs[size].tensors[0].value1.T,
            np.zeros((size, self._y.shape[1]), self.network.dtype).T,
            np.zeros((size, self._outputs.shape[1]), self.network.dtype).T,
        )

    def _tape(self, program: Program, rows: Array, targets: Array, outputs: Array) -> list[Call]:
        """Forward, loss and backward of one mini-batch whose examples stand in ``rows`` (batch, numbers + 1)."""
        network, ops = self.network, self.network.recorder()
        entry, last = self._entry, len(network.layers) - 1
        x = Tensor(program.tensors[entry].shape, rows.T[:-1], rows.T)
        for index in range(entry, last + 1):
            program.record_layer(ops, index, x if index == entry else program.tensors[index])
            if index == last and self._fused:
                ops.call(np.copyto, outputs, program.tensors[-1].value)  # the logits
            program.record_activation(ops, index)
        y = program.tensors[-1]
        assert y.gradient is not None
        true, weights = (targets[:-1], targets[-1]) if self._weighted else (targets, None)
        if self._fused:
            self.loss.fused_seed(ops, y.value, true, y.gradient)
        else:
            ops.call(np.copyto, outputs, y.value)
            self.loss.seed(ops, y.value, true, y.gradient)
        if weights is not None:
            ops.call(np.multiply, y.gradient, weights, y.gradient)
        first = self._first_trained
        source = x if first == entry else program.tensors[first].without_gradient()
        record_backward(program, ops, first, source, seeded=self._fused)
        return ops.calls

    # -- an epoch --------------------------------------------------------------------------------------------------

    def _begin_epoch(self) -> None:
        if self._shuffle:
            self._order[...] = self._rng.permutation(len(self._order))
        self.position, self._known = 0, np.zeros(0)
        self._gather()

    def _gather(self) -> None:
        """Put the examples in this epoch's order."""
        self._x.take(self._order, 0, self._inputs, "clip")
        self._y.take(self._order, 0, self._targets, "clip")

    def _fill(self, position: int) -> list[Call]:
        """Copy the next mini-batch into the buffers of its size; returns their tape."""
        start, size = self._starts[position], int(self._sizes[position])
        inputs, targets, _ = self._buffers[size]
        np.copyto(inputs, self._inputs[start : start + size])
        np.copyto(targets, self._targets[start : start + size].T)
        return self._by_size[size]

    def _keep(self, position: int) -> None:
        """Copy the outputs of the mini-batch out of its buffer."""
        start, size = self._starts[position], int(self._sizes[position])
        np.copyto(self._outputs[start : start + size], self._buffers[size][2].T)

    def _losses(self, begin: int, end: int) -> NDArray[np.float64]:
        """The mean losses of the mini-batches ``begin`` to ``end`` (not included) of this epoch."""
        if begin >= end:
            return np.empty(0)
        first = self._starts[begin]
        each = self._each_loss(slice(first, self._starts[end - 1] + int(self._sizes[end - 1])))
        sums = np.add.reduceat(each, self._starts_array[begin:end] - first)
        return np.asarray(sums / self._sizes[begin:end], np.float64)

    def _each_loss(self, rows: slice) -> NDArray[np.float64]:
        """The weighted loss of each example in these places of the epoch."""
        outputs, targets = self._outputs[rows].T[None].astype(np.float64), self._targets[rows].T[None]
        true = targets[:, :-1] if self._weighted else targets
        with np.errstate(all="ignore"):
            each = (self.loss.each_from_logits if self._fused else self.loss.each)(outputs, true)[0]
            return np.asarray(each * targets[0, -1] if self._weighted else each, np.float64)


def _entry(network: "Network") -> int:
    """The first layer that does more than to see the examples in another shape."""
    shapes = (network.input_shape, *network.shapes)
    steps = enumerate(zip(network.layers, shapes, strict=False))
    return next((index for index, (layer, shape) in steps if not layer.shares(shape)), 0)


def _reads_rows(network: "Network", entry: int) -> bool:
    """Whether the examples can be read where they stand, one per row."""
    return network.layers[entry].reads_rows


def _first_trained(network: "Network") -> int:
    """The first layer that has parameters: nobody asks for gradients before it."""
    return next((index for index, size in enumerate(network.layer_sizes) if size), len(network.layers))
