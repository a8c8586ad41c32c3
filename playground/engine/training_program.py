"""Training, recorded: each mini-batch of an epoch is one flat list of calls."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.batches import Batches
from playground.engine.frozen import FrozenWeights
from playground.engine.fusions import ALL, Fusions
from playground.engine.losses import Loss
from playground.engine.mini_batch import MiniBatch
from playground.engine.optimizers import Optimizer
from playground.engine.penalties import (
    activity_penalty,
    record_constraints,
    record_weight_penalties,
    weight_penalty,
)
from playground.engine.program import Program
from playground.engine.recorder import Array, Call, Mark
from playground.engine.schedules import Schedule
from playground.engine.walk import Walk

if TYPE_CHECKING:
    from playground.engine.network import Network

MOST_TAPES = 256
"""With more mini-batches in an epoch, all use one recording and gather their examples into its input first."""

LARGE_BATCH = 32_768
"""So do mini-batches of more bytes: gathered one at a time, the examples are still in the cache when they are used."""


class TrainingProgram:
    """Stochastic gradient descent on fixed examples.

    An epoch draws one permutation, gathers the examples in that order, and replays one tape per mini-batch: forward,
    loss, backward, update. The last mini-batch is smaller where the examples do not divide evenly; it counts as any
    other. ``position`` is the number of mini-batches of the present epoch that are done. ``weights`` (n,): how
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
        fusions: Fusions = ALL,
    ) -> None:
        self.network, self.loss, self.optimizer = network, loss, optimizer
        self._rng, self._shuffle, self._l1, self._l2 = rng, shuffle, l1, l2
        n = len(x)
        self._starts = list(range(0, n, batch_size))
        self._sizes = np.array([min(batch_size, n - start) for start in self._starts])
        self.steps_per_epoch = len(self._starts)
        self.position = self.steps_per_epoch
        self._mini_batch = MiniBatch(network, loss, fusions, weighted=weights is not None)
        self._x = np.ones((n, x.shape[1] + 1), network.dtype)  # the last column of ones meets the bias
        self._x[:, :-1] = x
        self._y = np.ascontiguousarray(y if weights is None else np.c_[y, weights], network.dtype)
        self._order = np.arange(n)
        self._one_tape = (
            self.steps_per_epoch > MOST_TAPES
            or batch_size * self._x[0].nbytes > LARGE_BATCH
            or not network.layers[self._mini_batch.entry].reads_rows
        )
        self._inputs = self._x[:0] if self._one_tape else self._x.copy()  # in this epoch's order, as are:
        self._targets = Batches(n, self._y.shape[1], batch_size, network.dtype)
        self._outputs = Batches(n, y.shape[1], batch_size, network.dtype)  # outputs, or logits
        self._known = np.zeros(0)  # losses of mini-batches done before the state was imported
        self.state = optimizer.start(network.size, network.dtype, tuple(network.unpack(network.gradient).values()))
        self.state.schedule = schedule
        self._programs = {int(size): Program(network, int(size), training=True, rng=rng) for size in set(self._sizes)}
        self._tapes: list[list[Call]] = []
        self._gather()
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

    def walk(self) -> Walk:
        """The next mini-batch, to be trained on with stops in between."""
        if self.position >= self.steps_per_epoch:
            self._begin_epoch()
        start, size = self._starts[self.position], int(self._sizes[self.position])
        rows, program = self._order[start : start + size].copy(), self._programs[size]
        targets, plan = self._targets[self.position].copy(), self._mini_batch
        true, weights = (targets[:-1], targets[-1]) if plan.weighted else (targets, None)
        return Walk(program, rows, true, plan.fused, plan.first_trained, self._marks(program), weights)

    def run_epoch(self) -> None:
        """Train to the end of the epoch."""
        with np.errstate(all="ignore"):
            self.step()
            if self._one_tape:
                while self.position < self.steps_per_epoch:
                    self.step()
            for tape in self._tapes[self.position :]:
                for call in tape:
                    call()
            self.position = self.steps_per_epoch

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

    def set_fault(self, layer: int | None) -> None:
        """Compute the gradient of this layer wrongly from the next step on, to see what that does; None: of no one."""
        if layer != self._mini_batch.fault:
            self._mini_batch.fault = layer
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
        update, frozen, plan = self.network.recorder(), FrozenWeights(self.network), self._mini_batch
        update.mark("backward")
        record_weight_penalties(update, self.network, self._l1, self._l2)
        frozen.record_keep(update)
        self.optimizer.record(update, self.network.flat, self.network.gradient, self.state)
        update.mark("stepped")
        record_constraints(update, self.network)
        frozen.record_restore(update)
        self._update = update
        if self._one_tape:
            self._buffers = {size: self._buffer(program) for size, program in self._programs.items()}
            self._by_size = {
                size: plan.record(self._programs[size], *buffer).calls + update.calls
                for size, buffer in self._buffers.items()
            }
            return
        self._tapes = []
        for index, (start, size) in enumerate(zip(self._starts, self._sizes.tolist(), strict=True)):
            rows = self._inputs[start : start + size]
            tape = plan.record(self._programs[size], rows, self._targets[index], self._outputs[index])
            self._tapes.append(tape.calls + update.calls)

    def _buffer(self, program: Program) -> tuple[Array, Array, Array]:
        """Room for the examples, the targets and the outputs of one mini-batch, shaped as the tape has them."""
        size, dtype = program.batch, self.network.dtype
        targets, outputs = self._y.shape[1], self.network.shapes[-1]
        return (
            np.ones((size, self._x.shape[1]), dtype),
            np.zeros((targets, size), dtype),
            np.zeros((math.prod(outputs), size), dtype),
        )

    def _marks(self, program: Program) -> Iterator[Mark]:
        """Train on the next mini-batch and stop at every mark."""
        position, size = self.position, program.batch
        if self._one_tape:
            self._fill(position)
            yield from self._mini_batch.record(program, *self._buffers[size]).replay()
        else:
            start = self._starts[position]
            rows = self._inputs[start : start + size]
            tape = self._mini_batch.record(program, rows, self._targets[position], self._outputs[position])
            yield from tape.replay()
        yield from self._update.replay()
        if self._one_tape:
            self._keep(position)
        self.position += 1

    # -- an epoch --------------------------------------------------------------------------------------------------

    def _begin_epoch(self) -> None:
        self.position, self._known = 0, np.zeros(0)
        if self._shuffle and self.steps_per_epoch > 1:  # the order within a mini-batch does not matter
            self._rng.shuffle(self._order)
            self._gather()

    def _gather(self) -> None:
        """Put the examples in this epoch's order."""
        if not self._one_tape:
            self._x.take(self._order, 0, self._inputs, "clip")
        self._targets.gather(self._y, self._order)

    def _fill(self, position: int) -> list[Call]:
        """Gather the next mini-batch into the buffers of its size; returns their tape."""
        start, size = self._starts[position], int(self._sizes[position])
        inputs, targets, _ = self._buffers[size]
        self._x.take(self._order[start : start + size], 0, inputs, "clip")
        np.copyto(targets, self._targets[position])
        return self._by_size[size]

    def _keep(self, position: int) -> None:
        """Copy the outputs of the mini-batch out of its buffer."""
        np.copyto(self._outputs[position], self._buffers[int(self._sizes[position])][2])

    def _losses(self, begin: int, end: int) -> NDArray[np.float64]:
        """The mean losses of the mini-batches ``begin`` to ``end`` (not included) of this epoch."""
        if begin >= end:
            return np.empty(0)
        values = self.loss.values_from_logits if self._mini_batch.fused else self.loss.values
        found = []
        with np.errstate(all="ignore"):
            for outputs, targets in zip(
                self._outputs.stretches(begin, end), self._targets.stretches(begin, end), strict=True
            ):
                true, weights = (targets[:, :-1], targets[:, -1]) if self._mini_batch.weighted else (targets, None)
                found.append(values(outputs.astype(np.float64), true, weights))
        return np.concatenate(found, dtype=np.float64)
