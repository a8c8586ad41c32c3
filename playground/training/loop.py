"""The training loop: a generator without a thread, so that tests and scripts drive it with ``next()``."""

import math
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import Network
from playground.project import build
from playground.project.build import Samples
from playground.project.model import Project
from playground.training import live
from playground.training.evaluation import EVALUATION_INTERVAL, Saturation, Scores
from playground.training.health import Health, finite
from playground.training.records import (
    Counters,
    Divergence,
    DivergenceReason,
    EpochRecord,
    RunState,
    State,
    WeightsEdit,
    frozen,
)
from playground.training.stop import StopRule


class TrainingLoop:
    """Trains the network of a project on its examples.

    ``epoch`` and ``step`` count finished epochs and mini-batches. ``outcome`` tells why the last run() ended by
    itself (FINISHED or DIVERGED), None while nothing speaks against going on. ``budget``: seconds per slice.
    ``last_edit``: the last change of weights by hand, None before the first.

    state: go on from there instead of the project's initial weights; the order of the examples then follows too.
    evaluation_interval: seconds between two measurements of the test loss while training; 0: after every epoch.
    """

    def __init__(
        self,
        project: Project,
        samples: Samples,
        *,
        state: State | None = None,
        clock: Callable[[], float] = time.perf_counter,
        evaluation_interval: float = EVALUATION_INTERVAL,
    ) -> None:
        self.project, self.samples = project, samples
        self.network: Network = build.network(project)
        self.epoch = self.step = 0
        self.outcome: RunState | None = None
        self.last_edit: WeightsEdit | None = None
        self._until: int | None = None
        self.budget = 0.0
        self._clock, self._evaluation_interval = clock, evaluation_interval
        self._rng = np.random.default_rng((project.network.seed, 1))
        self._fresh = frozen(self.network.flat)
        self._edits = 0
        self._records: list[EpochRecord] = []
        self._divergence: Divergence | None = None
        self._stop = StopRule()
        self._last_loss: float | None = None
        self._prepare()
        if state is not None:
            self._load(state)
        self._reference = self._initial_loss(state)
        self._health = Health(self._reference, is_stuck=self._is_stuck, export=self.export_state, clock=clock)

    # -- running ---------------------------------------------------------------------------------------------------

    def run(
        self,
        budget_seconds: float,
        *,
        interrupted: Callable[[], bool] = lambda: False,
        until_epoch: int | None = None,
    ) -> Iterator[None]:
        """Train slice by slice until a stop condition is met, the run diverges or ``until_epoch`` is reached.

        A slice takes ``budget_seconds`` of whole mini-batches (0: exactly one) and ends after the present one as
        soon as ``interrupted()`` is true.
        """
        self.outcome, self._until = None, until_epoch
        self.budget = budget_seconds
        self._stop = StopRule(self.project.training.stop, self.epoch, self._last_loss)
        while not self._done(until_epoch):
            self._slice(interrupted, until_epoch)
            yield

    @np.errstate(all="ignore")
    def single_step(self) -> None:
        """Train on one mini-batch; stop conditions do not count."""
        self.outcome = None
        self._stop = StopRule()
        self._program.step()
        self.step += 1
        self._stepped = True
        loss = self._program.step_loss()
        if not finite(loss, self.network.flat):
            self._diverge(DivergenceReason.NON_FINITE, loss)
        elif self._program.position >= self._program.steps_per_epoch:
            self._end_epoch()

    def finish_epoch(self) -> None:
        """Train to the end of the present epoch (a whole one when none is begun)."""
        for _ in self.run(math.inf, until_epoch=self.epoch + 1):
            pass

    def _done(self, until_epoch: int | None) -> bool:
        return self.outcome is not None or (until_epoch is not None and self.epoch >= until_epoch)

    @np.errstate(all="ignore")
    def _slice(self, interrupted: Callable[[], bool], until_epoch: int | None) -> None:
        clock, program = self._clock, self._program
        end, last = clock() + self.budget, program.steps_per_epoch
        self._stepped = True
        while True:
            program.step()
            self.step += 1
            if program.position >= last:
                self._end_epoch()
                if self._done(until_epoch):
                    return
            if interrupted() or clock() >= end:
                break
        if not finite(0.0, self.network.flat):  # long epochs must not go on with broken weights
            self._diverge(DivergenceReason.NON_FINITE, program.step_loss())

    def _end_epoch(self) -> None:
        """Record the epoch, judge it, and see whether training is done."""
        loss = self._last_loss = self._program.epoch_loss()
        self.epoch += 1
        finished = self._stop.met(self.epoch, loss)
        counted = self._until is not None  # such runs are compared: their curves must not depend on the clock
        measured = self.evaluate() if counted or finished or self._scores.due() else None
        scores = (measured.test_loss, measured.train_metric, measured.test_metric) if measured else (None, None, None)
        rate = self.project.training.optimizer.learning_rate
        self._records.append(EpochRecord(self.epoch, self.step, loss, *scores, rate))
        reason = self._health.check(self.epoch, loss, self.network.flat)
        if reason is not None:
            self._diverge(reason, loss)
        elif finished and measured:
            self.outcome = RunState.FINISHED
            self._health.rest(measured.train_loss)

    def _diverge(self, reason: DivergenceReason, loss: float) -> None:
        self.outcome = RunState.DIVERGED
        optimizer = self.project.training.optimizer
        self._divergence = self._health.report(reason, self.epoch, self.step, loss, optimizer)

    # -- news ------------------------------------------------------------------------------------------------------

    @property
    def version(self) -> tuple[int, int]:
        """Changes whenever the weights, the examples or the settings do."""
        return self.step, self._edits

    def take_records(self) -> list[EpochRecord]:
        """The epochs finished since the last call."""
        records, self._records = self._records, []
        return records

    def take_divergence(self) -> Divergence | None:
        """What was wrong, once; None when nothing was."""
        divergence, self._divergence = self._divergence, None
        return divergence

    def step_loss(self) -> float | None:
        """The loss of the last mini-batch; None before the first."""
        return self._program.step_loss() if self._stepped else None

    @np.errstate(all="ignore")
    def evaluate(self, max_age: float = 0.0) -> Counters:
        """Losses and metrics for the present weights, or those measured up to ``max_age`` seconds ago."""
        return self._scores.measure(self.version, self.epoch, self.step, max_age)

    # -- changing a run --------------------------------------------------------------------------------------------

    def edit_parameters(
        self, indices: NDArray[np.intp], values: NDArray[Any], label: str = "", gesture: str | None = None
    ) -> WeightsEdit:
        """Set single weights by hand: ``indices`` of the flat vector to ``values``; all else of the run stays.

        Raises:
            IndexError: when there is no such weight.
        """
        before, flat = frozen(self.network.flat), self.network.flat
        flat[indices] = values
        self.last_edit = WeightsEdit(before, frozen(flat), indices, label, gesture)
        self._edits += 1
        self._restart_health()
        return self.last_edit

    def apply(self, project: Project, samples: Samples | None = None) -> None:
        """Go on with other settings of data and training; the network must be the same.

        Weights and counters stay. The optimizer keeps its memory unless it is another one; other examples, another
        loss, class weights or batch size begin a new epoch.

        Raises:
            ValueError: when the network or the shape of the examples is another one.
        """
        if project.network.layers != self.project.network.layers:
            raise ValueError("Other layers need a new run.")
        samples = self.samples if samples is None else samples
        if samples.x_train.shape[1:] != self.samples.x_train.shape[1:]:
            raise ValueError("Examples of another shape need a new run.")
        old, new = self.project.training, project.training
        other_samples = samples is not self.samples
        self.project, self.samples = project, samples
        self._edits += 1
        if new.stop != old.stop:
            self._stop = StopRule(new.stop, self.epoch)
        if other_samples or live.recorded(new) != live.recorded(old):
            keep = new.optimizer.same_kind(old.optimizer)
            self._prepare(live.optimizer_memory(self._program.export_state()) if keep else None)
        self._program.set_learning_rate(new.optimizer.learning_rate)
        self._program.set_regularization(new.l1, new.l2)
        if other_samples or (new.loss, new.class_weight) != (old.loss, old.class_weight):
            self._restart_health()

    def export_state(self) -> State:
        """All that a run needs to go on bit for bit as if it had never stopped."""
        return State(
            parameters=frozen(self.network.flat),
            moving=frozen(self.network.moving),
            program={name: frozen(array) for name, array in self._program.export_state().items()},
            rng=deepcopy(self._rng.bit_generator.state),
            epoch=self.epoch,
            step=self.step,
            reference_loss=self._reference,
        )

    def import_state(self, state: State) -> None:
        """Go back to what export_state() gave.

        Raises:
            ValueError: when it belongs to another network.
        """
        self._load(state)
        self._restart_health(state)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _load(self, state: State) -> None:
        if state.parameters.shape != self.network.flat.shape:
            raise ValueError(f"The network has {self.network.size} parameters, the state {state.parameters.size}.")
        self.network.flat[:] = state.parameters
        if state.moving.shape == self.network.moving.shape:
            self.network.moving[:] = state.moving
        if state.rng:
            self._rng.bit_generator.state = deepcopy(dict(state.rng))
        if state.program:
            self._program.import_state(dict(state.program))
        self.epoch, self.step = state.epoch, state.step
        self._edits += 1
        self._stepped = False

    def _prepare(self, memory: dict[str, NDArray[Any]] | None = None) -> None:
        """Record the program anew for the present settings; ``memory`` is the optimizer's."""
        training, samples = self.project.training, self.samples
        self._program = live.compiled(self.network, samples, training, self._rng)
        if memory:
            self._program.import_state(memory)
        self._stepped = False
        self._scores = Scores(self.network, samples, training, self._clock, self._evaluation_interval)
        self._saturation = Saturation(self.network, samples.x_train, samples.y_train)

    @np.errstate(all="ignore")
    def _initial_loss(self, state: State | None = None) -> float:
        """What the divergence rule compares with: the loss of fresh weights, or of the present ones if higher."""
        flat = self.network.flat
        present = flat.copy()
        flat[:] = self._fresh
        losses = [self._scores.train_loss()]
        flat[:] = present
        losses.append(self._scores.train_loss())
        if state is not None and state.reference_loss is not None:
            losses.append(state.reference_loss)
        return max(filter(math.isfinite, losses), default=math.inf)

    @np.errstate(all="ignore")
    def _is_stuck(self) -> bool:
        return self._saturation.stuck()

    def _restart_health(self, state: State | None = None) -> None:
        self._reference = self._initial_loss(state)
        self._health.restart(self._reference)
        self._last_loss = None
