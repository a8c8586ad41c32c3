"""Training without a window: the same loop as behind it, without a thread."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from playground.project import build
from playground.project.model import Project, StopSettings
from playground.training.curves import Curves
from playground.training.evaluation import EVALUATION_INTERVAL
from playground.training.loop import TrainingLoop
from playground.training.records import Counters, Divergence, EpochRecord, RunState, State

DEFAULT_EPOCHS = 200
"""Epochs when neither the caller nor the project says when to stop."""

LONGEST = 10_000
"""Epochs after which a run gives up that waits for a loss."""

SLICE = 0.02
"""Seconds between two reports of progress."""

Progress = Callable[[int, float], None]


class CannotTrainError(ValueError):
    """The project cannot be trained as it is; the message is a sentence that says why."""


@dataclass(frozen=True)
class Result:
    """What came of a run.

    ``run_state``: FINISHED after the wanted epochs or when a stop condition or the wanted loss was met, PAUSED when
    that loss was not reached, DIVERGED when the run stopped itself. ``state`` holds weights, optimizer and curves;
    ``loop`` the trained network. ``message``: a sentence where there is something to say, else empty.
    """

    project: Project
    loop: TrainingLoop
    run_state: RunState
    counters: Counters
    seconds: float
    state: State
    divergence: Divergence | None = None
    message: str = ""

    @property
    def parameters(self) -> int:
        """How many parameters the network has."""
        return self.loop.network.size


def train(
    project: Project,
    *,
    epochs: int | None = None,
    until_test_loss: float | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
    state: State | None = None,
    interrupted: Callable[[], bool] = lambda: False,
) -> Result:
    """Train a project and return what came of it.

    epochs: how many to train, on top of those of ``state``; then the project's own limit does not count. Without it the
        project's stop conditions hold, else ``DEFAULT_EPOCHS``.
    until_test_loss: stop as soon as the test loss, measured after every epoch, is not above this.
    seed: begin with other initial weights and another order of the examples.
    progress: called now and then with the number of the epoch and its training loss.
    state: go on from there, unless there is a ``seed``.
    interrupted: asked now and then; once it says yes, the run ends as PAUSED with what was learned so far.

    Raises:
        CannotTrainError: when the project cannot be trained as it is.
    """
    if seed is not None:
        project = msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, seed=seed))
        state = None
    problems = build.problems(project)
    if problems:
        raise CannotTrainError(problems[0].sentence)
    start = time.perf_counter()
    with np.errstate(all="ignore"):  # what is not finite is found by the loop
        loop = TrainingLoop(
            _without_limit(project) if epochs else project,
            build.samples(project),
            state=state,
            evaluation_interval=EVALUATION_INTERVAL if until_test_loss is None else 0.0,
        )
        curves = Curves.from_arrays(state.curves) if state else Curves()
        if loop.step == 0:
            curves.begin(loop.evaluate())
        last_epoch = loop.epoch + (epochs or _epochs(project.training.stop, loop.epoch, until_test_loss))
        run_state = _drive(loop, last_epoch, until_test_loss, curves, progress, interrupted)
        counters = loop.evaluate()
    seconds = time.perf_counter() - start
    divergence = loop.take_divergence()
    result = Result(project, loop, run_state, counters, seconds, _with_story(loop, curves, state), divergence)
    return replace(result, message=_message(result, until_test_loss))


def _with_story(loop: TrainingLoop, curves: Curves, state: State | None) -> State:
    """The state of the loop with what is drawn of the run."""
    return replace(loop.export_state(), curves=curves.arrays(), marks=state.marks if state else ())


def ready(project: Project, state: State | None, epochs: int) -> TrainingLoop:
    """The loop of a project, trained for so many epochs more, or as it is.

    Raises:
        CannotTrainError: when the project cannot be trained as it is.
    """
    if epochs:
        return train(project, state=state, epochs=epochs).loop
    problems = build.problems(project)
    if problems:
        raise CannotTrainError(problems[0].sentence)
    return TrainingLoop(project, build.samples(project), state=state)


def _without_limit(project: Project) -> Project:
    stop = msgspec.structs.replace(project.training.stop, max_epochs=None)
    return msgspec.structs.replace(project, training=msgspec.structs.replace(project.training, stop=stop))


def _epochs(stop: StopSettings, epoch: int, until_test_loss: float | None) -> int:
    """How many epochs at most when the caller did not say."""
    if stop.max_epochs is not None:
        return stop.max_epochs - epoch % stop.max_epochs
    return LONGEST if until_test_loss is not None or stop.loss_below is not None else DEFAULT_EPOCHS


def _drive(
    loop: TrainingLoop,
    last_epoch: int,
    until_test_loss: float | None,
    curves: Curves,
    progress: Progress | None,
    interrupted: Callable[[], bool],
) -> RunState:
    """Train to the end and hand on the records."""
    # a test loss that ends the run must be looked at before the next mini-batch
    slices = loop.run(SLICE if until_test_loss is None else 0.0, until_epoch=last_epoch)
    record: EpochRecord | None = None
    for _ in slices:
        if interrupted():
            for record in loop.take_records():
                curves.append(record)
            return RunState.PAUSED
        for record in loop.take_records():
            curves.append(record)
        if record is None:
            continue
        if progress:
            progress(record.epoch, record.train_loss)
        if until_test_loss is not None and record.test_loss is not None and record.test_loss <= until_test_loss:
            return RunState.FINISHED
        record = None
    return loop.outcome or (RunState.FINISHED if until_test_loss is None else RunState.PAUSED)


def _message(result: Result, until_test_loss: float | None) -> str:
    """One sentence about a run that did not end well; empty otherwise."""
    if result.divergence is not None:
        reason = result.divergence.reason.value.replace("_", " ")
        rate = result.divergence.suggested_learning_rate
        return f"Training diverged in epoch {result.counters.epoch} ({reason}); try a learning rate of {rate:g}."
    if result.run_state is RunState.PAUSED and until_test_loss is not None:
        return f"The test loss did not fall to {until_test_loss:g} within {result.counters.epoch} epochs."
    return ""
