"""Every example judged by the network: its prediction and its loss."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Task
from playground.engine import Network, metrics
from playground.engine.losses import Loss
from playground.engine.program import Program
from playground.project.build import Samples
from playground.training.evaluation import fill
from playground.training.records import frozen

MOST = 20_000
"""Examples that are judged; of more, every so-manieth."""

CHUNK = 4096
"""Examples that go through the network at once."""

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Judged:
    """What the network makes of examples.

    rows: int64 (m,) of the data set, ascending. outputs: float32 (m, outputs). losses: float32 (m,), by the project's
    loss function, without penalties and weights of classes. decided: int64 (m,) classes, −1 for predicted numbers.
    """

    rows: NDArray[np.int64]
    outputs: Floats
    losses: Floats
    decided: NDArray[np.int64]

    def place(self, row: int) -> int | None:
        """Where a row of the data set stands among the judged ones, None when it was not judged."""
        found = int(np.searchsorted(self.rows, row))
        return found if found < len(self.rows) and self.rows[found] == row else None

    def cell(self, labels: NDArray[np.int64], true: int, predicted: int) -> NDArray[np.bool_]:
        """Which judged examples of one class were taken for another (or the same). labels: of the whole data set."""
        found: NDArray[np.bool_] = (labels[self.rows] == true) & (self.decided == predicted)
        return found

    def worst(self, among: NDArray[np.bool_], most: int) -> NDArray[np.int64]:
        """The places of the ``most`` examples with the largest losses among the marked ones, the worst first."""
        places = np.flatnonzero(among)
        losses = np.nan_to_num(self.losses[places], nan=np.inf)
        return places[np.argsort(-losses, kind="stable")[:most]]


class Judge:
    """Judges the examples of one network; the program is bound once and shares the network's weights."""

    def __init__(self, network: Network, samples: Samples) -> None:
        count = samples.dataset.n
        self._rows = frozen(np.unique(np.linspace(0, max(count - 1, 0), min(count, MOST)).astype(np.int64)))
        self._inputs, self._targets = samples.inputs, samples.dataset.targets
        self._classes = samples.dataset.task is not Task.REGRESSION
        self._program: Program = network.bind(max(min(CHUNK, len(self._rows)), 1))

    def judged(self, loss: Loss) -> Judged:
        """All judged examples with the present weights."""
        program, outputs = self._program, []
        size = program.input.shape[-1]
        for start in range(0, len(self._rows), size):
            part = self._inputs[self._rows[start : start + size]]
            fill(program, part)
            program.run()
            outputs.append(program.output.T[: len(part)].astype(np.float32))
        found = np.concatenate(outputs) if outputs else np.zeros((0, len(program.output)), np.float32)
        targets = self._targets[self._rows]
        losses = loss.each(found.T[None].astype(np.float64), targets.T[None].astype(np.float64))[0]
        decided = metrics.decisions(found, loss.threshold) if self._classes else np.full(len(found), -1)
        return Judged(self._rows, frozen(found), frozen(losses.astype(np.float32)), frozen(decided.astype(np.int64)))
