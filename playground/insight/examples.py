"""What a network makes of the examples: predictions, confusion, activations, and the purity of its stages."""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Task
from playground.engine import Network, metrics
from playground.engine.layers import Dropout, Flatten, GaussianNoise, Reshape
from playground.engine.program import Program
from playground.insight.purity import Folds, chance_spread, confusion_of, make_folds, probe, purity_of
from playground.project.build import Samples
from playground.training.evaluation import fill
from playground.training.records import frozen

CHUNK = 1024
"""Examples that go through the network at once."""

CLOSE = 0.1
"""A predicted number counts as right when it misses the target by no more than this share of the targets' range."""

PRESENTED = -1
"""Stands for the row of an example that is not in the data set: a drawing."""

PASSING = (Flatten, Reshape, Dropout, GaussianNoise)
"""Layers that, outside of training, hand on the same numbers, at most in another shape."""

Floats = NDArray[np.floating[Any]]


class Purity(msgspec.Struct, frozen=True):
    """How pure each stage is (see ``insight.purity``): the input and every layer's output; the last is the prediction.

    ``chance``: what a stage reaches that tells nothing, and ``spread`` how far the probe scatters around it (standard
    deviation). ``confusions``: for each stage how often the probe took the examples of each class (rows) for each class
    (columns), int64 (k, k); empty where numbers are predicted. ``names``: of the classes.
    """

    stages: tuple[float, ...]
    chance: float
    spread: float = 0.0
    confusions: tuple[NDArray[np.int64], ...] = ()
    names: tuple[str, ...] = ()


class Predictions(msgspec.Struct, frozen=True):
    """The network's outputs for all examples.

    train, test: (n, outputs), in the order of the data set's train and test rows. train_correct, test_correct: bool
    (n,), whether the predicted class is the true one; for numbers, whether the prediction is close (``CLOSE``).
    """

    train: Floats
    test: Floats
    train_correct: NDArray[np.bool_]
    test_correct: NDArray[np.bool_]


class Confusion(msgspec.Struct, frozen=True):
    """How often the test examples of each class (rows) were taken for each class (columns). matrix: int64 (k, k)."""

    matrix: NDArray[np.int64]
    names: tuple[str, ...]


class Activations(msgspec.Struct, frozen=True):
    """What every layer answers to one example.

    example: its row in the data set, ``PRESENTED`` for inputs that are not in it. input: float32, as the network
    receives it. layers: per layer its output, images as (height, width, channels).
    """

    example: int
    input: Floats
    layers: tuple[Floats, ...]


class ExamplePainter:
    """Looks at one network with one set of examples; ``seed`` fixes the folds of the purity probe.

    The programs are bound once and share the network's weights, so each picture shows the present ones.
    ``threshold``: a single output above it stands for class 1 (the loss function's).
    """

    def __init__(self, network: Network, samples: Samples, seed: int) -> None:
        self._network, self._samples = network, samples
        self._seed = seed
        self.threshold = 0.5
        self._folds: tuple[Folds, Program] | None = None
        self._input_reading: Floats | None = None
        self._spread = 0.0
        self._chunk: Program | None = None
        self._single: Program | None = None

    def purity(self) -> Purity:
        """Probe the input and every layer."""
        if self._folds is None:
            folds = make_folds(self._samples.dataset, self._seed)
            program = self._network.bind(len(folds.rows))
            fill(program, self._samples.inputs[folds.rows])
            self._folds = folds, program
            inputs = program.input.reshape(-1, len(folds.rows)).T
            self._input_reading, self._spread = probe(inputs, folds), chance_spread(inputs, folds)
        folds, program = self._folds
        program.run()
        n = len(folds.rows)
        readings = [self._input_reading]
        for layer, outputs in zip(self._network.layers, program.outputs, strict=True):
            readings.append(readings[-1] if isinstance(layer, PASSING) else probe(outputs.reshape(-1, n).T, folds))
        stages = tuple(purity_of(reading, folds) for reading in readings)
        if folds.labels is None:
            return Purity(stages, folds.chance, self._spread)
        confusions = tuple(frozen(confusion_of(reading, folds)) for reading in readings)
        return Purity(stages, folds.chance, self._spread, confusions, self._samples.dataset.class_names)

    def predictions(self) -> Predictions:
        """The outputs for all training and test examples, and which of them are right."""
        parts = []
        for inputs, targets in (
            (self._samples.x_train, self._samples.y_train),
            (self._samples.x_test, self._samples.y_test),
        ):
            outputs = self._predict(inputs)
            parts.append((outputs, self._correct(outputs, targets)))
        (train, train_correct), (test, test_correct) = parts
        return Predictions(train, test, train_correct, test_correct)

    def confusion(self) -> Confusion | None:
        """The confusion matrix of the test examples; None when numbers are predicted."""
        if self._samples.dataset.task is Task.REGRESSION:
            return None
        matrix = metrics.confusion_matrix(self._samples.y_test, self._predict(self._samples.x_test), self.threshold)
        return Confusion(frozen(matrix), self._samples.dataset.class_names)

    def activations(self, example: int) -> Activations:
        """The outputs of all layers for one row of the data set."""
        return self.activations_for(self._samples.inputs[example], example)

    def activations_for(self, inputs: Floats, example: int = PRESENTED) -> Activations:
        """The outputs of all layers for inputs as the network receives them."""
        if self._single is None:
            self._single = self._network.bind(1)
        fill(self._single, inputs[None])
        self._single.run()
        return Activations(example, frozen(inputs), tuple(frozen(public(array)[0]) for array in self._single.outputs))

    def _predict(self, inputs: Floats) -> Floats:
        """The outputs for ``inputs`` (n, …): read-only (n, outputs)."""
        if self._chunk is None:
            self._chunk = self._network.bind(min(CHUNK, max(len(self._samples.x_train), len(self._samples.x_test))))
        program, size = self._chunk, self._chunk.input.shape[-1]
        result = np.zeros((len(inputs), len(program.output)), program.output.dtype)
        for rows in _chunks(len(inputs), size):
            fill(program, inputs[rows])
            program.run()
            result[rows] = program.output.T[: len(inputs[rows])]
        result.flags.writeable = False
        return result

    def _correct(self, outputs: Floats, targets: Floats) -> NDArray[np.bool_]:
        if self._samples.dataset.task is Task.REGRESSION:
            right = np.abs(outputs - targets).max(axis=1) <= CLOSE * np.ptp(self._samples.dataset.targets)
        else:
            right = metrics.decisions(outputs, self.threshold) == metrics.decisions(targets)
        return frozen(right)


def _chunks(n: int, size: int) -> Iterator[slice]:
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))


def public(outputs: Floats) -> Floats:
    """A layer's output (…, batch) as (batch, …), channels last."""
    return outputs.transpose(3, 1, 2, 0) if outputs.ndim == 4 else outputs.T
