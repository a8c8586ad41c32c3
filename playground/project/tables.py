"""From a text file with a table to a data set, and to a project that suits it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from playground.data.block import Block
from playground.data.sources import Source, Table
from playground.data.tables import advice, store
from playground.data.tables.dialect import sniff
from playground.data.tables.read import read
from playground.data.tables.report import findings
from playground.data.tables.table import RawTable
from playground.engine import losses, optimizers
from playground.engine.layers import Dense
from playground.project import edits
from playground.project.adapt import LOSSES, output_layer
from playground.project.declarations import validate
from playground.project.edit import Edit
from playground.project.model import DataSettings, NetworkSettings, Project, TrainingSettings
from playground.texts import Text

_WIDTHS = ((8, 16), (30, 32))
"""Up to so many inputs the first layer has so many units; with more it has ``_WIDEST``."""
_WIDEST = 64
_BATCHES = ((1_000, 16), (20_000, 64))
_LARGEST_BATCH = 256
_LEARNING_RATE = 0.01


def source_of(
    table: RawTable,
    name: str,
    *,
    target: str | None = None,
    inputs: Sequence[str] | None = None,
    predict: str | None = None,
    scaling: str = "standard",
    gaps: str = "drop rows",
    scale_target: bool = True,
    block: Block | None = None,
) -> Table:
    """A data set of a table that was read; what is None is chosen.

    predict: "classes" or "numbers". gaps: "drop rows" or "fill". block: the columns, if they are packed already.

    Raises:
        TableError: when nothing can be learned from it, or there is no such column (the message lists them).
    """
    chosen = advice.target(table) if target is None else target
    answer = table.column(chosen)
    source = Table(
        block or store.pack(table.columns),
        chosen,
        tuple(inputs) if inputs is not None else advice.inputs(table, chosen),
        predict or ("classes" if advice.by_class(answer) else "numbers"),
        scaling,
        gaps,
        scale_target,
        name,
    )
    return source.checked()


def load(
    path: Path, progress: Callable[[float], None] = lambda share: None, **choices: str | Sequence[str] | None
) -> tuple[Table, tuple[str, ...]]:
    """Read a file as a data set; ``choices`` are those of ``source_of``. Returns what was wrong with it, too.

    Raises:
        TableError: with a sentence when it cannot be used.
    """
    table = read(path, sniff(path), progress)
    source = source_of(table, path.stem, **choices)  # type: ignore[arg-type]
    notes = findings(table)
    if source.dropped:
        notes += (Text("Rows left out because of missing values: %1 of %2.", source.dropped, table.rows),)
    return source, notes


def with_table(project: Project, source: Table) -> Edit:
    """Make a table the data set of a project: the network follows, and nothing disturbs the user's own numbers."""
    edit = edits.set_source(project, source)
    data = msgspec.structs.replace(edit.project.data, noise=0.0)
    return replace(edit, project=msgspec.structs.replace(edit.project, data=data))


def project_for(source: Source) -> Project:
    """A project that begins well with a table: two hidden layers by the number of inputs, the rest by task and rows."""
    inputs, rows = source.input_shape[0], source.most or 0
    width = next((units for most, units in _WIDTHS if inputs <= most), _WIDEST)
    hidden = tuple(Dense(units=units, activation="relu") for units in (width, width // 2))
    batch = next((size for most, size in _BATCHES if rows <= most), _LARGEST_BATCH)
    default = DataSettings()
    return validate(
        Project(
            data=msgspec.structs.replace(default, source=source, points=max(rows, 10), noise=0.0),
            network=NetworkSettings(layers=(*hidden, output_layer(source))),
            training=TrainingSettings(
                loss=losses.get(LOSSES[source.task]),
                optimizer=optimizers.get("adam", learning_rate=_LEARNING_RATE),
                batch_size=batch,
            ),
        )
    )
