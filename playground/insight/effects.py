"""What an edit of the weights does to everything behind it: each layer's outputs, the network's output, the loss."""

import math
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine import Network
from playground.engine.program import Program
from playground.engine.targets import example_weights
from playground.project import build
from playground.project.balance import class_weights
from playground.project.build import Samples
from playground.project.model import Project, TrainingSettings
from playground.training.evaluation import fill
from playground.training.records import WeightsEdit, frozen

MOST_EXAMPLES = 500
LEAST_EXAMPLES = 50
NUMBERS = 1_000_000
"""Numbers that all layers together give for the examples, at most: large networks are measured on fewer of them."""

Floats = NDArray[np.floating[Any]]


class Ripple(msgspec.Struct, frozen=True):
    """How far an edit moved the outputs, relative to what they were: ‖after − before‖ / ‖before‖ over the examples.

    edit: the one that this belongs to. layers: one number per layer. units: per layer float32 (units or channels,); one
    that was silent is measured by the mean of its layer. loss_before, loss_after: over the same training examples.
    """

    edit: object
    layers: tuple[float, ...]
    units: tuple[NDArray[np.float32], ...]
    loss_before: float
    loss_after: float

    @property
    def output(self) -> float:
        """The relative change of the network's output."""
        return self.layers[-1]

    @property
    def loss(self) -> float:
        """How much the training loss rose (negative: fell)."""
        return self.loss_after - self.loss_before


def effect(project: Project, samples: Samples, before: Floats, after: Floats, moving: Floats | None = None) -> Ripple:
    """Compare two flat parameter vectors of the project's network on its training examples.

    moving: the moving statistics of layers that have such; by default the initial ones.
    """
    meter = EffectMeter(build.network(project), samples, project.training)
    return meter.measure(before, after, moving)


class EffectMeter:
    """Compares weights of one network on a fixed sample of the training examples; ``network`` becomes its own."""

    def __init__(self, network: Network, samples: Samples, training: TrainingSettings) -> None:
        loss = training.loss
        self._network, self._loss = network, loss
        rows = sample_rows(network, len(samples.x_train))
        last = len(network.layers) - 1
        self._logits = loss.fused_activation == network.activation(last)
        self._program = Program(network, len(rows), logits=self._logits)
        self._finish = network.recorder()
        if self._logits:
            self._program.record_activation(self._finish, last)
        fill(self._program, samples.x_train[rows])
        self._targets = np.ascontiguousarray(samples.y_train[rows].T)[None]
        weights = example_weights(samples.y_train[rows], None, class_weights(training, samples))
        self._weights = None if weights is None else weights[None]

    @np.errstate(all="ignore")
    def measure(self, before: Floats, after: Floats, moving: Floats | None = None, edit: object = None) -> Ripple:
        """How far the outputs with the weights ``after`` are from those with ``before``."""
        if moving is not None:
            self._network.moving[:] = moving
        old_loss = self._run(before)
        old = [np.array(outputs) for outputs in self._program.outputs]
        new_loss = self._run(after)
        layers, units = [], []
        for then, now in zip(old, self._program.outputs, strict=True):
            layer, each = _relative(then.reshape(len(then), -1), now.reshape(len(now), -1))
            layers.append(layer)
            units.append(frozen(each))
        return Ripple(edit, tuple(layers), tuple(units), old_loss, new_loss)

    def _run(self, flat: Floats) -> float:
        """Compute all outputs with these weights; returns the mean loss."""
        self._network.flat[:] = flat
        self._program.run()
        result = self._program.tensors[-1].value[None].astype(np.float64)
        values = self._loss.values_from_logits if self._logits else self._loss.values
        loss = float(values(result, self._targets, self._weights)[0])
        for call in self._finish.calls:
            call()
        return loss


class EffectPainter:
    """Keeps the ripple of a run's newest edit, computed once for each edit; for one set of examples.

    The edits of one gesture, such as a drag, count as one: what they moved since the gesture began.
    """

    def __init__(self) -> None:
        self._ripple: Ripple | None = None
        self._meter: tuple[object, EffectMeter] | None = None
        self._gesture: tuple[object, dict[int, float]] = (None, {})

    def ripple(self, project: Project, samples: Samples, network: Network, edit: WeightsEdit | None) -> Ripple | None:
        """The ripple of ``edit``; None without one, or where it belongs to other layers."""
        if edit is None or edit.before.shape != network.flat.shape:
            return None
        if self._ripple is None or self._ripple.edit is not edit:
            meter = self._meter_for(project, samples)
            self._ripple = meter.measure(self._beginning(edit), edit.after, network.moving, edit)
        return self._ripple

    def _beginning(self, edit: WeightsEdit) -> Floats:
        """The weights as they would be without the gesture; training may have moved the others meanwhile."""
        if edit.gesture is None:
            self._gesture = None, {}
            return edit.before
        key, values = self._gesture
        if key != edit.gesture:
            values = {}
        for index in edit.indices:
            values.setdefault(int(index), float(edit.before[index]))
        self._gesture = edit.gesture, values
        flat = np.array(edit.after)
        flat[list(values)] = list(values.values())
        return flat

    def _meter_for(self, project: Project, samples: Samples) -> EffectMeter:
        key = (project.network.layers, project.training.loss, project.training.class_weight)
        if self._meter is None or self._meter[0] != key:
            self._meter = key, EffectMeter(build.network(project), samples, project.training)
        return self._meter[1]


def sample_rows(network: Network, count: int) -> NDArray[np.int64]:
    """Training examples to measure on: all where they are few, else evenly spread ones."""
    numbers = sum(math.prod(shape) for shape in (network.input_shape, *network.shapes))
    most = max(LEAST_EXAMPLES, min(MOST_EXAMPLES, NUMBERS // numbers))
    return np.linspace(0, count - 1, min(count, most)).astype(np.int64)


def _relative(before: Floats, after: Floats) -> tuple[float, NDArray[np.float32]]:
    """The relative change of all rows together, and of each row (units, numbers)."""
    size = np.einsum("ij,ij->i", before, before, dtype=np.float64)
    change = after - before
    moved = np.einsum("ij,ij->i", change, change, dtype=np.float64)
    mean = float(size.mean()) or float(moved.mean()) or 1.0  # a layer that was silent is measured by what it gives now
    units = np.sqrt(moved / np.where(size > 0, size, mean))
    return math.sqrt(float(moved.mean()) / mean), units.astype(np.float32)
