"""Representations: the examples as each stage of a network sees them, drawn in two dimensions.

One unit becomes a strip (its output against a fixed scatter), two units are shown as they are, more by principal
component analysis (PCA): the plane on which the examples vary most. Probabilities of several classes vary in as many
directions as there are classes; there every class has a corner of a polygon, and an example stands between the corners
according to its probabilities. Where the inputs are points of the plane, the lines of a grid travel through the layers
too and are seen on the same map, so that the folding of space shows.

A picture that is computed again and again must not flip: principal axes have no sign and may change places, so each
new plane is turned and mirrored *in itself* to lie as close as possible to the last one (orthogonal Procrustes), and
the first one so that the examples stand as they do in the stage before. What is seen, and how much variance it
explains, is the same with and without that turn.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import DOMAIN, Task
from playground.engine import Network
from playground.insight.examples import PASSING
from playground.insight.purity import border, make_folds
from playground.insight.windows import Limits, Window, limits_of
from playground.project.build import Samples
from playground.project.preprocessing import Preprocessing
from playground.training.evaluation import fill
from playground.training.records import frozen

MOST_EXAMPLES = 400
"""Examples that are shown at most."""

GRID_LINES, GRID_DOTS = 9, 41
"""Lines of the grid in each direction, and the dots that each line is made of."""

MOST_UNITS = 64
"""Units among which two can be chosen; wider stages are shown by PCA only."""

CORNER_ROOM = 1.2
"""How far pictures with corners reach from the middle; the corners lie at 1, so that their names have room."""

Floats = NDArray[np.floating[Any]]
Border = tuple[float, float, float]


class Kind(Enum):
    """How a stage is shown."""

    STRIP = "strip"
    PAIR = "pair"
    PCA = "pca"
    CORNERS = "corners"


@dataclass(frozen=True)
class Representation:
    """The examples as one stage sees them.

    layer: 0 for the input, else the number of the layer whose output it is. points: float32 (n, 2), in the units of
    the stage; for a strip the second column is the scatter (0..1). explained: with PCA the share of the variance that
    is seen, else 1. window: the part of the plane that the picture shows. grid: float32 (lines, dots, 2) on the same
    map, or None. border: where the linear probe (see ``insight.purity``) draws the line between two classes, as
    (a, b, c) with a · x + b · y = c on the map; None for other tasks. With PCA of few enough units, units: float32
    (n, units) and grid_units: float32 (lines, dots, units), so that two of them can be looked at; limits: their ends.
    """

    layer: int
    kind: Kind
    points: Floats
    explained: float
    window: Window
    grid: Floats | None = None
    border: Border | None = None
    units: Floats | None = None
    grid_units: Floats | None = None
    limits: Limits | None = None


@dataclass(frozen=True)
class Distillation:
    """All stages from the input to the prediction; layers that hand on the same numbers are left out.

    rows: int64 (n,), the examples' rows in the data set. targets: float32 (n, outputs). labels: int64 (n,) classes,
    None for numbers. outputs: float (n, outputs), what the network predicts for them.
    """

    rows: NDArray[np.int64]
    targets: Floats
    labels: NDArray[np.int64] | None
    outputs: Floats
    stages: tuple[Representation, ...]


def grid_lines() -> NDArray[np.float32]:
    """The lines over the input plane, first the upright ones: float32 (2 · GRID_LINES, GRID_DOTS, 2)."""
    fixed = np.linspace(-DOMAIN, DOMAIN, GRID_LINES)
    along = np.linspace(-DOMAIN, DOMAIN, GRID_DOTS)
    x, y = np.meshgrid(fixed, along, indexing="ij")
    upright = np.stack([x, y], axis=-1)
    return np.concatenate([upright, upright[:, :, ::-1]]).astype(np.float32)


def corners(classes: int) -> NDArray[np.float64]:
    """One corner per class on the unit circle, the first at the top, then clockwise: float64 (classes, 2)."""
    turns = 2 * np.pi * np.arange(classes) / classes
    return np.column_stack([np.sin(turns), np.cos(turns)])


def principal_axes(outputs: Floats) -> tuple[NDArray[np.float64], float]:
    """The two directions in which outputs (n, width ≥ 2) vary most.

    Returns: the axes (width, 2), orthonormal, the stronger one first, the largest entry of each positive; and the
    share of the variance along them (1 where nothing varies).
    """
    x = np.asarray(outputs, np.float64)
    x = x - x.mean(axis=0)
    n, width = x.shape
    if width <= n:
        variances, axes = np.linalg.eigh(x.T @ x)
    else:  # the same from the smaller matrix of inner products
        variances, mixes = np.linalg.eigh(x @ x.T)
        axes = np.linalg.qr(x.T @ mixes[:, ::-1][:, :2])[0][:, ::-1]
    best = axes[:, ::-1][:, :2]
    best = best * np.where(best[np.abs(best).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    variances = np.maximum(variances[::-1], 0.0)
    total = variances.sum()
    return best, float(variances[:2].sum() / total) if total > 0 else 1.0


def aligned(axes: NDArray[np.float64], before: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn and mirror ``axes`` (rows, 2) within their plane, as close as possible to ``before`` (rows, 2)."""
    turned: NDArray[np.float64] = axes @ turn_towards(axes, before)
    return turned


def turn_towards(points: Floats, target: Floats) -> NDArray[np.float64]:
    """The rotation or reflection (2, 2) that brings points (n, 2) nearest to ``target`` (Schönemann, 1966)."""
    left, _, right = np.linalg.svd(points.T @ target)
    turn: NDArray[np.float64] = left @ right
    return turn


class RepresentationPainter:
    """Pictures the stages of one network for fixed examples; ``seed`` chooses them and the scatter of strips;
    ``see`` tells how the network sees a place of the plane.

    The program is bound once and shares the network's weights, so each picture shows the present ones. It remembers
    axes and windows of the last picture, to keep the next one steady.
    """

    def __init__(self, network: Network, samples: Samples, see: Preprocessing, seed: int) -> None:
        dataset = samples.dataset
        self._network = network
        self._rows = np.sort(make_folds(dataset, seed, MOST_EXAMPLES).rows)
        self._n = len(self._rows)
        self._targets = frozen(dataset.targets[self._rows])
        self._labels = None if dataset.labels is None else frozen(dataset.labels[self._rows])
        self._binary = dataset.task is Task.BINARY
        self._scatter = np.random.default_rng((seed, 3)).random(self._n).astype(np.float32)
        inputs = samples.inputs[self._rows]
        self._plane = dataset.input_kind == "plane"
        if self._plane:
            inputs = np.concatenate([inputs, see(grid_lines().reshape(-1, 2))])
        self._program = network.bind(len(inputs))
        fill(self._program, inputs)
        # what the first picture of a stage is turned to: the stage before, for the inputs the plane itself
        self._stage_before: Floats = dataset.inputs[self._rows] if self._plane else np.zeros((self._n, 2))
        self._input: Representation | None = None
        self._axes: dict[int, NDArray[np.float64]] = {}
        self._windows: dict[int, Window] = {}

    def distillation(self) -> Distillation:
        """The stages with the present weights."""
        program, network = self._program, self._network
        program.run()
        if self._input is None:
            self._input = self._represent(0, program.input, None)
        self._stage_before = self._input.points
        stages = [self._input]
        for index, (layer, outputs) in enumerate(zip(network.layers, program.outputs, strict=True)):
            if not isinstance(layer, PASSING):
                stages.append(self._represent(index + 1, outputs, limits_of(network.activation(index))))
        outputs = frozen(program.output[:, : self._n].T)
        return Distillation(self._rows, self._targets, self._labels, outputs, tuple(stages))

    def _represent(self, layer: int, outputs: Floats, limits: Limits | None) -> Representation:
        """One stage. outputs: (…, examples and dots of the grid)."""
        values = outputs.reshape(-1, outputs.shape[-1]).T
        points, kind, explained = values, Kind.PAIR, 1.0
        last = layer == len(self._network.layers)
        if values.shape[1] == 1:
            points, kind = np.column_stack([values[: self._n], self._scatter]), Kind.STRIP
        elif last and self._network.activation(layer - 1) == "softmax":
            points, kind, limits = values @ corners(values.shape[1]), Kind.CORNERS, (-CORNER_ROOM, CORNER_ROOM)
        elif values.shape[1] > 2:
            (points, explained), kind = self._project(layer, values), Kind.PCA
        shown = np.array(points[: self._n], np.float32)
        grid = None
        if self._plane and kind is not Kind.STRIP:
            grid = np.array(points[self._n :], np.float32).reshape(2 * GRID_LINES, GRID_DOTS, 2)
        ends, units, grid_units = limits, None, None
        if kind is Kind.PCA:
            limits = None
            if values.shape[1] <= MOST_UNITS:
                units, grid_units = self._raw(values)
        if layer == 0 and kind is Kind.PAIR and grid is not None:
            window = Window.around(grid.reshape(-1, 2))
        else:
            window = Window.around(shown, limits, strip=kind is Kind.STRIP, before=self._windows.get(layer))
        self._windows[layer], self._stage_before = window, shown
        line = self._border(kind, layer, values[: self._n])
        if grid is not None:
            grid = frozen(grid)
        return Representation(
            layer,
            kind,
            frozen(shown),
            explained,
            window,
            grid,
            line,
            units,
            grid_units,
            ends if units is not None else None,
        )

    def _raw(self, values: Floats) -> tuple[Floats, Floats | None]:
        """The outputs of all units for the examples, and for the dots of the grid."""
        grid = None
        if self._plane:
            grid = frozen(values[self._n :].astype(np.float32).reshape(2 * GRID_LINES, GRID_DOTS, -1))
        return frozen(values[: self._n].astype(np.float32)), grid

    def _border(self, kind: Kind, layer: int, examples: Floats) -> Border | None:
        """The probe's line, cut out of its plane by the map."""
        if not self._binary or self._labels is None or kind is Kind.CORNERS:
            return None
        found = border(examples, self._labels)
        if found is None:
            return None
        normal, offset = found
        if kind is Kind.STRIP:
            return float(normal[0]), 0.0, offset
        if kind is Kind.PAIR:
            return float(normal[0]), float(normal[1]), offset
        a, b = (normal @ self._axes[layer]).tolist()
        if max(abs(a), abs(b)) < 1e-9:  # the line is nowhere on this plane
            return None
        return a, b, offset - float(normal @ examples.mean(axis=0, dtype=np.float64))

    def _project(self, layer: int, values: Floats) -> tuple[Floats, float]:
        """The principal plane of the examples, and where everything lies on it."""
        examples = values[: self._n]
        if not np.isfinite(examples).all():
            return np.full((len(values), 2), np.nan, np.float32), 0.0
        axes, explained = principal_axes(examples)
        centred = values - examples.mean(axis=0, dtype=np.float64)
        if layer in self._axes:
            axes = aligned(axes, self._axes[layer])
        elif np.isfinite(self._stage_before).all():
            target = self._stage_before - self._stage_before.mean(axis=0)
            axes = axes @ turn_towards(centred[: self._n] @ axes, target)
        self._axes[layer] = axes
        return centred @ axes, explained
