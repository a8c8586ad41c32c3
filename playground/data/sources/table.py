"""Tables that the user imported."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from playground.data.block import Block
from playground.data.dataset import Task
from playground.data.scaling import SCALINGS
from playground.data.sources.base import OWN_SOURCES, Source
from playground.data.tables import encode, store
from playground.engine.settings import choice, flag
from playground.texts import Text

PREDICT = ("classes", "numbers")
GAPS = ("drop rows", "fill")


@OWN_SOURCES.register("own_table")
class Table(Source, frozen=True, tag="own_table"):
    """Rows of numbers and categories. Noise is a share of each number's standard deviation; categories have none.

    block: the columns as ``tables.store`` packs them. Where the settings do not fit the data, or nothing can be learned
    from them, whatever is asked of it raises TableError; ``sound`` tells beforehand.
    """

    block: Annotated[Block, flag("Table", "The columns of the table.")]
    target: Annotated[str, flag("Target", "The column that the network shall predict.")]
    inputs: Annotated[tuple[str, ...], flag("Columns", "The columns that the network predicts from.")]
    predict: Annotated[
        str, choice("Predict", "Whether the target is one of several classes, or a number.", lambda: PREDICT)
    ] = "classes"
    scaling: Annotated[
        str,
        choice(
            "Scaling",
            "How the inputs are brought to one size; learned from the training rows only.",
            lambda: SCALINGS,
        ),
    ] = "standard"
    gaps: Annotated[
        str,
        choice(
            "Gaps",
            "Drop rows where a value is missing, or fill in the mean (of texts, the most frequent) of training rows.",
            lambda: GAPS,
        ),
    ] = "drop rows"
    scale_target: Annotated[
        bool,
        flag("Scale target", "Predict a number in standard deviations from its mean: large numbers are hard to reach."),
    ] = True
    name: Annotated[str, flag("Name", "What the data set is called.")] = "My table"

    @property
    def title(self) -> str:
        return self.name

    @property
    def description(self) -> str:
        facts = _facts(self)
        rows, count = facts.rows, len(self.inputs)
        if count == 1:
            return Text("%1 rows: %2 from 1 column.%3", rows, self.target, facts.unit)
        return Text("%1 rows: %2 from %3 columns.%4", rows, self.target, count, facts.unit)

    input_kind = "table"

    @property
    def task(self) -> Task:
        if self.predict == "numbers":
            return Task.REGRESSION
        return Task.BINARY if len(self.class_names) == 2 else Task.MULTICLASS

    @property
    def outputs(self) -> int:
        return len(self.class_names) if self.task is Task.MULTICLASS else 1

    @property
    def input_shape(self) -> tuple[int, ...]:
        return (len(self.input_names),)

    @property
    def input_names(self) -> tuple[str, ...]:
        return _facts(self).input_names

    @property
    def class_names(self) -> tuple[str, ...]:
        return _facts(self).class_names

    @property
    def most(self) -> int | None:
        return _facts(self).rows

    @property
    def dropped(self) -> int:
        """How many rows are left out because of gaps."""
        return _facts(self).dropped

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        encoded, facts = _encoded(self), _facts(self)
        inputs, answers = encoded.inputs, encoded.answers
        if count < len(inputs):
            rows = np.sort(rng.permutation(len(inputs))[:count])
            inputs, answers = inputs[rows], answers[rows]
        if noise:
            inputs = _shaken(inputs, encoded.groups, noise, shake)
        if self.predict == "classes":
            return inputs, answers
        return inputs, ((answers[:, np.newaxis] - facts.center) / facts.spread).astype(np.float32)

    def checked(self) -> "Table":
        """Itself, when it gives examples.

        Raises:
            TableError: a sentence, why it gives none.
        """
        _facts(self)
        return self

    def sound(self) -> bool:
        try:
            return _facts(self).rows > 0
        except ValueError:
            return False

    def complete(self, inputs: NDArray[np.float32], train: NDArray[np.int64]) -> NDArray[np.float32]:
        return encode.filled(inputs, train, _encoded(self).groups)


@dataclass(frozen=True)
class _Facts:
    """What is asked of a table all the time, without its arrays. center, spread: of targets that are numbers."""

    input_names: tuple[str, ...]
    class_names: tuple[str, ...]
    rows: int
    dropped: int
    center: float = 0.0
    spread: float = 1.0
    unit: str = ""


def _shaken(
    inputs: NDArray[np.float32], groups: tuple[tuple[int, int], ...], noise: float, shake: np.random.Generator
) -> NDArray[np.float32]:
    """Inputs with normal noise on the numbers."""
    moved = inputs.copy()
    for start, stop in groups:
        if stop - start == 1:
            size = np.float32(noise * np.nanstd(inputs[:, start], dtype=np.float64))
            moved[:, start] += size * shake.standard_normal(len(inputs), np.float32)
    return moved


@lru_cache(maxsize=2)
def _encoded(table: Table) -> encode.Encoded:
    columns = store.unpack(table.block)
    return encode.encode(
        columns, table.target, table.inputs, classes=table.predict == "classes", fill=table.gaps == "fill"
    )


@lru_cache(maxsize=32)
def _facts(table: Table) -> _Facts:
    encoded = _encoded(table)
    facts = (encoded.input_names, encoded.class_names, len(encoded.inputs), encoded.dropped)
    if table.predict == "classes" or not table.scale_target:
        return _Facts(*facts)
    center, spread = encoded.answers.mean(dtype=np.float64), encoded.answers.std(dtype=np.float64)
    unit = Text(" 0 means %1, 1 is %2 more.", float(center), float(spread))
    return _Facts(*facts, float(center), float(spread), unit)
