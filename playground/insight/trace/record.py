"""Record one mini-batch: train on it for real, on copies, and stop wherever the engine has something complete.

Nothing is computed a second time: the engine's own program for the mini-batch runs call by call, and what stands in its
arrays between two calls is kept. So the update that is shown is the one that training makes next, bit for bit.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from playground.engine import Network
from playground.engine.fusions import Fusions
from playground.engine.losses import Loss
from playground.engine.optimizers import Optimizer
from playground.insight.trace.kept import Array, Kept, LayerTrace
from playground.project import build
from playground.project.build import Samples
from playground.project.model import Project
from playground.project.weights import positions
from playground.training import live
from playground.training.records import State, frozen


@dataclass(frozen=True)
class Update:
    """What happens to all parameters (flat vectors, in the network's order).

    before → after; between them ``stepped`` (after the optimizer, before constraints). ``loss_gradient``: of the loss
    alone; ``gradient``: with penalties and clipped, as the optimizer uses it. memory_before, memory_after: what the
    optimizer remembers, by name. rate: the learning rate. steps: the number of this update as the optimizer counts it
    (0 where it does not count).
    """

    before: Array
    loss_gradient: Array
    gradient: Array
    stepped: Array
    after: Array
    memory_before: Mapping[str, Array]
    memory_after: Mapping[str, Array]
    rate: float
    steps: int


@dataclass(frozen=True)
class Trace:
    """The next mini-batch of a run, number by number.

    step: how many updates were done before it. position: its place in the epoch, from 0. rows: its examples, as rows of
    the data set. targets, losses: (outputs, batch), (batch,). weights: how much each example counts, (batch,); None
    where all count alike; the losses contain them. fused: loss and output activation are computed in one, so
    that the gradient begins at ∂L/∂z of the output layer. known_losses: of the epoch's earlier mini-batches.
    places: where each named parameter stands in the flat vectors.
    """

    project: Project
    names: tuple[str, ...]
    step: int
    epoch: int
    position: int
    steps_per_epoch: int
    rows: NDArray[np.intp]
    layers: tuple[LayerTrace, ...]
    targets: Array
    losses: NDArray[np.float64]
    loss: float
    fused: bool
    update: Update
    known_losses: NDArray[np.float64]
    places: Mapping[str, NDArray[np.intp]]
    weights: Array | None = None

    @property
    def batch(self) -> int:
        """How many examples the mini-batch has."""
        return len(self.rows)

    @property
    def optimizer(self) -> Optimizer:
        """The optimizer's settings."""
        optimizer: Optimizer = self.project.training.optimizer
        return optimizer

    @property
    def loss_function(self) -> Loss:
        """The loss function's settings."""
        loss: Loss = self.project.training.loss
        return loss

    @property
    def outputs(self) -> Array:
        """What the network predicts: (outputs, …, batch)."""
        return self.layers[-1].outputs

    def parameter(self, layer: int, name: str, flat: Array) -> Array | None:
        """One named parameter of a layer ("kernel", "bias") out of a flat vector; None where none such is in use."""
        places = None if self.project.network.layers[layer].bypassed else self.places.get(f"{layer}.{name}")
        return None if places is None else flat[places]

    def same_as(self, other: "Trace") -> bool:
        """Whether both are the same mini-batch of the same moment."""
        if self is other:
            return True
        if (self.step, self.project) != (other.step, other.project):
            return False
        pairs = [(self.rows, other.rows), (self.targets, other.targets)]
        mine, its = self.update, other.update
        pairs += [(mine.before, its.before), (mine.after, its.after), (self.layers[0].input, other.layers[0].input)]
        return all(np.array_equal(*pair, equal_nan=True) for pair in pairs)

    def learns(self, layer: int) -> bool:
        """Whether the update reaches weights of this layer."""
        one = self.project.network.layers[layer]
        return one.trainable and not one.bypassed and any(name.startswith(f"{layer}.") for name in self.places)


@runtime_checkable
class Running(Protocol):
    """A run that can tell its whole state (a training loop)."""

    @property
    def project(self) -> Project:
        """The settings."""

    @property
    def samples(self) -> Samples:
        """The examples."""

    def export_state(self) -> State:
        """All that it needs to go on."""


def take(project: Project, samples: Samples, state: State) -> Trace:
    """Trace the mini-batch that follows ``state``; the state itself is left alone."""
    return _Copy(project, samples).take(state)


class TracePainter:
    """Traces the next mini-batch of a run; the copy of its network is kept as long as settings and examples stay."""

    def __init__(self) -> None:
        self._copy: _Copy | None = None

    def trace(self, run: Running) -> Trace:
        """The next mini-batch."""
        if self._copy is None or self._copy.project != run.project or self._copy.samples is not run.samples:
            self._copy = _Copy(run.project, run.samples)
        return self._copy.take(run.export_state())


class _Copy:
    """A network and a program of its own, made like those of a run."""

    def __init__(self, project: Project, samples: Samples) -> None:
        self.project, self.samples = project, samples
        self._network: Network = build.network(project)
        self._rng = np.random.default_rng()
        plain = Fusions(shared_slopes=False, outputs_in_place=False)  # the same numbers, each in its own place
        self._program = live.compiled(self._network, samples, project.training, self._rng, plain)
        self._fresh = self._program.export_state()

    def take(self, state: State) -> Trace:
        """Train on the mini-batch that follows ``state`` and tell about it."""
        network, program = self._network, self._program
        network.flat[:] = state.parameters
        if state.moving.shape == network.moving.shape:
            network.moving[:] = state.moving
        if state.rng:
            self._rng.bit_generator.state = deepcopy(dict(state.rng))
        program.import_state(dict(state.program or self._fresh))
        with np.errstate(all="ignore"):
            return self._trace(state)

    def _trace(self, state: State) -> Trace:
        network, program, optimizer = self._network, self._program, self._program.state
        before, memory, walk = frozen(network.flat), _copies(optimizer.slots), self._program.walk()
        kept, known = Kept(walk, network), program.export_state()["losses"]
        for mark in walk.marks:
            kept.look(mark)
        after, memory_after = frozen(network.flat), _copies(optimizer.slots)
        update = Update(
            before=before,
            loss_gradient=kept.vectors["backward"],
            gradient=kept.vectors["clipped"],
            stepped=kept.vectors["stepped"],
            after=after,
            memory_before=memory,
            memory_after=memory_after,
            rate=float(optimizer.rate),
            steps=int(optimizer.steps),
        )
        losses = self._losses(kept)
        return Trace(
            project=self.project,
            names=self.samples.dataset.class_names,
            step=state.step,
            epoch=state.epoch,
            position=program.position - 1,
            steps_per_epoch=program.steps_per_epoch,
            rows=self.samples.dataset.train[walk.rows],
            layers=kept.layers(self.samples.x_train[walk.rows]),
            targets=frozen(walk.targets),
            losses=losses,
            loss=program.step_loss(),
            fused=walk.fused,
            update=update,
            known_losses=known,
            places=positions(self.project),
            weights=None if kept.walk.weights is None else frozen(kept.walk.weights),
        )

    def _losses(self, kept: "Kept") -> NDArray[np.float64]:
        """The loss of each example, as the engine reports it."""
        loss, fused = self.project.training.loss, kept.walk.fused
        last = (kept.sums if fused else kept.outputs)[-1]
        each = loss.each_from_logits if fused else loss.each
        flat = last.reshape(-1, last.shape[-1]).astype(np.float64)
        losses = each(flat[None], kept.walk.targets[None])[0]
        return frozen(losses if kept.walk.weights is None else losses * kept.walk.weights)


def _copies(slots: Mapping[str, Array]) -> dict[str, Array]:
    return {name: frozen(slot) for name, slot in slots.items()}
