"""What a card says at one beat, as data: formulas, tables, a sentence, a question, and what it lights on the canvas."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.insight.trace.formulas.expression import Formula, Symbol

Numbers = NDArray[np.floating[Any]]


class Zoom(Enum):
    """How closely a step is looked at."""

    EPOCH = "epoch"
    BATCH = "batch"
    LAYER = "layer"
    TERM = "term"


class Stage(Enum):
    """The four parts of a step, in order."""

    FORWARD = "forward"
    LOSS = "loss"
    BACKWARD = "backward"
    UPDATE = "update"


@dataclass(frozen=True)
class Beat:
    """One moment of the walk; ``layer`` where it is about a single layer, else −1."""

    stage: Stage
    layer: int = -1


@dataclass(frozen=True)
class Focus:
    """What is looked at closely.

    example: its place in the mini-batch. layer, unit: a unit (of images: a channel). source: the input whose weight to
    that unit is followed, None for the bias.
    """

    example: int = 0
    layer: int = 0
    unit: int = 0
    source: int | None = 0


@dataclass(frozen=True)
class Note:
    """A sentence with %1, %2 … for the values."""

    text: str
    values: tuple[str | float, ...] = ()


@dataclass(frozen=True)
class Table:
    """A small table of numbers (rows, columns) with a symbol as title.

    hidden: how many numbers are left out. sign: what stands between it and the table before.
    """

    title: Symbol
    numbers: Numbers
    rows: tuple[Symbol, ...] = ()
    columns: tuple[Symbol, ...] = ()
    hidden: int = 0
    words: str = ""
    sign: str = ""


class Asked(Enum):
    """What kind of answer a question wants."""

    NUMBER = "number"
    DIRECTION = "direction"


@dataclass(frozen=True)
class Question:
    """What "Predict first" asks. answer: the number, or for a direction the change. formula: the first one it hides."""

    text: Note
    kind: Asked
    answer: float
    formula: int = 0


@dataclass(frozen=True)
class Spot:
    """What takes part, for the canvas: strengths from 0 to 1.

    units: column (0 the input, k the layer k − 1) → (units,). edges: layer → (inputs, units), None for all its lines.
    """

    units: Mapping[int, Numbers] = field(default_factory=dict)
    edges: Mapping[int, Numbers | None] = field(default_factory=dict)
    cards: frozenset[str] = frozenset()
    forward: bool = True


@dataclass(frozen=True)
class Card:
    """All of it. ``marked``: the letter of the weight that is followed."""

    title: Note
    formulas: tuple[Formula, ...] = ()
    tables: tuple[Table, ...] = ()
    note: Note | None = None
    question: Question | None = None
    spot: Spot = Spot()
    marked: Symbol | None = None
