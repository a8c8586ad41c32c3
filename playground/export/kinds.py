"""Everything that a project can be exported as; the command line, the menu and the tests read this list.

A new kind is one file with a ``write`` function, and one entry here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playground.engine.registry import Registry
from playground.export import history, weights
from playground.project.model import Project
from playground.texts import Text
from playground.training.records import State

Write = Callable[[Path, Project, State | None, str], None]


@dataclass(frozen=True)
class Exporter:
    """One kind. ``write(path, project, state, title)`` raises ExportError with a sentence where it cannot be done."""

    name: str
    title: Text
    suffix: str
    help: Text
    write: Write


EXPORTERS: Registry[Exporter] = Registry("export")


def add(name: str, title: Text, suffix: str, help: Text, write: Write) -> None:
    """Enter a kind."""
    EXPORTERS.register(name)(Exporter(name, title, suffix, help, write))


def _report(path: Path, project: Project, state: State | None, title: str) -> None:
    from playground.export import report  # jinja2 and the pictures are wanted here only

    report.write(path, project, state, title)


def _numpy(path: Path, project: Project, state: State | None, title: str) -> None:
    from playground.export import numpy_script

    numpy_script.write(path, project, state, title)


add(
    "numpy",
    Text("NumPy script"),
    ".py",
    Text("The network, its training and its data as a script that needs nothing but NumPy."),
    _numpy,
)
add(
    "report",
    Text("Report"),
    ".html",
    Text("One page with settings, curves, map, confusion matrix and share code."),
    _report,
)
add(
    "weights",
    Text("Weights (NumPy)"),
    ".npz",
    Text("The weights of every layer by name, in Keras' order, for numpy.load."),
    lambda path, project, state, _title: weights.write_npz(path, project, state),
)
add(
    "safetensors",
    Text("Weights (safetensors)"),
    ".safetensors",
    Text("The weights of every layer by name, for other programs."),
    lambda path, project, state, _title: weights.write_safetensors(path, project, state),
)
add(
    "history",
    Text("History of the training"),
    ".csv",
    Text("Losses, metrics and learning rate of every epoch as a table."),
    lambda path, _project, state, _title: history.write(path, state),
)
