"""A check of the backward pass while training goes on: its gradient against finite differences, in float64.

For a random weight w the derivative of the loss is measured by moving it: (L(w + h) − L(w − h)) / 2h, and compared with
what backpropagation says. Everything happens on a copy of the network with 64-bit numbers, on a few examples. Where the
loss has a kink next to the weight (ReLU, max pooling) a difference says nothing about the slope: two steps of
different length then disagree, and the weight is left out.
"""

import time
from typing import Any

import msgspec
import numpy as np

from playground.engine import Network
from playground.engine.frozen import learns
from playground.engine.optimizers import SGD
from playground.engine.training_program import TrainingProgram
from playground.project import build
from playground.project.balance import class_weights
from playground.project.build import Samples
from playground.project.model import Project, TrainingSettings

EXAMPLES = 16
STEP = 1e-5
"""How far a weight is moved, for weights of size 1 and below; larger ones further."""

FLOOR = 1e-6
"""Gradients are compared with at least this size: below it 64-bit numbers say nothing."""

WRONG = 1e-3
"""A relative error above this means that the backward pass is wrong."""

PAUSE, SHARE = 0.2, 0.01
"""Seconds between two checks, at least, and the share of the time that they may take."""

FIRST, LONGEST = 3, 0.01
"""Checks of each layer with new settings, and the seconds that they may take together."""

SEED = 5


class LayerCheck(msgspec.Struct, frozen=True):
    """The checks of one layer. worst: the largest relative error; analytic, numeric: both slopes where it was found."""

    layer: int
    checks: int = 0
    worst: float = 0.0
    analytic: float = 0.0
    numeric: float = 0.0
    name: str = ""

    @property
    def wrong(self) -> bool:
        """Whether the backward pass of this layer, or of one behind it, is wrong."""
        return self.worst > WRONG


class GradientCheck(msgspec.Struct, frozen=True):
    """All checks of a run so far. layers: those that learn. skipped: weights next to a kink."""

    layers: tuple[LayerCheck, ...]
    skipped: int = 0

    @property
    def checks(self) -> int:
        """How many weights were checked."""
        return sum(layer.checks for layer in self.layers)

    @property
    def worst(self) -> float:
        """The largest relative error."""
        return max((layer.worst for layer in self.layers), default=0.0)

    @property
    def wrong(self) -> tuple[int, ...]:
        """The layers with a wrong gradient."""
        return tuple(layer.layer for layer in self.layers if layer.wrong)


class GradientChecker:
    """Checks one weight of a running network now and then; layer by layer in turn."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._learning = tuple(index for index in range(len(network.layers)) if learns(network, index))
        self._ends = np.cumsum((0, *network.layer_sizes)).tolist()
        self._rng = np.random.default_rng(SEED)
        self._noise = np.random.default_rng(SEED)
        self._samples: Samples | None = None
        self._settings: TrainingSettings | None = None
        self._copy: Network
        self._program: TrainingProgram
        self._turn = 0
        self._again = 0.0
        self._found = GradientCheck(tuple(LayerCheck(index) for index in self._learning))

    def now_and_then(self, project: Project, samples: Samples) -> GradientCheck:
        """The checks so far, with one more when its time has come.

        With new settings every layer is checked at once: training may be over before the next turn.
        """
        start = time.monotonic()
        fresh = self._settings != project.training
        if fresh or start >= self._again:
            self.check(project, samples)
            while fresh and self._turn < FIRST * len(self._learning) and time.monotonic() < start + LONGEST:
                self.check(project, samples)
            end = time.monotonic()
            self._again = end + max(PAUSE, (end - start) / SHARE)
        return self._found

    @np.errstate(all="ignore")
    def check(self, project: Project, samples: Samples) -> GradientCheck:
        """Check one more weight."""
        self._follow(project, samples)
        if not self._learning or not np.isfinite(self._network.flat).all():
            return self._found
        place = self._turn % len(self._learning)
        self._turn += 1
        layer = self._learning[place]
        weight = int(self._rng.integers(self._ends[layer], self._ends[layer + 1]))
        analytic, numeric, smooth = self._compare(weight)
        before = self._found.layers[place]
        if not smooth:
            self._found = GradientCheck(self._found.layers, self._found.skipped + 1)
            return self._found
        error = abs(analytic - numeric) / max(abs(analytic) + abs(numeric), FLOOR)
        worst = (before.worst, before.analytic, before.numeric, before.name)
        if error >= before.worst:
            worst = (error, analytic, numeric, self._name(weight))
        checked = LayerCheck(layer, before.checks + 1, *worst)
        layers = (*self._found.layers[:place], checked, *self._found.layers[place + 1 :])
        self._found = GradientCheck(layers, self._found.skipped)
        return self._found

    def _compare(self, weight: int) -> tuple[float, float, bool]:
        """The slope by backpropagation, by finite differences, and whether two lengths of step agree."""
        self._copy.moving[:] = self._network.moving
        flat = self._network.flat.astype(np.float64)
        self._loss(flat)
        analytic = float(self._copy.gradient[weight])
        step = STEP * max(1.0, abs(float(flat[weight])))
        long, short = self._slope(flat, weight, step), self._slope(flat, weight, step / 4)
        agree = abs(long - short) <= WRONG / 4 * max(abs(long) + abs(short), FLOOR)
        return analytic, long, agree and np.isfinite(long) and np.isfinite(analytic)

    def _slope(self, flat: Any, weight: int, step: float) -> float:
        losses = []
        for sign in (1.0, -1.0):
            moved = flat.copy()
            moved[weight] += sign * step
            losses.append(self._loss(moved))
        return (losses[0] - losses[1]) / (2 * step)

    def _loss(self, flat: Any) -> float:
        """The loss, with penalties, of these weights; noise such as dropout's is the same every time."""
        self._noise.bit_generator.state = np.random.default_rng(SEED).bit_generator.state
        self._copy.flat[:] = flat
        self._program.step()
        loss = self._program.step_loss()
        self._copy.flat[:] = flat
        return loss + self._program.penalty()

    def _follow(self, project: Project, samples: Samples) -> None:
        """Record anew, and count anew, when the settings of training are others."""
        if self._settings == project.training and self._samples is samples:
            return
        if self._settings is not None:
            self._turn = 0
            self._found = GradientCheck(tuple(LayerCheck(index) for index in self._learning))
        self._settings, self._samples, training = project.training, samples, project.training
        rows = np.linspace(0, len(samples.x_train) - 1, min(EXAMPLES, len(samples.x_train))).astype(np.int64)
        copy = self._copy = build.network(project, "float64")
        self._program = copy.compile(
            samples.x_train[rows],
            samples.y_train[rows],
            loss=training.loss,
            optimizer=SGD(learning_rate=1.0),
            batch_size=len(rows),
            rng=self._noise,
            shuffle=False,
            l1=training.l1,
            l2=training.l2,
            class_weight=class_weights(training, samples),
        )
        self._program.set_fault(training.bug)

    def _name(self, weight: int) -> str:
        """A weight as a reader finds it: kernel[0, 3]."""
        for name, places in self._copy.unpack(np.arange(self._copy.size, dtype=np.float64)).items():
            for index in np.argwhere(places == weight).tolist():
                return f"{name.split('.', 1)[1]}[{', '.join(map(str, index))}]"
        return ""
