"""How healthy each layer is: sizes of weights, gradients and updates, and units that have stopped to react."""

import math
import time
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import Network, activations
from playground.engine.frozen import learns
from playground.engine.layers import AveragePooling2D, GlobalAveragePooling2D, Layer, MaxPooling2D
from playground.engine.optimizers import SGD
from playground.engine.program import Program
from playground.engine.training_program import TrainingProgram
from playground.insight.effects import sample_rows
from playground.insight.examples import PASSING
from playground.insight.health.tracks import Clock, Histogram, Track
from playground.insight.health.units import Units, look_at
from playground.insight.trace.record import Running
from playground.project import build
from playground.project.balance import class_weights
from playground.project.build import Samples
from playground.project.model import Project, TrainingSettings
from playground.training import live
from playground.training.evaluation import fill
from playground.training.records import frozen

HEALTHY = (-4.0, -2.0)
"""log₁₀ of ‖update‖ / ‖weights‖ of a mini-batch: within it a layer learns and
does not jump; −3 is a good aim."""

SELDOM, SHARE = 0.4, 0.02
"""Seconds between two looks for those who do not draw what they see, and the share of the time that they may take."""

POOLING = (MaxPooling2D, AveragePooling2D, GlobalAveragePooling2D)
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class LayerHealth:
    """One layer. Norms are √Σx² over its weights and biases; histograms are None for layers without weights.

    index: of the layer. gradient_norm: of the mean loss (with penalties) over a fixed sample of the training examples.
    update_norm: of what the next mini-batch adds to the weights, with the optimizer as it is now. norms, ratios:
    float32 (moments,), gradient norm and log₁₀ of the update-to-weight ratio over the run.
    """

    index: int
    layer: Layer
    activation: str
    learns: bool
    units: Units
    activations: Histogram
    weights: Histogram | None = None
    gradients: Histogram | None = None
    weight_norm: float = math.nan
    gradient_norm: float = math.nan
    update_norm: float = math.nan
    norms: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    ratios: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))

    @property
    def ratio(self) -> float:
        """log₁₀ of the update-to-weight ratio; −∞ where nothing moves, +∞ from weights of 0, nan without weights."""
        return ratio_of(self.update_norm, self.weight_norm)


@dataclass(frozen=True)
class Health:
    """All layers that compute something. steps: int64 (moments,), the update of each moment in the histories."""

    layers: tuple[LayerHealth, ...]
    steps: NDArray[np.int64]

    @property
    def learning(self) -> tuple[LayerHealth, ...]:
        """The layers whose weights are trained."""
        return tuple(layer for layer in self.layers if layer.learns)


@dataclass
class _Tracks:
    """The histories of one layer."""

    activations: Track
    weights: Track
    gradients: Track
    norms: list[float]
    ratios: list[float]

    def log(self, norm: float, ratio: float, what: str) -> None:
        """Keep two numbers as the clock says."""
        for numbers, value in ((self.norms, norm), (self.ratios, ratio)):
            if what == "anew":
                numbers.clear()
            elif what == "thin":
                del numbers[1::2]
            elif what == "replace" and numbers:
                numbers.pop()
            numbers.append(value)


class HealthPainter:
    """Measures one running network and keeps the history; everything that needs training happens on a copy of it.

    So what it shows of the next update is the very one that training makes next, and nothing of the run is touched.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        ends = np.cumsum((0, *network.layer_sizes)).tolist()
        self._parts = [slice(*ends[index : index + 2]) for index in range(len(network.layers))]
        self._shown = tuple(
            index for index, layer in enumerate(network.layers) if not isinstance(layer, PASSING) and not layer.bypassed
        )
        self._clock = Clock()
        self._tracks = {index: _tracks_for(_bent_by(network, index)) for index in self._shown}
        self._samples: Samples | None = None
        self._settings: TrainingSettings | None = None
        self._forward: Program
        self._copy: Network
        self._gradient: TrainingProgram
        self._next: TrainingProgram
        self._rng = np.random.default_rng()
        self._seen: Health | None = None
        self._again = 0.0

    def health(self, subject: Any) -> Health:
        """The present; one more moment of the history. subject: a run, or a network with its project."""
        project: Project = subject.project
        self._follow(project, subject.samples)
        self._forward.run()
        gradient = self._take_gradient()
        update = self._take_update(subject)
        what = self._clock.tick(int(getattr(subject, "step", 0)))
        layers = tuple(self._layer(index, project, gradient, update, what) for index in self._shown)
        return Health(layers, frozen(np.array(self._clock.steps, np.int64)))

    def now_and_then(self, subject: Any) -> Health:
        """The same for whoever looks seldom: ``SELDOM`` seconds old, older where measuring takes long."""
        start = time.monotonic()
        if self._seen is None or start >= self._again:
            self._seen = self.health(subject)
            end = time.monotonic()
            self._again = end + max(SELDOM, (end - start) / SHARE)
        return self._seen

    def _follow(self, project: Project, samples: Samples) -> None:
        """Record anew when the examples or the settings of training are others; the history goes on."""
        if self._settings == project.training and self._samples is samples:
            return
        self._settings, self._samples, training = project.training, samples, project.training
        rows = sample_rows(self._network, len(samples.x_train))
        x = samples.x_train[rows]
        self._forward = self._network.bind(len(rows))
        fill(self._forward, x)
        copy = self._copy = build.network(project)
        self._gradient = copy.compile(
            x,
            samples.y_train[rows],
            loss=training.loss,
            optimizer=SGD(learning_rate=1.0),
            batch_size=len(rows),
            shuffle=False,
            l1=training.l1,
            l2=training.l2,
            class_weight=class_weights(training, samples),
        )
        self._next = live.compiled(copy, samples, training, self._rng)
        self._fresh = self._next.export_state()

    def _take_gradient(self) -> Floats:
        """The gradient of the loss, with penalties, over the sample."""
        self._mirror()
        self._gradient.step()
        return np.array(self._copy.gradient)

    def _take_update(self, subject: Any) -> Floats:
        """What the next mini-batch would add to the weights."""
        self._mirror()
        before = np.array(self._network.flat)
        state = subject.export_state() if isinstance(subject, Running) else None
        if state is not None and state.rng:
            self._rng.bit_generator.state = deepcopy(dict(state.rng))
        self._next.import_state(dict(state.program) if state is not None else self._fresh)
        self._next.step()
        update: Floats = self._copy.flat - before
        return update

    def _mirror(self) -> None:
        self._copy.flat[:] = self._network.flat
        self._copy.moving[:] = self._network.moving

    def _layer(self, index: int, project: Project, gradient: Floats, update: Floats, what: str) -> LayerHealth:
        network, tracks, part = self._network, self._tracks[index], self._parts[index]
        outputs = self._forward.outputs[index]
        outputs = outputs.reshape(len(outputs), -1)
        layer, activation = project.network.layers[index], network.activation(index)
        seen = tracks.activations.add(outputs, what)
        units = look_at(outputs, activation, layer.muted)
        if part.stop == part.start:
            return LayerHealth(index, layer, activation, False, units, seen)
        weights = network.flat[part]
        size, slope, step = (_norm(values) for values in (weights, gradient[part], update[part]))
        tracks.log(slope, ratio_of(step, size), what)
        return LayerHealth(
            index,
            layer,
            activation,
            learns(network, index),
            units,
            seen,
            tracks.weights.add(weights, what),
            tracks.gradients.add(gradient[part], what),
            size,
            slope,
            step,
            frozen(np.array(tracks.norms, np.float32)),
            frozen(np.array(tracks.ratios, np.float32)),
        )


def ratio_of(update: float, weights: float) -> float:
    """log₁₀ of ‖update‖ / ‖weights‖."""
    if math.isnan(update) or math.isnan(weights) or (update == 0.0 and weights == 0.0):
        return math.nan
    if update == 0.0 or weights == 0.0:
        return math.inf if update else -math.inf
    return math.log10(update) - math.log10(weights)


def _norm(values: Floats) -> float:
    return float(np.linalg.norm(values.astype(np.float64)))


def _bent_by(network: Network, index: int) -> str:
    """The activation whose range a layer's outputs have: pooling keeps that of what it gets."""
    while index > 0 and (isinstance(network.layers[index], POOLING) or network.layers[index].bypassed):
        index -= 1
    return network.activation(index)


def _tracks_for(activation: str) -> _Tracks:
    """Tracks whose bins suit a layer with this activation."""
    kind = activations.get(activation)
    outputs = Track(-1.0, 1.0, grows=True)
    if activation == "tanh":
        outputs = Track(-1.0, 1.0)
    elif kind.range == "unit":
        outputs = Track(0.0, 1.0)
    elif kind.range == "positive":
        outputs = Track(0.0, 1.0, grows=True)
    return _Tracks(outputs, Track(-1.0, 1.0, grows=True), Track.of_sizes(), [], [])
