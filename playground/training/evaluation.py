"""Measuring a network on its examples while it trains: losses, metrics, and whether its units still react."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Task
from playground.engine import Network, activations
from playground.engine.losses import Loss
from playground.engine.program import Program
from playground.engine.targets import example_weights
from playground.project.balance import class_weights
from playground.project.build import Samples
from playground.project.model import TrainingSettings
from playground.training.records import Counters

EVALUATION_INTERVAL = 1 / 1000
"""Seconds between two measurements of the test loss while training, at least: a curve with a point every few epochs."""

SHARE = 0.05
"""Share of the time that these measurements may take at most."""

FIRST_EPOCHS = 20
"""So many epochs are all measured: at the beginning of the curve most happens."""

CHUNK = 4096
"""Examples that go through the network at once."""

LOOKED_AT = 128
"""Training examples that show whether the network still reacts."""

CONSTANT = 0.01
"""Outputs that differ by no more than this share of the targets' range count as the same."""

FLAT_SLOPE = 0.02
"""A unit is saturated (or dead) where its activation is less steep than this share of its steepest place."""

MOST = 0.9
"""Share of the examples for which a unit, and share of a layer's units that must be saturated."""

Floats = NDArray[np.floating[Any]]


def fill(program: Program, inputs: Floats) -> None:
    """Write examples (n, …) into a program's input, which is batch-last and for images channels-first.

    n may be smaller than the program's batch; the places behind are left as they are.
    """
    program.input[..., : len(inputs)] = inputs.transpose(3, 1, 2, 0) if inputs.ndim == 4 else inputs.T


class Evaluator:
    """Loss and metric of a network on fixed examples: x (n, …), y (n, outputs). Programs are bound once.

    The metric is accuracy for classes and R² for numbers. class_weight: how much each class counts in the loss, by its
    number; the metric is without it.
    """

    def __init__(
        self,
        network: Network,
        x: Floats,
        y: Floats,
        loss: Loss,
        task: Task,
        class_weight: Mapping[int, float] | None = None,
    ) -> None:
        self._weights = example_weights(y, None, class_weight)
        self._x, self._loss, self._task = x, loss, task
        self._targets = np.ascontiguousarray(y.T)
        self._logits = loss.fused_activation == network.activation(len(network.layers) - 1)
        self._threshold = 0.0 if self._logits and y.shape[1] == 1 else loss.threshold
        self._truth = self._decide(self._targets, 0.5)
        self._variation = float(np.square(y - y.mean(axis=0), dtype=np.float64).sum())
        sizes = {len(x) % CHUNK, CHUNK} if len(x) > CHUNK else {len(x)}
        self._programs = {size: Program(network, size, logits=self._logits) for size in sizes if size}
        if len(x) <= CHUNK:
            fill(self._programs[len(x)], x)

    def measure(self) -> tuple[float, float]:
        """Loss and metric for the present weights."""
        loss = right = 0.0
        for rows, outputs in self._outputs():
            targets = self._targets[:, rows]
            values = self._loss.values_from_logits if self._logits else self._loss.values
            weights = None if self._weights is None else self._weights[None, rows]
            loss += outputs.shape[1] * float(values(outputs[None].astype(np.float64), targets[None], weights)[0])
            if self._task is Task.REGRESSION:
                right += float(np.square(outputs - targets, dtype=np.float64).sum())
            else:
                right += np.count_nonzero(self._decide(outputs, self._threshold) == self._truth[rows])
        if self._task is Task.REGRESSION:
            metric = 1.0 - right / self._variation if self._variation else 0.0
        else:
            metric = right / len(self._x)
        return loss / len(self._x), float(metric)

    def _outputs(self) -> Iterator[tuple[slice, Floats]]:
        """Chunk by chunk: which rows, and their outputs (outputs, rows); valid until the next one."""
        for start in range(0, len(self._x), CHUNK):
            rows = slice(start, min(start + CHUNK, len(self._x)))
            program = self._programs[rows.stop - start]
            if len(self._x) > CHUNK:
                fill(program, self._x[rows])
            program.run()
            yield rows, program.output

    @staticmethod
    def _decide(outputs: Floats, threshold: float) -> NDArray[Any]:
        """The class of each column, for comparing only."""
        decided: NDArray[Any] = outputs[0] > threshold if len(outputs) == 1 else outputs.argmax(axis=0)
        return decided


class Scores:
    """The counters of a run, measured no more often than needed.

    interval: seconds between two epochs that are measured (more where measuring is slow); 0: every epoch is.
    """

    def __init__(
        self,
        network: Network,
        samples: Samples,
        training: TrainingSettings,
        clock: Callable[[], float],
        interval: float,
    ) -> None:
        loss, task, balance = training.loss, samples.dataset.task, class_weights(training, samples)
        self._clock, self._interval = clock, interval
        self._train = Evaluator(network, samples.x_train, samples.y_train, loss, task, balance)
        self._test = Evaluator(network, samples.x_test, samples.y_test, loss, task, balance)
        self._name = "r2" if task is Task.REGRESSION else "accuracy"
        self._counters: Counters | None = None
        self._version: object = None
        self._measured_at = self._next = -math.inf
        self._cost = 0.0
        self._asked = 0

    def train_loss(self) -> float:
        """The training loss for the present weights."""
        return self._train.measure()[0]

    def due(self) -> bool:
        """Whether the epoch that just ended is to be measured; plans the next one."""
        now = self._clock()
        self._asked += 1
        if now < self._next and self._asked > FIRST_EPOCHS:
            return False
        self._next = now + (max(self._interval, self._cost / SHARE) if self._interval else 0.0)
        return True

    def measure(self, version: object, epoch: int, step: int, max_age: float = 0.0) -> Counters:
        """The counters for this version of the network, or those measured up to ``max_age`` seconds ago.

        A ``max_age`` above 0 is stretched where measuring is slow, so that it takes no more than its share.
        """
        start = self._clock()
        patience = max(max_age, self._cost / SHARE) if max_age else -1.0
        if self._counters and (version == self._version or start - self._measured_at <= patience):
            return replace(self._counters, epoch=epoch, step=step)
        (train_loss, train_metric), (test_loss, test_metric) = self._train.measure(), self._test.measure()
        self._counters = Counters(epoch, step, train_loss, test_loss, train_metric, test_metric, metric_name=self._name)
        self._version, self._measured_at = version, self._clock()
        cost = self._measured_at - start
        self._cost = 0.5 * (self._cost + min(cost, 4 * self._cost)) if self._cost else cost  # one hitch counts little
        return self._counters


class Saturation:
    """Looks at a sample of the training examples: does the network still react to them?"""

    def __init__(self, network: Network, x: Floats, y: Floats) -> None:
        rows = np.linspace(0, len(x) - 1, min(LOOKED_AT, len(x))).astype(np.int64)
        self._program = Program(network, len(rows), slopes=True)
        fill(self._program, x[rows])
        self._tolerance = CONSTANT * float(np.ptp(y))
        self._slopes: list[tuple[Floats, float]] = []
        self._ops = network.recorder()
        for index, tensor in enumerate(self._program.tensors[1:]):
            activation, outputs, slopes = activations.get(network.activation(index)), tensor.value, tensor.slope
            if activation.linear or slopes is None:
                continue
            unit = activation.range == "unit"
            # a softmax is as steep along its own input as a sigmoid; both are steepest at ½, with slope ¼
            if not activation.early_slope:
                (activations.get("sigmoid") if unit else activation).slope(self._ops, outputs, slopes)
            self._slopes.append((slopes.reshape(-1, len(rows)), FLAT_SLOPE * (0.25 if unit else 1.0)))

    def stuck(self) -> bool:
        """Whether the output is the same for all examples while a layer's units are saturated or dead."""
        self._program.run()
        if np.ptp(self._program.output, axis=-1).max() > self._tolerance:
            return False
        for call in self._ops.calls:
            call()
        return any(((slopes < flat).mean(axis=1) >= MOST).mean() >= MOST for slopes, flat in self._slopes)
