"""What a run tells about itself: small frozen records that may cross threads."""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.project.carry import Transfer

Arrays = dict[str, NDArray[Any]]


class RunState(enum.Enum):
    """What a run is doing. FINISHED: a stop condition was met; FAILED: an exception ended it."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    DIVERGED = "diverged"
    FAILED = "failed"


class EpochRecord(NamedTuple):
    """One finished epoch.

    ``train_loss`` is the mean over the epoch's mini-batches as they were trained. The test values and the training
    metric are measured after the epoch, only so often that it costs little time; None in the epochs between. Runs to
    a given epoch measure all.
    """

    epoch: int
    step: int
    train_loss: float
    test_loss: float | None
    train_metric: float | None
    test_metric: float | None
    learning_rate: float


@dataclass(frozen=True)
class Counters:
    """Where a run stands. Losses and metrics hold for the present weights; None where unknown.

    ``metric_name`` is the name of the metric ("accuracy", "r2").
    """

    epoch: int
    step: int
    train_loss: float | None = None
    test_loss: float | None = None
    train_metric: float | None = None
    test_metric: float | None = None
    steps_per_second: float | None = None
    metric_name: str = ""


class Mark(NamedTuple):
    """A change that the user made on the way: after so many epochs and mini-batches; what it was."""

    epoch: int
    step: int
    label: str


@dataclass(frozen=True)
class State:
    """All that a run needs to go on as if it had never stopped: read-only arrays and numbers.

    parameters: the flat parameter vector; moving: the flat moving statistics; program: optimizer slots, permutation
    and position in the epoch; rng: the bit generator's state; ``reference_loss``: what the divergence rule compares
    with. An empty ``program`` means: fresh optimizer, fresh permutation. ``curves`` and ``marks`` belong to whoever
    draws them.
    """

    parameters: NDArray[Any]
    moving: NDArray[Any]
    program: Mapping[str, NDArray[Any]]
    rng: Mapping[str, Any]
    epoch: int = 0
    step: int = 0
    reference_loss: float | None = None
    curves: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take."""
        arrays = [self.parameters, self.moving, *self.program.values(), *self.curves.values()]
        return sum(array.nbytes for array in arrays)

    def without_order(self) -> "State":
        """The same moment, but at the beginning of an epoch, for other examples or mini-batches.

        The optimizer keeps its memory; the next permutation is another one.
        """
        kept = {name: array for name, array in self.program.items() if name not in ("order", "losses", "position")}
        beginning = {"order": np.zeros(0), "losses": np.zeros(0), "position": np.array(0)} if kept else {}
        return replace(self, program={**kept, **beginning})

    def carried(self, transfer: Transfer, joining: Callable[[str, NDArray[Any]], float]) -> "State":
        """The same moment for another network: every weight that still has a place, and what belongs to it.

        joining: what the optimizer takes for a weight without a past, from the name of the slot and what it remembers
        of the weights that are kept. A new epoch begins. Where no weight is kept, the optimizer begins anew too: it
        corrects its means by the number of steps that it has seen.
        """
        begun = self.without_order()
        program = dict(begun.program) if (transfer.index >= 0).any() else {}
        kept = transfer.index[transfer.index >= 0]
        for name, array in program.items():
            if name.startswith("slot."):
                fresh = joining(name.removeprefix("slot."), array[kept])
                program[name] = frozen(transfer.slot(array, fresh))
        moving = frozen(transfer.moving(self.moving)) if self.moving.size else self.moving
        parameters = frozen(transfer.parameters(self.parameters))
        return replace(begun, parameters=parameters, moving=moving, program=program, reference_loss=None)


@dataclass(frozen=True)
class Snapshot:
    """A moment of a run for the screen.

    parameters: read-only copy of the flat vector; pictures: name (insight.pictures) → picture; ``step_loss``: the
    last mini-batch's loss, only while stepping or at slow speed; ``complete``: all requested pictures are there and
    show these very weights (slow ones may follow later).
    """

    run_id: int
    state: RunState
    counters: Counters
    parameters: NDArray[Any]
    pictures: Mapping[str, Any]
    step_loss: float | None = None
    complete: bool = True


@dataclass(frozen=True)
class WeightsEdit:
    """Weights that somebody changed by hand, exactly between two mini-batches.

    before, after: all parameters (size,) around the change; indices: the places in them that were set. ``gesture``: the
    same for all changes of one drag, None for a single one.
    """

    before: NDArray[Any]
    after: NDArray[Any]
    indices: NDArray[np.intp]
    label: str = ""
    gesture: str | None = None

    @classmethod
    def between(cls, before: NDArray[Any], after: NDArray[Any], label: str = "") -> "WeightsEdit":
        """The change that leads from one vector to another of the same size."""
        return cls(before, after, np.flatnonzero(before != after), label)


class DivergenceReason(enum.Enum):
    """Why a run counts as diverged; the rules are in ``training.health``."""

    NON_FINITE = "non_finite"
    EXPLODED = "exploded"
    STUCK = "stuck"


@dataclass(frozen=True)
class Divergence:
    """A run that stopped itself because it was getting nowhere. ``last_good`` can be trained on from."""

    reason: DivergenceReason
    epoch: int
    step: int
    loss: float
    initial_loss: float
    learning_rate: float
    suggested_learning_rate: float
    last_good: State


@dataclass(frozen=True)
class TrainingError:
    """An exception in a run: a sentence for the user, where it happened, and the details."""

    message: str
    step: int
    traceback: str


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """A read-only copy of ``array``."""
    copy = np.array(array)
    copy.flags.writeable = False
    return copy
