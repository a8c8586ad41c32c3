"""The curves of a run as a table."""

import csv
import io
import math
from pathlib import Path

from playground.export import files
from playground.export.errors import ExportError
from playground.texts import Text
from playground.training.curves import NAMES
from playground.training.records import State

HEADS = ("epoch", "updates", *NAMES)


def write(path: Path, state: State | None) -> None:
    """Write a CSV with one row per stored point of the curves; of very long runs a point is a mean over some epochs.

    Raises:
        ExportError: when there are no curves, or the file cannot be written.
    """
    if state is None or "epoch" not in state.curves or not len(state.curves["epoch"]):
        raise ExportError(Text("The project was not trained yet: there is no history. Train it first."))
    files.write(path, text(state).encode())


def text(state: State) -> str:
    """The table as text: epoch, updates, losses, metrics, learning rate; empty where nothing was measured."""
    curves, lines = state.curves, io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(HEADS)
    columns = [curves["epoch"], curves["step"], *(curves[name] for name in NAMES)]
    for row in zip(*(column.tolist() for column in columns), strict=True):
        writer.writerow([_cell(value) for value in row])
    return lines.getvalue()


def _cell(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.9g}"
