"""What the coach knows of a run when it looks at it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Dataset, Task
from playground.engine.targets import example_weights
from playground.insight.health import Health, LayerHealth
from playground.project.balance import class_weights
from playground.project.build import Samples
from playground.project.model import Project
from playground.texts import Text

Floats = NDArray[np.floating[Any]]

GOOD = 0.95
"""A training metric (accuracy, R²) from here on needs no advice about learning better."""


MOST = 2000
"""Training examples that a rule looks at, so that looking takes no time that anybody notices."""


def percent(share: float) -> int | float:
    """A share as whole percents; nan stays nan."""
    return round(100 * share) if math.isfinite(share) else share


def some(examples: Floats) -> Floats:
    """At most ``MOST`` of the examples, evenly spread."""
    return examples[:: max(1, -(-len(examples) // MOST))]


@dataclass(frozen=True)
class Evidence:
    """A run as the rules see it.

    curves: as ``Curves.arrays()`` gives them. since: only what was trained after this epoch counts, because settings
    were changed then. health: of every layer, now; None while it is not known.
    """

    project: Project
    samples: Samples
    curves: Mapping[str, NDArray[Any]]
    health: Health | None = None
    since: int = 0

    @property
    def dataset(self) -> Dataset:
        """The examples."""
        return self.samples.dataset

    @property
    def rate(self) -> float:
        """The learning rate."""
        return float(self.project.training.optimizer.learning_rate)

    @cached_property
    def _kept(self) -> NDArray[np.bool_]:
        kept: NDArray[np.bool_] = self.curves["first_epoch"] > self.since if self._known else np.zeros(0, bool)
        return kept

    @property
    def _known(self) -> bool:
        return "first_epoch" in self.curves

    def curve(self, name: str) -> Floats:
        """The values of a curve since the last change of settings, oldest first; gaps are left out."""
        if not self._known:
            return np.zeros(0)
        values: Floats = self.curves[name][self._kept]
        return values[~np.isnan(values)]

    @cached_property
    def losses(self) -> Floats:
        """The training loss since the last change of settings."""
        return self.curve("train_loss")

    @cached_property
    def epochs(self) -> int:
        """How many epochs were trained since the last change of settings."""
        return int(self.curves["rows"][self._kept].sum()) if self._known else 0

    @cached_property
    def first_loss(self) -> float:
        """The training loss of the first epoch of the run."""
        losses = self.curves["train_loss"] if self._known else np.zeros(0)
        return float(losses[0]) if len(losses) else float("nan")

    @cached_property
    def blind_loss(self) -> float:
        """The training loss of a network that gives the same answer, the mean of the targets, for every example."""
        targets, training = some(self.samples.y_train).astype(np.float64), self.project.training
        weights = example_weights(targets, None, class_weights(training, self.samples))
        mean = np.average(targets, axis=0, weights=weights)
        same, rows = np.broadcast_to(mean[:, None], targets.T.shape), None if weights is None else weights[None]
        with np.errstate(all="ignore"):
            return float(training.loss.values(same[None], targets.T[None], rows)[0])

    @cached_property
    def metric(self) -> float:
        """The newest training metric; nan while there is none."""
        metrics = self.curve("train_metric")
        return float(metrics[-1]) if len(metrics) else float("nan")

    @property
    def good(self) -> bool:
        """Whether the network does what it should, as far as the training examples go."""
        return self.metric >= GOOD

    @property
    def metric_words(self) -> Text:
        """The training metric as a reader wants it."""
        if self.dataset.task is Task.REGRESSION:
            return Text("R² %1", round(self.metric, 2))
        return Text("%1 % of the training examples right", percent(self.metric))

    @property
    def hidden(self) -> tuple[LayerHealth, ...]:
        """The layers before the output."""
        return self.health.layers[:-1] if self.health is not None else ()

    @property
    def steps_per_epoch(self) -> int:
        """Updates in one epoch."""
        return -(-len(self.samples.x_train) // self.project.training.batch_size)
